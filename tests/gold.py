"""Our own reading of the sample articles, from ``tests/data/gold/<article>.toml``.

The files quote the article, so that they can be checked by eye. A place is a quote, with ``7: ``
before it where it is in another line than its heading says, and `` @2`` behind it where it stands
there more than once; ``first words … last words`` is a stretch. ``[entities]`` has them by line,
label first; ``[actors]`` tells what else a holder is called (a form without a line: wherever it
is printed); ``[[stances.7]]`` are the frames of line 7. Of several holders or targets the first is
ours and the others are as good. ``negated_by`` are the words that turn the target round, and
``arguable`` are frames that another careful reader might leave out.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from db import values
from db.values import Article, Entity, Position, Ref, RefKind, Span, Stance, Zone, ZoneKind
from resources import path

FILES = sorted((Path(__file__).parent / "data" / "gold").glob("*.toml"))
OURS = values.Decision(values.Status.ADDED, values.Origin.CODER)
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """A stance; ``holders`` are all mentions of its holder, ``targets`` of its target."""

    stance: Stance
    holders: tuple[Span, ...]
    targets: tuple[Span, ...]
    negated_by: Span | None
    arguable: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader finds in an article; ``article`` has the zones."""

    article: Article
    entities: list[Entity]
    frames: list[Frame]


def read_gold(file: Path) -> Gold:
    """Return a file's gold; raises ``ValueError`` for a quote not found, or found twice."""
    text = path("samples", f"{file.stem}.txt").read_text(encoding="utf-8")
    return _Reader(file.stem, text).read(tomllib.loads(file.read_text(encoding="utf-8")))


class _Reader:
    """Finds the quotes of one file in its article."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.id = uuid5(NAMESPACE_URL, name)
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        ends = [*(start - 1 for start in starts[1:]), len(text)]
        self.lines = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
        self.entities: dict[Span, Entity] = {}
        self.actors: list[tuple[Span, ...]] = []

    def read(self, data: Fields) -> Gold:
        zones = tuple(sorted(self.zones(data["zones"]), key=lambda zone: zone.start))
        for line, marked in data["entities"].items():
            for mark in marked:
                label, quote = mark.split(" ", 1)
                span = self.place(quote, int(line))
                own = uuid5(self.id, f"{line} {mark}")
                self.entities[span] = Entity(own, self.id, span, label, OURS)
        for forms in data["actors"].values():
            self.actors.append(tuple(span for form in forms for span in self.mentions(form)))
        stances: Fields = data["stances"]
        frames = [self.frame(one, int(line)) for line, some in stances.items() for one in some]
        sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        article = Article(self.id, self.text, sha256, zones=zones)
        return Gold(article, list(self.entities.values()), frames)

    def zones(self, fields: Fields) -> Iterator[Zone]:
        glued = self.place(fields.pop("glued"), 0)
        kinds = {line: ZoneKind(kind) for kind, lines in fields.items() for line in lines}
        for number, span in enumerate(self.lines, 1):
            start = span.start
            if span.covers(glued):
                yield Zone(start, glued.end, ZoneKind.BOILERPLATE)
                start = glued.end
            if self.text[start : span.end].strip():
                yield Zone(start, span.end, kinds.get(number, ZoneKind.BODY))

    def found(self, quote: str, within: Span) -> list[Span]:
        # Whole words; those glued together part at the capital: "addressThe leader".
        edge = r"(?:(?<!\w)|(?!\w)|(?<=[a-z])(?=[A-Z]))"
        words = re.compile(edge + re.escape(quote) + edge)
        return [Span(*hit.span()) for hit in words.finditer(self.text, within.start, within.end)]

    def mentions(self, form: str) -> list[Span]:
        if re.match(r"\d+: ", form):
            return [self.place(form, 0)]
        if hits := self.found(form, Span(0, len(self.text))):
            return hits
        raise ValueError(f"{self.name}: ‘{form}’ is nowhere")

    def place(self, quote: str, line: int) -> Span:
        parts = re.fullmatch(r"(?:(\d+): )?(.+?)(?: … (.+?))?(?: @(\d+))?", quote)
        assert parts
        other, first, last, which = parts.groups()
        within = self.lines[int(other or line) - 1]
        hits = self.found(first, within)
        chosen = hits[int(which) - 1 :][:1] if which else hits
        ends = self.found(last, Span(chosen[0].end, within.end)) if chosen and last else chosen
        if len(chosen) != 1 or not ends:
            raise ValueError(f"{self.name}, line {other or line}: {len(hits)} × ‘{quote}’")
        return Span(chosen[0].start, ends[0].end)

    def ref(self, span: Span, *, negated: bool = False) -> Ref:
        entity = self.entities.get(span)
        kind = RefKind.ENTITY if entity else RefKind.SPAN
        return Ref(kind, span, entity.id if entity else None, negated=negated)

    def frame(self, fields: Fields, line: int) -> Frame:
        def places(slot: str) -> tuple[Span, ...]:
            quotes = fields.get(slot, [])
            several = [quotes] if isinstance(quotes, str) else quotes
            return tuple(self.place(quote, line) for quote in several)

        holders, targets, negated_by = places("holder"), places("target"), places("negated_by")
        stance = Stance(
            id=uuid5(self.id, f"{line} {fields}"),
            article=self.id,
            holder=self.ref(holders[0]),
            target=self.ref(targets[0], negated=bool(negated_by)),
            position=Position(fields["position"]),
            evidence=places("evidence"),
            decision=OURS,
            nested=tuple(self.ref(span) for span in places("nested")),
            cue=places("cue"),
        )
        same = set(holders)
        for actor in self.actors:
            if any(holder.overlaps(mention) for holder in holders for mention in actor):
                same.update(actor)
        arguable = bool(fields.get("arguable"))
        return Frame(stance, tuple(sorted(same)), targets, next(iter(negated_by), None), arguable)
