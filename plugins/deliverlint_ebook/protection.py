"""Encryption: what META-INF/encryption.xml names, and whose copy protection it is."""

from __future__ import annotations

from dataclasses import dataclass

from deliverlint_ebook.archive import Unreadable, attribute, local_name, read_xml, resolve
from deliverlint_ebook.gate import Opened

ENCRYPTION = "META-INF/encryption.xml"
# Obfuscated fonts are no copy protection (EPUB 3.3, font obfuscation).
_FONT_ALGORITHMS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})


@dataclass(frozen=True, slots=True)
class Protection:
    """Files that cannot be read as they are.

    encrypted   paths whose content is encrypted
    obfuscated  paths of fonts that are only obfuscated
    drm         whose copy protection it is; empty for none
    """

    encrypted: frozenset[str] = frozenset()
    obfuscated: frozenset[str] = frozenset()
    drm: str = ""


def read_protection(book: Opened) -> Protection:
    """Read who has encrypted what; raise Unreadable where encryption.xml cannot be read."""
    encrypted: set[str] = set()
    obfuscated: set[str] = set()
    if ENCRYPTION in book.entries:
        for element in read_xml(book, ENCRYPTION).iter():
            if local_name(element) != "EncryptedData":
                continue
            algorithm = path = ""
            for part in element.iter():
                if local_name(part) == "EncryptionMethod" and not algorithm:
                    algorithm = attribute(part, "Algorithm")
                elif local_name(part) == "CipherReference":
                    target = resolve("", attribute(part, "URI"))
                    path = target[0] if target else ""
            (obfuscated if algorithm in _FONT_ALGORITHMS else encrypted).add(path)
    return Protection(frozenset(encrypted), frozenset(obfuscated), _scheme(book, bool(encrypted)))


def _scheme(book: Opened, encrypted: bool) -> str:
    if "META-INF/license.lcpl" in book.entries:
        return "Readium LCP"
    if "META-INF/sinf.xml" in book.entries:
        return "Apple FairPlay"
    if "META-INF/rights.xml" in book.entries and encrypted:
        try:
            root = read_xml(book, "META-INF/rights.xml")
        except Unreadable:
            return "unknown"
        if any("ns.adobe.com/adept" in str(element.tag) for element in root.iter()):
            return "Adobe ADEPT"
    return "unknown" if encrypted else ""
