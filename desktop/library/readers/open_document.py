"""Documents of LibreOffice Writer and others (.odt): as the finished text reads.

Like Word documents (:mod:`.word`): what was deleted with changes tracked is left out; footnotes,
comments, headers and footers are not the article's. Namespaces and elements are those of ODF 1.3,
part 3 (https://docs.oasis-open.org/office/OpenDocument/v1.3).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from desktop.library.readers.article import article, under
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.limits import MB, checked_zip
from desktop.library.readers.word import known

TYPE = b"application/vnd.oasis.opendocument.text"
"""What the archive's ``mimetype`` begins with."""
CONTENT = "content.xml"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = (f"{{{_OASIS}{name}:1.0}}" for name in ("text", "table", "office"))
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_ROW, _CELL, _BODY = f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_OFFICE}text"
_SHOWN = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACES = f"{_TEXT}s"
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_TEXT}ruby-text", f"{_TEXT}table-of-content",
        f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{{{_OASIS}svg-compatible:1.0}}title",
        f"{{{_OASIS}svg-compatible:1.0}}desc",
    )
)  # fmt: skip
_LARGEST, _LARGEST_PART = 300 * MB, 40 * MB  # XML is some five times its text
_MOST_SPACES = 100
_WHITE = re.compile(r"[ \t\r\n]+")  # one space, but where an element says otherwise
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_AUTHORS = (f"{{{_OASIS}meta:1.0}}initial-creator", "{http://purl.org/dc/elements/1.1/}creator")


def read(path: Path) -> Iterator[Incoming]:
    """Read a document.

    Raises:
        ReadError: if it is damaged, has a password, is too large or says nothing.
    """
    with checked_zip(path, _LARGEST, _LARGEST_PART) as archive:
        text = "\n".join(_paragraphs(_tree(path, archive, CONTENT)))
        about = _tree(path, archive, "meta.xml") if "meta.xml" in archive.namelist() else None
    if not text.strip():
        raise ReadError(f"{path}: there is no text in it; pictures of text cannot be read")
    meta = known(_said(about, _TITLE), _said(about, *_AUTHORS))
    yield article(under(meta.title, text), meta, path.name)


def paragraphs(path: Path) -> Iterator[str]:
    """Yield the paragraphs of a document; those of a cell stay apart.

    Raises:
        ReadError: if it is damaged, has a password or is too large.
    """
    with checked_zip(path, _LARGEST, _LARGEST_PART) as archive:
        yield from _paragraphs(_tree(path, archive, CONTENT), apart=True)


def _tree(path: Path, archive: ZipFile, name: str) -> Any:
    from lxml import etree

    # Entities are not resolved, and more than 256 elements in one another are refused.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ReadError(f"{path}: it has a password; save it without one")
        return etree.fromstring(archive.read(name), parser)
    except (etree.LxmlError, BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise _damaged(path) from error
    except (RuntimeError, zlib.error) as error:  # zipfile raises many kinds on damaged parts
        raise _damaged(path) from error


def _damaged(path: Path) -> ReadError:
    return ReadError(f"{path}: the document is damaged; open it in LibreOffice and save it anew")


def _paragraphs(tree: Any, *, apart: bool = False) -> Iterator[str]:
    """Yield the paragraphs of a document; a table's row is one, with tabs between its cells.

    ``apart`` leaves each paragraph of a cell one of its own.
    """
    for body in tree.iter(_BODY):
        yield from _of_blocks(body, apart)


def _of_blocks(parent: Any, apart: bool) -> Iterator[str]:
    """Yield what stands in the body, a section or a list; tables within a cell are its text."""
    for block in parent:
        if block.tag in _PARAGRAPHS:
            yield from filter(str.strip, _text(block).split("\n"))
        elif block.tag == _ROW:
            cells = [_text(cell).strip() for cell in block.iterchildren(_CELL)]
            if apart:
                yield from "\t".join(cells).split("\n")
            elif any(cells):
                yield "\t".join(cell.replace("\n", " ") for cell in cells).rstrip("\t")
        elif block.tag not in _SKIPPED:
            yield from _of_blocks(block, apart)


def _text(element: Any) -> str:
    """Return what is shown of an element; the paragraphs in it, as of a text box, end in lines."""
    pieces = list[str]()
    waiting: list[Any] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
        elif one.tag in _SHOWN:
            pieces.append(_SHOWN[one.tag])
        elif one.tag == _SPACES:
            pieces.append(" " * _count(one))
        elif isinstance(one.tag, str) and one.tag not in _SKIPPED:
            if one is not element and one.tag in _PARAGRAPHS:
                waiting.append("\n")
            for child in reversed(one):
                waiting += (_white(child.tail), child)
            waiting.append(_white(one.text))
    return "".join(pieces)


def _white(text: str | None) -> str:
    return _WHITE.sub(" ", text) if text else ""


def _count(spaces: Any) -> int:
    told = spaces.get(f"{_TEXT}c", "1")
    return min(int(told), _MOST_SPACES) if told.isascii() and told.isdecimal() else 1


def _said(about: Any, *names: str) -> str | None:
    """Return the first of the document's own words about itself that is there."""
    if about is None:
        return None
    found = (element.text for name in names for element in about.iter(name) if element.text)
    return next(found, None)
