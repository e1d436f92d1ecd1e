"""The engine's own rules: about the handing-over itself and about waivers, whoever the buyer is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deliverlint.delivery.model import Cast, Delivery, File, Note
from deliverlint.judge.model import Result
from deliverlint.ruleset.model import Cite, Rule, Severity
from deliverlint.wording import counted, printable

HOUSE = "deliverlint/delivery"
_EXTRAS_SHOWN = 100
_CITE = Cite(title="deliverlint: what a delivery is", clause="docs/deliveries.md")


def _rule(name: str, severity: Severity, title: str, why: str, fix: str) -> Rule:
    return Rule(id=name, title=title, severity=severity, why=why, fix=fix, cite=_CITE)


HOUSE_RULES = {
    rule.id: rule
    for rule in (
        _rule(
            "manifest-valid", "error", "delivery.yaml says what it means",
            "What the manifest misspells is not judged.",
            "Correct the line; `deliverlint init` writes an example.",
        ),
        _rule(
            "asset-exists", "error", "Every file that delivery.yaml names is there",
            "The buyer receives the files, not the list.",
            "Add the file, or correct its path in delivery.yaml.",
        ),
        _rule(
            "asset-listed-once", "error", "delivery.yaml names each file once",
            "With two entries for one file nobody knows which one counts.",
            "Join the two entries: one file may play several roles.",
        ),
        _rule(
            "archive-safe", "error", "The archive unpacks completely and safely",
            "A buyer's intake refuses archives that are damaged, locked or write outside their folder.",
            "Pack the delivery again as a plain ZIP without a password.",
        ),
        _rule(
            "path-safe", "error", "Names and links stay inside the delivery and survive every system",
            "Such a name is refused, changed or lost when the delivery is copied.",
            "Rename the file, or put the real file in place of the link.",
        ),
        _rule(
            "file-readable", "error", "Every file can be opened",
            "A file that cannot be opened here cannot be copied to the buyer.",
            "Give yourself the right to read the file.",
        ),
        _rule(
            "file-has-content",
            "error",
            "Every file that is handed over has something in it",
            "An empty file is what a copy or an export that broke off leaves behind.",
            "Copy or export the file again, and look at its size.",
        ),
        _rule(
            "file-has-role", "advice", "Every file is there for a reason",
            "Buyers ask what a file is that no requirement names.",
            "Name it in delivery.yaml with the role it plays, or leave it out.",
        ),
        _rule(
            "waiver-current", "error", "Waivers have not expired",
            "An expired exception no longer excuses what it was given for.",
            "Ask the buyer to renew the waiver, or mend what it excused and remove it.",
        ),
        _rule(
            "waiver-used", "warning", "Every waiver still excuses something",
            "A waiver that nothing needs hides the day on which it is needed again.",
            "Remove the waiver, or correct the rule and the asset that it names.",
        ),
        _rule(
            "waiver-allowed", "error", "Waivers excuse only what the buyer lets be excused",
            "The buyer's ruleset says that this requirement cannot be waived.",
            "Mend what the rule asks for and remove the waiver.",
        ),
    )
}  # fmt: skip


def house_result(name: str, path: str, message: str, line: int = 0) -> Result:
    """Return a finding of one of the engine's own rules."""
    rule = HOUSE_RULES[name]
    at = ({"file": path, "line": line},) if line else ()
    return Result(rule, HOUSE, "fail", rule.severity, printable(path, 300), "", message=message, at=at)


def judge_notes(notes: Iterable[Note]) -> Iterator[Result]:
    """Yield a finding for everything that was wrong with the handing-over."""
    for note in notes:
        yield house_result(note.trouble, note.path, note.message, note.line)


def judge_contents(casts: Sequence[Cast]) -> Iterator[Result]:
    """Yield a finding for each file that was given a role or handed in as paperwork and has nothing in it."""
    assets = [asset.file for cast in casts for some in cast.roles.values() for asset in some]
    papers = [paper.file for cast in casts for some in cast.documents.values() for paper in some]
    for file in {file.path: file for file in (*assets, *papers)}.values():
        if file.size == 0 and not file.is_tree:
            yield house_result("file-has-content", file.path, "is empty (0 bytes)")


def judge_extras(delivery: Delivery, casts: Sequence[Cast]) -> Iterator[Result]:
    """Yield one kind word for each file that plays no role in any ruleset of the run."""
    if not casts:
        return
    unused: dict[str, File] = {file.path: file for file in casts[0].extras}
    for cast in casts[1:]:
        here = {file.path for file in cast.extras}
        unused = {path: file for path, file in unused.items() if path in here}
    for count, file in enumerate(unused.values()):
        if count == _EXTRAS_SHOWN:
            more = counted(len(unused) - count, "more file")
            yield house_result("file-has-role", "", f"{more} play no role here either")
            return
        yield house_result("file-has-role", file.path, _what(file))


def _what(file: File) -> str:
    if file.obstacle:
        return f"plays no role here, and {file.obstacle}"
    return f"plays no role here ({file.format})" if file.format else "plays no role here"
