"""What is looked for in the library: words, phrases, endings, fields, and how they are joined.

    ferry "border pact" minist* -customs (harbour OR port) title:strike publication:courier

Words stand in the title or the text, whatever their case and accents; several must all be there.
A field's value in quotes is the whole name, otherwise any part of it. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COLUMNS = ("title", "text")
FIELDS = (
    "publication",
    "author",
    "language",
    "date",
    "from",
    "until",
    "label",
    "actor",
    "target",
    "stance",
    "status",
    "coder",
    "score",
)
"""The fields that may stand before a colon, beside the two :data:`COLUMNS` of words."""

_DEEPEST = 50  # brackets in brackets
_STANCES = {"for": "favor", "favour": "favor"} | {
    name: name for name in ("favor", "against", "neutral", "mixed", "unclear")
}
_STATUSES = {
    "todo": "todo",
    "to-do": "todo",
    "in-progress": "in_progress",
    "in_progress": "in_progress",
    "unsure": "flagged",
    "flagged": "flagged",
    "done": "done",
}
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_SCORE = re.compile(r"[<>]?(0?\.\d+|[01])|(0?\.\d+|[01])-(0?\.\d+|[01])|none")
_LETTER = re.compile(r"[^\W_]")  # the full text knows letters and digits alone
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))
    |(?P<field>[A-Za-z]+):(?=\S)|"(?P<phrase>[^"]*)"(?P<any>\*)?|(?P<word>[^\s()":]+(:[^\s()"]+)*)
    |(?P<stray>.)""",
    re.VERBOSE,
)


class QueryError(ValueError):
    """A query that cannot be understood; the message says where, and what to write."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand next to one another; with ``prefix`` the last may go on, as in ``minist*``.

    ``column`` is "title" or "text", None where either will do.
    """

    text: str
    prefix: bool = False
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field and what it must be: ``exact`` if that is the whole name."""

    name: str
    value: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Parts that must all be so; without parts, everything is found."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts of which one is enough."""

    parts: tuple[Node, ...]


Node = Words | Field | Not | All | Either


def words_in(node: Node) -> Iterator[Words]:
    """Yield the words that are looked for, not those that must not be there."""
    match node:
        case Words():
            yield node
        case All(parts) | Either(parts):
            for part in parts:
                yield from words_in(part)
        case _:
            pass


def parse(text: str) -> Node:
    """Read a query.

    Raises:
        QueryError: if it cannot be understood.
    """
    reader = _Reader(text)
    found = reader.either()
    if reader.kind == "close":
        raise QueryError("There is a “)” without a “(” before it.")
    return found


@dataclass
class _Reader:
    """Reads a query from left to right; ``kind`` and ``match`` are what stands here."""

    text: str
    at: int = 0
    kind: str = ""
    match: re.Match[str] | None = None
    depth: int = 0

    def __post_init__(self) -> None:
        self.next()

    def next(self) -> None:
        """Go on to what comes after."""
        while True:
            self.match = _TOKEN.match(self.text, self.at)
            if self.match is None:
                self.kind = ""
                return
            self.at = self.match.end()
            groups = self.match.groupdict()
            self.kind = next(name for name in _KINDS if groups[name] is not None)
            if self.kind == "stray" and self.match[0] == '"':
                raise QueryError("There is a quotation mark without its partner: close it.")
            if self.kind == "word" and self.match[0] == "OR":
                self.kind = "or"
            if self.kind not in ("space", "stray"):
                return

    def either(self) -> Node:
        """Read parts with OR between them."""
        parts = [self.all()]
        while self.kind == "or":
            self.next()
            parts.append(self.all())
        if len(parts) > 1 and any(part == All(()) for part in parts):
            raise QueryError("OR stands between two words: write “ferry OR tunnel”.")
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all(self) -> Node:
        """Read parts that stand side by side."""
        parts: list[Node] = []
        while self.kind not in ("", "or", "close"):
            if (part := self.part()) is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self) -> Node | None:
        """Read one part; None if there is no word in it."""
        kind, match = self.kind, self.match
        assert match is not None
        self.next()
        if kind == "minus":
            if self.kind in ("", "or", "close"):
                return None
            part = self.part()
            return None if part is None else Not(part)
        if kind == "open":
            return self.bracketed()
        if kind == "field":
            return self.field(match["field"])
        return _words(match)

    def bracketed(self) -> Node:
        """Read on to the closing bracket."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise QueryError("That is too many brackets, one in another.")
        found = self.either()
        if self.kind != "close":
            raise QueryError("There is a “(” that is not closed: add a “)”.")
        self.next()
        self.depth -= 1
        return found

    def field(self, name: str) -> Node | None:
        """Read what stands after a colon."""
        lower = name.lower()
        if lower not in (*FIELDS, *COLUMNS):
            known = ", ".join((*COLUMNS, *FIELDS))
            raise QueryError(f"There is no field “{name}”. There are: {known}.")
        if self.kind not in ("word", "phrase"):
            raise QueryError(f"After “{name}:” there has to be a word, or words in quotes.")
        match = self.match
        assert match is not None
        exact, value = self.kind == "phrase", match["phrase"] or match["word"] or ""
        self.next()
        if lower in COLUMNS:
            words = _words(match)
            return words and Words(words.text, words.prefix, lower)
        return Field(lower, _TIDY.get(lower, str)(value), exact)


_KINDS = ("space", "open", "close", "minus", "field", "phrase", "word", "stray")


def _words(match: re.Match[str]) -> Words | None:
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    prefix = bool(match["any"]) or (match["word"] or "").endswith("*")
    text = " ".join(text.replace("\0", " ").rstrip("*").split())
    return Words(text, prefix) if _LETTER.search(text) else None


def _day(value: str) -> str:
    if not _DAY.fullmatch(value):
        raise QueryError(f"“{value}” is no date: write 2026, 2026-08 or 2026-08-23.")
    return value


def _stance(value: str) -> str:
    if value.lower() not in _STANCES:
        raise QueryError(
            f"“{value}” is no stance: there are for, against, neutral, mixed and unclear."
        )
    return _STANCES[value.lower()]


def _status(value: str) -> str:
    if value.lower() not in _STATUSES:
        raise QueryError(f"“{value}” is no status: there are todo, in-progress, unsure and done.")
    return _STATUSES[value.lower()]


def _score(value: str) -> str:
    if not _SCORE.fullmatch(value):
        raise QueryError(f"“{value}” is no score: write <0.5, >0.9, 0.5-0.8, or none.")
    return value


_TIDY: dict[str, Callable[[str], str]] = {
    "date": _day,
    "from": _day,
    "until": _day,
    "stance": _stance,
    "status": _status,
    "score": _score,
}
