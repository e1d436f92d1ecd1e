"""The one way in which a reader of this plugin gives up."""

from __future__ import annotations


class Unreadable(Exception):
    """The file is not what its head promises; the text completes the sentence "the file ..."."""
