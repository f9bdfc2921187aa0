"""Sentences as the parser reads them: words with their lemmas, tags and heads.

Tags are the Penn Treebank's, relations those of Universal Dependencies. What is quoted as a
sentence of its own is read apart from the sentence that brings it, so that neither confuses the
other. All positions are code points of the article, half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from db.values import Span
from desktop.suggest.text.reading import Reading
from desktop.suggest.text.words import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

T = TypeVar("T")
STEP = "reader"
"""What reads syntax, in the bundled pipeline."""
_FACTORY = "standfirst_reader"
_AT_ONCE = 64  # stretches
_LONGEST = 1_500  # code points of a sentence that gets a tree: some 250 words


@dataclass(slots=True)
class Word:
    """A token; ``head`` is the number of the word it hangs on, its own for a root.

    ``children`` are the numbers of those that hang on it, in order.
    """

    number: int
    start: int
    end: int
    low: str
    lemma: str
    tag: str
    dep: str
    head: int
    children: list[int] = field(default_factory=list[int])

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)

    @property
    def verb(self) -> bool:
        """Tell a verb, modal verbs included."""
        return self.tag.startswith("V") or self.tag == "MD"

    @property
    def noun(self) -> bool:
        """Tell a noun or a name."""
        return self.tag.startswith("NN")


@dataclass(frozen=True, slots=True)
class Tree:
    """One stretch of text, parsed."""

    words: list[Word]

    def at(self, start: int) -> Word | None:
        """Return the word that begins at a code point."""
        number = bisect_left(self.words, start, key=lambda word: word.start)
        found = self.words[number] if number < len(self.words) else None
        return found if found is not None and found.start == start else None

    def children(self, word: Word, *deps: str) -> list[Word]:
        """Return the words that hang on one by one of some relations, subtypes included."""
        return [
            self.words[child]
            for child in word.children
            if not deps
            or self.words[child].dep.split(":")[0] in deps
            or self.words[child].dep in deps
        ]

    def child(self, word: Word, *deps: str) -> Word | None:
        """Return the first of :meth:`children`."""
        found = self.children(word, *deps)
        return found[0] if found else None

    def head(self, word: Word) -> Word:
        """Return what a word hangs on; a root hangs on itself."""
        return self.words[word.head]

    def under(self, word: Word, without: frozenset[int] = frozenset()) -> list[Word]:
        """Return a word and all below it, in order, but no branch that begins in ``without``."""
        found: list[int] = []
        waiting = [word.number]
        while waiting:
            number = waiting.pop()
            found.append(number)
            waiting += [child for child in self.words[number].children if child not in without]
        return [self.words[number] for number in sorted(found)]


def has_reader(nlp: Language) -> bool:
    """Tell a pipeline with our own reader from one that has another step of that name, or none."""
    return STEP in nlp.component_names and nlp.get_pipe_meta(STEP).factory == _FACTORY


def parse(
    nlp: Language, text: str, stretches: Sequence[Sequence[Span]]
) -> Generator[None, None, list[Tree]]:
    """Return the tree of each stretch; between some and some it yields.

    Args:
        nlp: the bundled pipeline.
        text: the article.
        stretches: each a sentence, given as the spans that are read as if nothing stood between.
    """
    found: list[Tree] = []
    for first in range(0, len(stretches), _AT_ONCE):
        # the strings of an article are forgotten with it
        with nlp.memory_zone():  # pyright: ignore[reportUnknownMemberType]
            some = stretches[first : first + _AT_ONCE]
            docs = [_doc(nlp, text, spans) for spans in some]
            step: Any = nlp.get_pipe(STEP)
            read = zip(step.pipe(docs), some, strict=True)
            found += [_tree(doc, spans) for doc, spans in read]
        yield
    return found


def _doc(nlp: Language, text: str, spans: Sequence[Span]) -> Doc:
    doc = nlp.make_doc(" ".join(span.of(text) for span in spans))
    for token in doc[1:]:
        token.is_sent_start = False  # our own sentences know abbreviations and quotations
    return doc


def _tree(doc: Doc, spans: Sequence[Span]) -> Tree:
    starts: list[int] = []  # of each span, in the text that was parsed
    length = 0
    for span in spans:
        starts.append(length)
        length += span.end - span.start + 1

    def place(offset: int, end: bool) -> int:
        number = bisect_right(starts, offset - end) - 1
        return spans[number].start + offset - starts[number]

    words = [
        Word(
            number=token.i,
            start=place(token.idx, end=False),
            end=place(token.idx + len(token), end=True),
            low=token.lower_.replace("’", "'"),
            lemma=token.lemma_.lower(),
            tag=token.tag_,
            dep=token.dep_,
            head=token.head.i,
        )
        for token in doc
    ]
    for word in words:
        if word.head != word.number:
            words[word.head].children.append(word.number)
    return Tree(words)


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees of an article's sentences and of those quoted in it, by where each begins."""

    outside: dict[int, Tree]
    quoted: dict[int, Tree]


NO_TREES = Trees({}, {})


def read_trees(nlp: Language, reading: Reading) -> Trees:
    """Parse the sentences of an article, and those quoted in them apart."""
    return finished(tree_steps(nlp, reading))


def finished(work: Generator[None, None, T]) -> T:
    """Return what a work in steps comes to, without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


def tree_steps(nlp: Language, reading: Reading) -> Generator[None, None, Trees]:
    """Return what :func:`read_trees` does, and yield between some sentences and some."""
    outside: dict[int, list[Span]] = {}
    quoted: dict[int, list[Span]] = {}
    for unit in reading.units:
        if unit.words:
            quotes = [quote.span for quote in unit.full]
            start = min(unit.words[0].start, *(quote.start for quote in quotes), unit.span.end)
            outside[unit.span.start] = _around(Span(start, unit.span.end), quotes)
        for quote in unit.full:
            for span in sentences(reading.text, quote.inner):
                quoted[span.start] = [span]
    outside, quoted = _of_a_length(outside), _of_a_length(quoted)
    trees = yield from parse(nlp, reading.text, [*outside.values(), *quoted.values()])
    return Trees(
        dict(zip(outside, trees[: len(outside)], strict=True)),
        dict(zip(quoted, trees[len(outside) :], strict=True)),
    )


def _of_a_length(stretches: dict[int, list[Span]]) -> dict[int, list[Span]]:
    """Leave out what is no sentence: a transcript without full stops would take all memory."""
    return {
        start: spans
        for start, spans in stretches.items()
        if sum(span.end - span.start for span in spans) <= _LONGEST
    }


def _around(whole: Span, holes: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    start = whole.start
    for hole in holes:
        found.append(Span(start, hole.start))
        start = hole.end
    found.append(Span(start, whole.end))
    return [span for span in found if span.start < span.end]
