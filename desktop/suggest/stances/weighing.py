"""Sides weighed by the network: those the rules found, and further ones they have no words for.

The rules know which words take a side; the network (:mod:`desktop.suggest.network.reader`) reads
the whole sentence with holder and target marked. It is asked about what the rules found, and about
every issue of the project, every name and every thing that somebody speaks of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from db.values import Origin, Position, Span
from desktop.suggest.found import Slot, StanceFound, StatementFound
from desktop.suggest.network.chain import Floats
from desktop.suggest.network.questions import AGAINST, FAVOR, Question
from desktop.suggest.stances.issues import Issues
from desktop.suggest.stances.things import things
from desktop.suggest.text.phrases import DETERMINERS, PRONOUNS
from desktop.suggest.text.reading import Reading, Unit
from desktop.suggest.text.syntax import Trees
from desktop.suggest.text.words import word_set

_TARGETS = frozenset(["PERSON", "ORG", "GPE", "NORP", "LAW", "EVENT"])
_BARE = DETERMINERS | word_set("new proposed planned latest") | {""}
_PER_STATEMENT = 6
_AT_ONCE = 128  # questions
# How the network's word weighs against the rules': set on the passages of tests/data/stances that
# may be looked at, where it found few sides alone and fewer that were right.
_SURE, _ALONE = 0.8, 0.9  # how sure it must be by itself, and what that is worth
_CLEARLY, _SAY = 0.5, 0.1  # from which difference on it counts as said, and how much that moves
_DOUBTS, _SURE_BY_RULE = 0.25, 0.75  # whom it contradicts so far is dropped, unless so sure


class Judge(Protocol):
    """What answers questions, such as the pipeline's ``reader``."""

    def sides(self, questions: Sequence[Question]) -> Floats:
        """Return how probable against, neutral and favor are, of shape (questions, 3)."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A side nobody has spoken for yet; ``said`` is the number of the statement it rests on."""

    holder: Slot
    target: Slot
    unit: Unit
    said: int


