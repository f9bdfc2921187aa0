"""Articles with decided stances: suggested on anew, and the suggestions held against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from db.values import (
    Annotation,
    ArticleStatus,
    Entity,
    Loaded,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop.actors import same_actors
from desktop.suggest.evaluation.frames import (
    FITS,
    Counts,
    Frame,
    Said,
    count_frames,
    count_statements,
)

if TYPE_CHECKING:
    from desktop.suggest.engine import Engine

Spans = tuple[Span, ...]
Mentioning = Callable[[Ref], Spans]
"""Returns all mentions of what fills a slot."""


def evaluate_articles(engine: Engine, articles: Iterable[Loaded]) -> dict[str, Any]:
    """Return the figures of a corpus: how the engine's suggestions meet what was decided.

    Left out are articles nobody looked at: with no decision on a stance, no stretch checked for
    stances, and not done. Statements count on articles that have decided ones. What is of the
    article as a whole does not count.
    """
    counts = dict.fromkeys(FITS, Counts())
    said, scored, with_statements, left_out = Counts(), 0, 0, 0
    for loaded in articles:
        if not _looked_at(loaded):
            left_out += 1
            continue
        scored += 1
        article = loaded.article
        found = engine.suggest(article.id, article.text, article.meta.language).annotations
        frames, statements = decided(loaded, found)
        for name, more in count_frames(suggested_frames(found), frames).items():
            counts[name] += more
        if statements:
            with_statements += 1
            said += count_statements(suggested_statements(found), statements)
    return {
        "articles": scored,
        "left_out": left_out,
        **{name: many.figures() for name, many in counts.items()},
        "statements": {"articles": with_statements, **said.figures()},
    }


def _looked_at(loaded: Loaded) -> bool:
    return (
        loaded.article.status == ArticleStatus.DONE
        or any(isinstance(one, Stance) and not one.overall for one in loaded.decisions)
        or any(stretch.layer == "stances" for stretch in loaded.checked)
    )


def suggested_frames(found: Sequence[Annotation]) -> list[Frame]:
    """Return the stances among suggestions as frames, each holder resolved to its entity."""
    entities = _Entities(found)
    return _frames(found, entities, entities.of)


def suggested_statements(found: Sequence[Annotation]) -> list[Said]:
    """Return the statements among suggestions, each source resolved to its entity."""
    return _statements(found, _Entities(found).of)


def decided(loaded: Loaded, found: Sequence[Annotation]) -> tuple[list[Frame], list[Said]]:
    """Return what coders stand by in an article, each holder and source with all its mentions.

    Mentions are those of the article and those in ``found``: who decides on stances alone has no
    entities.
    """
    standing = [one for one in loaded.decisions if one.decision.status != Status.REJECTED]
    entities = [one for one in (*standing, *loaded.suggestions, *found) if isinstance(one, Entity)]
    actors = _Actors(loaded.article.text, entities)
    return _frames(standing, actors, actors.of), _statements(standing, actors.of)


def _frames(
    annotations: Iterable[Annotation], entities: _Entities, mentions: Mentioning
) -> list[Frame]:
    return [
        Frame(
            holders=mentions(one.holder),
            targets=entities.here(one.target),
            position=one.position,
            # Without evidence, what the frame names is where it stands.
            evidence=one.evidence or one.cue or entities.here(one.holder, one.target),
            negated=one.target.negated,
            issue=one.target.issue,
            writer=one.holder.kind == RefKind.WRITER,
        )
        for one in annotations
        if isinstance(one, Stance) and not one.overall
    ]


def _statements(annotations: Iterable[Annotation], mentions: Mentioning) -> list[Said]:
    return [
        Said(mentions(one.source), one.content, writer=one.source.kind == RefKind.WRITER)
        for one in annotations
        if isinstance(one, Statement)
    ]


class _Entities:
    """Finds the stretches of slots, whatever else mentions the same actor."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self._spans = {one.id: one.span for one in annotations if isinstance(one, Entity)}

    def of(self, ref: Ref) -> Spans:
        """Return the one stretch that names what fills a slot: its entity's, or its own."""
        span = self._spans.get(ref.entity, ref.span) if ref.entity else ref.span
        return (span,) if span else ()

    def here(self, *refs: Ref) -> Spans:
        """Return that, and the pronoun or description that stands for it in the sentence."""
        return tuple(
            span for ref in refs for span in dict.fromkeys((ref.span, *self.of(ref))) if span
        )


class _Actors(_Entities):
    """Finds all mentions of the actor in a slot."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        super().__init__(entities)
        names = sorted({(one.span, one.label) for one in entities})
        leaders = same_actors([(span.of(text), label) for span, label in names])
        together: dict[int, list[Span]] = defaultdict(list)
        for (span, _), leader in zip(names, leaders, strict=True):
            together[leader].append(span)
        known: dict[UUID, list[Span]] = defaultdict(list)
        for entity in entities:
            if entity.actor is not None:
                known[entity.actor].append(entity.span)
        self._groups = [*together.values(), *known.values()]

    def of(self, ref: Ref) -> Spans:
        """Return every stretch that names who fills a slot."""
        own = super().of(ref)
        same = [
            group
            for group in self._groups
            if any(span.overlaps(mention) for span in own for mention in group)
        ]
        return tuple(sorted({*own, *(span for group in same for span in group)}))
