"""Probe `captions.read`: one caption file, read once, all of its facts."""

from __future__ import annotations

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_captions.measures import captions_facts, records
from deliverlint_captions.model import Captions, Problem, Unreadable
from deliverlint_captions.srt import read_srt
from deliverlint_captions.text import decode, garbled
from deliverlint_captions.vtt import read_vtt

MAX_BYTES = 20_000_000


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Return the wanted facts of one caption file."""
    if not source.format:
        return dict.fromkeys(wanted, Unmeasured("its first bytes show no known format: it is damaged or misnamed"))
    size = source.path.stat().st_size
    if size > MAX_BYTES:
        return _nothing(source, wanted, f"is larger than {MAX_BYTES // 1_000_000} MB; no caption file is")
    data = source.path.read_bytes()
    try:
        captions = _read(data, source.format)
    except Unreadable as problem:
        answer = _nothing(source, wanted, str(problem))
        if problem.fault and "captions.syntax_errors" in wanted:
            answer["captions.syntax_errors"] = records([Problem(str(problem), problem.line)])
        return answer
    facts = captions_facts(captions)
    text = decode(data)[0] if source.format in ("SRT", "WebVTT", "TTML") else ""
    facts["captions.garbled"] = records(garbled(text))
    return {name: facts[name] for name in wanted if name in facts}


def _read(data: bytes, form: str) -> Captions:
    if form in ("SRT", "WebVTT"):
        text, encoding = decode(data)
        return read_srt(text, encoding) if form == "SRT" else read_vtt(text, encoding)
    if form == "TTML":
        from deliverlint_captions.timedtext import read_ttml

        return read_ttml(data)
    if form == "SCC":
        from deliverlint_captions.timedtext import read_scc

        return read_scc(data)
    if form == "EBU STL":
        from deliverlint_captions.timedtext import read_stl

        return read_stl(data)
    raise Unreadable(f"is {form}, a caption format that is recognised but not read", fault=False)


def _nothing(source: Source, wanted: frozenset[str], reason: str) -> dict[str, Json | Unmeasured]:
    """All facts unmeasured but the format, which the first bytes have shown."""
    return {name: source.format if name == "captions.format" else Unmeasured(reason) for name in wanted}
