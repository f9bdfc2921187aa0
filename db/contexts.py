"""Keywords in context: each place where words stand, with what is left and right of them.

Articles are looked through some at a time, in whatever order they come, so that the first lines
are there at once and the thread that reads is soon free again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db.query import Words
from db.transactions import snapshot
from db.values import Span

WIDTH = 70
"""Code points on either side of a keyword."""


@dataclass(frozen=True, slots=True)
class Context:
    """One place: ``span`` is where the keyword stands in the article's text."""

    article: UUID
    title: str | None
    publication: str | None
    published: str | None
    span: Span
    left: str
    keyword: str
    right: str


def contexts(session: Session, numbers: Sequence[int], words: Iterable[Words]) -> list[Context]:
    """Return where words stand in the texts of articles, in the order of their numbers here."""
    pattern = keyword_pattern(words)
    if pattern is None:
        return []
    with snapshot(session) as connection:
        rows = connection.exec_driver_sql(
            "SELECT article.number, id, title, publication, published, text"
            " FROM article JOIN article_text USING (number)"
            " WHERE article.number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        by_number = {row[0]: row[1:] for row in rows}
    found = list[Context]()
    for number in numbers:
        if number in by_number:
            identifier, title, publication, published, text = by_number[number]
            found += [
                Context(
                    UUID(identifier),
                    title,
                    publication,
                    published,
                    Span(*match.span()),
                    _line(text[max(0, match.start() - WIDTH) : match.start()]),
                    _line(text[match.start() : match.end()]),
                    _line(text[match.end() : match.end() + WIDTH]),
                )
                for match in pattern.finditer(folded(text))
            ]
    return found


def keyword_pattern(words: Iterable[Words]) -> re.Pattern[str] | None:
    """Return what finds words in a :func:`folded` text as the full text does; None for none."""
    found = list[str]()
    for each in words:
        tokens = re.findall(r"[^\W_]+", folded(each.text)) if each.column != "title" else []
        if tokens:
            end = r"[^\W_]*" if each.prefix else r"(?![^\W_])"
            found.append(r"(?<![^\W_])" + r"[\W_]+".join(tokens) + end)
    return re.compile("|".join(sorted(found, key=len, reverse=True))) if found else None


def folded(text: str) -> str:
    """Return a text without capitals and accents, each code point in its place."""
    return text.translate(_FOLDS)


class _Folds(dict[int, str]):
    def __missing__(self, letter: int) -> str:
        bare = unicodedata.normalize("NFD", chr(letter))[0].lower()
        self[letter] = bare if len(bare) == 1 else chr(letter)
        return self[letter]


_FOLDS = _Folds()


def _line(text: str) -> str:
    return re.sub(r"\s", " ", text)
