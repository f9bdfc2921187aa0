"""A PDF comes in as flowing text: paragraphs joined, words mended, page furniture left out."""

from pathlib import Path

import pytest

from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.pdf_lines import Line, flowing
from desktop.library.readers.reading import read

FILES = Path("tests/data/import")
PARAGRAPHS = [
    "The board of the Skerry Harbour Trust voted by five to three on Tuesday to keep the night "
    "ferry to Northwall for another four years, against the advice of its own chief executive, "
    "Alasdair Flett.",
    "“The boat is a lifeline and it will go on sailing,” the chair, Ingrid Halcrow, told a packed "
    "hall in Kirkhope. Mr Flett had warned that the service loses £1.2m a year and called the "
    "decision “a cheque that nobody has signed”.",
]


def the_one(path: Path) -> Incoming:
    (article,) = read(path)
    assert isinstance(article, Incoming)
    return article


def test_columns_and_pages_of_a_newspaper_flow_on():
    """Justified in two columns on two pages, with broken words, a running head and page numbers."""
    article = the_one(FILES / "newspaper.pdf")
    lines = article.text.split("\n")
    assert lines[:3] == ["Harbour board votes to keep the night ferry", *PARAGRAPHS]
    assert len(lines) == 1 + 3 * 6  # the same six paragraphs, three times
    assert lines[1:7] == lines[7:13] == lines[13:]
    assert "the Scottish government now had" in article.text  # "gov-" ends a line
    assert "the well-known losses" in article.text
    assert "Page" not in article.text
    assert "Wednesday 4 March" not in article.text
    assert article.meta.title == "Harbour board votes to keep the night ferry"  # not "Untitled"


def test_what_a_browser_printed_round_a_page_is_left_out():
    article = the_one(FILES / "night_ferry.pdf")
    assert "1/1" not in article.text
    assert article.text.count("The Skerry Courier") == 1  # at the foot of the page itself
    assert PARAGRAPHS[0] in article.text.split("\n")
    assert PARAGRAPHS[1] in article.text.split("\n")
    assert article.meta.url == "http://skerrycourier.example/news/night-ferry.html"


def test_a_scan_is_refused_in_plain_words():
    with pytest.raises(ReadError, match=r"scan\.pdf: its pages are pictures without text"):
        list(read(FILES / "scan.pdf"))


def test_a_password_is_asked_for_by_name():
    with pytest.raises(ReadError, match=r"password\.pdf: it has a password; save it without"):
        list(read(FILES / "password.pdf"))


def test_half_a_pdf_is_refused(tmp_path):
    half = tmp_path / "half.pdf"
    half.write_bytes((FILES / "scan.pdf").read_bytes()[:300])
    with pytest.raises(ReadError, match=r"half\.pdf: the file is damaged"):
        list(read(half))


def column(*texts: str, broken: frozenset[int] = frozenset()) -> list[Line]:
    return [
        Line(text, 50, 50 + 5 * len(text), 700 - 12 * number, 10, number in broken)
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["We examine the respon", "sibility of all."], "We examine the responsibility of all."),
        (["It was a well", "known case, well-known."], "It was a well-known case, well-known."),
        (["He praised Anglo", "French ties."], "He praised Anglo-French ties."),
        (["Between 2024", "2026 it fell."], "Between 2024-2026 it fell."),
    ],
)
def test_a_broken_word_is_mended_as_the_paper_writes_it(lines, text):
    assert flowing([column(*lines, broken=frozenset({0}))]) == text


def test_a_hyphen_that_stands_in_the_line_is_treated_alike():
    assert flowing([column("We examine the respon-", "sibility of all.")]) == (
        "We examine the responsibility of all."
    )


def test_chinese_lines_are_joined_without_a_space():
    assert flowing([column("港务局决定保留", "夜间渡轮。")]) == "港务局决定保留夜间渡轮。"
