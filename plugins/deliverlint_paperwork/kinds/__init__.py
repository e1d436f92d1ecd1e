"""The kinds of paperwork, by medium."""

from deliverlint_paperwork.kinds import ai, books, film, games, music, rights

ALL = [*rights.KINDS, *ai.KINDS, *film.KINDS, *music.KINDS, *books.KINDS, *games.KINDS]

__all__ = ["ALL"]
