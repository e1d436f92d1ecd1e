"""What is wrong with a file that a person wrote, noted line by line while the reading goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from deliverlint.delivery.model import Note, Trouble
from deliverlint.strictyaml import Map, Node, Scalar, Sequence
from deliverlint.wording import did_you_mean, printable

MOST_NOTES = 500


@dataclass(slots=True)
class Notebook:
    """Notes about one file; after the five-hundredth it says that there are more."""

    file: str
    notes: list[Note] = field(default_factory=list)

    def add(self, message: str, node: Node | None = None, trouble: Trouble = "manifest-valid") -> None:
        line = node.line if node else 0
        if len(self.notes) < MOST_NOTES:
            self.notes.append(Note(trouble, self.file, message, line))
        elif len(self.notes) == MOST_NOTES:
            self.notes.append(Note("manifest-valid", self.file, "has more mistakes than are shown here", line))

    def text(self, node: Node, what: str) -> str:
        """Return the text of a scalar; note that `what` has to be one, and return nothing, where it is none."""
        if isinstance(node, Scalar):
            return node.text
        self.add(f"'{what}' has to be a text", node)
        return ""

    def texts(self, node: Node, what: str) -> list[Scalar]:
        """Return the texts of a list, or the one text that stands for a list of one."""
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not isinstance(item, Scalar):
                self.add(f"'{what}' has to be a list of texts", item)
        return [item for item in items if isinstance(item, Scalar)]

    def mappings(self, node: Node, what: str, like: str) -> list[Map]:
        """Return the mappings of a list; note what else is in it, with what an element looks like."""
        if not isinstance(node, Sequence):
            self.add(f"'{what}' has to be a list; each element is like {like}", node)
            return []
        for item in node.items:
            if not isinstance(item, Map):
                self.add(f"each element of '{what}' is like {like}", item)
        return [item for item in node.items if isinstance(item, Map)]

    def unknown(self, key: Scalar, known: list[str]) -> None:
        self.add(f"unknown key '{printable(key.text, 80)}'{did_you_mean(key.text, known)}", key)
