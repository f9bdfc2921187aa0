"""Zones of a scraped news page: headline, standfirst, byline, body, caption, boilerplate.

A page is read line by line; a line in which boilerplate is stuck to a sentence of the body
("…all the difference.The Home Secretary…") is cut at the seam. Phrases that only publishers write
about themselves settle a sentence; sentences in the publisher's "we" and "you" follow when they
stand beside such a one. What somebody is quoted as saying is never boilerplate. The phrases are
data: ``resources/lexicon/boilerplate.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import resources
from db.values import Span, Zone, ZoneKind
from desktop.suggest.text.quotes import Quote, find_quotes
from desktop.suggest.text.words import paragraphs, sentences, trimmed

_SEAM = re.compile(
    r"(?<=[a-z€£$\d)][.!?])(?=[\"“‘]?[A-Z][a-z]*\b)|(?<=[a-z\d)][.!?][\"”’])(?=[\"“]?[A-Z][a-z])"
)
_HEADLINE_WORDS, _STANDFIRST_WORDS, _TOP_LINES, _TITLE_WORDS = 30, 50, 10, 16
_SHORTEST_HEADLINE, _SHORTEST_STANDFIRST, _BARE_WORDS = 4, 7, 12
_ENDS = '.!?…:;,"”’)'
_ROW = re.compile(
    r"(?:[^\n]{1,120}(?: {2,}|\s[|•·›»]\s|\sNext: )){2,}[^\n]{0,160}|Previous: .*Next: .*"
)
_REPORTING = re.compile(r"\b(?:said|says|told|announced|asked|warned|claimed|according to)\b")
_NAMES_ALONE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w.'’-]+(?: (?:[A-ZÀ-ÖØ-Þ]|de|van|von|al-)[\w.'’-]*){1,4}"
    r"(?: ?[|,&] ?[A-ZÀ-ÖØ-Þ][\w.'’-]+(?: [A-ZÀ-ÖØ-Þ][\w.'’-]*){1,3})*"
)


@dataclass(frozen=True, slots=True)
class _Phrases:
    sure: re.Pattern[str]
    house: re.Pattern[str]
    voice: re.Pattern[str]
    lead: re.Pattern[str]
    line: re.Pattern[str]
    glued: re.Pattern[str]
    prompt: re.Pattern[str]
    stuck_prompt: re.Pattern[str]
    byline: re.Pattern[str]
    caption: re.Pattern[str]


@dataclass(slots=True)
class _Piece:
    """A sentence, or a whole line where that says more."""

    span: Span
    line: int
    quoted: bool
    kind: ZoneKind | None = None
    house: bool = False
    voice: bool = False
    leads: bool = False


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    data: dict[str, list[str]] = tomllib.loads(
        resources.path("lexicon", "boilerplate.toml").read_text(encoding="utf-8")
    )

    def any_of(key: str) -> str:
        return "|".join(f"(?:{phrase})" for phrase in data[key])

    return _Phrases(
        sure=re.compile(any_of("sure"), re.I),
        house=re.compile(any_of("house"), re.I),
        voice=re.compile(any_of("voice"), re.I),
        lead=re.compile(f"(?:{any_of('lead')})[.:…>»]*", re.I),
        line=re.compile(f"(?:{any_of('line')})[.:…>»]*", re.I),
        glued=re.compile(rf"(?i:(?:(?<=[a-z.!?]))(?:{any_of('glued')}))$"),
        prompt=re.compile(any_of("prompt"), re.I),
        stuck_prompt=re.compile(rf"\b(?i:{any_of('prompt')})(?=[A-Z][a-z])"),
        byline=re.compile(any_of("byline")),
        caption=re.compile(any_of("caption"), re.I),
    )


def find_zones(text: str) -> list[Zone]:
    """Return the zones: ordered, non-overlapping, together covering all but white space."""
    pieces = _pieces(text)
    _mark_boilerplate(text, pieces)
    _mark_top(text, pieces)
    _mark_bare(text, pieces)
    return _merge(pieces)


def _pieces(text: str) -> list[_Piece]:
    phrases = _phrases()
    quotes = [quote for quote in find_quotes(text) if not quote.depth and not quote.scare]
    found: list[_Piece] = []
    place = 0
    number = 0
    for line in paragraphs(text):
        while place < len(quotes) and quotes[place].span.end <= line.start:
            place += 1
        inside = _within(quotes, place, line)
        for part in _unstick(text, line, phrases):
            number += 1
            in_a_row = _ROW.fullmatch(text, part.start, part.end)
            if in_a_row or phrases.line.fullmatch(text, part.start, part.end):
                found.append(_Piece(part, number, quoted=False, kind=ZoneKind.BOILERPLATE))
                continue
            if phrases.caption.fullmatch(text, part.start, part.end):
                found.append(_Piece(part, number, quoted=False, kind=ZoneKind.CAPTION))
                continue
            shut = [quote.span for quote in inside]
            for span in sentences(text, part, shut):
                quoted = any(quote.span.overlaps(span) for quote in inside)
                found.append(_Piece(span, number, quoted))
    return found


def _within(quotes: list[Quote], place: int, line: Span) -> list[Quote]:
    found: list[Quote] = []
    while place < len(quotes) and quotes[place].span.start < line.end:
        found.append(quotes[place])
        place += 1
    return found


def _unstick(text: str, line: Span, phrases: _Phrases) -> list[Span]:
    """Cut a line where a prompt or a sentence is stuck to the next without a space."""
    cuts = {match.start() for match in _SEAM.finditer(text, line.start, line.end)}
    prompt = phrases.stuck_prompt.search(text, line.start, min(line.end, line.start + 120))
    if prompt:
        cuts.add(prompt.end())
    glued = phrases.glued.search(text, max(line.start, line.end - 40), line.end)
    if glued and text[glued.start()].isupper():
        cuts.add(glued.start())
    edges = sorted({line.start, line.end, *cuts})
    return [span for a, b in pairwise(edges) if (span := trimmed(text, a, b)).start < span.end]


def _mark_boilerplate(text: str, pieces: list[_Piece]) -> None:
    phrases = _phrases()
    for piece in pieces:
        if piece.kind is not None:
            continue
        if not piece.quoted:
            words = piece.span.of(text)
            if phrases.prompt.fullmatch(words) or (
                phrases.sure.search(words) and not _reports(words)
            ):
                piece.kind = ZoneKind.BOILERPLATE
            else:
                piece.house = bool(phrases.house.search(words))
                piece.voice = bool(phrases.voice.search(words))
    for ordered in (pieces, pieces[::-1]):  # the publisher's own voice spreads from what is sure
        for before, piece in pairwise(ordered):
            if before.kind is ZoneKind.BOILERPLATE and piece.kind is None:
                beside = piece.house or (piece.voice and piece.line == before.line)
                if beside:
                    piece.kind = ZoneKind.BOILERPLATE
    for before, piece in pairwise(pieces):
        if piece.kind is None and not piece.quoted and _follows_lead(text, before, piece):
            piece.kind = ZoneKind.BOILERPLATE
            piece.leads = True


def _reports(words: str) -> bool:
    """Tell a sentence about what others say from the publisher's own words."""
    return len(words.split()) > 14 and _REPORTING.search(words) is not None


