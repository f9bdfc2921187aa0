"""One look at the whole article: what a name is in one place, it most likely is in another.

A recogniser reads sentence by sentence. Here the sentences vote: a form keeps the label most of
its places gave it, a surname belongs to the full name it stands in elsewhere, a name missed in one
place is suggested because it was found in another, and so is a misspelling of a person's surname.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from db.values import Origin, Span
from desktop.suggest.labels import NUMBERS
from desktop.suggest.lexicon import titles
from desktop.suggest.mention import UNSCORED, Mention

_SURE = 3  # votes of a rule: a list or a title errs less than the network
_FUZZY_LENGTH = 6  # shorter surnames lie one letter from too many words
_WORD = re.compile(r"(?<![\w-])(?:[A-ZÀ-ÖØ-Þ]|l['’])[\w]+(?:[-.’'](?!s\b)\w+)*")
_LOWER_CASE = re.compile(r"(?<![\w-])[a-zß-öø-ÿ]\w+")
_CAPITAL_BEFORE = re.compile(r"(\S*[A-ZÀ-ÖØ-Þ][\w.]*)\s$")
_GOES_ON = re.compile(r"\w|-\w|\s[A-ZÀ-ÖØ-Þ]\w")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n][\"'”’)\]]*\s*|[\"“‘(\[–—]\s?)$")


@dataclass(slots=True)
class Memory:
    """What an article has shown so far: votes for a label by form, and its people's surnames."""

    votes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    surnames: set[str] = field(default_factory=set[str])

    def learn(self, text: str, mentions: Iterable[Mention]) -> None:
        """Count the mentions' labels."""
        for mention in mentions:
            if mention.label in NUMBERS or mention.label == "LAW":
                continue
            form = form_of(mention.span.of(text))
            self.votes[form][mention.label] += _SURE if mention.origin is Origin.RULE else 1
            if mention.label == "PERSON":
                surname = form.rsplit(" ", 1)[-1]
                if titles().anywhere.fullmatch(surname):
                    continue
                self.surnames.add(surname)
                if surname != form:
                    self.votes[surname]["PERSON"] += 1

    def label(self, form: str) -> str | None:
        """Return the label most places gave the form, or ``None`` where no label leads."""
        leaders = self.votes[form].most_common(2) if form in self.votes else []
        if not leaders or (len(leaders) == 2 and leaders[0][1] == leaders[1][1]):
            return None
        return leaders[0][0]

    def agreement(self, covered: str) -> str:
        """Say how a name's places agree: "alone", "agreed" or "contested"."""
        votes = self.votes.get(form_of(covered), Counter[str]())
        if len(votes) > 1:
            return "contested"
        return "agreed" if votes.total() > 1 else "alone"


def settle(
    text: str, stretches: Sequence[Span], mentions: Sequence[Mention], memory: Memory
) -> list[Mention]:
    """Return the mentions of ``stretches`` as the article as a whole has them, sorted.

    ``memory`` learns from them first and may bring what earlier stretches of the article showed.
    What was relabelled or added here has the origin ``propagated``. Nothing overlaps.
    """
    memory.learn(text, mentions)
    settled = [_relabelled(text, mention, memory) for mention in mentions]
    taken = sorted(mention.span for mention in settled)
    known = _Known(memory)
    common = {word for stretch in stretches for word in _LOWER_CASE.findall(stretch.of(text))}
    for stretch in stretches:
        for span, label in known.places(text, stretch):
            single = span.of(text).lower()
            begins = _begins_sentence(text, stretch, span.start)
            if not _overlaps_any(span, taken) and not (begins and single in common):
                settled.append(Mention(span, label, UNSCORED, Origin.PROPAGATED))
    return sorted(settled, key=lambda mention: mention.span)


def form_of(covered: str) -> str:
    """Return what two places of one name have in common: white space and apostrophes levelled."""
    return " ".join(covered.replace("’", "'").split())


def _relabelled(text: str, mention: Mention, memory: Memory) -> Mention:
    if mention.origin is not Origin.MODEL or mention.label in NUMBERS or mention.label == "LAW":
        return mention
    form = form_of(mention.span.of(text))
    label = memory.label(form)
    if memory.votes[form].total() == 1 and _misspells(form, memory.surnames):
        label = "PERSON"
    if label in (None, mention.label):
        return mention
    return replace(mention, label=label, origin=Origin.PROPAGATED)


class _Known:
    """The names an article has shown, ready to be looked for in places where none was found."""

    def __init__(self, memory: Memory) -> None:
        self._surnames = memory.surnames
        self._labels: dict[str, str] = {}
        self._by_first_word: defaultdict[str, list[str]] = defaultdict(list)
        for form in sorted(memory.votes, key=len, reverse=True):
            label = memory.label(form)
            if label is not None and len(form) > 2:
                self._labels[form] = label
                self._by_first_word[form.split(" ", 1)[0]].append(form)

    def places(self, text: str, stretch: Span) -> Iterator[tuple[Span, str]]:
        """Yield where known names stand, the longest first, and surnames one letter off."""
        end_of_last = 0
        for word in _WORD.finditer(stretch.of(text)):
            if word.start() < end_of_last:
                continue
            start = stretch.start + word.start()
            for form in self._by_first_word.get(word[0].replace("’", "'"), ()):
                span = Span(start, start + len(form))
                if form_of(span.of(text)) == form and _stands_alone(text, span, stretch):
                    yield span, self._labels[form]
                    end_of_last = word.start() + len(form)
                    break
            else:
                span = Span(start, start + len(word[0]))
                if _misspells(word[0], self._surnames) and _stands_alone(text, span, stretch):
                    yield span, "PERSON"


def _stands_alone(text: str, span: Span, stretch: Span) -> bool:
    """Tell a name from a part of a longer one: no capital beside it but a title's, a sentence's."""
    if span.end > stretch.end or _GOES_ON.match(text, span.end, stretch.end):
        return False
    before = text[max(stretch.start, span.start - 24) : span.start]
    neighbour = _CAPITAL_BEFORE.search(before)
    if neighbour is None or _begins_sentence(text, stretch, span.start):
        return True
    if titles().anywhere.fullmatch(neighbour[1] + " "):
        return True
    return _begins_sentence(text, stretch, span.start - len(neighbour[0]))


def _begins_sentence(text: str, stretch: Span, start: int) -> bool:
    return _SENTENCE_START.search(text[max(stretch.start, start - 6) : start]) is not None


def _misspells(word: str, surnames: Iterable[str]) -> bool:
    """Tell a form one letter off from a surname: one put in, left out, changed, or two swapped."""
    if len(word) < _FUZZY_LENGTH or " " in word:
        return False
    return any(
        surname[0] == word[0]
        and surname != word
        and not _differs_by_ending(word, surname)
        and len(surname) >= _FUZZY_LENGTH
        and _one_edit_apart(word, surname)
        for surname in surnames
    )


def _differs_by_ending(word: str, surname: str) -> bool:
    """Tell the plural: "the Clintons" are no misspelling."""
    return word in (surname + "s", surname + "'") or surname == word + "s"


def _one_edit_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    start = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def _overlaps_any(span: Span, taken: Sequence[Span]) -> bool:
    place = bisect_left(taken, span)
    return any(span.overlaps(other) for other in taken[max(0, place - 1) : place + 1])
