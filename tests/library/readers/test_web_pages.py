"""A page comes in as its article: headline first, no menus, no scripts, and nothing is fetched."""

from pathlib import Path

import pytest

from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.reading import read

SOURCES = Path("tests/data/import/sources")
STORY = " ".join(
    f"The harbour board met on day {day} and voted, the chair said." for day in range(9)
)


def the_one(path: Path) -> Incoming:
    (article,) = read(path)
    assert isinstance(article, Incoming)
    return article


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def test_a_page_is_its_article_and_what_it_tells_of_itself():
    article = the_one(SOURCES / "night_ferry.html")
    lines = article.text.split("\n")
    assert lines[0] == "Harbour board votes to keep the night ferry"
    assert lines[1].startswith("The board of the Skerry Harbour Trust voted by five to three")
    assert lines[-1].endswith("move their business to the mainland.")
    for beside in ("Letters", "Most read", "Cookies", "do not read this aloud"):
        assert beside not in article.text
    meta = article.meta
    assert meta.title == "Harbour board votes to keep the night ferry"
    assert meta.publication == "The Skerry Courier"
    assert meta.author == "Morag Linklater"
    assert meta.url == "https://skerrycourier.example/news/night-ferry"
    assert (meta.published, meta.language) == ("2026-03-04T06:30:00Z", "en-GB")
    assert not article.doubts


def test_the_headline_is_not_said_twice(page):
    page.write_text(f"<title>Ferry kept</title><h1>Ferry kept</h1><p>{STORY}</p>", "utf-8")
    assert the_one(page).text.count("Ferry kept") == 1


def test_a_headline_only_in_the_pages_head_becomes_the_first_line(page):
    page.write_text(f"<title>Ferry kept</title><body><p>{STORY}</p></body>", "utf-8")
    assert the_one(page).text.split("\n")[0] == "Ferry kept"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("utf-8", "utf-8"),
        ("windows-1251", "cp1251"),
        ("nonsense", "utf-8"),
    ],
)
def test_the_encoding_a_page_declares_counts(page, declared, encoding):
    words = "Переговоры" if encoding == "cp1251" else "Grüße – “so”"
    html = f'<html><meta charset="{declared}"><p>{words}: {STORY}</p></html>'
    page.write_bytes(html.encode(encoding))
    assert words in the_one(page).text


def test_a_page_a_browser_saved_knows_its_address(page):
    page.write_text(
        "<!DOCTYPE html>\n<!-- saved from url=(0036)https://courier.example/ferry -->\n"
        f"<html><p>{STORY}</p></html>"
    )
    assert the_one(page).meta.url == "https://courier.example/ferry"


def test_linked_data_tells_the_time_of_day(page):
    page.write_text(
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
        '"datePublished": "2026-03-04T18:05:00+02:00"}]}</script>' + f"<p>{STORY}</p>"
    )
    assert the_one(page).meta.published == "2026-03-04T18:05:00+02:00"


def test_a_page_too_large_to_look_through_comes_in_whole_with_a_doubt(page):
    page.write_text("<html><nav>Sport</nav>" + "<p>The board <i>voted</i>.</p>" * 8000)
    article = the_one(page)
    assert article.text.split("\n")[:2] == ["Sport", "The board voted."]
    assert "all of it came in" in article.doubts[0]


def test_a_page_without_a_word_is_refused(page):
    page.write_text("<html><body><script>start()</script><div id=app></div></body></html>")
    with pytest.raises(ReadError, match=r"page\.html.*it may need a browser"):
        list(read(page))


def test_what_an_office_program_saved_is_all_text_but_its_page_furniture(tmp_path):
    path = tmp_path / "vote.html"
    path.write_text(
        "<html><head><title>Untitled</title>"
        '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/></head><body>'
        '<div title="header"><p>The Skerry Courier, page 3</p></div>'
        "<p><font><b>Harbour\nboard votes</b></font></p><p>“<font>The boat is a\n\tlifeline,” "
        "said the chair.</font></p><table><tr><td>For</td><td>5</td></tr></table></body></html>",
        "utf-8",
    )
    (article,) = read(path)
    assert isinstance(article, Incoming)
    assert article.text == "Harbour board votes\n“The boat is a lifeline,” said the chair.\nFor\t5"
    assert (article.meta.title, article.doubts) == ("Harbour board votes", ())
