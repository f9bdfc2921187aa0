"""Code points and Qt positions, on a real document."""

import sys

from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.article.offsets import _RARE, _SUBSTITUTES, Offsets, is_endless, paragraphs

TROUBLE = [
    "👍", "👩‍👩‍👧‍👦", "🇫🇷", "e\u0301", "n\u0303\u0323", "\u00a0", "\u2028", "\u2029", "\r", "\r\n",
    "\n", "\n\n", "\t", "\0", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u200d", "\ufeff", "\ufffc",
    "\ufdd0", "\ufdd1", "\ufffe", "עברית", "العربية", "\u202e", "\u2066", "𝔖𝔱𝔞𝔫𝔡", "中文", " ",
    "Mr Smith said",
]  # fmt: skip
texts = st.lists(st.sampled_from(TROUBLE) | st.characters(codec="utf-8"), max_size=40).map("".join)


def for_display(text: str) -> str:
    return "\n".join(paragraphs(text))


def document(text: str) -> QTextDocument:
    doc = QTextDocument()
    doc.setUndoRedoEnabled(False)
    QTextCursor(doc).insertText(for_display(text))
    return doc


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
@example("".join(TROUBLE))
@example("a\r\nb\rc\u2029d")
def test_a_document_is_as_long_as_its_text(text: str):
    assert utf16(for_display(text)) == utf16(text)
    # A document holds one closing paragraph mark beyond its text.
    assert document(text).characterCount() == utf16(text) + 1


def test_whatever_has_a_substitute_is_looked_for():
    looked_for = {code for code in range(sys.maxunicode + 1) if _RARE.match(chr(code))}
    assert looked_for == set(_SUBSTITUTES)


@given(texts)
@example("👍 Mr Smith")
def test_every_offset_goes_to_qt_and_back(text: str):
    offsets = Offsets(text)
    for code_point in range(len(text) + 1):
        position = offsets.to_qt(code_point)
        assert position == utf16(text[:code_point])
        assert offsets.to_code_point(position) == code_point


@given(texts)
def test_a_position_inside_a_surrogate_pair_belongs_to_its_character(text: str):
    offsets = Offsets(text)
    for code_point, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert offsets.to_code_point(offsets.to_qt(code_point) + 1) == code_point


@given(texts, st.data())
def test_the_word_selected_on_screen_is_the_word_in_the_text(text: str, data: st.DataObject):
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + "Lindqvist" + text[at:]
    doc = document(text)
    offsets, cursor = Offsets(text), QTextCursor(doc)
    cursor.setPosition(offsets.to_qt(at))
    cursor.setPosition(offsets.to_qt(at + 9), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "Lindqvist"


@given(texts)
def test_letters_marks_and_spaces_are_shown_as_they_are(text: str):
    kept = [c for c in text if c.isprintable() and c != "\ufffc"]
    shown = for_display(text)
    assert [shown[i] for i, c in enumerate(text) if c.isprintable() and c != "\ufffc"] == kept


def test_a_lone_surrogate_does_not_shift_what_follows():
    text = "\ud83d and \udc4d Lindqvist"
    assert len(for_display(text)) == len(text)
    assert document(text).characterCount() == len(text) + 1


def test_a_paragraph_of_fifty_thousand_words_is_shown_in_pieces_of_whole_sentences():
    text = "The council met again on Thursday. " * 8_500
    doc = document(text)
    assert doc.characterCount() == len(text) + 1
    lengths = [doc.findBlockByNumber(n).length() for n in range(doc.blockCount())]
    assert max(lengths) <= 2_001
    assert for_display(text).replace("\n", " ") == text
    assert all(piece.endswith(".") for piece in paragraphs(text.strip()))


@given(st.text(alphabet="ab .👍", min_size=1, max_size=300), st.integers(3_000, 9_000))
def test_breaking_a_long_paragraph_only_ever_replaces_spaces(piece: str, length: int):
    text = (piece * length)[:length]
    for was, now in zip(text, for_display(text), strict=True):
        assert now == was or (was, now) == (" ", "\n")


def test_a_long_line_without_a_space_stays_whole():
    text = "x" * 40_000
    assert for_display(text) == text


@given(st.integers(4_990, 5_010), st.integers(0, 11_000), st.sampled_from(["", " and more", "é"]))
@example(5_000, 0, "")
@example(5_000, 10_000, " ")
@example(4_999, 5_001, " ")
def test_a_word_of_five_thousand_letters_is_found_wherever_it_lies(
    length: int, before: int, after: str
):
    assert is_endless(" " * before + "x" * length + after) is (length >= 5_000)
