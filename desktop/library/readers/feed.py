"""RSS and Atom files, read by feedparser: each entry an article, as long as the feed tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from db.values import Metadata
from desktop import languages
from desktop.library.readers.article import article, refused, under
from desktop.library.readers.dating import published
from desktop.library.readers.fragment import has_markup, plain
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import MB, whole

_LARGEST = 50 * MB
_LARGEST_BROKEN = MB // 2  # feedparser takes very long over large ones that are no sound XML
_MOST_ENTRIES = 20_000
_WORDS = re.compile(r"text|html|.*xml", re.I)  # media types
_BARE = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[a-zA-Z]\w{1,31};)")
_SWOLLEN_TAG = re.compile(rb"<[^<>!?][^<>]*?(?:=[^<>=]*){250}")
"""A tag with more attributes than any has: parsers compare each with each other one."""


def read(path: Path) -> Iterator[Incoming | Refused]:
    """Read a feed.

    Raises:
        ReadError: if the file cannot be read, is too large, or has no entries.
    """
    raw = whole(path, _LARGEST)
    if raw.count(b"<item") + raw.count(b"<entry") > _MOST_ENTRIES:
        raise ReadError(f"{path}: more than {_MOST_ENTRIES:,} entries are too many; split it")
    if len(raw) > _LARGEST_BROKEN and (fault := _fault(raw)):
        raise ReadError(f"{path}: the feed is broken ({fault}); get it anew")
    if _SWOLLEN_TAG.search(raw):
        raise ReadError(f"{path}: a tag in it has hundreds of attributes; this is no feed to read")
    feed = _parsed(raw, path)
    if feed.bozo and _BARE.search(raw):  # what feeds have wrong most often: “Fish & chips”
        feed = _parsed(_BARE.sub(b"&amp;", raw), path)
    if not feed.entries:
        raise ReadError(f"{path}{_where(feed)}: there are no entries in it")
    for number, entry in enumerate(feed.entries, 1):
        place = f"{path.name}, entry {number}"
        try:
            yield _article(feed.feed, entry, place)
        except ReadError as error:
            yield refused(error, place)
    if feed.bozo and (where := _where(feed)):
        yield Refused(
            f"{path.name}{where}", "the feed is broken here; entries after it may be missing"
        )


def _parsed(raw: bytes, path: Path) -> Any:
    import feedparser  # pyright: ignore[reportMissingTypeStubs]

    try:
        # In a buffer, since feedparser takes bytes for an address to fetch or a file to open.
        parse = cast("Callable[..., Any]", feedparser.parse)  # pyright: ignore[reportUnknownMemberType]
        return parse(BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # its loose parser stumbles over hostile files in many ways
        raise ReadError(f"{path}: this is no sound feed; get it anew") from error


def _fault(raw: bytes) -> str | None:
    """Return what is wrong with XML, None if nothing is."""
    from lxml import etree

    try:
        etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return str(error.msg)
    return None


def _article(feed: Any, entry: Any, place: str) -> Incoming:
    title = _line(entry.get("title"), place)
    doubts: tuple[str, ...] = ()
    text = "\n".join(_text(part, place) for part in entry.get("content", ())).strip()
    if not text:
        text = _text(entry.get("summary_detail") or dict[str, Any](), place)
        doubts = ("The feed holds only a summary.",)
    if not text:
        raise ReadError(f"{place}: there is no text in it, only a link")
    updated = entry["updated"] if "updated" in entry else None  # noqa: SIM401 - get() warns
    when, doubtful = published(entry.get("published") or updated or "")
    authors = [author.get("name", "") for author in cast("list[Any]", entry.get("authors", []))]
    content: list[Any] = entry.get("content") or [{}]
    language = content[0].get("language") or feed.get("language")
    meta = Metadata(
        title=title,
        publication=_line(
            (entry.get("source") or dict[str, Any]()).get("title") or feed.get("title"), place
        ),
        author=", ".join(filter(None, authors)) or _line(entry.get("author"), place),
        url=entry.get("link") or None,
        published=when,
        language=languages.tag(language or ""),
    )
    return article(under(title, text), meta, place, doubts + doubtful)


def _text(part: Any, place: str) -> str:
    """Return the text of a part, which is HTML more often than it says; a picture has none."""
    if not _WORDS.match(part.get("type") or "text"):
        return ""
    value: str = part.get("value") or ""
    if part.get("type") == "text/plain" and not has_markup(value):
        return value.strip()
    return plain(value, place) if value.strip() else ""


def _line(value: str | None, place: str) -> str | None:
    if not value or not value.strip():
        return None
    return " ".join((plain(value, place) if has_markup(value) else value).split())[:500] or None


def _where(feed: Any) -> str:
    """Return the line in which the parser met a fault, if it did."""
    line = getattr(feed.get("bozo_exception"), "getLineNumber", lambda: None)()
    return f":{line}" if feed.bozo and line else ""
