"""The suggestions on our samples and passages, held against our own reading of them.

The samples' reading is ``tests/data/gold``, the passages' ``tests/data/stances``. A name counts
where its bounds are exact and its label is right, GPE, LOC and FAC being one label; frames and
statements count as :mod:`desktop.suggest.evaluation.frames` says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from db.values import Annotation, Entity, Span, Stance, Statement, ZoneKind
from desktop.suggest.engine import Engine
from desktop.suggest.evaluation import frames
from desktop.suggest.evaluation.articles import suggested_frames, suggested_statements
from desktop.suggest.evaluation.frames import FITS, Counts, count_frames, count_statements
from tests.bench.result import Result
from tests.gold import FILES, Frame, Gold, read_gold
from tests.pages import SETS, told
from tests.passages import PARTS, Passage, Side, read_passages

GROUPS = {"PERSON": "person", "ORG": "org", "NORP": "norp", "LAW": "law"}
GROUPS |= dict.fromkeys(("GPE", "LOC", "FAC"), "place")


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the engine and as we read it; ``entities`` are the engine's, by id."""

    gold: Gold
    suggested: list[Annotation]
    entities: dict[UUID, Entity]


def measure() -> Iterator[Result]:
    """Yield how many suggestions are right, and how much they leave out."""
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
    yield from _stances(read)
    for part in PARTS:
        yield from _passages(engine, part)


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


def _stances(read: list[Read]) -> Iterator[Result]:
    """Yield how many frames of the samples are found, of those in the gold and those suggested."""
    totals = dict.fromkeys(FITS, Counts())
    for one in read:
        gold = [_frame(frame) for frame in one.gold.frames]
        for what, counts in count_frames(suggested_frames(one.suggested), gold).items():
            totals[what] += counts
    for what, total in totals.items():
        yield Result(f"quality.stances_{what}_found", total.right, f"of {total.gold} in the gold")
        yield Result(f"quality.stances_{what}_right", total.right, f"of {total.found} suggested")


def _frame(frame: Frame) -> frames.Frame:
    stance = frame.stance
    return frames.Frame(
        frame.holders,
        frame.targets,
        stance.position,
        stance.evidence,
        negated=stance.target.negated,
        negated_by=frame.negated_by,
        arguable=frame.arguable,
    )


def _passages(engine: Engine, part: str) -> Iterator[Result]:
    """Yield precision, recall and F, 0 to 1, of frames and statements on the passages of a part."""
    totals = dict.fromkeys((*FITS, "statements"), Counts())
    for passage in read_passages(part):
        for what, counts in _passage(engine, passage).items():
            totals[what] += counts
    for what, total in totals.items():
        name = f"quality.passages_{part}_{what}"
        yield Result(f"{name}_p", total.precision, f"of {total.found} suggested")
        yield Result(f"{name}_r", total.recall, f"of {total.gold} in the gold")
        yield Result(f"{name}_f", total.f, f"F, {total.gold} in the gold")


def _passage(engine: Engine, passage: Passage) -> dict[str, Counts]:
    found = engine.suggest(uuid5(NAMESPACE_URL, passage.text), passage.text, "en").annotations
    said = [frames.Said(one.sources, one.content) for one in passage.statements]
    return {
        **count_frames(suggested_frames(found), [_side(side) for side in passage.frames]),
        "statements": count_statements(suggested_statements(found), said),
    }


def _side(side: Side) -> frames.Frame:
    return frames.Frame(
        side.holders,
        side.targets,
        side.position,
        (side.evidence,),
        negated=side.negated,
        arguable=side.arguable,
    )
