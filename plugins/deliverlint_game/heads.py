"""What the first bytes in a build say: Git LFS pointers, private keys, contents under a false name."""

from __future__ import annotations

from deliverlint.values import Json
from deliverlint_game.names import shown
from deliverlint_game.tree import Entry, Tree
from deliverlint_game.vocabulary import CREDENTIALS, KEY_STORE, PRIVATE_KEY

_LFS = b"version https://git-lfs.github.com/spec/v"
_LARGEST_POINTER = 1024

_KEYS = (b"---", b"\xef\xbb\xbf", b"PuT")  # what keys as text begin with, a byte order mark included
_KEY_STORES = {
    ".jks": (b"\xfe\xed\xfe\xed",),
    ".keystore": (b"\xfe\xed\xfe\xed", b"\x30\x82"),
    ".ks": (b"\xfe\xed\xfe\xed",),
    ".p12": (b"\x30\x82", b"\x30\x80"),
    ".pfx": (b"\x30\x82", b"\x30\x80"),
    ".snk": (b"\x07\x02\x00\x00",),
}
_CREDENTIALS = {
    ".env": "environment file, which usually holds passwords",
    ".env.local": "environment file, which usually holds passwords",
    ".env.production": "environment file, which usually holds passwords",
    ".netrc": "log-in for servers",
    "_netrc": "log-in for servers",
    ".git-credentials": "log-in for a Git server",
    ".pypirc": "log-in for a package index",
    "loginusers.vdf": "Steam log-in of the person who made the build",
}

# What a file with that ending begins with, whatever made it.
_BEGINNINGS = {
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".ogg": (b"OggS",),
    ".wav": (b"RIFF", b"RIFX", b"RF64"),
    ".flac": (b"fLaC", b"ID3"),
    ".zip": (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    ".jar": (b"PK\x03\x04", b"PK\x05\x06"),
    ".apk": (b"PK\x03\x04",),
    ".love": (b"PK\x03\x04",),
    ".pck": (b"GDPC", b"AKPK"),  # of Godot, of Wwise
    ".unity3d": (b"UnityFS\x00", b"UnityWeb\x00", b"UnityRaw\x00"),
    ".utoc": (b"-==--==--==--==-",),
    ".win": (b"FORM",),
}


def is_lfs_pointer(entry: Entry) -> bool:
    return entry.size <= _LARGEST_POINTER and entry.head.startswith(_LFS)


def lfs_pointers(tree: Tree) -> list[str]:
    """Return files whose contents were never fetched from the Git LFS server."""
    return [shown(entry.path) for entry in tree.beginning(_LFS) if is_lfs_pointer(entry)]


def secrets(tree: Tree) -> list[Json]:
    """Return private keys, key stores and credentials: records of path, kind and why."""
    suspects = {*tree.beginning(*_KEYS), *tree.ending(*_KEY_STORES), *tree.named(*_CREDENTIALS)}
    found = [(entry, _secret(entry)) for entry in sorted(suspects)]
    return [
        {"path": shown(entry.path), "kind": secret[0], "why": secret[1]}
        for entry, secret in found
        if secret is not None
    ]


def mislabelled(tree: Tree) -> list[str]:
    """Return files that do not begin as their ending promises; empty files and LFS pointers are not among them."""
    return [
        shown(entry.path)
        for entry in tree.ending(*_BEGINNINGS)
        if entry.head
        and not entry.head.startswith(_BEGINNINGS[entry.ending])
        and not is_lfs_pointer(entry)
        and not entry.name.startswith("._")
    ]


def _secret(entry: Entry) -> tuple[str, str] | None:
    if entry.head.startswith(_KEYS):
        head = entry.head.removeprefix(b"\xef\xbb\xbf")
        if head.startswith(b"-----BEGIN ") and b"PRIVATE KEY" in head[:48]:
            return PRIVATE_KEY, "begins as a private key does"
        if head.startswith(b"PuTTY-User-Key-File-"):
            return PRIVATE_KEY, "begins as a PuTTY private key does"
    stores = _KEY_STORES.get(entry.ending)
    if stores and entry.head.startswith(stores):
        return KEY_STORE, "holds a signing key or certificate with its private key"
    if entry.name in _CREDENTIALS and entry.size:
        return CREDENTIALS, _CREDENTIALS[entry.name]
    return None
