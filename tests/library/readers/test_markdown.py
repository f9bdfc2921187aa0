"""Markdown comes in with its marks; its front matter is what is known of it."""

import pytest

from desktop.library.readers.incoming import Incoming
from desktop.library.readers.reading import read


def the_one(path, text: str) -> Incoming:
    path.write_text(text, encoding="utf-8")
    (article,) = read(path)
    assert isinstance(article, Incoming)
    return article


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ferry.md"


def test_marks_stay_and_the_heading_is_the_title(file):
    text = "# Ferry *kept*\n\nThe board **voted**, see [here](https://a.example).\n\n- one\n"
    article = the_one(file, text)
    assert (article.text, article.meta.title) == (text, "Ferry *kept*")


def test_front_matter_is_metadata(file):
    article = the_one(
        file,
        "---\ntitle: Ferry kept\nauthors: [Ann Author, Bo Writer]\ndate: 2026-03-04\n"
        "source: The Courier\nlang: en\nurl: https://a.example/1\ndraft: false\n---\n\n"
        "The board voted.\n",
    )
    assert article.text == "Ferry kept\nThe board voted.\n"
    meta = article.meta
    assert (meta.title, meta.author) == ("Ferry kept", "Ann Author, Bo Writer")
    assert (meta.published, meta.publication) == ("2026-03-04", "The Courier")
    assert (meta.language, meta.url) == ("en", "https://a.example/1")


def test_front_matter_in_toml(file):
    article = the_one(
        file, '+++\ntitle = "Ferry"\ndate = 2026-03-04T10:00:00Z\n+++\n# Ferry\n\nIt sails.'
    )
    assert article.text == "# Ferry\n\nIt sails."
    assert article.meta.published == "2026-03-04T10:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule, then text.\n\n---\n\nMore.",
        "---\n: [\n---\nThe board voted.\n",
        "---\nno end",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(file, text):
    assert the_one(file, text).text == text
