"""Stances by rule: who is for or against what, where, and by which words.

Three readings are joined. A verb that takes a side ("the Home Office has rejected the idea"), or a
deed or noun that shows one, gives the side of whoever it belongs to. What is claimed inside a
statement ("… said the treaty was not fit for purpose") gives the side of the statement's source.
Where one source reports another, the holder is the innermost and the others are ``nested``. What
takes no side yields nothing: few and right. The network has its say in
:mod:`desktop.suggest.stances.weighing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.values import Position, Span, Zone, ZoneKind
from desktop.suggest.cues import Cues, Match, cues
from desktop.suggest.found import Mentioned, Slot, StanceFound, StatementFound
from desktop.suggest.stances.claims import claims, denied
from desktop.suggest.stances.joining import joined, once, same
from desktop.suggest.stances.objects import THREATS, WEAK, Claim, complement, naming, threats
from desktop.suggest.stances.relative import of_relative
from desktop.suggest.stances.sides import NAMING, SELVES, Sides, agrees
from desktop.suggest.stances.targets import Targets
from desktop.suggest.statements.clauses import ClauseCues
from desktop.suggest.statements.sources import Speakers
from desktop.suggest.statements.speech import CueFinder, is_passive
from desktop.suggest.text.grammar import conditional
from desktop.suggest.text.phrases import (
    CONDITIONS,
    clause_is_conditional,
    over,
    subject,
    verb_group,
)
from desktop.suggest.text.reading import Reading, Unit, read
from desktop.suggest.text.syntax import NO_TREES, Tree, Trees
from desktop.suggest.text.words import Token, sentences, tokens, word_set

_LEAST = 0.45
_PER_CHARACTERS = 300  # one suggestion for some fifty words of the article, beyond the first few
_FEW = 8
_NOT_ASKING = word_set("endorse demand propose ask urge recommend advise") | {
    "call for",
    "ask for",
    "push for",
}  # who does not ask for a thing is not yet against it
_NOBODY = frozenset(["nobody", "none", "no-one"])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence to read: of the article itself, or inside a quotation."""

    words: tuple[Token, ...]
    evidence: Span
    quoted: bool
    tree: Tree | None = None
    headline: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """The statement a place lies in, and those that report it, outermost first."""

    numbers: tuple[int, ...]
    reporters: tuple[Slot, ...]


def find_stances(
    text: str,
    zones: Sequence[Zone],
    mentions: Sequence[Mentioned],
    statements: Sequence[StatementFound],
    trees: Trees = NO_TREES,
) -> list[StanceFound]:
    """Return stance suggestions in reading order, about one for fifty words at most.

    Args:
        text: the article.
        zones: its zones; only headline, standfirst and body are read.
        mentions: the names found in it; the slots' ``mention`` are indices into it.
        statements: what :func:`desktop.suggest.statements.attribution.find_statements` found.
        trees: its sentences, parsed.
    """
    reading = read(text, zones, mentions)
    return strongest(reading, take_sides(reading, statements, trees))


def take_sides(
    reading: Reading, statements: Sequence[StatementFound], trees: Trees
) -> list[StanceFound]:
    """Return every side the rules see taken, strong or weak, in reading order."""
    return once(_Stances(reading, statements, trees, cues()).run())


def strongest(reading: Reading, found: Sequence[StanceFound]) -> list[StanceFound]:
    """Return what is worth suggesting of it, in reading order: few and right."""
    length = sum(unit.span.end - unit.span.start for unit in reading.units)
    limit = _FEW + length // _PER_CHARACTERS
    strong = [stance for stance in found if stance.score >= _LEAST]
    kept = sorted(strong, key=lambda stance: -stance.score)[:limit]
    return sorted(kept, key=_reading_order)


