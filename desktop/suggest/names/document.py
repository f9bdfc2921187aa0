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

from db.forms import form_of
from db.values import Origin, Span
from desktop.actors import one_slip_apart
from desktop.suggest.names.labels import NUMBERS
from desktop.suggest.names.lexicon import titles
from desktop.suggest.names.mention import UNSCORED, Mention

_SURE = 3  # votes of a rule: a list or a title errs less than the network
_WORD = re.compile(r"(?<![\w-])(?:[A-ZÀ-ÖØ-Þ]|l['’])[\w]+(?:[-.’'](?!s\b)\w+)*")
_LOWER_CASE = re.compile(r"(?<![\w-])[a-zß-öø-ÿ]\w+")
_CAPITAL_BEFORE = re.compile(r"(\S*[A-ZÀ-ÖØ-Þ][\w.]*)\s$")
_GOES_ON = re.compile(r"\w|-\w|\s[A-ZÀ-ÖØ-Þ]\w")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n][\"'”’)\]]*\s*|[\"“‘(\[–—]\s?)$")


@dataclass(slots=True)
class Memory:
    """What an article has shown so far: by form, how its places speak for each label.

    ``votes`` adds up how sure each place was, ``seen`` counts the places; a full name speaks for
    the surname in it as well. ``surnames`` are those of people.
    """

    votes: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    seen: Counter[str] = field(default_factory=Counter[str])
    surnames: set[str] = field(default_factory=set[str])

    def learn(self, text: str, mentions: Iterable[Mention]) -> None:
        """Count the mentions' labels."""
        for mention in mentions:
            if mention.label in NUMBERS or mention.label == "LAW":
                continue
            form = form_of(mention.span.of(text))
            weight = mention.score if mention.origin is Origin.MODEL else _SURE
            self._vote(form, mention.label, weight)
            if mention.label == "PERSON":
                surname = form.rsplit(" ", 1)[-1]
                if len(surname) < 3 or titles().anywhere.fullmatch(surname):
                    continue
                self.surnames.add(surname)
                if surname != form:
                    self._vote(surname, "PERSON", min(1.0, weight))

    def _vote(self, form: str, label: str, weight: float) -> None:
        votes = self.votes.setdefault(form, {})
        votes[label] = votes.get(label, 0.0) + weight
        self.seen[form] += 1

    def label(self, form: str) -> str | None:
        """Return the label most places gave the form, or ``None`` where no label leads."""
        leaders = sorted(self.votes.get(form, {}).items(), key=lambda vote: -vote[1])[:2]
        if not leaders or (len(leaders) == 2 and leaders[0][1] == leaders[1][1]):
            return None
        return leaders[0][0]

    def confidence(self, form: str, label: str) -> float:
        """Return how sure, from 0 to 1, the form's places are of a label on average."""
        return min(1.0, self.votes.get(form, {}).get(label, 0.0) / max(1, self.seen[form]))

    def agreement(self, covered: str) -> str:
        """Say how a name's places agree: "alone", "agreed" or "contested"."""
        form = form_of(covered)
        if len(self.votes.get(form, ())) > 1:
            return "contested"
        return "agreed" if self.seen[form] > 1 else "alone"


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
                sure = memory.confidence(form_of(span.of(text)), label) or UNSCORED
                settled.append(Mention(span, label, sure, Origin.PROPAGATED))
    return sorted(settled, key=lambda mention: mention.span)


def _relabelled(text: str, mention: Mention, memory: Memory) -> Mention:
    if mention.origin is not Origin.MODEL or mention.label in NUMBERS or mention.label == "LAW":
        return mention
    form = form_of(mention.span.of(text))
    label = memory.label(form)
    if memory.seen[form] == 1 and _misspells(form, memory.surnames):
        label = "PERSON"
    if label in (None, mention.label):
        return mention
    sure = memory.confidence(form, label) or UNSCORED
    return replace(mention, label=label, score=sure, origin=Origin.PROPAGATED)


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
        """Yield where known names stand, the longest first; behind a title, one slip off too."""
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
                if (
                    _misspells(word[0], self._surnames)
                    and _titled(text, span, stretch)
                    and _stands_alone(text, span, stretch)
                ):
                    yield span, "PERSON"


def _titled(text: str, span: Span, stretch: Span) -> bool:
    """Tell "Mr Clifton", a slip for Clinton, from Clifton, a town."""
    before = text[max(stretch.start, span.start - 24) : span.start]
    return any(titles().anywhere.fullmatch(before, at) for at in range(len(before)))


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
    return " " not in word and any(one_slip_apart(word, surname) for surname in surnames)


def _overlaps_any(span: Span, taken: Sequence[Span]) -> bool:
    place = bisect_left(taken, span)
    return any(span.overlaps(other) for other in taken[max(0, place - 1) : place + 1])
