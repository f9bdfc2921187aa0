"""Whatever tree a parser makes of a sentence, nothing breaks on it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from searching import examples

from db.values import Span, Zone, ZoneKind
from desktop.suggest.stances.stance import find_stances
from desktop.suggest.stances.things import things
from desktop.suggest.statements.attribution import attribute
from desktop.suggest.text.reading import read
from desktop.suggest.text.syntax import Tree, Trees, Word
from desktop.suggest.text.words import tokens

TEXT = "The union told Mr Lee, who had threatened to quit, that it rejected calls for a ban."
DEPS = [
    *("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "ccomp", "xcomp", "parataxis", "conj"),
    *("advcl", "acl", "acl:relcl", "appos", "flat", "nmod", "nmod:poss", "case", "mark", "det"),
    *("punct", "cop", "aux", "iobj", "dep"),
]
TAGS = ["NN", "NNS", "NNP", "PRP", "VBD", "VB", "VBG", "MD", "IN", "DT", "JJ", "TO", ",", "WP"]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any tree over the words of the text."""
    read_as = tokens(TEXT, Span(0, len(TEXT)))
    order = draw(st.permutations(range(len(read_as))))
    words: list[Word] = []
    for number, token in enumerate(read_as):
        rank = order.index(number)
        head = number if rank == 0 else order[draw(st.integers(0, rank - 1))]
        dep = "ROOT" if rank == 0 else draw(st.sampled_from(DEPS))
        tag = draw(st.sampled_from(TAGS))
        words.append(Word(number, token.start, token.end, token.low, token.low, tag, dep, head))
    for word in words:
        if word.head != word.number:
            words[word.head].children.append(word.number)
    return Tree(words)


@given(trees())
@settings(max_examples=examples(300))
def test_any_tree_gives_statements_and_stances_within_the_text(tree: Tree):
    zones = [Zone(0, len(TEXT), ZoneKind.BODY)]
    reading = read(TEXT, zones, [])
    parsed = Trees({0: tree}, {})
    said = attribute(reading, parsed)
    found = find_stances(TEXT, zones, [], said, parsed)
    spans = [span for one in said for span in (*one.cue, *one.content, one.source.span)]
    spans += [span for one in found for span in (one.holder.span, one.target.span, *one.cue)]
    spans += list(things(tree))
    assert all(0 <= span.start < span.end <= len(TEXT) for span in spans)
