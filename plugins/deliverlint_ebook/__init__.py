"""Ebooks: what an EPUB says of itself, and whether its parts agree."""
