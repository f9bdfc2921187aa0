"""Which reader a file goes to: by its suffix, unless its content says otherwise.

A web page named .txt or a mail named .html is common; a file is what its first bytes say, where
they say anything.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from desktop.library.readers import (
    archive,
    exports,
    feed,
    inside,
    mail,
    markdown,
    mbox,
    open_document,
    pdf,
    rtf,
    sitemap,
    tables,
    text,
    web_page,
    word,
)
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.mapping import Mapping

_KINDS = {
    ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".docx": "word", ".odt": "writer",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".eml": "mail", ".mht": "mail", ".mhtml": "mail", ".mbox": "mailbox",
    ".csv": "table", ".tsv": "table", ".tab": "table", ".xlsx": "table", ".xlsm": "table",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "xml",
    ".gz": "sitemap",
    ".zip": "archive",
}  # fmt: skip
SUFFIXES = frozenset(_KINDS)
"""Suffixes, in lower case and with their dot, of the files that can be read."""
TABLES = frozenset(suffix for suffix, kind in _KINDS.items() if kind == "table")
"""Those of tables, whose columns the analyst can name (see :mod:`.mapping`)."""

_HEAD = 4096  # bytes
_DEEPEST = 3  # archives and mails within one another
_BEFORE = r"(?:<\?[^>]*+>|(?><!--.*?-->)|\s)*+"  # declarations and comments
_PAGE = re.compile(_BEFORE + r"<(?:!doctype html|html|head|body)\b", re.I | re.S)
_FEED = re.compile(_BEFORE + r"(?:<!doctype[^>]*+>\s*+)?<(?:\w+:)?(?:rss|feed|rdf)\b", re.I | re.S)
_SITEMAP = re.compile(_BEFORE + r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.I | re.S)
_HEADER = re.compile(
    r"^(?:from|to|subject|date|message-id|mime-version|received|return-path|delivered-to):",
    re.I | re.M,
)
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Office file or Outlook message; save it as .docx, .xlsx or .eml",
    b"\x1f\x8b": "a packed file; unpack it first",
    b"SQLite format 3": "a database, not an article",
    b"\x89PNG": "a picture, not a text",
    b"\xff\xd8\xff": "a picture, not a text",
    b"GIF8": "a picture, not a text",
    b"Rar!": "a packed file; unpack it first",
    b"7z\xbc\xaf": "a packed file; unpack it first",
}


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    mapping: Mapping | None
    depth: int
    room: inside.Room


def read(path: Path, mapping: Mapping | None = None) -> Iterator[Incoming | Refused]:
    """Read a file of any kind we know: its articles, and what of it could be none.

    Args:
        path: the file.
        mapping: which column of a table is what; guessed if it is None, and else without use.

    Raises:
        ReadError: if nothing at all can be read; the text names the file and what to do.
    """
    yield from _read(_Source(path, mapping, 0, inside.Room()))


def _read(source: _Source) -> Iterator[Incoming | Refused]:
    path = source.path
    if source.depth > _DEEPEST:
        raise ReadError(f"{path}: files within files within files; unpack it first")
    kind = kind_of(path, _head(path))
    if kind in exports.KINDS and (articles := exports.read(path, kind)):
        return articles
    match kind:
        case "markdown":
            return markdown.read(path)
        case "page":
            return web_page.read(path)
        case "word":
            return word.read(path)
        case "writer":
            return open_document.read(path)
        case "rtf":
            return rtf.read(path)
        case "pdf":
            return pdf.read(path)
        case "mail":
            return mail.read(path, partial(_inside, source))
        case "mailbox":
            return mbox.read(path, partial(_inside, source))
        case "table":
            return tables.read(path, source.mapping)
        case "feed":
            return feed.read(path)
        case "sitemap":
            return sitemap.read(path)
        case "archive":
            return archive.read(path, partial(_inside, source), source.room)
        case "text":
            return iter((text.read(path),))
        case _:
            raise ReadError(f"{path}: this is XML of a kind we do not know; save it as text")


def _inside(source: _Source, path: Path) -> Iterator[Incoming | Refused]:
    yield from _read(_Source(path, source.mapping, source.depth + 1, source.room))


def kind_of(path: Path, head: bytes) -> str:
    """Return which kind of file it is.

    Args:
        path: its name, and where to look on into an archive.
        head: its first bytes.

    Raises:
        ReadError: if it is of a kind that cannot be read.
    """
    suffix = path.suffix.lower()
    named = _KINDS.get(suffix, "text")
    if head.startswith(b"PK"):
        return _packed(path)
    if head.lstrip()[:5] == b"%PDF-" or (named == "pdf" and b"%PDF-" in head):
        return "pdf"
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    for magic, what in _FOREIGN.items():
        if head.startswith(magic) and not (magic == b"\x1f\x8b" and suffix == ".gz"):
            raise ReadError(f"{path}: this is {what}")
    if named in ("word", "writer", "pdf", "archive") or suffix in (".xlsx", ".xlsm"):
        raise ReadError(f"{path}: this is no {suffix} file, or a damaged one; get it anew")
    if named in ("sitemap", "table"):
        return named
    start = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").replace("\0", "")
    if start.startswith("{\\rtf"):
        return "rtf"
    if _SITEMAP.match(start):
        return "sitemap"
    if _FEED.match(start):
        return "feed"
    if _PAGE.match(start):
        return "page"
    headers = {
        found[0].lower() for found in _HEADER.finditer(start.split("\n\n")[0].replace("\r", ""))
    }
    if start.startswith("From ") and headers & _OF_MAIL:
        return "mailbox"
    if named != "mail" and len(headers) >= 3 and "from:" in headers and headers & _OF_MAIL:
        return "mail"
    return named


_OF_MAIL = frozenset(("message-id:", "mime-version:", "received:", "return-path:", "delivered-to:"))


def _packed(path: Path) -> str:
    """Return what kind of zip archive it is."""
    try:
        with ZipFile(path) as packed:
            names = set(packed.namelist()[:1000])
            told = b""
            if "mimetype" in names:
                with packed.open("mimetype") as file:
                    told = file.read(len(open_document.TYPE))
    except (BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise ReadError(f"{path}: the file is damaged ({error}); get it anew") from error
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "table"
    if told == open_document.TYPE and open_document.CONTENT in names:
        return "writer"
    if (
        "content.xml" in names
        or "ppt/presentation.xml" in names
        or "META-INF/container.xml" in names
    ):
        raise ReadError(f"{path}: this kind cannot be read; save it as .docx, .odt, .xlsx or text")
    return "archive"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
