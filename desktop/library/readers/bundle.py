"""What news databases' exports have in common: many articles in one file, each with its fields.

An export is read as blocks: its paragraphs, without empty ones. The headline, the standfirst, the
byline and the body of an article become its text, word for word, with zones; the other fields its
metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.values import Metadata, Zone, ZoneKind
from desktop.library.readers import open_document, rtf, word
from desktop.library.readers.article import article, refused
from desktop.library.readers.decoding import decoded
from desktop.library.readers.fragment import plain
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import MB, whole

LARGEST = 64 * MB
"""Bytes of an export in plain text: some ten thousand articles."""

_NARROW, _WIDE = 60, 90  # code points: how long the longest line of a wrapped text is


@dataclass(slots=True)
class Pieces:
    """An article as it stands in an export, taken apart.

    ``body`` are its paragraphs; ``doubts`` what is to be looked at.
    """

    headline: str = ""
    standfirst: list[str] = field(default_factory=list[str])
    byline: str = ""
    body: list[str] = field(default_factory=list[str])
    publication: str | None = None
    published: str | None = None
    language: str | None = None
    section: str | None = None
    url: str | None = None
    doubts: list[str] = field(default_factory=list[str])


def blocks(path: Path, kind: str) -> list[str]:
    """Return the paragraphs of a "word", "writer", "rtf", "page" or "text"; none is empty.

    The cells of a table's row are one, with tabs between. Lines that were broken to a width, as in
    plain text, are joined.

    Raises:
        ReadError: it cannot be read, or is too large.
    """
    if kind == "word":
        lines: Iterable[str] = _of_document(word.opened(path))
    elif kind == "writer":
        lines = open_document.paragraphs(path)
    elif kind == "rtf":
        lines = rtf.paragraphs(path)
    elif kind == "page":
        lines = plain(decoded(whole(path), path.name).text, path.name).split("\n")
    else:
        text = decoded(whole(path, LARGEST), path.name).text
        lines = unwrapped(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [block for line in lines if (block := line.strip())]


def _of_document(document: Any) -> Iterator[str]:
    """Yield the paragraphs of a document as python-docx has it; those of a cell stay apart."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = ["\n".join(one.text for one in cell.paragraphs) for cell in row.cells]
                yield from "\t".join(cells).split("\n")
        else:
            yield from block.text.split("\n")


def unwrapped(text: str) -> list[str]:
    """Return plain text as paragraphs: the lines between two empty ones, joined where broken.

    A line was broken if the first word of the next would not have fitted on it. Where no lines were
    broken at all, each is a paragraph. A few lines, such as addresses, may be wider than the rest.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 49 // 50] if lengths else 0
    if not _NARROW <= width <= _WIDE:
        return lines
    found = list[list[str]]()
    before = ""
    for line in lines:
        said = line.strip()
        if before and said and not line.startswith("  ") and _broken(before, said, width):
            found[-1].append(said)
        else:
            found.append([said])
        before = line
    return [" ".join(parts) for parts in found]


def _broken(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - 2


def taken(articles: Iterable[Pieces], name: str) -> Iterator[Incoming | Refused]:
    """Yield the articles of an export; the same text a second time is refused."""
    seen: dict[str, int] = {}
    for number, pieces in enumerate(articles, start=1):
        place = f"{name}, article {number}"
        if not pieces.body and not pieces.standfirst:
            shown = f" “{pieces.headline[:80]}”" if pieces.headline else ""
            yield Refused(place, f"there is no text under its headline{shown}")
            continue
        try:
            incoming = _whole(pieces, place)
        except ReadError as error:
            yield refused(error, place)
            continue
        first = seen.setdefault(incoming.text, number)
        if first != number:
            yield Refused(place, f"it is the same, word for word, as article {first}")
        else:
            yield incoming


def _whole(pieces: Pieces, place: str) -> Incoming:
    """Return an article as a text with zones."""
    parts = [
        (ZoneKind.HEADLINE, [pieces.headline]),
        (ZoneKind.STANDFIRST, pieces.standfirst),
        (ZoneKind.BYLINE, [pieces.byline]),
        (ZoneKind.BODY, pieces.body),
    ]
    text, zones = "", list[Zone]()
    for kind, paragraphs in parts:
        said = "\n\n".join(filter(None, paragraphs))
        if said:
            text += "\n\n" if text else ""
            zones.append(Zone(len(text), len(text) + len(said), kind))
            text += said
    doubts = list(pieces.doubts)
    if not pieces.headline:
        doubts.append("no headline was found")
    if not pieces.published:
        doubts.append("no date was found")
    meta = Metadata(
        title=pieces.headline or None,
        publication=pieces.publication,
        author=author(pieces.byline),
        url=pieces.url,
        published=pieces.published,
        language=pieces.language,
        section=pieces.section,
    )
    known = article(text, meta, place, tuple(doubts))
    return Incoming(known.text, known.meta, place, tuple(zones), known.doubts)


_BY = re.compile(r"(?:by|von|par|por|de|di|door)\b[:\s]+", re.I)


def author(byline: str) -> str | None:
    """Return who a byline names, without its “By”."""
    return _BY.sub("", byline.strip(), count=1).strip() or None


def is_byline(block: str) -> bool:
    """Tell whether a line names who wrote."""
    if _BY.match(block):
        return len(block) <= 120
    words = block.split()
    named = [
        word for word in words if word[:1].isupper() or word in ("and", "et", "und", "y", "de")
    ]
    return 2 <= len(words) <= 8 and len(named) == len(words) and block[-1] not in ".?!:"


def first_where(blocks: Sequence[str], pattern: re.Pattern[str], start: int = 0) -> int | None:
    """Return where the first block is that a pattern matches from its start; None if none is."""
    return next((at for at in range(start, len(blocks)) if pattern.match(blocks[at])), None)
