"""Rich Text: what the document says, and nothing of how it looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.library.readers import rtf
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.reading import read

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}}"


def said(tmp_path: Path, body: str, head: str = r"\rtf1\ansi\ansicpg1252") -> list[str]:
    path = tmp_path / "letter.rtf"
    path.write_bytes(f"{{{head}{FONTS}{body}}}".encode("latin-1"))
    return [line for line in rtf.paragraphs(path) if line]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (r"\pard One\par Two\line Three\par", ["One", "Two", "Three"]),
        (r"\'93Caf\'e9\'94 \endash  \{5\}\~\'80\par", ["“Café” – {5}\N{NO-BREAK SPACE}€"]),
        (r"\uc1 na\u239?ve {\uc2\u8364\'80\'80}5 \u-10179?\u-8538?", ["naïve €5 🚦"]),
        (r"{\f1 \'cf\'f0\'e8}vet", ["Приvet"]),
        (r"{\*\generator Word;}{\header Page 1}{\pict\bin4 {{{{}Text", ["Text"]),
        (
            r'{\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt{\ul the mayor}}} said',
            ["the mayor said"],
        ),
        (
            r"\trowd\pard\intbl HD\cell\pard\intbl One\par Two\cell\row\pard On",
            ["HD\tOne", "Two", "On"],
        ),
        ("\\pard Broken\r\n over lines", ["Broken over lines"]),
    ],
    ids=["lines", "signs", "unicode", "font", "apart", "link", "table", "line ends"],
)
def test_the_text_is_read_as_it_is_shown(tmp_path: Path, body: str, lines: list[str]):
    assert said(tmp_path, body) == lines


def test_a_file_is_one_article_under_its_first_line(tmp_path: Path):
    path = tmp_path / "letter.rtf"
    path.write_bytes(rb"{\rtf1\ansi Toll goes\par\par It went.\par}")
    (one,) = read(path)
    assert isinstance(one, Incoming)
    assert (one.text, one.meta.title, one.place) == (
        "Toll goes\n\nIt went.",
        "Toll goes",
        "letter.rtf",
    )


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"Dear Ada", "this is no RTF file"),
        (rb"{\rtf1 " + b"{" * 2000, "nested too deeply"),
        (rb"{\rtf1 " + b"{}" * 2_600_000, "too much mark-up"),
        (rb"{\rtf1\ansi \par}", "there is no text in it"),
        (rb"{\rtf1 " + b"x" * rtf.LARGEST, "16 MB is too large"),
    ],
    ids=["another kind", "deep", "endless", "empty", "large"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, raw: bytes, told: str):
    path = tmp_path / "letter.rtf"
    path.write_bytes(raw)
    with pytest.raises(ReadError, match=told):
        list(rtf.read(path))
