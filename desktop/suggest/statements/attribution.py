"""Statements: what is said in an article, by whom, through which words, and to whom.

After PARC (Pareti, "A database of attribution relations", LREC 2012): a statement has a source, a
cue and one or more spans of content, and is direct, indirect or mixed. Cues and contents come from
the parse; from the shape of the sentence where there is none, or where it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.values import Attribution, Span, Zone
from desktop.suggest.cues import Cues, cues
from desktop.suggest.found import Mentioned, Slot, StatementFound
from desktop.suggest.statements.clauses import ClauseCues
from desktop.suggest.statements.content import Contents
from desktop.suggest.statements.sources import Speakers
from desktop.suggest.statements.speech import Cue, CueFinder
from desktop.suggest.text.phrases import PRONOUNS, is_auxiliary
from desktop.suggest.text.quotes import Quote
from desktop.suggest.text.reading import Reading, Unit, read
from desktop.suggest.text.syntax import NO_TREES, Tree, Trees
from desktop.suggest.text.words import Token, sentences, tokens

_DIRECT, _MIXED, _INDIRECT, _RETOLD, _DOUBTFUL, _CARRIED = 0.92, 0.88, 0.8, 0.7, 0.6, 0.55


def find_statements(
    text: str, zones: Sequence[Zone], mentions: Sequence[Mentioned]
) -> list[StatementFound]:
    """Return the statements of an article in reading order.

    Args:
        text: the article.
        zones: its zones; only headline, standfirst and body are read.
        mentions: the names found in it, of any label.
    """
    return attribute(read(text, zones, mentions))


def attribute(reading: Reading, trees: Trees = NO_TREES) -> list[StatementFound]:
    """Return the statements of a text already read, and parsed if there are trees."""
    return _Attribution(reading, trees, cues()).run()


_RELATIVE = re.compile(r"(?:who|which|whose|whom)\b")  # "said Lee, who has run it since …"


@dataclass(slots=True)
class _Last:
    """The statement a following quotation may belong to: indices into ``found``, where it stood."""

    numbers: tuple[int, ...]
    paragraph: int
    open: bool


class _Attribution:
    def __init__(self, reading: Reading, trees: Trees, lex: Cues) -> None:
        self._text = reading.text
        self._units = reading.units
        self._trees = trees
        self._lex = lex
        self._speakers = Speakers(reading, lex)
        self._contents = Contents(reading.text, lex)
        self._finder = CueFinder(self._speakers, reading.names, lex)
        self._clauses = ClauseCues(reading.text, self._speakers, self._finder, reading.names, lex)
        self._found: list[StatementFound] = []
        self._last: _Last | None = None
        self._pending: list[tuple[int, Span]] = []

    def run(self) -> list[StatementFound]:
        for unit in self._units:
            self._speakers.begin(unit)
            if unit.full and not any(word.low.isalnum() for word in unit.words):
                self._quoted_only(unit)
                sources = [self._found[self._last.numbers[0]].source] if self._last else []
            else:
                sources = self._sentence(unit)
            for quote in unit.full:
                self._retold(unit, quote)
            self._speakers.note(sources)
        return sorted(self._found, key=_reading_order)

    # --- quotations --------------------------------------------------------------------------

    def _quoted_only(self, unit: Unit) -> None:
        """A sentence all in quotation marks belongs to whoever spoke last, if somebody did."""
        content = tuple(quote.inner for quote in unit.full)
        last = self._last
        if last and (
            last.paragraph == unit.paragraph or (last.open and last.paragraph == unit.paragraph - 1)
        ):
            for number in last.numbers:
                said = self._found[number]
                self._found[number] = replace(
                    said, content=said.content + content, attribution=_with_quote(said.attribution)
                )
            self._last = _Last(last.numbers, unit.paragraph, not unit.full[-1].closed)
        elif last and last.paragraph == unit.paragraph - 1:
            said = self._found[last.numbers[0]]
            self._add(
                [
                    replace(
                        said,
                        cue=(),
                        content=content,
                        attribution=Attribution.DIRECT,
                        addressee=None,
                        score=_CARRIED,
                    )
                ],
                unit,
            )
        else:
            self._pending += [(unit.paragraph, span) for span in content]

    def _sentence(self, unit: Unit) -> list[Slot]:
        """Add the statements of a sentence and return all who speak in it."""
        found = self._cues(unit, self._trees.outside.get(unit.span.start))
        taken: set[int] = set()
        for quote in unit.full:
            number = self._cue_of(unit, quote, found)
            if number is not None:
                taken.add(number)
        if unit.full and not taken:
            self._led_in(unit)
        for number, cue in enumerate(found):
            quotes = [q for q in unit.full if self._cue_of(unit, q, found) == number]
            end = self._content_end(unit, found, number)
            spans = self._contents.of(unit, cue, end, quotes) if cue.said is None else _apart(cue)
            spans = [span for span in spans if not _RELATIVE.match(self._text, span.start)]
            if not spans and not quotes:
                continue
            inner = [quote.inner for quote in quotes]
            earlier = [
                span for paragraph, span in self._pending if paragraph == unit.paragraph and quotes
            ]
            content = tuple(sorted([*spans, *inner, *earlier]))
            partial = any(span.covers(quote.span) for span in spans for quote in unit.partial)
            mixed = partial or (spans and quotes)
            kind = (
                Attribution.MIXED
                if mixed
                else Attribution.DIRECT
                if quotes
                else Attribution.INDIRECT
            )
            score = {Attribution.MIXED: _MIXED, Attribution.DIRECT: _DIRECT}.get(kind, _INDIRECT)
            made = [
                StatementFound(
                    source,
                    (cue.span,),
                    content,
                    kind,
                    cue.addressee,
                    _doubt(self._text, source, score),
                )
                for source in cue.sources
            ]
            self._add(
                made,
                unit,
                unclosed=bool(quotes) and not quotes[-1].closed,
                speaks=kind is not Attribution.INDIRECT,
            )
        self._pending = [entry for entry in self._pending if entry[0] == unit.paragraph]
        return [source for cue in found for source in cue.sources]

    def _cues(self, unit: Unit, tree: Tree | None) -> list[Cue]:
        """Return the cues the parse shows, and those of the rules that it has nothing against."""
        by_rule = self._finder.find(unit)
        if tree is None:
            return by_rule
        inserted = [cue for cue in by_rule if _inserted(unit.words, cue)]
        parsed = [
            cue
            for cue in self._clauses.find(unit, tree)
            if not any(cue.span.overlaps(other.span) for other in inserted)
        ]
        verbs = {word.start for word in tree.words if word.verb or word.low == "according"}
        rest = [
            cue
            for cue in by_rule
            if unit.words[cue.start].start in verbs
            and not any(cue.span.overlaps(other.span) for other in parsed)
        ]
        return sorted([*parsed, *rest], key=lambda cue: cue.span)

    def _retold(self, unit: Unit, quote: Quote) -> None:
        """Add what a speaker says that others, by name or description, have said."""
        for span in sentences(self._text, quote.inner):
            words = tuple(tokens(self._text, span))
            inside = Unit(span, unit.paragraph, unit.kind, words, (), ())
            found = self._cues(inside, self._trees.quoted.get(span.start))
            for number, cue in enumerate(found):
                end = self._content_end(inside, found, number)
                spans = self._contents.of(inside, cue, end, ()) if cue.said is None else cue.said
                content = tuple(spans)
                others = [s for s in cue.sources if not _is_pronoun(self._text, s.via or s.span)]
                self._found += [
                    StatementFound(
                        source, (cue.span,), content, Attribution.INDIRECT, cue.addressee, _RETOLD
                    )
                    for source in others
                    if content
                ]

    def _led_in(self, unit: Unit) -> None:
        """Add “The minister was blunt: …”: a colon hands the word to the sentence's subject."""
        quote = unit.full[0]
        if not self._text[unit.span.start : quote.span.start].rstrip().endswith(":"):
            return
        sources = self._finder.leading(unit.words, len(unit.words))
        made = [
            StatementFound(s, (), (quote.inner,), Attribution.DIRECT, None, _CARRIED)
            for s in sources
        ]
        self._add(made, unit, unclosed=not quote.closed)

    def _cue_of(self, unit: Unit, quote: Quote, found: Sequence[Cue]) -> int | None:
        """Return which cue brings a quotation: the nearest that leads into or out of it."""
        best: tuple[int, int] | None = None
        for number, cue in enumerate(found):
            if cue.span.end <= quote.span.start:
                lead = self._text[cue.span.end : quote.span.start].rstrip()
                if lead and lead[-1] not in ":,—–-" and not lead.endswith(("that", "as")):
                    continue
                distance = quote.span.start - cue.span.end
            else:
                start = unit.words[cue.group].start
                if not cue.inverted:
                    start = min(
                        [
                            start,
                            *(
                                slot.via.start if slot.via else slot.span.start
                                for slot in cue.sources
                            ),
                        ]
                    )
                if start < quote.span.end:
                    start = unit.words[cue.group].start
                distance = max(0, start - quote.span.end)
                if distance > 60 or ":" in self._text[quote.span.end : cue.span.start]:
                    continue
            if best is None or distance < best[0]:
                best = (distance, number)
        return best[1] if best else None

    # --- clauses -----------------------------------------------------------------------------

    def _content_end(self, unit: Unit, found: Sequence[Cue], number: int) -> int:
        """Return where what is said ends: where another verb begins to say more, or at the stop."""
        words = unit.words
        for later in found[number + 1 :]:
            if later.shared:
                place = later.group
                while place > 0 and words[place - 1].low in {
                    "and",
                    "but",
                    ",",
                    "or",
                    "by",
                    "while",
                }:
                    place -= 1
                return place
            parting = self._parting(words, found[number].content, later.group)
            if parting is not None:
                return parting
            if later.end >= len(words) - 1:  # "…, diplomats said."
                before = [
                    p for p in range(found[number].content, later.group) if words[p].low == ","
                ]
                if before and not later.that:
                    return before[-1]
        if found[number].relative:
            for place in range(found[number].content, len(words)):
                if words[place].low == ",":
                    return place
        return len(words)

    def _parting(self, words: Sequence[Token], start: int, group: int) -> int | None:
        """Return the ", but" after which somebody else says something in the same sentence."""
        for place in range(group - 1, start + 1, -1):
            if is_auxiliary(words, place) or words[place].low == "that":
                return None
            if words[place].low in {"and", "but"} and words[place - 1].low == ",":
                return place - 1
        return None

    def _add(
        self, made: list[StatementFound], unit: Unit, *, unclosed: bool = False, speaks: bool = True
    ) -> None:
        if not made:
            return
        numbers = tuple(range(len(self._found), len(self._found) + len(made)))
        self._found += made
        if speaks or self._last is None or self._last.paragraph != unit.paragraph:
            self._last = _Last(numbers, unit.paragraph, unclosed)


def _inserted(words: Sequence[Token], cue: Cue) -> bool:
    """Tell "…, he added, …": commas on both sides, which parsers make little of."""
    start = min(slot.via.start if slot.via else slot.span.start for slot in cue.sources)
    first = next((n for n, word in enumerate(words) if word.start >= start), cue.group)
    return (
        0 < first <= cue.group
        and words[first - 1].low == ","
        and cue.end < len(words)
        and words[cue.end].low == ","
    )


def _apart(cue: Cue) -> list[Span]:
    return list(cue.said or ())


def _with_quote(kind: Attribution) -> Attribution:
    return kind if kind is Attribution.DIRECT else Attribution.MIXED


def _doubt(text: str, source: Slot, score: float) -> float:
    """A pronoun nobody was found for is a weak source."""
    return _DOUBTFUL if source.mention is None and _is_pronoun(text, source.span) else score


def _is_pronoun(text: str, span: Span) -> bool:
    return span.of(text).lower() in PRONOUNS


def _reading_order(said: StatementFound) -> tuple[int, int]:
    places = [span.start for span in (*said.cue, *said.content)]
    return min(places), said.source.span.start
