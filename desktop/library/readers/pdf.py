"""PDF files: PDFium takes the characters out, :mod:`.pdf_lines` makes paragraphs of the lines.

Nothing in a PDF is run or fetched. Scanned pages have no text: reading pictures is not our trade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot
from pathlib import Path
from typing import Any

from db.values import Metadata
from desktop.library.readers.article import article
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.limits import LONGEST_TEXT, MB, check_stream
from desktop.library.readers.pdf_lines import Line, flowing, printed_from
from desktop.library.readers.pdf_streams import swells

_LARGEST = 300 * MB
_LARGEST_STREAM = 20 * MB  # unpacked; PDFium takes up to sixteen times as much for a page
_MOST_PAGES = 3000
_LINE_END = re.compile("\r\n|\n|\ufffe|\x02")  # PDFium's mark for a hyphen at a line's end
_NO_TITLE = re.compile(
    r"untitled|microsoft word|.*\.(?:docx?|odt|rtf|indd|pdf|qxp|html?)|\W*", re.I
)
_NAMED_PAGES = 5


def read(path: Path) -> Iterator[Incoming]:
    """Read a PDF as one article.

    Raises:
        ReadError: if it is damaged, has a password, is too large, or has no text in it.
    """
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    check_stream(path)
    if path.stat().st_size > _LARGEST:
        raise ReadError(f"{path}: more than 300 MB is too large; split it")
    if swells(path, _LARGEST_STREAM):
        raise ReadError(f"{path}: it would unpack to too much; print it to a new PDF")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(f"{path}: it has a password; save it without one") from error
        raise ReadError(f"{path}: the file is damaged; get it anew") from error
    try:
        yield _article(document, path)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{path}: the file is damaged ({error}); get it anew") from error
    finally:
        document.close()


def _article(document: Any, path: Path) -> Incoming:
    if len(document) > _MOST_PAGES:
        raise ReadError(f"{path}: more than {_MOST_PAGES:,} pages are too many; split it")
    pages, length = list[list[Line]](), 0
    for number in range(len(document)):
        pages.append(_lines(document, number))
        length += sum(len(line.text) for line in pages[-1])
        if length > LONGEST_TEXT:
            raise ReadError(f"{path}: more than {LONGEST_TEXT // MB} MB of text; split it")
    bare = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    if len(bare) == len(pages):
        raise ReadError(
            f"{path}: its pages are pictures without text (a scan); have a text recogniser read it"
        )
    doubts = ()
    if bare:
        shown = ", ".join(bare[:_NAMED_PAGES]) + (" …" if len(bare) > _NAMED_PAGES else "")
        doubts = (f"There is no text on page {shown}: a picture, or empty.",)
    title, author = _said(document, "Title"), _said(document, "Author")
    meta = Metadata(
        title=None if not title or _NO_TITLE.fullmatch(title) else title,
        author=author or None,
        url=url if (url := printed_from(pages)) and url.startswith("http") else None,
    )
    return article(flowing(pages), meta, path.name, doubts)


def _said(document: Any, name: str) -> str:
    """Return what a document says of itself, as one line; nothing where it is no text."""
    try:
        return " ".join(document.get_metadata_value(name).split())[:300]
    except UnicodeDecodeError:
        return ""


def _lines(document: Any, number: int) -> list[Line]:
    """Return the lines of a page that say anything, in the order in which PDFium reads them."""
    page = document[number]
    try:
        chars = page.get_textpage()
        try:
            text = chars.get_text_range(errors="ignore") if chars.count_chars() else ""
            found, start = list[Line](), 0
            for end in (*_LINE_END.finditer(text), None):
                stop = end.start() if end else len(text)
                if line := text[start:stop].strip():
                    first = start + text[start:stop].index(line[0])
                    left = chars.get_charbox(first, loose=True)[0]
                    right = chars.get_charbox(first + len(line) - 1, loose=True)[2]
                    broken = end is not None and end[0] in "\ufffe\x02"
                    found.append(Line(line, left, right, *_set(chars, first), broken))
                start = end.end() if end else stop
            return found
        finally:
            chars.close()
    finally:
        page.close()


def _set(chars: Any, index: int) -> tuple[float, float]:
    """Return the base line of a character and the size it is set in, in points."""
    from ctypes import c_double

    import pypdfium2.raw  # pyright: ignore[reportMissingTypeStubs]

    pdfium: Any = pypdfium2.raw
    x, y, matrix = c_double(), c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(chars, index, x, y)
    pdfium.FPDFText_GetMatrix(chars, index, matrix)
    return y.value, pdfium.FPDFText_GetFontSize(chars, index) * hypot(matrix.c, matrix.d)
