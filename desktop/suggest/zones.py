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
from desktop.suggest.quotes import Quote, find_quotes
from desktop.suggest.words import paragraphs, sentences, trimmed

_SEAM = re.compile(
    r"(?<=[a-z€£$\d)][.!?])(?=[\"“‘]?[A-Z][a-z]*\b)|(?<=[a-z\d)][.!?][\"”’])(?=[\"“]?[A-Z][a-z])"
)
_HEADLINE_WORDS, _STANDFIRST_WORDS, _TOP_LINES, _TITLE_WORDS = 30, 50, 10, 16


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
            if phrases.line.fullmatch(text, part.start, part.end):
                found.append(_Piece(part, number, quoted=False, kind=ZoneKind.BOILERPLATE))
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
        if phrases.caption.fullmatch(text, piece.span.start, piece.span.end):
            piece.kind = ZoneKind.CAPTION
        elif not piece.quoted:
            words = piece.span.of(text)
            if phrases.sure.search(words) or phrases.prompt.fullmatch(words):
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


def _follows_lead(text: str, before: _Piece, piece: _Piece) -> bool:
    """Tell the bare title of another story under "Read more"."""
    is_lead = before.leads or _phrases().lead.fullmatch(text, before.span.start, before.span.end)
    words = piece.span.of(text)
    return bool(is_lead) and words[-1] not in ".!?…:" and len(words.split()) <= _TITLE_WORDS


def _mark_top(text: str, pieces: list[_Piece]) -> None:
    """Name headline, standfirst and bylines, which stand before the first full sentence."""
    phrases = _phrases()
    lines: dict[int, list[_Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    free = [line for line in lines.values() if all(piece.kind is None for piece in line)]
    for line in free:
        span = Span(line[0].span.start, line[-1].span.end)
        if span.end - span.start < 200 and phrases.byline.fullmatch(text, span.start, span.end):
            for piece in line:
                piece.kind = ZoneKind.BYLINE
    if len(pieces) < 2:
        return
    headline: _Piece | None = None
    for number, line in enumerate(list(lines.values())[:_TOP_LINES]):
        first = line[0]
        if first.kind is not None:
            continue
        words = text[first.span.start : line[-1].span.end]
        count, stopped = len(words.split()), words[-1] == "." and not words.endswith("...")
        if headline is None:
            if stopped or count > _HEADLINE_WORDS or len(line) > 1:
                return
            headline = first
            first.kind = ZoneKind.HEADLINE
            continue
        after = next((p.kind for p in pieces if p.line > first.line), None)
        above_rest = after in (ZoneKind.BYLINE, ZoneKind.BOILERPLATE) and number < _TOP_LINES
        if count <= _STANDFIRST_WORDS and (
            not stopped or (above_rest and first.line < headline.line + 3)
        ):
            for piece in line:
                piece.kind = ZoneKind.STANDFIRST
        return


def _merge(pieces: list[_Piece]) -> list[Zone]:
    found: list[Zone] = []
    for piece in pieces:
        kind = piece.kind or ZoneKind.BODY
        if found and found[-1].kind is kind and kind is not ZoneKind.HEADLINE:
            found[-1] = Zone(found[-1].start, piece.span.end, kind)
        else:
            found.append(Zone(piece.span.start, piece.span.end, kind))
    return found
