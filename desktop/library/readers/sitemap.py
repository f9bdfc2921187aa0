"""News sitemaps: lists of what a site published, for search engines.

They hold no articles' texts but tell headline, publication and date, so each entry comes in as its
headline alone, with a doubt; an entry without a headline is refused. See
https://www.sitemaps.org/protocol.html and https://www.google.com/schemas/sitemap-news/0.9.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from db.values import Metadata
from desktop import languages
from desktop.library.readers.article import article, refused
from desktop.library.readers.dating import published
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import LARGEST_STREAM, check_stream

_HEAD = 64  # bytes
_MOST_TAGS = 4_000_000  # of 50,000 entries, which are all that one may have, one million
_NO_TEXT = "A sitemap holds no text: this is only the headline."


def read(path: Path) -> Iterator[Incoming | Refused]:
    """Read a sitemap, which may be packed with gzip.

    Raises:
        ReadError: if it cannot be read or is a list of sitemaps.
    """
    from lxml import etree

    check_stream(path)
    number = 0
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        file = gzip.GzipFile(fileobj=raw) if packed else raw
        source = cast("IO[bytes]", _Bounded(file, path))
        try:
            if packed and b"<" not in file.read(_HEAD):
                raise ReadError(f"{path}: this is a packed file, and no sitemap; unpack it first")
            file.seek(0)
            for _, element in etree.iterparse(
                source, tag=("{*}url", "{*}sitemap"), resolve_entities=False, no_network=True,
                load_dtd=False, huge_tree=False,
            ):  # fmt: skip
                if etree.QName(element).localname == "sitemap":
                    raise ReadError(f"{path}: this lists other sitemaps; bring in those")
                number += 1
                place = f"{path.name}, entry {number}"
                try:
                    yield _article(element, place)
                except ReadError as error:
                    yield refused(error, place)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            place = f"{path}:{error.lineno}" if error.lineno else str(path)
            message = f"it is broken here ({error.msg}); entries after it are missing"
            if not number:
                raise ReadError(f"{place}: {message}") from error
            yield Refused(place, message)
        except (OSError, EOFError, zlib.error) as error:
            if not number:
                raise ReadError(f"{path}: the file is damaged; get it anew") from error
            yield Refused(path.name, "the file is damaged; entries after the last are missing")
    if not number:
        raise ReadError(f"{path}: there are no entries in it")


class _Bounded:
    """A file that ends with an error rather than swell beyond all measure."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, path: Path) -> None:
        self._file, self._path = file, path
        self._left, self._tags = LARGEST_STREAM, _MOST_TAGS

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._left -= len(chunk)
        self._tags -= chunk.count(b"<")
        if self._left < 0 or self._tags < 0:
            raise ReadError(f"{self._path}: there is more in it than in any sitemap; split it")
        return chunk


def _article(entry: Any, place: str) -> Incoming:
    title = _told(entry, "title")
    if title is None:
        raise ReadError(f"{place}: this is a link without a headline; get the page itself")
    when, doubts = published(_told(entry, "publication_date") or _told(entry, "lastmod") or "")
    meta = Metadata(
        title=title,
        publication=_told(entry, "name"),
        url=_told(entry, "loc"),
        published=when,
        language=languages.tag(_told(entry, "language") or ""),
    )
    return article(title, meta, place, (_NO_TEXT, *doubts))


def _told(entry: Any, name: str) -> str | None:
    """Return what the first element of a name says; a picture's title is not the article's."""
    for element in entry.iter(f"{{*}}{name}"):
        parent = element.getparent()
        if "image" in parent.tag or "video" in parent.tag:
            continue
        if text := " ".join("".join(element.itertext()).split()):
            return text[:1000]
    return None
