"""Articles in the rows of a table, whichever file it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from db.values import Metadata
from desktop import languages
from desktop.library.readers import delimited, spreadsheet
from desktop.library.readers.article import article, refused, under
from desktop.library.readers.dating import published
from desktop.library.readers.decoding import encoding_of
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.mapping import Cells, Mapping, Role, guess

_SAMPLE, _ABOVE = 50, 10  # rows
_CUT = 32_767
"""UTF-16 units that Excel keeps of a cell: https://support.microsoft.com, Excel specifications."""

_ERROR = re.compile(r"#(?:VALUE!|REF!|NAME\?|N/A|DIV/0!|NULL!|NUM!)|(?:Err|Fehler):\d{3}")

Row = tuple[str, Cells] | Refused


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table, as the mapping page shows them, and what is guessed of it.

    ``header`` is the first row, which is a record itself if ``mapping.first_row`` says so.
    """

    header: Cells
    rows: tuple[Cells, ...]
    mapping: Mapping


def preview(path: Path, rows: int = 20) -> Preview:
    """Return the first rows of a table.

    Raises:
        ReadError: if it cannot be read or has no rows.
    """
    cells = [row[1] for row in islice(_rows(path), rows + 1) if not isinstance(row, Refused)]
    if not cells:
        raise ReadError(f"{path}: there are no rows in it")
    header, *others = cells
    return Preview(header, tuple(others), guess(header, others))


def read(path: Path, mapping: Mapping | None = None) -> Iterator[Incoming | Refused]:
    """Read a table, a row an article.

    Args:
        path: a .csv, .tsv or .xlsx file.
        mapping: which column is what; guessed if it is None.

    Raises:
        ReadError: if it cannot be read, has no rows, or no column is known to hold the text.
    """
    rows = _rows(path)
    first = list(islice(rows, _SAMPLE))
    cells = [row[1] for row in first if not isinstance(row, Refused)]
    if not cells:
        raise ReadError(f"{path}: there are no rows in it")
    mapping = mapping or guess(cells[0], cells[1:])
    if Role.TEXT not in mapping.roles:
        raise ReadError(f"{path}: none of its columns is known to hold the text; say which")
    doubts = () if _is_workbook(path) else encoding_of(path)[1]
    yield from _articles(chain(first, rows), mapping, doubts)


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _rows(path: Path) -> Iterator[Row]:
    rows = spreadsheet.rows(path) if _is_workbook(path) else delimited.rows(path)
    first = list(islice(rows, _ABOVE))
    return chain(first[_heading(first) :], rows)


def _heading(rows: list[Row]) -> int:
    """Return how many rows are only what the table is called, above the names of its columns."""
    for number, row in enumerate(rows):
        if isinstance(row, Refused):
            return 0
        if sum(map(bool, map(str.strip, row[1]))) > 1:
            known = sum(role is not None for role in guess(row[1], ()).roles)
            return number if known > 1 else 0
    return 0


def _articles(
    rows: Iterable[Row], mapping: Mapping, doubts: tuple[str, ...]
) -> Iterator[Incoming | Refused]:
    named = not mapping.first_row
    for row in rows:
        if isinstance(row, Refused):
            yield row
        elif named:
            named = False
        else:
            place, cells = row
            try:
                yield _article(cells, mapping, place, doubts)
            except ReadError as error:
                yield refused(error, place)


def _article(cells: Cells, mapping: Mapping, place: str, doubts: tuple[str, ...]) -> Incoming:
    width = len(mapping.roles)
    if any(cell.strip() for cell in cells[width:]):
        raise ReadError(
            f"{place}: it has {len(cells)} cells, but there are {width} columns; "
            "a separator or quotation mark is out of place"
        )

    def told(role: Role) -> list[str]:
        return [
            cells[column]
            for column in mapping.columns(role)
            if column < len(cells) and cells[column].strip()
        ]

    def line(role: Role) -> str | None:
        return next((" ".join(cell.split())[:1000] for cell in told(role)), None)

    texts = told(Role.TEXT)
    if not texts:
        raise ReadError(f"{place}: the cell for the text is empty")
    if _ERROR.fullmatch(texts[0].strip()):
        raise ReadError(f"{place}: the cell for the text holds an error ({texts[0]}), no text")
    when, unclear = published(line(Role.PUBLISHED) or "", mapping.day_first)
    doubts += unclear
    if any(
        len(text.encode("utf-16-le", "replace")) // 2 >= _CUT and len(text) <= _CUT
        for text in texts
    ):
        doubts += ("The text is as long as Excel's cells can be: its end may be cut off.",)
    title = line(Role.TITLE)
    meta = Metadata(
        title=title,
        publication=line(Role.PUBLICATION),
        author=", ".join(" ".join(cell.split()) for cell in told(Role.AUTHOR))[:1000] or None,
        section=line(Role.SECTION),
        url=line(Role.URL),
        published=when,
        language=languages.tag(line(Role.LANGUAGE) or ""),
    )
    text = "\n\n".join(texts)
    return article(under(title, text) if mapping.headline else text, meta, place, doubts)
