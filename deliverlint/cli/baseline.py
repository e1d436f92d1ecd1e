"""Findings that an earlier checklist already has (`--baseline`)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from deliverlint.cli.errors import UserError, reason
from deliverlint.cli.verdicts import judged_again
from deliverlint.judge.model import Checklist, Result
from deliverlint.values import Json

_LARGEST = 512 * 1024 * 1024


def read_baseline(path: str) -> list[Json]:
    """Return the checklists of a JSON or JSON Lines file; raises UserError."""
    try:
        if Path(path).stat().st_size > _LARGEST:
            raise UserError(f"{path} is too large for a checklist")
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"the baseline {path} cannot be read: {reason(error)}") from None
    except UnicodeDecodeError:
        raise _no_checklist(path) from None
    try:
        documents = [json.loads(text)]
    except (ValueError, RecursionError):
        try:
            documents = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise _no_checklist(path) from None
    if not documents or not all(_is_checklist(document) for document in documents):
        raise _no_checklist(path)
    return documents


def _no_checklist(path: str) -> UserError:
    return UserError(
        f"{path} is no checklist of deliverlint",
        hint="make a baseline with: deliverlint check ... --format json -o FILE",
    )


def _is_checklist(document: Json) -> bool:
    results = document.get("results") if isinstance(document, dict) else None
    return isinstance(results, list) and all(isinstance(result, dict) for result in results)


def known_findings(checklist: Checklist, baseline: list[Json]) -> frozenset[int]:
    """Return the positions of findings that the baseline has too.

    A finding is the same where ruleset, rule and asset are, whatever it measured this time; of several about
    one asset as many are known as the baseline has, those with the very same message first. A rule may have
    had another name.
    """
    exact, alike = _counts(checklist, baseline)
    known = set()
    for by_message in (True, False):
        for position, result in enumerate(checklist.results):
            if result.status != "fail" or position in known:
                continue
            for name in (result.rule.id, *result.rule.renamed_from):
                key = _key(result, name)
                if alike[key] > 0 and (not by_message or exact[(*key, result.message)] > 0):
                    alike[key] -= 1
                    exact[(*key, result.message)] -= by_message
                    known.add(position)
                    break
    return frozenset(known)


def without_known(checklist: Checklist, known: frozenset[int]) -> Checklist:
    """Return the checklist with the verdicts that it has if known findings do not count; its results stay."""
    return judged_again(checklist, [result for at, result in enumerate(checklist.results) if at not in known])


def _key(result: Result, name: str) -> tuple[str, str, str]:
    return result.ruleset, name, result.asset


def _counts(checklist: Checklist, baseline: list[Json]) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Count the baseline's findings, with their messages and without."""
    exact: Counter[tuple[str, ...]] = Counter()
    alike: Counter[tuple[str, ...]] = Counter()
    for document in baseline:
        delivery = document.get("delivery")
        path = delivery.get("path") if isinstance(delivery, dict) else None
        if len(baseline) > 1 and path != checklist.delivery_path:
            continue
        for result in document["results"]:
            if result.get("status") == "fail":
                key = tuple(str(result.get(name, "")) for name in ("ruleset", "rule", "asset"))
                alike[key] += 1
                exact[(*key, str(result.get("message", "")))] += 1
    return exact, alike
