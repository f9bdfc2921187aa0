"""New wordings of old records: names mixed between sentences, and the spelling of British papers.

The training texts are American radio news and an encyclopaedia. A name that only ever stands for
one thing teaches the network the name; a name that changes from epoch to epoch teaches it the
place a name stands in. Spans move along with every change of the text.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.suggest.evaluation.records import Record

_SWAPPED = ("PERSON", "ORG", "GPE", "FAC", "LOC", "NORP")

Name = tuple[str, str]  # label, form
Key = tuple[str, str]  # label, make
Edit = tuple[int, int, str]  # half-open stretch of the old text, and what stands there instead


def apply_edits(record: Record, edits: Iterable[Edit]) -> Record:
    """Return the record with non-empty, non-overlapping stretches replaced, every span moved along.

    A span that an edit cuts into is widened to the whole of what was put in.
    """
    ordered = sorted(edits)
    pieces: list[str] = []
    read = 0
    for start, end, new in ordered:
        pieces += (record.text[read:start], new)
        read = end
    pieces.append(record.text[read:])

    def moved(offset: int, side: int) -> int:
        shift = 0
        for start, end, new in ordered:
            if start < offset < end:
                offset = (start, end)[side]
            if end <= offset:
                shift += len(new) - (end - start)
        return offset + shift

    return Record(
        text="".join(pieces),
        spans=tuple((moved(start, 0), moved(end, 1), label) for start, end, label in record.spans),
        ignore=tuple((moved(start, 0), moved(end, 1)) for start, end in record.ignore),
        source=record.source,
    )


class NamePool:
    """Names of the training texts, of our own lists, and made up, to draw others from."""

    def __init__(self, records: Iterable[Record], lists: Path, made_up: Iterable[Name]) -> None:
        """Count the names of ``records``; each line of ``lists/<label>.txt`` is one name more."""
        counts: dict[Key, Counter[str]] = defaultdict(Counter)
        for record in records:
            for start, end, label in record.spans:
                name = record.text[start:end]
                if label in _SWAPPED and name[0].isupper():
                    counts[_key(label, name)][name] += 1
        for path in sorted(lists.glob("*.txt")):
            label = path.stem.upper()
            for name in path.read_text(encoding="utf-8").splitlines():
                if name and not name.startswith("#"):
                    counts[_key(label, name)][name] += 5
        self._names = {key: list(counter) for key, counter in counts.items()}
        self._weights = {
            key: [count**0.5 for count in counter.values()] for key, counter in counts.items()
        }
        self._made_up: dict[Key, list[str]] = defaultdict(list)
        for label, name in made_up:
            self._made_up[_key(label, name)].append(name)

    def mixed(self, record: Record, chance: random.Random) -> Record:
        """Return the record with about half of its names replaced, each form by one other form."""
        put: dict[Name, str] = {}
        edits: list[Edit] = []
        by_length = sorted(record.spans, key=lambda span: span[0] - span[1])
        for start, end, label in by_length:
            name = record.text[start:end]
            if (label, name) not in put:
                put[label, name] = self._another(name, label, put, chance)
            if put[label, name] != name:
                edits.append((start, end, put[label, name]))
        return apply_edits(record, edits)

    def _another(self, name: str, label: str, put: dict[Name, str], chance: random.Random) -> str:
        if label == "PERSON":  # a surname follows the full name it belongs to
            for (other_label, full), new in put.items():
                if other_label == label and full.endswith(" " + name):
                    return new.rsplit(" ", 1)[-1]
        key = _key(label, name)
        if key not in self._names or chance.random() < 0.5:
            return name
        if self._made_up[key] and chance.random() < 0.5:
            return chance.choice(self._made_up[key])
        return chance.choices(self._names[key], self._weights[key])[0]


def _key(label: str, name: str) -> Key:
    """Return what two names have in common if one can stand for the other: label and make."""
    if " " in name:
        return label, "words"
    if label == "NORP":  # "Iraqis are" but "Iraqi troops"
        return label, "plural" if name.endswith("s") and not name.endswith("ss") else "word"
    return label, "capitals" if name.isupper() else "word"


_BRITISH: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St)\."), lambda old: old[:-1]),
    (re.compile(r"\b(?:U\.S|U\.N|U\.K|E\.U)\."), lambda old: old.replace(".", "")),
    (re.compile(r"\b[Pp]ercent\b"), lambda old: f"{old[0]}er cent"),
    (re.compile(r"\bLabor\b"), lambda _: "Labour"),
    (re.compile(r"\b(?:Defense|Organization|Center)\b"), lambda old: _SPELLED[old]),
)
_SPELLED = {"Defense": "Defence", "Organization": "Organisation", "Center": "Centre"}


def british(record: Record, chance: random.Random) -> Record:
    """Return the record as a British paper would set it: Mr without its point, UN, per cent."""
    edits = [
        (found.start(), found.end(), spelled(found[0]))
        for pattern, spelled in _BRITISH
        if chance.random() < 0.6
        for found in pattern.finditer(record.text)
    ]
    return apply_edits(record, edits)


def curly(record: Record) -> Record:
    """Return the record with typographic quotation marks and apostrophes; no offset changes."""
    text = re.sub(r"(?<!\w)'", "‘", record.text).replace("'", "’")
    text = re.sub(r'(?<![\w.,!?])"', "“", text).replace('"', "”")
    return Record(text, record.spans, record.ignore, record.source)


def headline(record: Record) -> Record:
    """Return the record In Title Case, where capitals tell nothing; no offset changes."""
    text = re.sub(r"\b[a-z](?=[a-z]{3})", lambda found: found[0].upper(), record.text)
    return Record(text, record.spans, record.ignore, record.source)


def reworded(record: Record, pool: NamePool, chance: random.Random) -> Record:
    """Return the record as it is read in one epoch."""
    if chance.random() < 0.5:
        record = pool.mixed(record, chance)
    if chance.random() < 0.6:
        record = british(record, chance)
    if chance.random() < 0.5:
        record = curly(record)
    if chance.random() < 0.03:
        record = headline(record)
    return record