def _follows_lead(text: str, before: _Piece, piece: _Piece) -> bool:
    """Tell the bare title of another story under "Read more"."""
    is_lead = before.leads or _phrases().lead.fullmatch(text, before.span.start, before.span.end)
    words = piece.span.of(text)
    return bool(is_lead) and words[-1] not in ".!?…:" and len(words.split()) <= _TITLE_WORDS


def _mark_top(text: str, pieces: list[_Piece]) -> None:
    """Name headline, standfirst and bylines, which stand before the first full sentence."""
    phrases = _phrases()
    lines = _lines(pieces)
    for line in lines:
        span = _span(line)
        free = all(piece.kind is None for piece in line) and span.end - span.start < 200
        if free and phrases.byline.fullmatch(text, span.start, span.end):
            _mark(line, ZoneKind.BYLINE)
    if len(lines) < 2:
        return
    place = _headline(text, lines)
    if place is None:
        return
    _mark(lines[place], ZoneKind.HEADLINE)
    after = place + 1
    while after < min(len(lines), place + _TOP_LINES):
        line = lines[after]
        words = _span(line).of(text)
        if line[0].kind is None:
            if _NAMES_ALONE.fullmatch(words):
                _mark(line, ZoneKind.BYLINE)
            elif _is_standfirst(text, lines, place, after):
                _mark(line, ZoneKind.STANDFIRST)
                place = -_TOP_LINES  # there is one at most
            else:
                return
        after += 1


