"""The probe of EPUBs: one pass over a book for all facts that are wanted of it."""

from __future__ import annotations

from contextlib import closing

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_ebook import agreement
from deliverlint_ebook.answers import Answer, listing
from deliverlint_ebook.archive import Unreadable, damaged
from deliverlint_ebook.container import mimetype_problem, packages
from deliverlint_ebook.facts import PAGES, PICTURES
from deliverlint_ebook.gate import Opened, PasswordProtected, Refused, open_book
from deliverlint_ebook.metadata_facts import metadata_facts
from deliverlint_ebook.navigation import read_navigation
from deliverlint_ebook.package import Package, read_package
from deliverlint_ebook.page_facts import page_facts, read_pages
from deliverlint_ebook.picture_facts import picture_facts
from deliverlint_ebook.protection import Protection, read_protection

_PAGE_FACTS = frozenset(spec.name for spec in PAGES)
_PICTURE_FACTS = frozenset(spec.name for spec in PICTURES) | {"ebook.manifest.wrong_types"}
# For these the ids on the pages are needed too.
_NEEDS_PAGES = _PAGE_FACTS | {"ebook.navigation.broken_links"}


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Measure facts of one book; what a damaged or dangerous book does not tell is unmeasured, with the reason."""
    if source.format and source.format != "EPUB":
        reason = Unmeasured(f"is a {source.format} book; only EPUB is opened")
        return dict.fromkeys(wanted, reason)
    try:
        book = open_book(source.path)
    except Refused as refusal:
        answer = _refused(refusal)
    else:
        with closing(book.zip):
            answer = _measure(book, wanted)
            if "ebook.damaged_files" in wanted:  # last: what the other facts read to its end need not be read again
                answer["ebook.damaged_files"] = damaged(book)
    damage = answer.get("ebook.damage")
    unmeasured = Unmeasured(damage[0] if isinstance(damage, list) and damage else "was not measured")
    return {name: answer.get(name, unmeasured) for name in wanted}


def _refused(refusal: Refused) -> Answer:
    """A book that is not opened tells only that much."""
    answer: Answer = {"ebook.damage": [str(refusal)]}
    if isinstance(refusal, PasswordProtected):
        answer["ebook.encrypted"] = True
    return answer


def _measure(book: Opened, wanted: frozenset[str]) -> Answer:
    answer = _container_facts(book)
    paths, container_problems = packages(book)
    answer["ebook.packages"] = len(paths)
    answer["ebook.container.problems"] = listing(container_problems)
    if not paths:
        answer["ebook.damage"] = [f"has no package document: {(container_problems or ['none is named'])[0]}"]
        return answer
    try:
        protection = read_protection(book)
        answer |= _protection_facts(protection)
    except Unreadable as problem:
        protection = Protection()
        reason = Unmeasured(str(problem))
        answer |= {"ebook.encrypted": reason, "ebook.drm": reason, "ebook.font_obfuscation": reason}
    try:
        package = read_package(book, paths[0])
    except Unreadable as problem:
        answer["ebook.damage"] = [f"cannot be read: {problem}"]
        return answer
    answer["ebook.damage"] = []
    return answer | _package_facts(book, package, _others(book, paths), protection, wanted)


def _container_facts(book: Opened) -> Answer:
    problem = mimetype_problem(book)
    return {
        "ebook.unsafe_entries": listing(book.unsafe),
        "ebook.mimetype_ok": not problem,
        "ebook.mimetype.problems": [problem] if problem else [],
    }


def _protection_facts(protection: Protection) -> Answer:
    return {
        "ebook.encrypted": bool(protection.encrypted),
        "ebook.drm": protection.drm or None,
        "ebook.font_obfuscation": bool(protection.obfuscated),
    }


def _others(book: Opened, paths: list[str]) -> list[Package]:
    """Further renditions: their manifests list files too."""
    found = []
    for path in paths[1:4]:
        try:
            found.append(read_package(book, path))
        except Unreadable:
            continue
    return found


def _package_facts(
    book: Opened, package: Package, others: list[Package], protection: Protection, wanted: frozenset[str]
) -> Answer:
    navigation = read_navigation(book, package)
    needs_pages = bool(wanted & _NEEDS_PAGES) or (bool(package.guide_cover) and bool(wanted & _PICTURE_FACTS))
    pages = read_pages(book, package, protection.encrypted) if needs_pages else {}
    linear = [item for item, ref in package.pages if ref.linear and item.path in book.entries]
    answer = metadata_facts(package) | {
        "ebook.manifest.missing": listing(agreement.manifest_missing(book, package)),
        "ebook.manifest.unlisted": listing(agreement.manifest_unlisted(book, [package, *others])),
        "ebook.manifest.duplicates": listing(agreement.manifest_duplicates(package)),
        "ebook.spine.broken": listing(agreement.spine_broken(book, package)),
        "ebook.chapters": len(linear),
        "ebook.navigation": Unmeasured(navigation.problem) if navigation.problem else navigation.kind,
        "ebook.navigation.entries": len(navigation.entries),
        "ebook.navigation.broken_links": listing(agreement.navigation_broken(book, navigation, pages)),
    }
    if wanted & _PAGE_FACTS:
        answer |= page_facts(book, package, navigation, pages, protection.encrypted)
    if wanted & _PICTURE_FACTS:
        answer |= picture_facts(book, package, pages, protection.encrypted)
    return answer
