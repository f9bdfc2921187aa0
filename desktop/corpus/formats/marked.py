"""A text with what another program marked in it, made a value of ours.

What a mark stands on is proven (:mod:`desktop.corpus.formats.offsets`). What cannot come along (a
stretch that does not fit, a relation that is no stance, a label of the whole text) is told in the
doubts of the article. Ids are made of the text and of what is marked, so that a file that is read
twice brings nothing twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from db.values import (
    Annotation,
    Article,
    Checked,
    Decision,
    Entity,
    Loaded,
    Metadata,
    Model,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    now,
)
from desktop.canonical import title_of
from desktop.corpus.formats.offsets import Stretch, Unit, placed
from desktop.corpus.parsing import Parsed
from desktop.naming import named
from desktop.refused import Refused

A = TypeVar("A", Entity, Stance)
_SIDES = {str(position): position for position in Position} | {
    "favour": Position.FAVOR,
    "for": Position.FAVOR,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that somebody, or a model, gave a label.

    ``key`` is what the file's relations call it.
    """

    stretch: Stretch
    label: str
    decision: Decision
    key: object = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one mark to another, by their keys."""

    source: object
    target: object
    label: str
    decision: Decision


@dataclass(slots=True)
class Marked:
    """A text as its file has it, and all that is marked in it.

    ``whole`` are labels of the text as a whole; ``empty`` is who looked at it and found nothing.
    """

    text: str
    meta: Metadata
    marks: list[Mark] = field(default_factory=list[Mark])
    links: list[Link] = field(default_factory=list[Link])
    whole: list[str] = field(default_factory=list[str])
    doubts: list[str] = field(default_factory=list[str])
    empty: Decision | None = None
    model: Model | None = None


def decided(
    status: Status, coder: object = None, at: str | None = None, score: Any = None
) -> Decision:
    """Return a decision that came with a file; a coder it names gets an id made of the name."""
    good = isinstance(score, (int, float)) and not isinstance(score, bool) and 0 <= score <= 1
    name = f"urn:coder:{coder}".encode(errors="replace").decode()  # some have halves of characters
    known = None if coder in (None, "") else uuid5(NAMESPACE_URL, name)
    if status is Status.SUGGESTED:
        known = at = None
    return Decision(
        status, Origin.IMPORTED, float(score) if good else None, coder=known, decided_at=at
    )


def parsed(
    marked: Marked, place: str, units: Sequence[Unit] = (Unit.CODE_POINTS,)
) -> Parsed | Refused:
    """Return an article with what is marked in it; ``units`` are what its program may count."""
    article = article_of(marked.text, marked.meta)
    if isinstance(article, str):
        return Refused(place, article)
    doubts = list(marked.doubts)
    entities = _entities(marked, article, units, doubts)
    annotations: list[Annotation] = list(_once(entities.values(), doubts))
    annotations += _once(_stances(marked, article, entities, doubts), doubts)
    if marked.whole:
        labels = ", ".join(f"“{label}”" for label in dict.fromkeys(marked.whole))
        doubts.append(f"labels of the whole text were left out: {labels}")
    loaded = Loaded(
        article,
        suggestions=[one for one in annotations if not one.decision.decided],
        decisions=[one for one in annotations if one.decision.decided],
        checked=_checked(marked, article),
        actors=[],
        model=marked.model,
    )
    return Parsed(loaded, (), place, tuple(doubts))


def article_of(text: str, meta: Metadata) -> Article | str:
    """Return a text as an article, or in words why it is none."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        return "there is no text in it"
    if "\0" in text:
        return "there is a NUL in its text"
    try:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError:
        return "there is half a character (a lone surrogate) in its text"
    if meta.title is None:
        meta = replace(meta, title=title_of(text))
    return Article(uuid5(NAMESPACE_URL, f"urn:sha256:{sha256}"), text, sha256, meta)


def _entities(
    marked: Marked, article: Article, units: Sequence[Unit], doubts: list[str]
) -> dict[int, Entity]:
    """Return what was marked, by the place of its mark in the list."""
    found: dict[int, Entity] = {}
    if not marked.marks:
        return found
    spans, sure = placed(marked.text, [mark.stretch for mark in marked.marks], units)
    for nth, (mark, span) in enumerate(zip(marked.marks, spans, strict=True)):
        if span is None:
            doubts.append(_misfit(article.text, mark))
        else:
            found[nth] = named(Entity(UUID(int=0), article.id, span, mark.label, mark.decision))
    if not sure:
        doubts.append(
            "the text has characters that programs count as one or as two, such as emoji: look "
            "whether the marks behind them stand right"
        )
    return found


def _misfit(text: str, mark: Mark) -> str:
    start, end, quote = mark.stretch
    why = f"it does not lie in the text of {len(text)} characters"
    if quote is not None:
        why = f"there is not “{quote[:60]}”"
    return f"{mark.label} from {start} to {end} was left out: {why}"


def _stances(
    marked: Marked, article: Article, entities: dict[int, Entity], doubts: list[str]
) -> list[Stance]:
    """Return the relations that say a side: its holder's, toward its target.

    Keys go by how they are written: in a broken file they may be anything, lists too.
    """
    known = {
        repr(mark.key): entities[nth]
        for nth, mark in enumerate(marked.marks)
        if mark.key is not None and nth in entities and mark.decision.status is not Status.REJECTED
    }
    found: list[Stance] = []
    others = Counter[str]()
    for link in marked.links:
        holder, target = known.get(repr(link.source)), known.get(repr(link.target))
        side = _SIDES.get(link.label.casefold())
        if side is None or holder is None or target is None:
            others[link.label] += 1
            continue
        between = Span(
            min(holder.span.start, target.span.start), max(holder.span.end, target.span.end)
        )
        found.append(
            named(
                Stance(
                    id=UUID(int=0),
                    article=article.id,
                    holder=Ref(RefKind.ENTITY, holder.span, holder.id),
                    target=Ref(RefKind.ENTITY, target.span, target.id),
                    position=side,
                    evidence=(between,),
                    decision=link.decision,
                )
            )
        )
    if others:
        names = ", ".join(f"“{name}” ({number})" for name, number in sorted(others.items()))
        doubts.append(f"relations that are no stances between marks were left out: {names}")
    return found


def _once(annotations: Iterable[A], doubts: list[str]) -> list[A]:
    """Return each annotation once: what was decided counts more than what is suggested."""
    found: dict[UUID, A] = {}
    disputed = set[UUID]()
    for one in annotations:
        known = found.setdefault(one.id, one)
        if known.decision.decided and one.decision.decided:
            if known.decision.status is not one.decision.status:
                disputed.add(one.id)
        elif one.decision.decided:
            found[one.id] = one
    if disputed:
        doubts.append(f"{len(disputed)} marks are accepted and rejected: the first decision counts")
    return list(found.values())


def _checked(marked: Marked, article: Article) -> list[Checked]:
    """Return the whole text as looked at, where somebody found nothing in it."""
    looked = marked.empty
    if looked is None or looked.coder is None or marked.marks:
        return []
    end, coder = len(article.text), looked.coder
    identifier = uuid5(article.id, f"checked:entities:0:{end}:{coder}")
    return [Checked(identifier, article.id, 0, end, "entities", coder, looked.decided_at or now())]
