"""Factiva: exports of articles in the display format, or with the codes of their fields.

With codes, each field stands behind its own: HD the headline, BY the byline, WC the length, PD and
ET the day and time, SN the publication, LA the language, CY the rights, LP and TD the text, AN the
document. Without, the same stand in this order under the headline. Either way an article ends in
"Document" and its number; a search summary may follow the last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from desktop import dates, languages
from desktop.library.readers.bundle import Pieces, is_byline, taken
from desktop.library.readers.incoming import Incoming, Refused

_CODES = frozenset({
    "CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY",
    "LP", "TD", "CX", "CT", "RF", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN",
})  # fmt: skip
_CODED = re.compile(
    r"(?P<code>[A-Z]{2,3})(?:\s*$|[\s\u00a0]*\t\s*|[ \u00a0]{2,})(?P<value>.*)", re.DOTALL
)
_END = re.compile(r"(?:AN\s+)?(?:Document|Dokument|Documento) (?P<number>[A-Za-z0-9_]{16,40})\s*$")
_WORDS = re.compile(
    r"(?P<words>[\d.,\u00a0\u202f ]+) (?:words|wörter|mots|palabras|parole|woorden)\s*$", re.I
)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?: (?:GMT|UTC))?\s*$")
_RIGHTS = re.compile(
    r"copyright\b|\(c\)|©|all rights|alle rechte|tous droits|todos los derechos", re.I
)
_LISTED = re.compile(r".*(?:\.{3,}|\t) *\d+\s*$")
_FURNITURE = re.compile(
    r"(?:©|\(c\)) ?\d{4} factiva\b|page \d+ of \d+|factiva\s*$|dow jones\s*$", re.I
)
_HEADER = 12  # blocks from the number of words to the rights, at most


def looks_like(blocks: Sequence[str]) -> bool:
    """Tell an export of Factiva by what its articles end in, and by their lengths."""
    return any(map(_END.match, blocks)) and any(
        _WORDS.match(block.removeprefix("WC").strip()) for block in blocks
    )


def articles(blocks: Sequence[str], name: str) -> Iterator[Incoming | Refused]:
    """Yield the articles of an export that is read already, named ``name`` in their places."""
    yield from taken(map(_article, _parts(blocks)), name)


def _parts(blocks: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the blocks of each article, with the number it ends in."""
    start = 0
    for at, block in enumerate(blocks):
        if _END.match(block):
            yield [one for one in blocks[start : at + 1] if not _FURNITURE.match(one)]
            start = at + 1


def _article(part: Sequence[str]) -> Pieces:
    codes = [_code(block) for block in part]
    if "HD" in codes and "PD" in codes:
        return _coded(_fields(part[codes.index("HD") :]))
    return _displayed(part)


# With codes


def _code(block: str) -> str:
    found = _CODED.match(block[:200])
    return found["code"] if found and found["code"] in _CODES else ""


def _fields(part: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the blocks of each field."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    code = "HD"
    for block in part:
        coded = _CODED.match(block)
        if coded and coded["code"] in _CODES:
            code, block = coded["code"], coded["value"]
        if block.strip():
            found[code].append(block.strip())
    return found


def _coded(fields: Mapping[str, list[str]]) -> Pieces:
    """Take an article apart whose fields have codes."""

    def line(code: str) -> str:
        return " ".join(" ".join(fields.get(code, ())).split())

    return Pieces(
        headline=line("HD"),
        byline=line("BY"),
        body=[*fields.get("LP", ()), *fields.get("TD", ())],
        publication=line("SN") or None,
        published=_moment(line("PD"), line("ET")),
        language=languages.tag(line("LA")),
        section=line("SE") or None,
    )


# Without


def _displayed(part: Sequence[str]) -> Pieces:
    """Take an article apart whose fields stand in their order, without codes."""
    words = next((at for at, block in enumerate(part) if _WORDS.match(block)), None)
    if words is None:
        return Pieces(headline=part[0], doubts=["its length is missing, by which it would be read"])
    pieces = _headed([block for block in part[:words] if not _LISTED.match(block[-200:])])
    end = len(part) - 1
    header = part[words + 1 : min(words + _HEADER, end)]
    rights = next((at for at, block in enumerate(header) if _RIGHTS.match(block)), None)
    tongue = next(
        (at for at, block in enumerate(header) if languages.tag(block) and " " not in block), None
    )
    last = rights if rights is not None else tongue
    if last is None:
        last = min(2, len(header) - 1)
        pieces.doubts.append(
            "where its text begins is a guess: its language and rights are missing"
        )
    day = clock = ""
    for block in header[: last + 1]:
        if not day and dates.iso(block):
            day = block
        elif day and not clock and _CLOCK.match(block):
            clock = block
        elif day and pieces.publication is None:
            pieces.publication = block
    pieces.published = _moment(day, clock)
    if tongue is not None:
        pieces.language = languages.tag(header[tongue])
    pieces.body = list(part[words + 2 + last : end])
    return pieces


def _headed(above: Sequence[str]) -> Pieces:
    """Read what stands above the number of words: a section perhaps, headline, perhaps a byline."""
    *rest, last = above[-3:] or [""]
    headed = len(rest) == 2 or (len(rest) == 1 and len(rest[0]) >= len(last))
    if headed and is_byline(last):
        return Pieces(headline=rest[-1], byline=last)
    return Pieces(headline=last)


def _moment(day: str, clock: str) -> str | None:
    known, found = dates.iso(day), _CLOCK.match(clock)
    if known is None or found is None or len(known) != 10:
        return known
    return f"{known}T{int(found[1]):02}:{found[2]}"
