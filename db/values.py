"""The words every room speaks: frozen values of the domain, standard library only.

Offsets are Unicode code points, half-open, into an article's text. Values never hold the
covered text itself: ``span.of(text)`` reads it. The tables in :mod:`db.models` store the same
fields; this module must stay free of imports that would slow the first paint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Layer(StrEnum):
    """The three kinds of annotation, named as their tables are."""

    ENTITY = "entity"
    STATEMENT = "statement"
    STANCE = "stance"


class Status(StrEnum):
    """Where an annotation stands: only ``SUGGESTED`` is not a decision."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"


class Origin(StrEnum):
    """Who first drew an annotation."""

    MODEL = "model"
    RULE = "rule"
    MEMORY = "memory"
    PROPAGATED = "propagated"
    IMPORTED = "imported"
    CODER = "coder"


class Position(StrEnum):
    """The stance toward a target, after SemEval-2016 task 6, with ``mixed`` and ``unclear``."""

    FAVOR = "favor"
    AGAINST = "against"
    NEUTRAL = "neutral"
    MIXED = "mixed"
    UNCLEAR = "unclear"

    @property
    def turned(self) -> Position:
        """The side toward the contrary: for and against change places, the others stay."""
        if self is Position.FAVOR:
            return Position.AGAINST
        return Position.FAVOR if self is Position.AGAINST else self


class Attribution(StrEnum):
    """How a statement is given to its source, after PARC (Pareti, 2012)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class ZoneKind(StrEnum):
    """The parts of a news page; boilerplate gets no suggestions."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class ArticleStatus(StrEnum):
    """How far the analyst is with an article."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    FLAGGED = "flagged"


class RefKind(StrEnum):
    """What fills a slot of a statement or stance."""

    ENTITY = "entity"
    SPAN = "span"
    ISSUE = "issue"
    WRITER = "writer"
    IMPLICIT = "implicit"


class Certainty(StrEnum):
    """The analyst's own certainty, after MPQA."""

    CERTAIN = "certain"
    SOMEWHAT = "somewhat"
    VERY_UNCERTAIN = "very_uncertain"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end``, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the text the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Zone:
    """One part of an article's text."""

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class Ref:
    """What fills a slot: a mention in the text, an issue of the project, the writer, or nobody.

    ``span`` is set for ``ENTITY`` and ``SPAN``, and for an ``ISSUE`` where the text names it;
    ``entity`` is the id of the entity annotation the mention belongs to; ``negated`` is used by a
    stance's target alone.
    """

    kind: RefKind
    span: Span | None = None
    entity: UUID | None = None
    actor: UUID | None = None
    issue: UUID | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on an annotation, by whom; for a suggestion, what is known of it so far.

    ``suggestion`` is the id of the suggestion it came from, ``suggested`` that suggestion's value
    before correction (see :func:`db.rows.value_of`), ``decided_at`` UTC ISO 8601.
    """

    status: Status
    origin: Origin
    score: float | None = None
    suggestion: UUID | None = None
    suggested: dict[str, object] | None = None
    reason: str | None = None
    note: str | None = None
    coder: UUID | None = None
    decided_at: str | None = None

    @property
    def decided(self) -> bool:
        """Tell a decision from a suggestion."""
        return self.status is not Status.SUGGESTED


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing in the text."""

    id: UUID
    article: UUID
    span: Span
    label: str
    decision: Decision
    actor: UUID | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said and who said it, side-taking or not (source, cue and content of PARC)."""

    id: UUID
    article: UUID
    source: Ref
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    attribution: Attribution
    decision: Decision
    addressee: Ref | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """A holder favours or is against a target, in a piece of evidence, through a cue.

    ``position`` is the stance toward the target *as negated*: "against removing the controls" is
    target "the controls", negated, against. ``why`` is the model's reason in one line.

    One of the writer toward an issue, named nowhere and without evidence, is :attr:`overall`.
    """

    id: UUID
    article: UUID
    holder: Ref
    target: Ref
    position: Position
    evidence: tuple[Span, ...]
    decision: Decision
    nested: tuple[Ref, ...] = ()
    cue: tuple[Span, ...] = ()
    statement: UUID | None = None
    certainty: Certainty | None = None
    why: str | None = None

    @property
    def overall(self) -> bool:
        """Tell the stance of an article as a whole from one that is taken in its text."""
        target = self.target
        named = target.kind is not RefKind.ISSUE or target.span is not None
        return not self.evidence and not named and self.holder.kind is RefKind.WRITER


Annotation = Entity | Statement | Stance


@dataclass(frozen=True, slots=True)
class Checked:
    """A stretch somebody looked at: empty there means empty, not overlooked."""

    id: UUID
    article: UUID
    start: int
    end: int
    layer: str  # "entities" or "stances"
    coder: UUID
    at: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; ``published`` is an ISO 8601 date or time.

    ``section`` is the part of the paper it stood in, as the paper calls it.
    """

    title: str | None = None
    publication: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as brought in; its text never changes. ``sha256`` is of the text's UTF-8."""

    id: UUID
    text: str
    sha256: str
    meta: Metadata = field(default_factory=Metadata)
    status: ArticleStatus = ArticleStatus.TODO
    zones: tuple[Zone, ...] = ()


def layer_of(annotation: Annotation) -> Layer:
    """Return the layer an annotation belongs to."""
    match annotation:
        case Entity():
            return Layer.ENTITY
        case Statement():
            return Layer.STATEMENT
        case Stance():
            return Layer.STANCE


@dataclass(frozen=True, slots=True)
class Model:
    """The pipeline that suggested, as it names itself."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody mentioned across the project, under a name and its aliases.

    ``kind`` is a label; ``affiliation`` is the actor it belongs to, such as a mayor's council.
    """

    id: UUID
    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    affiliation: UUID | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A topic positions are taken on, under a name and its aliases.

    ``keywords`` are words that show that it is meant; one that ends in ``*`` takes any ending.
    """

    id: UUID
    name: str
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says of itself; ``pipeline`` is None for the bundled one."""

    id: UUID
    name: str
    scheme: UUID
    pipeline: str | None
    last_article: UUID | None
    created_at: str


class ArticleRow(NamedTuple):
    """One line of the library, just as it is read: a hundred thousand of them are made at once.

    ``number`` is the article's in this file, ``key`` its id as text; ``decided`` and ``pending``
    count entities and stances.
    """

    number: int
    key: str
    title: str | None
    publication: str | None
    published: str | None
    state: str
    decided: int
    pending: int

    @property
    def id(self) -> UUID:
        """The article's id."""
        return UUID(self.key)

    @property
    def status(self) -> ArticleStatus:
        """The article's status."""
        return ArticleStatus(self.state)


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article with all that is on it.

    ``suggestions`` are the undecided ones, ``decisions`` all others, both in reading order;
    ``actors`` those mentioned; ``model`` the one that last suggested, None if none did yet.
    """

    article: Article
    suggestions: list[Annotation]
    decisions: list[Annotation]
    checked: list[Checked]
    actors: list[Actor]
    model: Model | None


def now() -> str:
    """Return this moment as every table holds it: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
