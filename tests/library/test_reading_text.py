"""A text file comes in as it is, with one kind of line ending; what is none is refused by name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library.readers.incoming import ReadError
from desktop.library.readers.text import incoming, read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Bericht ß 100%.txt"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"One\r\nTwo\rThree\n", "One\nTwo\nThree\n"),
        ("\ufeffTitle\n".encode(), "Title\n"),
        ("Grüße – “so”".encode(), "Grüße – “so”"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("a\u2028b\u00a0c\u0085d\tx  \n\n".encode(), "a\u2028b\u00a0c\u0085d\tx  \n\n"),
        ("👩‍👩‍👧 e\u0301 שלום".encode(), "👩‍👩‍👧 e\u0301 שלום"),
        (b"  \n " + b"x", "  \n x"),
    ],
)
def test_nothing_but_line_endings_is_changed(file, raw, text):
    file.write_bytes(raw)
    assert read(file).text == text


def test_an_older_encoding_is_recognised(file):
    sentence = "Der Bürgermeister von Görlitz möchte die Brücke über die Neiße schließen. "
    file.write_bytes((sentence * 20).encode("cp1252"))
    assert read(file).text == sentence * 20


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "no text"),
        (b" \n\t\n", "no text"),
        (b"First\nSecond\n\x00\x01\x02", ":3: this is not a text file"),
        (b"\xff\xfea", "broken UTF-16"),
    ],
)
def test_what_is_no_article_is_refused_with_its_name(file, raw, why):
    file.write_bytes(raw)
    with pytest.raises(ReadError, match=why) as refused:
        read(file)
    assert str(refused.value).startswith(str(file))


def test_a_missing_file_and_a_folder_are_refused(file, tmp_path):
    for path in (file, tmp_path):
        with pytest.raises(ReadError, match=str(path.name)):
            read(path)


def test_a_file_without_an_end_is_refused(tmp_path):
    endless = tmp_path / "endless.txt"
    endless.symlink_to("/dev/zero")
    with pytest.raises(ReadError, match="too large for one article"):
        read(endless)


def test_half_a_character_is_refused_with_its_line():
    with pytest.raises(ReadError, match="the clipboard:2: half a character"):
        incoming("Title\n\ud83d", "the clipboard")


def test_the_first_line_is_the_title(file):
    file.write_text("\n\n  Ferry pact: no change  \nBy Ann Author\n", encoding="utf-8")
    assert read(file).meta.title == "Ferry pact: no change"


def test_a_very_long_first_line_is_cut_in_the_title_alone():
    article = incoming("word " * 100, "The clipboard")
    assert len(article.meta.title or "") <= 200
    assert article.text == "word " * 100


def test_a_nul_is_no_text():
    with pytest.raises(ReadError, match="the clipboard: line 2 of its text holds a NUL"):
        incoming("Title\n\0", "the clipboard")


@given(st.text(st.characters(exclude_characters="\0\r", codec="utf-8")).filter(str.strip))
def test_pasted_text_is_kept_to_the_code_point(text):
    assert incoming(text, "The clipboard").text == text
