"""The suggestions on our samples, held against our own reading of them (``tests/data/gold``).

A name counts where its bounds are exact and its label is right, GPE, LOC and FAC being one label.
A frame counts where its evidence overlaps that of a frame of the gold and its holder, once a
pronoun is resolved, is a mention of that frame's holder; then also where it takes the same side,
and where besides the targets overlap. A suggestion finds one frame at most, so that as many are
right as are found; one that fits none but an arguable frame is left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from db.values import Annotation, Entity, Position, Span, Stance, Statement, ZoneKind
from desktop.suggest.engine import Engine
from tests.bench.result import Result
from tests.gold import FILES, Frame, Gold, read_gold
from tests.pages import SETS, told

GROUPS = {"PERSON": "person", "ORG": "org", "NORP": "norp", "LAW": "law"}
GROUPS |= dict.fromkeys(("GPE", "LOC", "FAC"), "place")
TURNED = {Position.FAVOR: Position.AGAINST, Position.AGAINST: Position.FAVOR}


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the engine and as we read it; ``entities`` are the engine's, by id."""

    gold: Gold
    suggested: list[Annotation]
    entities: dict[UUID, Entity]

    def right_holder(self, stance: Stance, frame: Frame) -> bool:
        """Tell whether the suggestion is at the frame's place and names its holder."""
        holder = stance.holder
        span = self.entities[holder.entity].span if holder.entity else holder.span
        return _touch(stance.evidence, frame.stance.evidence) and _touch([span], frame.holders)

    def right_side(self, stance: Stance, frame: Frame) -> bool:
        """Tell besides whether it takes the same side, however the target is turned."""
        turned = stance.target.negated ^ frame.stance.target.negated
        span = stance.target.span
        if frame.negated_by and span and span.covers(frame.negated_by):
            turned = not turned
        position = TURNED.get(stance.position, stance.position) if turned else stance.position
        return position is frame.stance.position and self.right_holder(stance, frame)

    def right_target(self, stance: Stance, frame: Frame) -> bool:
        """Tell besides whether it is about the same words."""
        return _touch([stance.target.span], frame.targets) and self.right_side(stance, frame)


Fit = Callable[[Read, Stance, Frame], bool]


def measure() -> Iterator[Result]:
    """Yield how many suggestions on the samples are right, and how much they leave out."""
    engine = Engine(None)
    read = [_suggest(engine, read_gold(file)) for file in FILES]
    yield from _scored("quality.names", *_entities(read, GROUPS), at_least=0.85)
    for group in dict.fromkeys(GROUPS.values()):
        labels = {label: name for label, name in GROUPS.items() if name == group}
        yield list(_scored(f"quality.names_{group}", *_entities(read, labels)))[-1]
    labels = {entity.label: entity.label for one in read for entity in one.gold.entities}
    yield list(_scored("quality.all_labels", *_entities(read, labels)))[-1]

    for name in SETS:
        counts = told(name)
        for kind in counts.gold:
            many = f"of {counts.found[kind]} told, {counts.gold[kind]} there"
            yield Result(f"quality.zones_{name}_{kind}_p", counts.precision(kind), many)
            yield Result(f"quality.zones_{name}_{kind}_r", counts.recall(kind), many)

    outside = sum(_in_boilerplate(one) for one in read)
    yield Result("quality.in_boilerplate", outside, "suggestions", at_most=0)
    yield from _stances("holder", Read.right_holder, read)
    yield from _stances("side", Read.right_side, read)
    yield from _stances("target", Read.right_target, read)


def _suggest(engine: Engine, gold: Gold) -> Read:
    suggested = engine.suggest(gold.article.id, gold.article.text, "en").annotations
    entities = {one.id: one for one in suggested if isinstance(one, Entity)}
    return Read(gold, suggested, entities)


def _touch(some: Sequence[Span | None], others: Sequence[Span]) -> bool:
    return any(one and one.overlaps(other) for one in some for other in others)


Marked = set[tuple[UUID, Span, str]]


def _entities(read: list[Read], names: dict[str, str]) -> tuple[Marked, Marked]:
    """Return what is suggested and what is in the gold, under the names that labels go by."""

    def marked(entities: Sequence[Entity]) -> Marked:
        known = (entity for entity in entities if entity.label in names)
        return {(entity.article, entity.span, names[entity.label]) for entity in known}

    suggested = [entity for one in read for entity in one.entities.values()]
    return marked(suggested), marked([entity for one in read for entity in one.gold.entities])


def _scored(
    name: str, suggested: Marked, gold: Marked, at_least: float | None = None
) -> Iterator[Result]:
    right = len(suggested & gold)
    yield Result(f"{name}_p", right / max(1, len(suggested)), f"of {len(suggested)} suggested")
    yield Result(f"{name}_r", right / max(1, len(gold)), f"of {len(gold)} in the gold")
    f = 2 * right / (len(suggested) + len(gold))
    yield Result(f"{name}_f", f, f"F, {len(gold)} in the gold", at_least=at_least)


def _in_boilerplate(read: Read) -> int:
    zones = [z for z in read.gold.article.zones if z.kind is ZoneKind.BOILERPLATE]
    boilerplate = [Span(zone.start, zone.end) for zone in zones]
    return sum(_touch(_spans(one), boilerplate) for one in read.suggested)


def _spans(annotation: Annotation) -> Sequence[Span | None]:
    match annotation:
        case Entity(span=span):
            return [span]
        case Statement(source=source, cue=cue, content=content):
            return [source.span, *cue, *content]
        case Stance(holder=holder, target=target, cue=cue, evidence=evidence):
            return [holder.span, target.span, *cue, *evidence]


def _stances(what: str, fits: Fit, read: list[Read]) -> Iterator[Result]:
    """Yield how many frames are found, of those in the gold and of those suggested."""
    found = wanted = suggested = 0
    for one in read:
        clear = [frame for frame in one.gold.frames if not frame.arguable]
        arguable = [frame for frame in one.gold.frames if frame.arguable]
        held = [
            stance
            for stance in one.suggested
            if isinstance(stance, Stance)
            and (
                any(one.right_holder(stance, frame) for frame in clear)
                or not any(one.right_holder(stance, frame) for frame in arguable)
            )
        ]
        found += _pairs([[f.stance.id for f in clear if fits(one, s, f)] for s in held])
        wanted, suggested = wanted + len(clear), suggested + len(held)
    yield Result(f"quality.stances_{what}_found", found, f"of {wanted} in the gold")
    yield Result(f"quality.stances_{what}_right", found, f"of {suggested} suggested")


def _pairs(fitting: list[list[UUID]]) -> int:
    """Return how many suggestions can have a frame each, none shared (Kuhn, 1955)."""
    holds: dict[UUID, int] = {}

    def seat(suggestion: int, tried: set[UUID]) -> bool:
        for frame in fitting[suggestion]:
            if frame not in tried:
                tried.add(frame)
                if frame not in holds or seat(holds[frame], tried):
                    holds[frame] = suggestion
                    return True
        return False

    return sum(seat(suggestion, set()) for suggestion in range(len(fitting)))
