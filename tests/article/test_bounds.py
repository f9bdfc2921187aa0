"""Characters, words and sentences, and edges that move by them: in any script, at any end."""

from __future__ import annotations

import pytest

from db.values import Span
from desktop.article.bounds import Bounds, Edge, Unit

START, END = Edge.START, Edge.END
CHARACTER, WORD, SENTENCE = Unit.CHARACTER, Unit.WORD, Unit.SENTENCE

NEWS = "The U.S. left. “Was it fair?” Lind asked (twice). Nobody knew…"
HEBREW = "ראש הממשלה אמר: “לא”. היא הסכימה."
CHINESE = "王毅说：“好的。”然后离开了。"
EMOJI = "Vote 👩‍👩‍👧 now! 👍🏽 Done."


def on(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "edge", "unit", "step", "moved"),
    [
        # Punctuation is never grabbed, what belongs to a name is.
        (NEWS, "U.S.", END, WORD, 1, "U.S. left"),
        (NEWS, "U.S. left", END, WORD, -1, "U.S."),
        (NEWS, "fair", END, WORD, 1, "fair?” Lind"),
        (NEWS, "asked (twice", END, WORD, 1, "asked (twice)"),
        (NEWS, "twice", END, WORD, 1, "twice). Nobody"),
        (NEWS, "Lind", START, SENTENCE, -1, "Was it fair?” Lind"),
        (NEWS, "Lind", END, SENTENCE, 1, "Lind asked (twice)"),
        (NEWS, "Was it", END, SENTENCE, 1, "Was it fair"),
        # At the ends of the text there is nowhere to go.
        (NEWS, "The", START, CHARACTER, -1, "The"),
        (NEWS, "The", START, SENTENCE, -1, "The"),
        (NEWS, "knew", END, WORD, 1, "knew"),
        (NEWS, "knew", END, SENTENCE, 1, "knew"),
        # Nor inwards beyond the last letter.
        (NEWS, "Lind", END, WORD, -1, "Lind"),
        (NEWS, "Lind", START, SENTENCE, 1, "Lind"),
        # From right to left, “earlier” is still earlier in the text.
        (HEBREW, "הממשלה", START, WORD, -1, "ראש הממשלה"),
        (HEBREW, "הממשלה", END, WORD, 1, "הממשלה אמר"),
        (HEBREW, "אמר", END, SENTENCE, 1, "אמר: “לא"),
        (HEBREW, "הסכימה", END, WORD, 1, "הסכימה"),
        # Without spaces between words.
        (CHINESE, "王", END, CHARACTER, 1, "王毅"),
        (CHINESE, "王毅", END, SENTENCE, 1, "王毅说：“好的"),
        (CHINESE, "离开", END, SENTENCE, 1, "离开了"),
        # A family of emoji is one character, and so is a thumb with its colour.
        (EMOJI, "Vote", END, CHARACTER, 1, "Vote 👩‍👩‍👧"),
        (EMOJI, "Vote 👩‍👩‍👧", END, CHARACTER, -1, "Vote"),
        (EMOJI, "Done", START, CHARACTER, -1, "👍🏽 Done"),
        (EMOJI, "now", END, SENTENCE, 1, "now! 👍🏽 Done"),
    ],
)
def test_an_edge_moves_by_a_unit(text, words, edge, unit, step, moved):
    span = Bounds(text).move(on(text, words), edge, unit, step)
    assert span.of(text) == moved


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        (NEWS, 0, "The U.S. left."),
        (NEWS, len(NEWS), "Nobody knew…"),
        (HEBREW, 0, "ראש הממשלה אמר: “לא”."),
        (CHINESE, len(CHINESE), "然后离开了。"),
        (EMOJI, 6, "Vote 👩‍👩‍👧 now!"),
    ],
)
def test_the_sentence_at_the_caret(text, at, sentence):
    found = Bounds(text).around(at, SENTENCE)
    assert found is not None
    assert found.of(text) == sentence


def test_evidence_keeps_its_marks_but_never_goes_only_over_those():
    text = "“Was it fair?” Lind asked. Nobody knew."
    span = Bounds(text).move(on(text, "Was it fair?"), END, SENTENCE, 1, marks=True)
    assert span.of(text) == "Was it fair?” Lind asked."


def test_a_text_of_nothing_has_no_bounds():
    assert Bounds("").around(0, WORD) is None
    assert Bounds(" \n ").around(1, SENTENCE) is None
