"""The engine: a text goes in, zones and suggestions come out as frozen values.

The rest of this room finds things; here they are put in order and given their names.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from db.values import (
    Annotation,
    Decision,
    Entity,
    Origin,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
    ZoneKind,
)
from desktop.naming import named
from desktop.suggest.found import Slot, StanceFound, StatementFound
from desktop.suggest.names.entities import entity_batches
from desktop.suggest.names.mention import Mention
from desktop.suggest.names.precedents import Precedents
from desktop.suggest.pipeline import PipelineError, load
from desktop.suggest.stances.evidence import cut_down
from desktop.suggest.stances.issues import Issues
from desktop.suggest.stances.overall import overall
from desktop.suggest.stances.stance import strongest, take_sides
from desktop.suggest.stances.weighing import Weighing
from desktop.suggest.statements.attribution import attribute
from desktop.suggest.text.reading import read
from desktop.suggest.text.syntax import STEP, has_reader, tree_steps
from desktop.suggest.text.zones import find_zones

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was found in an article, or one batch of it."""

    zones: list[Zone] = field(default_factory=list[Zone])
    annotations: list[Annotation] = field(default_factory=list[Annotation])


class Engine:
    """Suggests zones, entities, statements and stances, with one spaCy pipeline.

    The same article and text always get the same ids: an id is the UUIDv5 of the article and of
    the layer and value of the suggestion. What ``precedents`` learn is kept to from then on, and
    ``issues`` are those that stances are toward where the text names them.
    """

    def __init__(self, pipeline: str | None = None) -> None:
        """Load a pipeline by name or path, or the bundled one.

        Raises:
            PipelineError: if it cannot be used; the message says what to do.
        """
        self.nlp = load(pipeline)
        # Statements and stances are read by our own pipeline, whoever finds the names.
        self._reader = self.nlp if has_reader(self.nlp) else load(None)
        if not has_reader(self._reader):
            message = "the bundled pipeline has no reader: run `make model` to its end"
            raise PipelineError(message)
        self.precedents = Precedents()
        self.issues = Issues()

    @property
    def model(self) -> dict[str, str]:
        """The pipeline as ``{"name", "version"}``, the name with its language: "en_core_web_sm"."""
        meta = self.nlp.meta
        return {"name": f"{meta['lang']}_{meta['name']}", "version": meta["version"]}

    def suggest(self, article: UUID, text: str, language: str | None = None) -> Suggested:
        """Return all that is found in an article; see :meth:`stream`."""
        found = Suggested()
        for batch in self.stream(article, text, language):
            found.zones.extend(batch.zones)
            found.annotations.extend(batch.annotations)
        return found

    def stream(self, article: UUID, text: str, language: str | None = None) -> Iterator[Suggested]:
        """Yield what is found when it is found: zones, entities in order, statements, stances.

        Last come the stances of the article as a whole, one for each issue that stances are toward.

        Nothing is suggested in boilerplate. A later batch adds to an earlier one and never takes
        anything back; what it refers to has come before or comes with it.

        Args:
            article: the id the suggestions are made for.
            text: its text; offsets are code points into it.
            language: as in its metadata, such as "en-GB"; where unknown, the pipeline's. Speech
                and stances are only looked for in English.
        """
        zones = find_zones(text)
        yield Suggested(zones=zones)

        naming = _Naming(article)
        mentions: list[Mention] = []
        for batch in entity_batches(self.nlp, text, _worth_reading(zones), self.precedents):
            mentions += batch
            yield Suggested(annotations=naming.new(naming.entity(one) for one in batch))

        if (language or self.nlp.lang or "").lower().startswith("en"):
            reading = read(text, zones, mentions)
            trees = yield from _waiting(tree_steps(self._reader, reading))
            statements = attribute(reading, trees)
            yield Suggested(annotations=naming.new(naming.statement(one) for one in statements))
            judge: Any = self._reader.get_pipe(STEP)
            weighing = Weighing(judge, reading, trees, statements, self.issues)
            sides = take_sides(reading, statements, trees)
            weighed = yield from _waiting(weighing.steps(sides))
            stances = cut_down(text, strongest(reading, weighed), statements, trees)
            frames = [naming.stance(one) for one in stances]
            yield Suggested(annotations=naming.new(frames))
            yield Suggested(annotations=naming.new(overall(article, frames)))


def _waiting(work: Generator[None, None, T]) -> Generator[Suggested, None, T]:
    """Do a work in steps, and give a sign of life between them."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value
        yield Suggested()


def _worth_reading(zones: Sequence[Zone]) -> list[Span]:
    return [Span(z.start, z.end) for z in zones if z.kind is not ZoneKind.BOILERPLATE]


class _Naming:
    """Turns finds of one article into values with ids, and their indices into references."""

    def __init__(self, article: UUID) -> None:
        self._article = article
        self._entities: list[UUID] = []
        self._statements: list[UUID] = []
        self._given: set[UUID] = set()

    def new(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Return those that have not been returned before: equal values have equal ids."""
        fresh: list[Annotation] = []
        for annotation in annotations:
            if annotation.id not in self._given:
                self._given.add(annotation.id)
                fresh.append(annotation)
        return fresh

    def entity(self, found: Mention) -> Entity:
        entity = named(
            Entity(
                id=self._article,
                article=self._article,
                span=found.span,
                label=found.label,
                decision=_suggested(found.origin, found.score),
            )
        )
        self._entities.append(entity.id)
        return entity

    def statement(self, found: StatementFound) -> Statement:
        statement = named(
            Statement(
                id=self._article,
                article=self._article,
                source=self._ref(found.source),
                cue=found.cue,
                content=found.content,
                attribution=found.attribution,
                decision=_suggested(Origin.RULE, found.score),
                addressee=self._ref(found.addressee) if found.addressee else None,
            )
        )
        self._statements.append(statement.id)
        return statement

    def stance(self, found: StanceFound) -> Stance:
        return named(
            Stance(
                id=self._article,
                article=self._article,
                holder=self._ref(found.holder),
                target=replace(self._ref(found.target), negated=found.negated),
                position=found.position,
                evidence=found.evidence,
                decision=_suggested(found.origin, found.score),
                nested=tuple(self._ref(slot) for slot in found.nested),
                cue=found.cue,
                statement=None if found.statement is None else self._statements[found.statement],
                why=found.why,
            )
        )

    def _ref(self, slot: Slot) -> Ref:
        if slot.issue is not None:
            return Ref(RefKind.ISSUE, slot.via or slot.span, issue=slot.issue)
        if slot.mention is None:
            return Ref(RefKind.SPAN, slot.span)
        return Ref(RefKind.ENTITY, slot.via or slot.span, entity=self._entities[slot.mention])


def _suggested(origin: Origin, score: float) -> Decision:
    return Decision(Status.SUGGESTED, origin, score=score)
