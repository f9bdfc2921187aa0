"""The names, numbers and times of an article: network, rules, then the article as a whole.

An article of ordinary length is settled in one piece. A very long one is settled in windows of
some thousand words, each with what the windows before it have shown, so that the first mentions
come at once and memory stays level; a mention once given out is never revised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from db.values import Origin, Span
from desktop.suggest.names.document import Memory, settle
from desktop.suggest.names.labels import ours
from desktop.suggest.names.mention import UNSCORED, Mention
from desktop.suggest.names.precedents import NONE, Precedents
from desktop.suggest.names.rules import find_by_cue, find_by_rule, merge
from desktop.suggest.names.scores import scorer, standing
from desktop.suggest.network import NAMES_GROUP

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WINDOW = 30_000
"""Code points settled together: about five thousand words."""
_LONGEST = 3_000  # code points of one piece for the network; some pages have no line breaks
_PASSAGE = 900  # code points of neighbouring lines the network reads as one text
_AT_ONCE = 16  # passages it reads together
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+(?=\S)")
_SPACE = re.compile(r"\s+")


def find_entities(
    nlp: Language, text: str, stretches: Iterable[Span], precedents: Precedents = NONE
) -> list[Mention]:
    """Return the mentions in ``stretches`` of the text, sorted, none overlapping.

    Args:
        nlp: a pipeline of :func:`desktop.suggest.pipeline.load`.
        text: the article.
        stretches: what to read, sorted, in code points; the rest, boilerplate, is not looked at.
        precedents: what was decided before; it is kept to.
    """
    batches = entity_batches(nlp, text, stretches, precedents)
    return [mention for batch in batches for mention in batch]


def entity_batches(
    nlp: Language, text: str, stretches: Iterable[Span], precedents: Precedents = NONE
) -> Iterator[list[Mention]]:
    """Yield what :func:`find_entities` returns, window by window, as it is found.

    Between them come empty batches: a slow pipeline takes its time, and whoever asked may want
    something else by then.
    """
    score = scorer(nlp)
    for batch in _settled(nlp, text, stretches, precedents):
        yield [replace(mention, score=score(mention, standing)) for mention, standing in batch]


def find_standings(
    nlp: Language, text: str, stretches: Iterable[Span]
) -> Iterator[tuple[Mention, str]]:
    """Yield the mentions with the network's own score, and the standing they are scored by."""
    for batch in _settled(nlp, text, stretches, NONE):
        yield from batch


def read_plainly(nlp: Language, text: str, stretches: Iterable[Span]) -> list[Mention]:
    """Return what the pipeline itself finds, with no rule and no look at the article as a whole."""
    found: list[Mention] = []
    for window in _windows(text, stretches):
        for passage, named in _named(nlp, text, list(_passages(text, window))):
            found += [mention.moved(passage[0].start) for mention in named]
    return found


def _settled(
    nlp: Language, text: str, stretches: Iterable[Span], precedents: Precedents
) -> Iterator[list[tuple[Mention, str]]]:
    memory = Memory()
    for window in _windows(text, stretches):
        merged: list[Mention] = []
        passages = list(_passages(text, window))
        for first in range(0, len(passages), _AT_ONCE):
            for passage, named in _named(nlp, text, passages[first : first + _AT_ONCE]):
                if nlp.lang == "en":
                    named = _ruled(text, passage, named)
                merged += [mention.moved(passage[0].start) for mention in named]
            yield []
        settled = settle(text, window, precedents.applied(text, window, merged), memory)
        yield [
            (mention, standing(text, mention, memory))
            for mention in settled
            if not precedents.refuses(text, mention)
        ]


def _ruled(text: str, passage: Sequence[Span], named: list[Mention]) -> list[Mention]:
    """Join what the rules find, line by line, with what the pipeline found in a passage."""
    ruled: list[Mention] = []
    cued: list[Mention] = []
    for line in passage:
        by = line.start - passage[0].start
        ruled += [mention.moved(by) for mention in find_by_rule(line.of(text))]
        cued += [mention.moved(by) for mention in find_by_cue(line.of(text))]
    return merge(text[passage[0].start : passage[-1].end], named, ruled, cued)


def _named(
    nlp: Language, text: str, passages: Sequence[Sequence[Span]]
) -> Iterator[tuple[Sequence[Span], list[Mention]]]:
    """Yield each passage with what the pipeline finds in it, by our labels."""
    texts = [text[passage[0].start : passage[-1].end] for passage in passages]
    # the strings of an article are forgotten with it
    with nlp.memory_zone():  # pyright: ignore[reportUnknownMemberType]
        for passage, doc in zip(passages, nlp.pipe(texts, batch_size=_AT_ONCE), strict=True):
            yield (
                passage,
                [
                    Mention(Span(entity.start_char, entity.end_char), label, score, Origin.MODEL)
                    for entity, score in zip(doc.ents, _probabilities(doc), strict=True)
                    if (label := ours(entity.label_)) is not None
                    and any(map(str.isalnum, entity.text))  # an emoji, or what joins its parts
                ],
            )


def _probabilities(doc: Doc) -> list[float]:
    """Return how sure the pipeline is of each of its entities, if it says so as ours does."""
    if NAMES_GROUP not in doc.spans:
        return [UNSCORED] * len(doc.ents)
    attributes = cast("dict[str, list[float]]", doc.spans[NAMES_GROUP].attrs)
    return attributes.get("scores") or [UNSCORED] * len(doc.ents)


def _passages(text: str, window: Iterable[Span]) -> Iterator[list[Span]]:
    """Join neighbouring pieces that only white space parts: a name is told by what is around it."""
    passage: list[Span] = []
    for piece in window:
        if passage and (
            piece.end - passage[0].start > _PASSAGE
            or not text[passage[-1].end : piece.start].isspace()
        ):
            yield passage
            passage = []
        passage.append(piece)
    if passage:
        yield passage


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
