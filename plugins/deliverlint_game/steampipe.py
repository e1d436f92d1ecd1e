"""The probe of SteamPipe upload scripts: Valve's KeyValues text, read without its macros and includes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured

_LARGEST = 1_000_000
_DEEPEST = 16
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{}])|([^\s{}"]+)')
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*')
Pairs = dict[str, "str | Pairs"]


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Measure the wanted facts of an upload script; keys are compared without case."""
    try:
        with source.path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        return dict.fromkeys(wanted, Unmeasured(f"cannot be opened: {error.strerror or 'no reason given'}"))
    if len(data) > _LARGEST:
        return dict.fromkeys(wanted, Unmeasured("is far larger than an upload script"))
    try:
        pairs = parse(data.decode("utf-8-sig", "replace"))
    except ValueError as problem:
        return dict.fromkeys(wanted, Unmeasured(f"is no upload script: {problem}"))
    build = pairs.get("appbuild")
    if not isinstance(build, dict):
        return dict.fromkeys(wanted, Unmeasured("is a script for one depot, not for an app"))
    depots, branch = build.get("depots"), _text(build, "setlive")
    answer: dict[str, Json | Unmeasured] = {
        "steampipe.app_id": _text(build, "appid"),
        "steampipe.description": _text(build, "desc"),
        "steampipe.set_live": branch,
        "steampipe.sets_default_live": branch is not None and branch.strip().lower() in ("default", "public"),
        "steampipe.preview": _text(build, "preview") not in (None, "0"),
        "steampipe.depots": sorted(depots) if isinstance(depots, dict) else [],
    }
    return {name: value for name, value in answer.items() if name in wanted}


def parse(text: str) -> Pairs:
    """Read KeyValues text into lower-case keys; raise ValueError where brackets or pairs do not match."""
    return _block(_tokens(text), 0)


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Yield tokens and whether each is a bracket."""
    for match in _TOKEN.finditer(_COMMENT.sub(lambda found: found[1] or "", text)):
        quoted, bracket, bare = match.groups()
        yield (bracket, True) if bracket else (quoted if quoted is not None else bare, False)


def _block(tokens: Iterator[tuple[str, bool]], depth: int) -> Pairs:
    if depth > _DEEPEST:
        raise ValueError("its brackets are nested too deeply")
    pairs: Pairs = {}
    for key, is_bracket in tokens:
        if is_bracket:
            if key == "}" and depth:
                return pairs
            raise ValueError(f"a '{key}' stands where a name belongs")
        value, is_bracket = next(tokens, ("", True))
        if is_bracket and value != "{":
            raise ValueError(f"'{key[:40]}' has no value")
        pairs[key.lower()] = _block(tokens, depth + 1) if is_bracket else value
    if depth:
        raise ValueError("a bracket is not closed")
    return pairs


def _text(pairs: Pairs, key: str) -> str | None:
    value = pairs.get(key)
    return value if isinstance(value, str) and value else None
