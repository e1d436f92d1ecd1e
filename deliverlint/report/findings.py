"""Findings and other results in words, for the text report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deliverlint.judge.model import Result
from deliverlint.report.entries import Listing, listing_of, name_of_entry
from deliverlint.report.grouping import Block, Group, without_common_tail
from deliverlint.report.page import Page
from deliverlint.ruleset.model import Cite, Rule
from deliverlint.values import Json
from deliverlint.wording import counted

WHOLE_DELIVERY = "The delivery as a whole"
_FEW = 5  # of anything that is listed; --verbose lists all


def few(page: Page, number: int = _FEW) -> int:
    """Return how many items of a list are shown."""
    return 1_000_000_000 if page.view.verbose else number


def write_group(page: Page, group: Group) -> None:
    """Write what is wrong with one asset, or with several in the same way."""
    page.heading(*heading(page, group))
    if len(group.assets) > 1:
        page.paragraph(asset_list(page, group.assets), 2, "dim")
    page.blank()
    for number, block in enumerate(group.blocks):
        if number:
            page.blank()
        write_block(page, block, one_asset=len(group.assets) == 1)


def heading(page: Page, group: Group) -> tuple[str, str]:
    """Return the name of a group (`video/egg.mov`, `12 tracks`) and the roles it plays."""
    roles = ", ".join(page.safe(role) for role in group.roles)
    if len(group.assets) == 1:
        name = page.path(group.assets[0])
        return name or WHOLE_DELIVERY, roles if name and name != roles else ""
    role = group.roles[0] if len(group.roles) == 1 else ""
    if role.isalpha() and not role.endswith("s"):
        return counted(len(group.assets), role), ""
    return counted(len(group.assets), "file"), roles


def asset_list(page: Page, assets: Sequence[str]) -> str:
    """Name some assets of many: `01.wav, 02.wav and 10 more`."""
    most = few(page)
    names = [page.path(asset) or WHOLE_DELIVERY for asset in assets[:most]]
    return ", ".join(names) + (f" and {len(assets) - most} more" if len(assets) > most else "")


def write_block(page: Page, block: Block, one_asset: bool) -> None:
    """Write one finding: what is asked, what is, why it matters, what to do, and who says so."""
    page.marked(block.severity, title_of(page, block.rule))
    messages = list(dict.fromkeys(_message(page, result, not one_asset) for result in block.results))
    plain = list(dict.fromkeys(page.safe(result.message) for result in block.results))
    listing = listing_of(block.results[0]) if len(plain) == 1 else None
    if listing:
        page.labelled("found", page.safe(listing.sentence))
        page.items(_entries(page, listing), few(page))
    elif len(plain) == 1:
        page.labelled("found", plain[0])
    else:
        heads, expected = without_common_tail(messages, ", expected ")
        page.labelled("found", f"{len(heads)} times" if one_asset else f"in {counted(len(block.assets), 'file')}")
        page.items(heads, few(page))
        page.labelled("expected", expected.removeprefix(", expected "))
    told = listing is not None and listing.placed
    if one_asset and not told and (places := [place(page, at) for result in block.results for at in result.at]):
        _write_places(page, [where for where in dict.fromkeys(places) if where])
    write_reasons(page, block.rule, block.rulesets)


def _entries(page: Page, listing: Listing) -> list[str]:
    names = [page.safe(name_of_entry(entry, index)) for index, entry in enumerate(listing.entries)]
    if not listing.placed:
        return names
    places = [place(page, entry) for entry in listing.entries]
    return [f"{where}: {name}" if where else name for where, name in zip(places, names, strict=True)]


def title_of(page: Page, rule: Rule) -> str:
    """Return a rule's title, or its id where it has none."""
    return page.prose(rule.title) or page.safe(rule.id)


def _message(page: Page, result: Result, with_asset: bool) -> str:
    message = page.safe(result.message)
    return f"{page.path(result.asset) or WHOLE_DELIVERY}: {message}" if with_asset else message


def write_reasons(page: Page, rule: Rule, rulesets: Iterable[str]) -> None:
    """Write why the buyer cares, what to do next, and the clause."""
    page.labelled("why", page.prose(rule.why))
    page.labelled("to do", page.prose(rule.fix), "bold")
    write_source(page, [rule.cite], [f"{ruleset}:{rule.id}" for ruleset in rulesets])


def write_source(page: Page, cites: Iterable[Cite], names: Iterable[str]) -> None:
    """Write the clauses that are cited and the full names of the rules, as `explain` and `--ignore` take them."""
    clauses = dict.fromkeys(f"{cite.title} {cite.clause}".strip() for cite in cites)
    page.labelled("see", page.prose("; ".join(clause for clause in clauses if clause)), "dim")
    page.labelled("rule", page.prose(" ".join(dict.fromkeys(names))), "dim")


def _write_places(page: Page, places: list[str]) -> None:
    if len(places) == 1:
        page.labelled("at", places[0])
    elif places:
        most = few(page)
        rest = f" and {len(places) - most} more" if len(places) > most else ""
        page.labelled("at", "; ".join(places[:most]) + rest)


def place(page: Page, at: Json) -> str:
    """Put one position in words: `00:01:02:03 (1:02.1 to 1:04)`, `line 9, cue 3`, `notes.xml, line 3`."""
    parts = [page.safe(str(at["file"]))] if at.get("file") else []
    parts += [f"{key} {page.safe(str(at[key]), 80)}" for key in ("line", "column", "cue", "element") if key in at]
    times = [page.safe(str(at["timecode"]), 40)] if at.get("timecode") else []
    if isinstance(at.get("start"), int | float):
        seconds = clock(at["start"])
        if isinstance(at.get("end"), int | float) and at["end"] != at["start"]:
            seconds += f" to {clock(at['end'])}"
        times.append(f"({seconds})" if times else seconds)
    return ", ".join([*parts, " ".join(times)] if times else parts)


def clock(seconds: float) -> str:
    """Write seconds as players show them: `1:02.480`, `1:00:05`."""
    sign, milliseconds = "-" if seconds < 0 else "", round(abs(seconds) * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    text = f"{rest / 1000:06.3f}".rstrip("0").rstrip(".")
    return f"{sign}{hours}:{minutes:02}:{text}" if hours else f"{sign}{minutes}:{text}"


def one_line_each(page: Page, results: list[Result]) -> None:
    """Write `severity asset: message [ruleset:rule]` for each finding (--quiet)."""
    for result in results:
        if result.status == "fail":
            where = page.path(result.asset) or "delivery"
            name = page.safe(f"{result.ruleset}:{result.rule.id}")
            page.lines.append(f"{result.severity} {where}: {page.safe(result.message)} [{name}]")