class _Stances:
    def __init__(
        self, reading: Reading, statements: Sequence[StatementFound], trees: Trees, lex: Cues
    ) -> None:
        self._trees = trees
        self._text = reading.text
        self._units = reading.units
        self._names = reading.names
        self._statements = statements
        self._lex = lex
        self._speakers = Speakers(reading, lex)
        self._finder = CueFinder(self._speakers, reading.names, lex)
        self._clauses = ClauseCues(reading.text, self._speakers, self._finder, reading.names, lex)
        self._sides = Sides(reading, self._clauses, lex)
        self._contents = sorted(
            (span.start, span.end, number)
            for number, said in enumerate(statements)
            for span in said.content
        )
        self._found: list[StanceFound] = []
        self._targets = Targets(reading, lex)

    def run(self) -> list[StanceFound]:
        first = 0
        for number, unit in enumerate(self._units):
            self._speakers.begin(unit)
            while first < len(self._contents) and self._contents[first][1] <= unit.span.start:
                first += 1
            here: list[tuple[int, int, int]] = []
            for entry in self._contents[first:]:
                if entry[0] >= unit.span.end:
                    break
                here.append(entry)
            made: list[StanceFound] = []
            for stretch in self._stretches(unit):
                made += joined(self._read(stretch, here, number))
            self._found += made
            speakers = [said.source for said in self._said_in(here)]
            self._speakers.note([cue.sources[0] for cue in self._finder.find(unit)] or speakers)
        return self._found

    def _said_in(self, here: Sequence[tuple[int, int, int]]) -> list[StatementFound]:
        return [self._statements[number] for _, _, number in here]

    def _stretches(self, unit: Unit) -> Iterator[_Stretch]:
        if unit.words:
            headline = unit.kind is ZoneKind.HEADLINE
            tree = self._trees.outside.get(unit.span.start)
            yield _Stretch(unit.words, unit.span, quoted=False, tree=tree, headline=headline)
        for quote in unit.full:
            for span in sentences(self._text, quote.inner):
                tree = self._trees.quoted.get(span.start)
                yield _Stretch(tuple(tokens(self._text, span)), span, quoted=True, tree=tree)

    # --- one sentence ------------------------------------------------------------------------

    def _read(
        self, stretch: _Stretch, here: Sequence[tuple[int, int, int]], number: int
    ) -> list[StanceFound]:
        words = stretch.words
        found: list[StanceFound] = []
        sided: list[tuple[int, int]] = []
        previous: Sequence[Slot] = ()
        for place in range(len(words)):
            match = self._sides.verb(words, stretch.tree, place)
            if match is None:
                continue
            holders, claimed, previous = self._by_verb(stretch, match, here, previous)
            for claim in claimed:
                sided.append(claim.cue)
                found += self._stances(stretch, claim, holders, here, number)
        for claim, owners in self._sides.nouns(words, stretch.tree):
            if not any(a < claim.cue[1] and claim.cue[0] < b for a, b in sided):
                sided.append(claim.cue)
                found += self._stances(stretch, claim, owners, here, number)
        for claim in self._claimed(stretch, here):
            if not any(a < claim.cue[1] and claim.cue[0] < b for a, b in sided):
                found += self._stances(stretch, claim, None, here, number)
        return found

    def _claimed(self, stretch: _Stretch, here: Sequence[tuple[int, int, int]]) -> Iterator[Claim]:
        """Yield the claims made in what is said, each from the innermost statement it stands in."""
        words = stretch.words
        for start, end in sorted({(start, end) for start, end, _ in here}):
            first = next((p for p, word in enumerate(words) if word.start >= start), len(words))
            last = next((p for p in range(first, len(words)) if words[p].start >= end), len(words))
            for claim in claims(words[first:last], self._lex):
                place = words[claim.cue[0] + first].start
                if min((b - a, a, b) for a, b, _ in here if a <= place < b)[1:] == (start, end):
                    yield claim.moved(first)

    def _by_verb(
        self,
        stretch: _Stretch,
        match: Match,
        here: Sequence[tuple[int, int, int]],
        previous: Sequence[Slot],
    ) -> tuple[list[Slot] | None, list[Claim], Sequence[Slot]]:
        """Return the holders (``None``: whoever says it), the claims, and the subject to share."""
        words = stretch.words
        group, turned = verb_group(words, match.start)
        if clause_is_conditional(words, group) or (
            stretch.tree is not None and conditional(stretch.tree, words[match.start].start)
        ):
            return None, [], previous
        negated = turned != match.negated
        if (negated and match.lemma in _NOT_ASKING) or (
            words[group].low == "to" and not stretch.headline
        ):
            return None, [], previous
        if match.form == "past" and is_passive(words, match.start, group):
            return *self._by_passive(words, match, group, negated), previous
        nobody = group > 0 and self._is_nobody(words, group)
        if nobody:
            holders: list[Slot] | None = None
            negated = True
        else:
            slots = self._speakers.right_before(words, group)
            if not slots and stretch.tree is not None:
                subjects = self._clauses.subjects(words, stretch.tree, match.start)
                slots = [slot for slot in subjects if self._sides.acts(slot)]
            parsed = bool(slots)
            if not slots:
                slots, _, _ = self._finder.subject(words, group, match, previous)
            if not slots or not (parsed or agrees(words, match, group, slots)):
                return None, [], previous
            if match.lemma == "be for" and slots[0].span.of(self._text).lower() not in {"i", "we"}:
                return None, [], slots  # "it was for the council to decide"
            previous = slots
            holders = self._resolved(stretch, slots, match, here)
            if holders is not None and not holders:
                return None, [], previous
        value = denied(match.grade) if negated else match.grade
        if abs(value) < WEAK and match.lemma not in NAMING | THREATS:
            return holders, [], previous
        if not negated and (threatened := list(threats(words, match, self._lex))):
            return holders, threatened, previous
        claimed = list(of_relative(words, stretch.tree, match, value, self._lex)) or list(
            naming(words, match, self._lex)
            if match.lemma in NAMING
            else complement(words, match, value, self._lex)
        )
        return holders, claimed, previous

    def _is_nobody(self, words: Sequence[Token], group: int) -> bool:
        return any(
            words[back].low in _NOBODY for back in range(max(0, group - 8), group)
        ) and not any(words[back].low in {",", "that"} for back in range(max(0, group - 3), group))

    def _by_passive(
        self, words: Sequence[Token], match: Match, group: int, negated: bool
    ) -> tuple[list[Slot] | None, list[Claim]]:
        """Read "the idea was rejected by the Home Office"."""
        if match.end >= len(words) or words[match.end].low != "by" or match.object is not None:
            return None, []
        holders, _ = self._speakers.after(words, match.end + 1)
        thing = subject(words, group)
        if not holders or thing is None:
            return None, []
        value = denied(match.grade) if negated else match.grade
        return holders, [Claim(thing, False, value, (match.start, match.end), match.lemma)]

    def _resolved(
        self,
        stretch: _Stretch,
        slots: Sequence[Slot],
        match: Match,
        here: Sequence[tuple[int, int, int]],
    ) -> list[Slot] | None:
        """Return who holds the side; ``None`` stands for the source of the statement around it."""
        pronoun = (slots[0].via or slots[0].span).of(self._text).lower()
        inside = self._statement_at(stretch.words[match.start].start, here)
        if pronoun not in SELVES:
            return list(slots)
        if stretch.quoted:
            return None if pronoun in {"i", "we"} and inside else []
        if pronoun in {"i", "we"}:
            return None if inside else []
        if inside:
            source = self._statements[inside.numbers[0]].source
            if (
                source.mention is None
                or pronoun in {"he", "she"}
                or self._names.label(source.mention) != "PERSON"
            ):
                return None
        return list(slots) if slots[0].mention is not None or slots[0].via else []

    # --- frames ------------------------------------------------------------------------------

    def _statement_at(self, place: int, here: Sequence[tuple[int, int, int]]) -> _Said | None:
        covering = sorted(
            (end - start, number) for start, end, number in here if start <= place < end
        )
        if not covering:
            return None
        least = covering[0][0]
        inner = tuple(number for size, number in covering if size == least)
        reporters: list[Slot] = []
        for size, number in reversed(covering):
            if size > least and self._statements[number].source not in reporters:
                reporters.append(self._statements[number].source)
        return _Said(inner, tuple(reporters))

    def _stances(
        self,
        stretch: _Stretch,
        claim: Claim,
        holders: Sequence[Slot] | None,
        here: Sequence[tuple[int, int, int]],
        number: int,
    ) -> Iterator[StanceFound]:
        words = stretch.words
        said = self._statement_at(words[claim.cue[0]].start, here)
        if holders is None and said is None:
            return
        holding = (
            [self._statements[index].source for index in said.numbers]
            if holders is None and said
            else list(holders or ())
        )
        target = self._targets.of(words, claim, number)
        if target is None:
            return
        conditional = any(word.low in CONDITIONS for word in words)
        for place, holder in enumerate(holding):
            if holder.span.overlaps(target.span) and holders is not None:
                continue
            nested: tuple[Slot, ...] = said.reporters if said else ()
            if said and holders is not None:
                inner = [self._statements[index].source for index in said.numbers]
                nested = tuple(slot for slot in (*nested, *inner) if not same(slot, holder))
            statement = said.numbers[min(place, len(said.numbers) - 1)] if said else None
            cue = over(words, claim.cue)
            position = Position.FAVOR if claim.value > 0 else Position.AGAINST
            yield StanceFound(
                holder=holder,
                target=target,
                negated=claim.negated,
                position=position,
                evidence=(stretch.evidence,),
                cue=(cue,),
                nested=nested,
                statement=statement,
                score=self._score(claim, holder, target, nested, conditional),
                why=self._why(cue, position, claim, conditional, nested),
            )
            if place == 0:
                self._targets.note(number, target)

    def _score(
        self, claim: Claim, holder: Slot, target: Slot, nested: Sequence[Slot], conditional: bool
    ) -> float:
        bare = holder.mention is None and holder.span.of(self._text).lower() in SELVES
        score = 0.45 + 0.45 * abs(claim.value)
        score -= 0.2 * bare + 0.05 * conditional + 0.05 * bool(nested) + 0.1 * bool(target.via)
        return round(max(0.05, score), 2)

    def _why(
        self, cue: Span, position: Position, claim: Claim, conditional: bool, nested: Sequence[Slot]
    ) -> str:
        side = "for" if position is Position.FAVOR else "against"
        parts = [
            f"“{cue.of(self._text)}” speaks {side} it"
            + (" being done away with" if claim.negated else "")
        ]
        if conditional:
            parts.append("on a condition")
        if nested:
            parts.append(f"as reported by {nested[-1].span.of(self._text)}")
        return " ".join(", ".join(parts).split())


def _reading_order(stance: StanceFound) -> tuple[int, int]:
    return stance.evidence[0].start, min(span.start for span in (*stance.cue, stance.target.span))