class Weighing:
    """Weighs the sides of one article."""

    def __init__(
        self,
        judge: Judge,
        reading: Reading,
        trees: Trees,
        statements: Sequence[StatementFound],
        issues: Issues,
    ) -> None:
        self._judge = judge
        self._text = reading.text
        self._reading = reading
        self._trees = trees
        self._statements = statements
        self._issues = issues
        self._starts = [unit.span.start for unit in reading.units]
        self._quoted = sorted(trees.quoted)

    def steps(self, found: Sequence[StanceFound]) -> Generator[None, None, list[StanceFound]]:
        """Return the sides with the network's view in their score, and those it adds.

        Between groups of questions it yields: whoever waits may want something else by then.
        """
        further = list(self._candidates(found))
        questions = [self._question(s.holder, s.target, s.evidence[0]) for s in found]
        questions += [self._question(c.holder, c.target, c.unit.span) for c in further]
        answers: list[Floats] = []
        for first in range(0, len(questions), _AT_ONCE):
            answers += list(self._judge.sides(questions[first : first + _AT_ONCE]))
            yield
        kept: list[StanceFound] = []
        for one, answer in zip(found, answers[: len(found)], strict=True):
            if (stance := self._seconded(one, answer)) is not None:
                kept.append(stance)
        for candidate, answer in zip(further, answers[len(found) :], strict=True):
            if (stance := self._by_network(candidate, answer)) is not None:
                kept.append(stance)
        return [self._on_issue(stance) for stance in kept]

    # --- what the rules found ----------------------------------------------------------------

    def _seconded(self, stance: StanceFound, answer: Floats) -> StanceFound | None:
        position = stance.position
        if position.turned is position:
            return stance
        if stance.negated:
            position = position.turned
        side, other = (FAVOR, AGAINST) if position is Position.FAVOR else (AGAINST, FAVOR)
        agreed = float(answer[side] - answer[other])
        if agreed < -_DOUBTS and stance.score < _SURE_BY_RULE:
            return None
        score, why = stance.score + _SAY * agreed, stance.why
        if agreed > _CLEARLY:
            score, why = score + _SAY / 2, f"{why}; the network reads it so too"
        elif agreed < -_CLEARLY:
            score, why = score - _SAY, f"{why}; the network reads it the other way"
        return replace(stance, score=round(min(0.97, max(0.05, score)), 2), why=why)

    # --- what it adds ------------------------------------------------------------------------

    def _by_network(self, candidate: _Candidate, answer: Floats) -> StanceFound | None:
        side = FAVOR if answer[FAVOR] > answer[AGAINST] else AGAINST
        sure = float(answer[side])
        if sure < _SURE:
            return None
        said = self._statements[candidate.said]
        toward = "for" if side == FAVOR else "against"
        return StanceFound(
            holder=candidate.holder,
            target=candidate.target,
            negated=False,
            position=Position.FAVOR if side == FAVOR else Position.AGAINST,
            evidence=(candidate.unit.span,),
            cue=said.cue,
            nested=self._reporters(said),
            statement=candidate.said,
            score=round(sure * _ALONE, 2),
            why=f"the network reads the sentence as {toward} it ({sure:.0%})",
            origin=Origin.MODEL,
        )

    def _reporters(self, said: StatementFound) -> tuple[Slot, ...]:
        """Return those who report a statement, the outermost first."""
        around = [
            (max(span.end - span.start for span in other.content), other.source)
            for other in self._statements
            if other is not said and any(span.covers(said.source.span) for span in other.content)
        ]
        return tuple(source for _, source in sorted(around, key=lambda one: -one[0]))

    def _candidates(self, found: Sequence[StanceFound]) -> Iterator[_Candidate]:
        taken: defaultdict[int | Span, list[Span]] = defaultdict(list)
        for stance in found:
            taken[self._whose(stance.holder)].append(stance.target.via or stance.target.span)
        for number, said in enumerate(self._statements):
            if said.source.mention is None and self._bare(said.source):
                continue
            many = 0
            for content in said.content:
                for unit in self._units(content):
                    within = Span(
                        max(content.start, unit.span.start), min(content.end, unit.span.end)
                    )
                    for target in self._targets(unit, within):
                        if many < _PER_STATEMENT and self._free(said.source, target, taken):
                            many += 1
                            yield _Candidate(said.source, target, unit, number)
                            taken[self._whose(said.source)].append(target.span)

    def _bare(self, slot: Slot) -> bool:
        return slot.span.of(self._text).lower() in PRONOUNS

    def _targets(self, unit: Unit, within: Span) -> Iterator[Slot]:
        """Yield what can be a target in a stretch: issues, names, things; the former first."""
        seen: list[Span] = []

        def new(span: Span) -> bool:
            if any(span.overlaps(other) for other in seen):
                return False
            seen.append(span)
            return True

        for issue, span in self._issues.within(self._text, within):
            if new(span):
                yield Slot(span, issue=issue)
        names = self._reading.names
        for index in names.within(within):
            span = names.span(index)
            if names.label(index) in _TARGETS and within.covers(span) and new(span):
                yield Slot(span, index)
        trees = [self._trees.outside.get(unit.span.start)]
        first, last = bisect_left(self._quoted, within.start), bisect_left(self._quoted, within.end)
        trees += [self._trees.quoted[start] for start in self._quoted[first:last]]
        for tree in filter(None, trees):
            for span in things(tree):
                if within.covers(span) and new(span):
                    yield Slot(span)

    def _free(self, holder: Slot, target: Slot, taken: Mapping[int | Span, Sequence[Span]]) -> bool:
        names = self._reading.names
        if holder.span.overlaps(target.span) or (holder.via and holder.via.overlaps(target.span)):
            return False
        if (
            holder.mention is not None
            and target.mention is not None
            and names.actor(holder.mention) == names.actor(target.mention)
        ):
            return False
        others = taken.get(self._whose(holder), ())
        return not any(span.overlaps(target.span) for span in others)

    def _whose(self, holder: Slot) -> int | Span:
        """Return what is the same for all of an actor's mentions."""
        if holder.mention is None:
            return holder.span
        return self._reading.names.actor(holder.mention)

    # --- questions ---------------------------------------------------------------------------

    def _question(self, holder: Slot, target: Slot, evidence: Span) -> Question:
        """Ask of the sentence around a target, the holder marked if the sentence names them."""
        place = target.via or target.span
        if not evidence.covers(place):
            place = target.span
        unit = self._unit(place.start)
        around = unit.span if unit and unit.span.covers(place) else evidence
        if not around.covers(place):
            around = place
        mark = next(
            (
                span
                for span in (holder.via, holder.span)
                if span and around.covers(span) and not span.overlaps(place)
            ),
            None,
        )
        return Question(
            around.of(self._text),
            _moved(place, around.start),
            _moved(mark, around.start) if mark else None,
        )

    def _unit(self, place: int) -> Unit | None:
        number = bisect_right(self._starts, place) - 1
        return self._reading.units[number] if number >= 0 else None

    def _units(self, content: Span) -> Iterator[Unit]:
        number = max(0, bisect_right(self._starts, content.start) - 1)
        for following in range(number, len(self._reading.units)):
            unit = self._reading.units[following]
            if unit.span.start >= content.end:
                break
            if unit.span.overlaps(content):
                yield unit

    # --- issues ------------------------------------------------------------------------------

    def _on_issue(self, stance: StanceFound) -> StanceFound:
        """Let a target that names an issue of the project be that issue."""
        if stance.target.issue is not None:
            return stance
        target = stance.target
        for issue, span in self._issues.within(self._text, target.span):
            # "the bridge toll" and "the bridge toll on lorries", but not "attacks on the bridge".
            if self._text[target.span.start : span.start].lower().strip() in _BARE:
                return replace(stance, target=Slot(span, issue=issue, via=target.via))
        return stance


def _moved(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)
