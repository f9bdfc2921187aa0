"""Feeds and sitemaps made to harm, or gone wrong: what is sound comes in, the rest is named."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import read

ITEM = "<item><title>{}</title><description>{}</description><pubDate>{}</pubDate></item>"
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghijkl"))


def feed(items: str, declared: str = "UTF-8", types: str = "") -> str:
    head = f'<?xml version="1.0" encoding="{declared}"?>{types}'
    return f'{head}<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'


@pytest.fixture
def rss(tmp_path: Path) -> Path:
    return tmp_path / "courier.rss"


def written(path: Path, text: str | bytes) -> list[Incoming | Refused]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read(path))


def texts(path: Path, text: str | bytes) -> list[str]:
    return [one.text for one in written(path, text) if isinstance(one, Incoming)]


@pytest.mark.parametrize(
    "types",
    [
        f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>',
        f'<!DOCTYPE x [<!ENTITY l "{"a" * 50_000}">]>',
        '<!DOCTYPE x [<!ENTITY l SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
    ],
)
def test_entities_neither_swell_nor_read_files(rss, types):
    (text, *_) = texts(rss, feed(ITEM.format("Vote", "The board" + "&l;" * 5000, ""), types=types))
    assert len(text) < 100_000
    assert "root:" not in text


@pytest.mark.parametrize("types", ["", f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>'])
def test_a_sitemap_s_entities_are_not_looked_up(tmp_path, types):
    path = tmp_path / "map.xml.gz"
    raw = f"{types}<urlset><url><title>Vote &l; now</title></url></urlset>".encode()
    try:
        found = texts(path, gzip.compress(raw))
    except ReadError as error:
        assert str(path) in str(error)
    else:
        assert all(len(text) < 100 for text in found)


@pytest.mark.parametrize(
    ("declared", "used"),
    [("iso-8859-1", "utf-8"), ("utf-8", "latin-1"), ("utf-16", "utf-16"), ("utf-16", "utf-16-le"),
     ("no-such", "utf-8"), ("windows-1251", "cp1251")],
)  # fmt: skip
def test_a_feed_in_another_encoding_than_it_says(rss, declared, used):
    words = "Паром" if used == "cp1251" else "Fähre – Grüße" if used != "latin-1" else "Fähre"
    assert texts(rss, feed(ITEM.format(words, "OK", ""), declared).encode(used)) == [f"{words}\nOK"]


def test_ampersands_nobody_escaped_stay_what_they_are(rss):
    items = ITEM.format("Fish & chips", "AT&T & more&nbsp;of it", "")
    assert texts(rss, feed(items)) == ["Fish & chips\nAT&T & more\u00a0of it"]


@pytest.mark.parametrize(
    "xml",
    [
        feed(ITEM.format("Vote", "<a>" * 200_000, "")),
        feed("<item " + " ".join(f'a{n}="x"' for n in range(30_000)) + "></item>"),
        feed("").replace("<rss", "<rss " + " ".join(f'xmlns:a{n}="x"' for n in range(20_000))),
        "<rss><channel><item><title>" + "<" * 400_000,
        "<rss><channel><item><title>" + "<![CDATA[" * 40_000,
        "<rss>" + "<!-- " * 90_000,
    ],
)
def test_feeds_made_to_hang_do_not(rss, xml):
    try:
        assert texts(rss, xml) == []
    except ReadError as error:
        assert str(rss) in str(error)


def test_what_is_no_text_in_a_feed_is_left_out(tmp_path):
    entry = '<entry><title>Map</title><content type="image/png">iVBORw0KGgo=</content></entry>'
    (refused,) = written(
        tmp_path / "feed.atom", f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    )
    assert refused == Refused("feed.atom, entry 1", "there is no text in it, only a link")


@pytest.mark.parametrize(
    ("written_as", "known"),
    [
        ("Wed, 04 Mar 2026 06:30:00 GMT", "2026-03-04T06:30:00Z"),
        ("Wed, 04 Mar 2026 06:30:00 EST", "2026-03-04T06:30:00-05:00"),
        ("Wed, 4 Mar 26 06:30 +0100", "2026-03-04T06:30:00+01:00"),
        ("Thursday, 04 March 2026 06:30:00 GMT", "2026-03-04T06:30:00Z"),
        ("2026-03-04T06:30:00.123456789+01:00", "2026-03-04T06:30:00.123456+01:00"),
        ("2026-03-04 06:30:00", "2026-03-04T06:30:00"),
        ("mercredi 4 mars 2026", "2026-03-04"),
        ("Mar 4, 2026 6:30 PM", "2026-03-04T18:30"),
        ("20260304", "2026-03-04"),
        ("2026-03", "2026-03"),
        ("", None),
        ("Wed, 31 Feb 2026 06:30:00 GMT", None),
        ("0000-00-00T00:00:00", None),
        ("yesterday", None),
        ("4" * 5000, None),
    ],
)
def test_dates_as_feeds_write_them(rss, written_as, known):
    (article,) = written(rss, feed(ITEM.format("Vote", "The board voted.", written_as)))
    assert isinstance(article, Incoming)
    assert article.meta.published == known
    doubted = any("The date" in doubt for doubt in article.doubts)
    assert doubted is bool(written_as and known is None)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"<urlset>" + b"<x/>" * 4_100_000, "there is more in it than in any sitemap"),
        (b"<urlset>" + b" " * 20_000_000, "it is broken here"),
        (b"The board voted.", "this is a packed file, and no sitemap; unpack it first"),
    ],
)
def test_packed_files_that_are_no_sitemaps(tmp_path, raw, why):
    path = tmp_path / "map.xml.gz"
    with pytest.raises(ReadError, match=rf"map\.xml\.gz(?::1)?: {why}"):
        written(path, gzip.compress(raw, 1))


def test_a_sitemap_cut_off_gives_what_came_before(tmp_path):
    raw = gzip.compress(b"<urlset>" + b"<url><title>Vote</title></url>" * 3000 + b"</urlset>")
    *articles, fault = written(tmp_path / "map.xml.gz", raw[:-40])
    assert len(articles) > 1000
    assert fault == Refused("map.xml.gz", "the file is damaged; entries after the last are missing")
