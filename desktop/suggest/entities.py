"""The names, numbers and times of an article: network, rules, then the article as a whole.

An article of ordinary length is settled in one piece. A very long one is settled in windows of
some thousand words, each with what the windows before it have shown, so that the first mentions
come at once and memory stays level; a mention once given out is never revised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from db.values import Origin, Span
from desktop.suggest.document import Memory, settle
from desktop.suggest.labels import ours
from desktop.suggest.mention import UNSCORED, Mention
from desktop.suggest.rules import find_by_cue, find_by_rule, merge
from desktop.suggest.scores import scorer, standing

if TYPE_CHECKING:
    from spacy.language import Language

WINDOW = 30_000
"""Code points settled together: about five thousand words."""
_LONGEST = 3_000  # code points of one piece for the network; some pages have no line breaks
_AT_ONCE = 32  # pieces the network reads together
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=\S)")
_SPACE = re.compile(r"\s+")


def find_entities(nlp: Language, text: str, stretches: Iterable[Span]) -> list[Mention]:
    """Return the mentions in ``stretches`` of the text, sorted, none overlapping.

    Args:
        nlp: a pipeline of :func:`desktop.suggest.pipeline.load`.
        text: the article.
        stretches: what to read, sorted, in code points; the rest, boilerplate, is not looked at.
    """
    return [mention for batch in entity_batches(nlp, text, stretches) for mention in batch]


def entity_batches(nlp: Language, text: str, stretches: Iterable[Span]) -> Iterator[list[Mention]]:
    """Yield what :func:`find_entities` returns, window by window, as it is found.

    Between them come empty batches: a slow pipeline takes its time, and whoever asked may want
    something else by then.
    """
    score = scorer(nlp)
    for batch in _settled(nlp, text, stretches):
        yield [
            replace(mention, score=score(mention.label, standing)) for mention, standing in batch
        ]


def find_standings(
    nlp: Language, text: str, stretches: Iterable[Span]
) -> Iterator[tuple[Mention, str]]:
    """Yield the mentions before they are scored, with the standing their score is counted by."""
    for batch in _settled(nlp, text, stretches):
        yield from batch


def _settled(
    nlp: Language, text: str, stretches: Iterable[Span]
) -> Iterator[list[tuple[Mention, str]]]:
    memory = Memory()
    for window in _windows(text, stretches):
        merged: list[Mention] = []
        for first in range(0, len(window), _AT_ONCE):
            pieces = window[first : first + _AT_ONCE]
            paragraphs = [piece.of(text) for piece in pieces]
            for piece, paragraph, named in zip(
                pieces, paragraphs, _named(nlp, paragraphs), strict=True
            ):
                if nlp.lang == "en":
                    ruled, cued = find_by_rule(paragraph), find_by_cue(paragraph)
                    named = merge(paragraph, named, ruled, cued)
                merged += [mention.moved(piece.start) for mention in named]
            yield []
        settled = settle(text, window, merged, memory)
        yield [(mention, standing(text, mention, memory)) for mention in settled]


def _named(nlp: Language, paragraphs: list[str]) -> Iterator[list[Mention]]:
    """Yield what the pipeline finds in each paragraph, by our labels."""
    # the strings of an article are forgotten with it
    with nlp.memory_zone():  # pyright: ignore[reportUnknownMemberType]
        for doc in nlp.pipe(paragraphs, batch_size=_AT_ONCE):
            yield [
                Mention(Span(entity.start_char, entity.end_char), label, UNSCORED, Origin.MODEL)
                for entity in doc.ents
                if (label := ours(entity.label_)) is not None
            ]


def _windows(text: str, stretches: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the stretches a window at a time, by paragraph, long ones by sentence."""
    window: list[Span] = []
    length = 0
    for stretch in stretches:
        for piece in _pieces(text, stretch):
            window.append(piece)
            length += piece.end - piece.start
            if length >= WINDOW:
                yield window
                window, length = [], 0
    if window:
        yield window


def _pieces(text: str, stretch: Span) -> Iterator[Span]:
    """Cut a stretch at line breaks, and what is still long at the end of a sentence or a word."""
    start = stretch.start
    for line in re.compile(r"[^\n]+").finditer(text, stretch.start, stretch.end):
        start, end = line.span()
        while end - start > _LONGEST:
            cut = _last_end(_SENTENCE, text, start, start + _LONGEST)
            cut = cut or _last_end(_SPACE, text, start, start + _LONGEST) or start + _LONGEST
            yield Span(start, cut)
            start = cut
        if not text[start:end].isspace():
            yield Span(start, end)


def _last_end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    return max((found.end() for found in pattern.finditer(text, start, end)), default=None)
