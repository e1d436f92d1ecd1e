"""XML made safe before a library that trusts it sees it."""

from __future__ import annotations

from xml.parsers import expat

from deliverlint_captions.model import Unreadable

MAX_DEPTH = 64
MAX_ELEMENTS = 300_000


def paragraph_lines(data: bytes) -> list[int]:
    """Return the line of each `p` element; raise Unreadable where the XML is broken, endless or declares entities.

    Entity declarations are refused: they can grow without bound and name other files.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[int] = []
    depth = elements = 0

    def refuse_entity(*_: object) -> int:
        raise Unreadable("declares XML entities, which are not read: they can pull in other files or grow without end")

    def start(name: str, _: object) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH:
            raise Unreadable(f"is nested more than {MAX_DEPTH} elements deep")
        if elements > MAX_ELEMENTS:
            raise Unreadable(f"holds more than {MAX_ELEMENTS} elements", fault=False)
        if name.rsplit(" ", 1)[-1] == "p":
            found.append(parser.CurrentLineNumber)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler = refuse_entity
    parser.ExternalEntityRefHandler = refuse_entity
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not well-formed")
        raise Unreadable(f"is not well-formed XML: {reason}", line=error.lineno) from None
    except (ValueError, LookupError):
        raise Unreadable("is XML in an encoding that cannot be read") from None
    return found
