"""Speech cues by the parse: which words say, believe or demand, whose they are, and what is said.

After PARC (Pareti, LREC 2012) and PolNeAR (Newell et al., LREC 2018): a cue is a verb with a clause
or a quotation as its complement, or a noun such as “call” or “opposition” with an owner. What the
lists of :mod:`desktop.suggest.cues` do not know is a cue all the same where a person or body is the
subject of a verb with a clause of its own behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.values import Span
from desktop.suggest.cues import Cues
from desktop.suggest.found import Slot
from desktop.suggest.statements.sources import Speakers
from desktop.suggest.statements.speech import Cue, CueFinder
from desktop.suggest.text.grammar import (
    comes_from,
    finite,
    is_condition,
    noun_before,
    owner_of,
    relative,
    set_off,
    side_by_side,
    token_at,
)
from desktop.suggest.text.phrases import clause_is_conditional, verb_group
from desktop.suggest.text.reading import Names, Unit
from desktop.suggest.text.syntax import Tree, Word
from desktop.suggest.text.words import Token, trimmed, word_set

_NOT_SAID = word_set(
    "make ensure mean let do have get see prove help cause prevent keep be become watch start "
    "begin remember forget happen turn seem appear decide need mind try manage use check discover "
    "notice realise realize learn hear await wait matter depend follow know"
)
_WHOSE = {"his": "he", "her": "she", "their": "they", "its": "it", "my": "i", "our": "we"}
_DONE = word_set("show hold put find read")
_NEAR = 5  # tokens
_BETWEEN = 10  # tokens from comma to comma
_CLOSE = 3  # code points
_BEFORE = ",.;:–—-”’'"  # what is said begins behind these
_BEHIND = _BEFORE + '“"‘'  # … and ends before them
_EMPTY = word_set("it there what that this which")
_ASIDE = frozenset(["acl:relcl", "appos", "acl", "parataxis", "conj", "cc", "punct", "advcl"])


class ClauseCues:
    """Finds the cues of one parsed sentence after another."""

    def __init__(
        self, text: str, speakers: Speakers, finder: CueFinder, names: Names, lex: Cues
    ) -> None:
        self._text = text
        self._finder = finder
        self._speakers = speakers
        self._names = names
        self._lex = lex

    def find(self, unit: Unit, tree: Tree) -> list[Cue]:
        """Return the cues of a sentence that have a source, in reading order."""
        found: list[Cue] = []
        for word in tree.words:
            place = token_at(unit.words, word.start)
            if place is None:
                continue
            if word.verb:
                cue = self._verb(unit, tree, word, place)
            elif word.noun:
                cue = self._noun(unit, tree, word, place)
            else:
                cue = None
            if cue is not None:
                found.append(cue)
        return found

    def subjects(self, words: Sequence[Token], tree: Tree, place: int) -> list[Slot]:
        """Return who does what the verb at a token says, or in the passive by whom it is done."""
        verb = tree.at(words[place].start)
        if verb is None or not (verb.verb or tree.child(verb, "cop")):
            return []
        return self._sources(words, tree, verb, listed=True)[0]

    # --- verbs -------------------------------------------------------------------------------

    def _verb(self, unit: Unit, tree: Tree, word: Word, place: int) -> Cue | None:
        match = self._lex.reporting.match(unit.words, place)
        lemma = match.lemma if match else word.lemma
        if clause_is_conditional(unit.words, place) or is_condition(tree, word):
            return None
        listed = match is not None
        said = self._said(unit, tree, word, lemma, listed=listed)
        spoken = self._lex.speech.match(unit.words, place) is not None
        quoted = bool(unit.full) and (spoken or (listed and _beside(unit, place)))
        if not said and not quoted:
            return None
        addressee: Slot | None = None
        if match is not None:
            begins, _, addressee = self._finder.content(unit.words, match)
            if addressee is not None and begins < len(unit.words):
                said = _from(unit.words[begins].start, said)
        sources, shared = (
            self._speakers.right_before(unit.words, verb_group(unit.words, place)[0]),
            False,
        )
        if not sources:
            sources, shared = self._sources(unit.words, tree, word, listed=listed)
        if not sources:
            return None
        end = match.end if match else place + 1
        subject = tree.child(word, "nsubj")
        return Cue(
            place,
            end,
            place,
            lemma,
            Span(unit.words[place].start, unit.words[end - 1].end),
            tuple(sources),
            end,
            True,
            addressee,
            inverted=subject is not None and subject.start > word.start,
            shared=shared,
            relative=word.dep == "acl:relcl",
            said=tuple(said),
        )

    def _said(self, unit: Unit, tree: Tree, word: Word, lemma: str, *, listed: bool) -> list[Span]:
        """Return what is said in words of the sentence: a clause, or else an object."""
        clauses = [c for c in tree.children(word, "ccomp") if not relative(tree, c)]
        if listed:
            clauses += [
                child
                for child in tree.children(word, "parataxis")
                if child.start > word.start and finite(tree, child)
            ]
        clauses.sort(key=lambda clause: clause.start < word.start)
        for clause in clauses:
            plain = listed or (word.lemma not in _NOT_SAID and finite(tree, clause))
            if plain and clause.start > word.start:
                return self._behind(tree, word, clause)
            if plain:
                return self._stretches(tree, clause, without=word)
        above = tree.head(word)
        if (
            listed
            and above is not word
            and word.dep in {"parataxis", "ccomp", "acl:relcl", "conj"}
            and above.start < word.start
            and set_off(tree, word)
        ):
            return self._stretches(tree, above, without=word)
        thing = tree.child(word, "obj", "iobj", "obl")
        if lemma in self._lex.intending:
            for clause in tree.children(word, "xcomp", "ccomp"):
                if tree.child(clause, "mark") and clause.start > word.start:
                    first = thing if thing and thing.start < clause.start else clause
                    return self._behind(tree, word, first)
        if thing is None or thing.start < word.start:
            return []
        said = self._behind(tree, word, thing)
        quoted = any(span.overlaps(quote.span) for span in said for quote in unit.partial)
        if (
            lemma in self._lex.with_object
            or (lemma == "put" and any(w.low == "at" for w in tree.under(word)))
            or (listed and quoted and word.lemma not in _DONE)
        ):
            return said
        return []

    def _behind(self, tree: Tree, word: Word, first: Word) -> list[Span]:
        """Return what stands behind a cue from a word's phrase on, up to where it joins another."""
        left_out = frozenset(
            child.number
            for child in tree.children(word, "conj", "parataxis", "punct", "cc")
            if child is not first
        )
        words = [w for w in tree.under(word, left_out) if w.start > word.start]
        under = {w.number for w in tree.under(first)}
        start = min((w.number for w in words if w.number in under), default=first.number)
        for w in words:
            if w.number > start and w.verb:
                break
            if w.low == "that" and w.tag in {"IN", "WDT"}:  # "claimed on Monday that …"
                start = w.number + 1
                break
        within = [w for w in words if w.number >= start]
        return self._trimmed(within[0].start, within[-1].end) if within else []

    def _stretches(
        self, tree: Tree, clause: Word, *, without: Word, mark: bool = False
    ) -> list[Span]:
        """Return a clause without the words that bring it, in one stretch, or two around them."""
        left_out = frozenset([without.number])
        words = tree.under(clause, left_out)
        skipped = {w.number for w in tree.children(clause, "mark") if w.low == "that"}
        words = [w for w in words if w.number not in skipped]
        bringing = {w.number for w in tree.under(without, frozenset([clause.number]))}
        found: list[list[Word]] = []
        for w in words:
            gap = found and any(n in bringing for n in range(found[-1][-1].number + 1, w.number))
            if not found or gap:
                found.append([])
            found[-1].append(w)
        spans = [s for part in found for s in self._trimmed(part[0].start, part[-1].end)]
        return [s for s in spans if s.end - s.start > 1]

    def _trimmed(self, start: int, end: int) -> list[Span]:
        span = trimmed(self._text, start, end, before=_BEFORE, behind=_BEHIND)
        return [span] if span.start < span.end else []

    def _sources(
        self, words: Sequence[Token], tree: Tree, word: Word, *, listed: bool
    ) -> tuple[list[Slot], bool]:
        """Return who says it, and whether that is the subject of another verb."""
        verb, shared = word, False
        for _ in range(4):
            agent = tree.child(verb, "obl:agent")
            passive = tree.child(verb, "nsubj:pass")
            subject = tree.child(verb, "nsubj")
            if verb is word and passive is not None:
                subject = agent
                if subject is None:
                    return [], False
            subject = subject or (passive if verb is not word else None)
            if subject is not None and subject.low not in {"who", "which", "that"}:
                return self._slots(words, tree, subject, listed=listed), shared
            above = tree.head(verb)
            if above is verb:
                break
            if verb.dep.startswith("acl") or subject is not None:
                noun = above if above.noun or above.tag == "PRP" else noun_before(tree, verb)
                return (
                    (self._slots(words, tree, noun, listed=listed), False) if noun else ([], False)
                )
            if verb.dep not in {"conj", "xcomp", "advcl", "parataxis", "ccomp"}:
                break
            if verb.dep in {"ccomp", "parataxis"} and verb is word:
                break
            verb, shared = above, True
        return [], False

    def _slots(self, words: Sequence[Token], tree: Tree, noun: Word, *, listed: bool) -> list[Slot]:
        """Return the sources a noun phrase names, all that "and" joins."""
        found = self._slot(words, tree, noun, listed=listed)
        for other in tree.children(noun, "conj"):
            if other.noun and found:
                found += self._slot(words, tree, other, listed=listed)
        return found

    def _slot(self, tokens: Sequence[Token], tree: Tree, noun: Word, *, listed: bool) -> list[Slot]:
        named = [noun, *tree.children(noun, "appos", "flat")]
        for word in named:
            index = self._names.at(word.start)
            if index is not None and self._names.label(index) == "PERSON":
                return [Slot(self._names.span(index), index)]
        left = [c.number for c in tree.children(noun) if c.dep in _ASIDE or c.dep == "case"]
        words = [w for w in tree.under(noun, frozenset(left)) if w is noun or w.dep != "punct"]
        words = side_by_side(words, noun)
        first, last = token_at(tokens, words[0].start), token_at(tokens, words[-1].start)
        if first is None or last is None:
            return []
        if (
            tokens[last].low in self._lex.titles
            and last + 1 < len(tokens)
            and self._names.at(tokens[last + 1].start) is not None
        ):
            last += 1  # "Mr" stands for nobody
        people = self._named_behind(tokens, last + 1)
        if people and not words[-1].tag.startswith("NNP"):
            return people
        slots = self._speakers.phrase(tokens, first, last + 1)
        if slots:
            return slots
        if noun.low in _EMPTY or not (noun.noun or noun.tag == "PRP"):
            return []
        index = self._names.at(noun.start)
        if index is not None:
            return [Slot(self._names.span(index), index)]
        return [Slot(Span(words[0].start, words[-1].end))] if listed and noun.noun else []

    def _named_behind(self, tokens: Sequence[Token], place: int) -> list[Slot]:
        """Read "its director, Kwame Asare, said": the names between commas."""
        if place >= len(tokens) or tokens[place].low != ",":
            return []
        close = next((n for n in range(place + 1, len(tokens)) if tokens[n].low == ","), None)
        if close is None or close - place > _BETWEEN:
            return []
        inside = self._names.within(Span(tokens[place].end, tokens[close].start))
        if not inside or self._names.span(inside[-1]).end != tokens[close - 1].end:
            return []
        people = [index for index in inside if self._names.label(index) == "PERSON"]
        return [Slot(self._names.span(index), index) for index in people]

    def owners(self, words: Sequence[Token], tree: Tree, place: int) -> list[Slot]:
        """Return whose the noun at a token is: "the union's call", "opposition from traders"."""
        noun = tree.at(words[place].start)
        owner = owner_of(tree, noun) if noun is not None and noun.noun else None
        return self._owning(words, tree, owner) if owner else []

    def takers(self, words: Sequence[Token], tree: Tree, place: int) -> list[Slot]:
        """Return who the noun at a token is: "Lee, a critic of it", or simply the critics."""
        noun = tree.at(words[place].start)
        if noun is None or not noun.noun:
            return []
        subject = tree.child(noun, "nsubj") if tree.child(noun, "cop") else None
        above = tree.head(noun)
        if noun.dep == "xcomp":  # "made her the advocate of it"
            above = tree.child(above, "obj", "iobj") or above
        who = subject or (above if noun.dep in {"appos", "xcomp"} else None)
        if who is not None:
            return self._slots(words, tree, who, listed=True)
        for back in range(place - 1, max(0, place - _NEAR), -1):
            if words[back].low == ",":  # "Lee, a fierce critic of it"
                index = self._names.at(words[back - 1].start)
                return [Slot(self._names.span(index), index)] if index is not None else []
        return [Slot(words[place].span)]

    def receivers(
        self, words: Sequence[Token], tree: Tree, place: int
    ) -> tuple[Span, list[Slot]] | None:
        """Read "the plan drew anger from doctors": what meets with it, and whose it is."""
        noun = tree.at(words[place].start)
        verb = tree.head(noun) if noun is not None and noun.dep in {"obj", "obl"} else None
        if noun is None or verb is None or verb.low not in self._lex.meeting:
            return None
        thing = tree.child(verb, "nsubj", "nsubj:pass")
        near = [*tree.children(noun, "nmod"), *tree.children(verb, "obl")]
        from_whom = [other for other in near if comes_from(tree, other)]
        if thing is None or not from_whom or thing.tag == "WDT":
            return None
        whose = self._slots(words, tree, from_whom[0], listed=True)
        left = frozenset(c.number for c in tree.children(thing) if c.dep in _ASIDE)
        phrase = side_by_side(tree.under(thing, left), thing)
        return (Span(phrase[0].start, phrase[-1].end), whose) if whose else None

    def _owning(self, words: Sequence[Token], tree: Tree, owner: Word) -> list[Slot]:
        meant = _WHOSE.get(owner.low)
        if meant is None:
            return self._slots(words, tree, owner, listed=True)
        token = Token(owner.start, owner.end, meant, upper=False)
        return [slot for slot in self._speakers.pronoun(token) if slot.via is not None]

    # --- nouns -------------------------------------------------------------------------------

    def _noun(self, unit: Unit, tree: Tree, word: Word, place: int) -> Cue | None:
        """Read "the union's opposition to the plan" and "calls from doctors for a ban"."""
        if word.lemma not in self._lex.handing_on:
            return None
        owner = owner_of(tree, word)
        if owner is None:
            return None
        about = [
            child
            for child in tree.children(word, "nmod", "acl", "ccomp")
            if child is not owner and child.start > word.start and not comes_from(tree, child)
        ]
        if not about:
            return None
        words = tree.under(about[0])
        first = words[1] if words[0].dep == "case" and len(words) > 1 else words[0]
        said = self._trimmed(first.start, words[-1].end)
        sources = self._owning(unit.words, tree, owner)
        if not sources or not said:
            return None
        return Cue(
            place,
            place + 1,
            place,
            word.lemma,
            unit.words[place].span,
            tuple(sources),
            place + 1,
            True,
            None,
            said=tuple(said),
        )


def _beside(unit: Unit, place: int) -> bool:
    """Tell a verb right before or behind a quotation from one that is only in its sentence."""
    word = unit.words[place]
    return any(
        0 <= quote.span.start - word.end <= _CLOSE or 0 <= word.start - quote.span.end <= _CLOSE
        for quote in unit.full
    )


def _from(start: int, said: Sequence[Span]) -> list[Span]:
    """Leave out of what is said whom it was said to: "told *reporters* the merger …"."""
    return [Span(start, one.end) if one.start < start < one.end else one for one in said]
