"""Web pages, as a browser or a crawler saved them: the article in them, without what is round it.

trafilatura (https://trafilatura.readthedocs.io) finds the main text, the headline and what the
page tells of itself. The headline is the text's first line. Nothing is fetched.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from db.values import Metadata
from desktop import languages
from desktop.library.readers.article import article, under
from desktop.library.readers.dating import published
from desktop.library.readers.decoding import decoded
from desktop.library.readers.fragment import parsed, plain_of
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.limits import MB, whole

_LARGEST_TOLD_APART = 2 * MB  # code points; beyond, looking for the article takes too long
_MANY_ELEMENTS, _MOST_ELEMENTS = 5000, 15_000  # pages have some one to five thousand
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_DECLARED_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{4}\)(https?://\S{1,2000})\s*-->", re.I)
_OFFICE = re.compile(r"libreoffice|openoffice|microsoft word", re.I)
_HEAD = 4096
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='DC.date.issued']/@content",
    "//article//time/@datetime",
)


def read(path: Path) -> Iterator[Incoming]:
    """Read a page.

    Raises:
        ReadError: if the file cannot be read, is not text, is beyond 20 MB or says nothing.
    """
    raw = whole(path)
    found = _DECLARED_XML.search(raw[:_HEAD]) or _DECLARED.search(raw[:_HEAD])
    declared = found[1].decode("ascii") if found else None
    html, doubts = decoded(raw, str(path), declared)
    yield article_in(html, path.name, doubts=doubts)


def article_in(
    html: str, place: str, url: str | None = None, doubts: tuple[str, ...] = ()
) -> Incoming:
    """Return the article a page holds.

    Args:
        html: the page.
        place: what messages call it.
        url: where it was, if that is known.
        doubts: what is to be looked at by now.

    Raises:
        ReadError: if the page says nothing.
    """
    tree = parsed(html, place)
    saved = _SAVED_FROM.search(html[:_HEAD])
    page = None
    if document := _is_document(tree):
        for furniture in tree.xpath("//div[@title='header' or @title='footer']"):
            furniture.drop_tree()
    elif (
        len(html) <= _LARGEST_TOLD_APART and (size := sum(1 for _ in tree.iter())) <= _MOST_ELEMENTS
    ):
        page = _told_apart(tree, fast=size > _MANY_ELEMENTS)
    when, unclear = _when(tree, page)
    doubts += unclear
    meta = Metadata(
        title=_line(page.title if page else None if document else tree.findtext(".//title")),
        publication=_line(page.sitename if page else None),
        author=_line(page.author if page else None),
        url=url or (saved[1] if saved else None) or (page.url if page else None),
        published=when,
        language=languages.tag(tree.get("lang") or tree.get("xml:lang") or ""),
    )
    text = "\n".join(map(str.rstrip, (page.text or "").split("\n"))).strip() if page else ""
    if not text:
        text = plain_of(tree.find("body") if tree.find("body") is not None else tree)
        if not document:
            doubts += ("The article could not be told from the page round it: all of it came in.",)
    if not text.strip():
        raise ReadError(f"{place}: the page says nothing; it may need a browser to be filled")
    return article(under(meta.title, text), meta, place, doubts)


def _is_document(tree: Any) -> bool:
    """Whether an office program wrote it: then there is no page round the text."""
    return any(
        _OFFICE.match(meta.get("content", ""))
        for meta in tree.iter("meta")
        if meta.get("name", "").lower() == "generator"
    )


def _told_apart(tree: Any, *, fast: bool) -> Any:
    """Return what trafilatura finds, None if it finds nothing."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it is we who say what is wrong
    try:
        return bare_extraction(
            tree,
            output_format="python",
            fast=fast,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None  # a page it stumbles over still has its text


def _when(tree: Any, page: Any) -> tuple[str | None, tuple[str, ...]]:
    """Return when the page says it was published, with the time if it tells."""
    told = [str(value) for query in _DATES for value in tree.xpath(query)[:1]]
    for value in (*told, *_in_linked_data(tree)):
        when, doubts = published(value)
        if when:
            return when, doubts
    return (page.date if page else None), ()


def _in_linked_data(tree: Any) -> Iterator[str]:
    """Yield the dates in JSON-LD, which most news sites write (https://schema.org/NewsArticle)."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:10]:
        try:
            data: Any = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [data]
        for _ in range(1000):
            if not waiting:
                break
            one = waiting.pop()
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                fields = cast("dict[str, Any]", one)
                if isinstance(when := fields.get("datePublished"), str):
                    yield when
                waiting += [value for value in fields.values() if isinstance(value, dict | list)]


def _line(text: str | None) -> str | None:
    return " ".join(text.split())[:500] or None if text else None
