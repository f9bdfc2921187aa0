"""Word documents (.docx): paragraphs and tables in their order, as the finished text reads.

What was deleted with changes tracked is left out, what was inserted is in; headers, footers and
comments are not the article's. The title and author are the document's own, if it has any.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.values import Metadata
from desktop.library.readers.article import article, under
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.limits import MB, checked_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _FALLBACK)
)
_SHOWN = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_T = f"{_W}t"
_STEPPED_INTO = (f"{_W}p", f"{_W}tabs", f"{_W}del", f"{_W}moveFrom", _FALLBACK)
_LARGEST, _LARGEST_PART = 300 * MB, 40 * MB  # XML is some five times its text
_NOBODY = frozenset(("python-docx", "unknown", "author", "user", "admin", "administrator"))
_NO_TITLE = frozenset(("untitled", "document", "word document", "document1", "untitled document"))


def read(path: Path) -> Iterator[Incoming]:
    """Read a document.

    Raises:
        ReadError: if it is no Word document, is damaged, too large or says nothing.
    """
    document = opened(path)
    own = document.core_properties
    text = "\n".join(paragraphs(document))
    if not text.strip():
        raise ReadError(f"{path}: there is no text in it; pictures of text cannot be read")
    meta = known(own.title, own.author)
    yield article(under(meta.title, text), meta, path.name)


def known(title: str | None, author: str | None) -> Metadata:
    """Return what a document says of itself, but for what its program put there unasked."""
    title, author = _one_line(title), _one_line(author)
    return Metadata(
        title=None if title and title.lower() in _NO_TITLE else title,
        author=None if author and author.lower() in _NOBODY else author,
    )


def opened(path: Path) -> Any:
    """Return a document as python-docx has it.

    Raises:
        ReadError: if it is no Word document, is damaged or too large.
    """
    checked_zip(path, _LARGEST, _LARGEST_PART).close()
    from docx import Document
    from docx.exceptions import PythonDocxError
    from lxml.etree import LxmlError

    try:
        document: Any = Document(str(path))
        _ = document.element.body, document.core_properties.title
    except (PythonDocxError, LxmlError, KeyError, ValueError, AttributeError, OSError) as error:
        raise ReadError(
            f"{path}: this is no sound Word document; open it in Word and save it anew"
        ) from error
    except Exception as error:  # zipfile and zlib raise many kinds on damaged parts
        raise ReadError(
            f"{path}: the document is damaged; open it in Word and save it anew"
        ) from error
    return document


def paragraphs(document: Any) -> Iterator[str]:
    """Yield the paragraphs of a document as python-docx has it; a table's row is one, with tabs."""
    for block in document.element.body:
        yield from _of_block(block)


def _of_block(block: Any) -> Iterator[str]:
    if block.tag == f"{_W}p":
        yield from filter(str.strip, _text(block).split("\n"))
    elif block.tag == f"{_W}tbl":
        for row in block.iter(f"{_W}tr"):
            cells = [_text(cell).strip().replace("\n", " ") for cell in row.iterchildren(f"{_W}tc")]
            if any(cells):
                yield "\t".join(cells).rstrip("\t")
    elif block.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
        for child in block:
            yield from _of_block(child)


def _text(element: Any) -> str:
    """Return what is shown of an element; its own paragraphs end in line feeds.

    python-docx leaves out what stands in tracked insertions, so this walks the tree itself, and
    without recursion.
    """
    pieces = list[str]()
    if next(element.iterdescendants(*_STEPPED_INTO), None) is None:  # as most are, and faster
        for one in element.iter(_T, *_SHOWN):
            pieces.append(_said(one))
        return "".join(pieces)
    waiting: list[Any] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
        elif one.tag == _T or one.tag in _SHOWN:
            pieces.append(_said(one))
        elif one.tag not in _SKIPPED:
            if one.tag == f"{_W}p" and one is not element:
                waiting.append("\n")
            waiting.extend(reversed(one))
    return "".join(pieces)


def _said(element: Any) -> str:
    return element.text or "" if element.tag == _T else _SHOWN[element.tag]


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split())[:500] or None if text else None