def _lines(pieces: list[_Piece]) -> list[list[_Piece]]:
    lines: dict[int, list[_Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    return list(lines.values())


def _span(line: list[_Piece]) -> Span:
    return Span(line[0].span.start, line[-1].span.end)


def _mark(line: list[_Piece], kind: ZoneKind) -> None:
    for piece in line:
        piece.kind = kind


def _headline(text: str, lines: list[list[_Piece]]) -> int | None:
    """Return the first line that is made like a headline, if no sentence comes before it.

    A section's name above it is none: the longer line below is.
    """
    for place, line in enumerate(lines[:_TOP_LINES]):
        words = _span(line).of(text)
        if line[0].kind is not None:
            continue
        if not _is_title(words):
            return None
        below = next((one for one in lines[place + 1 :] if one[0].kind is None), None)
        if below and len(words.split()) < _SHORTEST_HEADLINE:
            longer = _span(below).of(text)
            if len(longer) > len(words) and _is_title(longer):
                _mark(line, ZoneKind.BOILERPLATE)
                continue
        return place
    return None


def _is_title(words: str) -> bool:
    count = len(words.split())
    stopped = words[-1] == "." and not words.endswith("...")
    capitals = sum(word[0].isupper() for word in words.split())
    return count <= _HEADLINE_WORDS and (not stopped or capitals > 0.6 * count)


def _is_standfirst(text: str, lines: list[list[_Piece]], headline: int, place: int) -> bool:
    words = _span(lines[place]).of(text)
    count, stopped = len(words.split()), words[-1] == "." and not words.endswith("...")
    after = lines[place + 1][0].kind if place + 1 < len(lines) else None
    above_rest = after in (ZoneKind.BYLINE, ZoneKind.BOILERPLATE, ZoneKind.CAPTION)
    return (
        headline >= 0
        and _SHORTEST_STANDFIRST <= count <= _STANDFIRST_WORDS
        and (not stopped or (above_rest and place < headline + 3))
    )


def _mark_bare(text: str, pieces: list[_Piece]) -> None:
    """Mark short lines that are no sentences: labels, buttons, titles of other stories.

    They stand out against the sentences of the article (Kohlschütter, Fankhauser and Nejdl, WSDM
    2010: the length of a line and of its neighbours tells most). In a text that is made of such
    lines, a list or a poem, none stands out.
    """
    lines = [line for line in _lines(pieces) if line[0].kind is None]
    bare = [
        line
        for line in lines
        if len(line) == 1
        and not line[0].quoted
        and len(line[0].span.of(text).split()) <= _BARE_WORDS
        and text[line[0].span.end - 1] not in _ENDS
    ]
    if len(bare) <= len(lines) // 2:
        for line in bare:
            names = line[0].line <= _TOP_LINES and _NAMES_ALONE.fullmatch(line[0].span.of(text))
            _mark(line, ZoneKind.BYLINE if names else ZoneKind.BOILERPLATE)


def _merge(pieces: list[_Piece]) -> list[Zone]:
    found: list[Zone] = []
    for piece in pieces:
        kind = piece.kind or ZoneKind.BODY
        if found and found[-1].kind is kind and kind is not ZoneKind.HEADLINE:
            found[-1] = Zone(found[-1].start, piece.span.end, kind)
        else:
            found.append(Zone(piece.span.start, piece.span.end, kind))
    return found
