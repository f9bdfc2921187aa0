"""Feeds come in entry by entry; news sitemaps tell headlines."""

import gzip

import pytest

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import read

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Skerry Courier</title><language>en-gb</language>
<item><title>Ferry &amp;amp; fares</title><link>https://courier.example/1</link>
 <dc:creator>Morag Linklater</dc:creator><pubDate>Wed, 04 Mar 2026 06:30:00 GMT</pubDate>
 <description>Short.</description>
 <content:encoded><![CDATA[<p>The board <b>voted</b>.</p><script>spy()</script>
 <p>Five to three.</p>
 <img src="https://courier.example/spy.gif">]]></content:encoded></item>
<item><title>Causeway closed</title><description>Gale &lt;i&gt;closes&lt;/i&gt; road.</description></item>
<item><title>Nothing but a link</title><link>https://courier.example/3</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Inselbote</title>
<entry><title type="html">Hafenrat: &lt;b&gt;Fähre&lt;/b&gt; bleibt</title>
<author><name>Maren Petersen</name></author><published>2026-03-04T06:30:00+01:00</published>
<link href="https://inselbote.example/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Rat stimmte zu.</p></div>
</content>
</entry></feed>"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://courier.example/1</loc>
<image:image><image:title>A boat</image:title></image:image>
<news:news><news:publication><news:name>The Skerry Courier</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2026-03-04T06:30:00Z</news:publication_date>
<news:title>Harbour board votes to keep the night ferry</news:title></news:news></url>
<url><loc>https://courier.example/about</loc></url></urlset>"""


def test_a_feed_of_whole_articles(tmp_path):
    path = tmp_path / "courier.rss"
    path.write_text(RSS, encoding="utf-8")
    whole, summary, link = read(path)
    assert isinstance(whole, Incoming)
    assert whole.text == "Ferry & fares\nThe board voted.\nFive to three."
    assert whole.place == "courier.rss, entry 1"
    meta = whole.meta
    assert (meta.publication, meta.author) == ("The Skerry Courier", "Morag Linklater")
    assert meta.url == "https://courier.example/1"
    assert meta.published == "2026-03-04T06:30:00Z"
    assert (meta.language, whole.doubts) == ("en-gb", ())
    assert isinstance(summary, Incoming)
    assert summary.text == "Causeway closed\nGale closes road."
    assert summary.doubts == ("The feed holds only a summary.",)
    assert link == Refused("courier.rss, entry 3", "there is no text in it, only a link")


def test_atom(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(ATOM, encoding="utf-8")
    (article,) = read(path)
    assert isinstance(article, Incoming)
    assert article.text == "Hafenrat: Fähre bleibt\nDer Rat stimmte zu."
    assert article.meta.published == "2026-03-04T06:30:00+01:00"
    assert (article.meta.author, article.meta.language) == ("Maren Petersen", "de")


def test_a_broken_feed_gives_what_stands_before_the_fault(tmp_path):
    path = tmp_path / "courier.rss"
    path.write_text(RSS[: RSS.index("<item><title>Nothing")] + "<item><tit", encoding="utf-8")
    *articles, fault = read(path)
    assert [isinstance(one, Incoming) for one in articles[:2]] == [True, True]
    assert isinstance(fault, Refused)
    assert "broken here" in fault.why


def test_a_feed_of_nothing_is_refused(tmp_path):
    path = tmp_path / "empty.rss"
    path.write_text("<rss><channel><title>x</title></channel></rss>")
    with pytest.raises(ReadError, match=r"empty\.rss: there are no entries in it"):
        list(read(path))


@pytest.mark.parametrize("name", ["news.xml", "news.xml.gz"])
def test_a_news_sitemap_tells_headlines_and_says_so(tmp_path, name):
    path = tmp_path / name
    raw = SITEMAP.encode()
    path.write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
    headline, link = read(path)
    assert isinstance(headline, Incoming)
    assert headline.text == "Harbour board votes to keep the night ferry"
    assert headline.meta.publication == "The Skerry Courier"
    assert headline.meta.published == "2026-03-04T06:30:00Z"
    assert headline.doubts == ("A sitemap holds no text: this is only the headline.",)
    assert isinstance(link, Refused)
    assert link.why == "this is a link without a headline; get the page itself"


def test_a_list_of_sitemaps_is_refused(tmp_path):
    path = tmp_path / "index.xml"
    path.write_text("<sitemapindex><sitemap><loc>https://a.example</loc></sitemap></sitemapindex>")
    with pytest.raises(ReadError, match=r"index\.xml: this lists other sitemaps"):
        list(read(path))
