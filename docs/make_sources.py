"""Writes sources.md, the table of everything that the shipped rulesets are based on: `python docs/make_sources.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deliverlint.catalogue import Catalogue, load_catalogue
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "sources.md"

HEAD = """\
# Sources

What the shipped rulesets are based on. `python docs/make_sources.py` writes this page from their `based_on`.

| mark | means |
|---|---|
| primary | the buyer's own page, a standard or a law |
| secondary | somebody else reports it, or it is common practice |
| unconfirmed | nobody has seen the page |
| own | our own model or conditions; no buyer stands behind it |

Rules that rest on a secondary or unconfirmed source are warnings or advice, and say so.

*Read* is the day on which somebody last held the rules against the source. Pages were mostly read in stored copies,
whose age is not known, and some in another language than the address leads to. Buyers change their pages without
notice; what they say today goes before what stands here. *Rules* counts the rules of that ruleset that cite the source.
"""

COLUMNS = "| source | key | mark | read | rules |\n|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of a ruleset's `based_on`, with the number of its own rules that cite it."""

    key: str
    title: str
    url: str
    read: str
    rules: int

    @property
    def mark(self) -> str:
        """What the title says of itself; without a word a page on the web is primary and a file of ours our own."""
        if "secondary source" in self.title:
            return "secondary"
        if "unconfirmed" in self.title:
            return "unconfirmed"
        return "primary" if "://" in self.url else "own"


def sources(name: str, catalogue: Catalogue) -> Iterator[Source]:
    """Yield the sources of one shipped ruleset, without those of its parents."""
    ruleset = load_ruleset(name, catalogue)
    own = [
        rule.cite for rule in ruleset.rules.values() if "cite" in rule.origins and rule.origins["cite"].ruleset == name
    ]
    cited = Counter((cite.title, cite.url) for cite in own)
    for key, source in ruleset.based_on.items():
        yield Source(key, source.title, source.url, source.read, cited[source.title, source.url])


def page() -> str:
    """Return the whole page as Markdown."""
    catalogue = load_catalogue()
    parts = [HEAD]
    for name in sorted(available([ROOT / "rulesets"])):
        rows = [_row(source) for source in sources(name, catalogue)]
        parts.append(f"\n## {name}\n\n{COLUMNS}{''.join(rows)}")
    return "".join(parts)


def _row(source: Source) -> str:
    address = source.url if "://" in source.url else f"../{source.url}".replace("../docs/", "")
    title = source.title.replace("|", r"\|")
    return f"| [{title}]({address}) | `{source.key}` | {source.mark} | {source.read} | {source.rules} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE.relative_to(ROOT))
