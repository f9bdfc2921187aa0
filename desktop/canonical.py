"""The text of an article as it is kept: line endings made one kind, nothing else touched."""

from __future__ import annotations

from desktop.refused import ReadError

_TITLE = 200  # code points


def canonical(text: str, place: str) -> str:
    """Return text with one kind of line ending, otherwise untouched.

    Raises:
        ReadError: if there is nothing in it, or half a character.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError(f"{place}: there is no text in it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1
        raise ReadError(f"{place}:{line}: half a character (a lone surrogate) is here") from error
    return text


def title_of(text: str) -> str:
    """Return the first line that says anything, at most 200 code points of it."""
    title = next(line.strip() for line in text.split("\n") if line.strip())
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
