"""Excel workbooks (.xlsx), read row by row with openpyxl.

Of a formula the value that was saved with it counts; nothing is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from desktop.library.readers.incoming import ReadError, Refused
from desktop.library.readers.limits import MB, checked_zip
from desktop.library.readers.mapping import Cells

_LARGEST, _LARGEST_PART = 1024 * MB, 600 * MB
_LARGEST_STRINGS = 150 * MB  # openpyxl keeps this part in memory, the others not
_MOST_COLUMNS = 2000
_MOST_EMPTY = 200_000  # rows; a stray cell at the very bottom makes a million
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows(path: Path) -> Iterator[tuple[str, Cells] | Refused]:
    """Yield where each row stands and its cells, sheet by sheet; empty rows are none.

    A sheet whose first row is not the first sheet's holds something else and is refused.

    Raises:
        ReadError: if it is no workbook, is damaged or too large.
    """
    with checked_zip(path, _LARGEST, _LARGEST_PART) as archive:
        for name in archive.namelist():
            size = archive.getinfo(name).file_size
            if name.lower().endswith("sharedstrings.xml") and size > _LARGEST_STRINGS:
                raise ReadError(f"{path}: it has too much text for a workbook; save it as .csv")
    with path.open("rb") as file:  # openpyxl opens by suffix, and ours may be wrong
        yield from _of_book(path, file)


def _of_book(path: Path, file: BinaryIO) -> Iterator[tuple[str, Cells] | Refused]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl passes on whatever zipfile, zlib and the XML parser raise
        message = f"{path}: this is no sound workbook; open it in Excel and save it anew"
        raise ReadError(message) from error
    header: Cells | None = None
    for sheet in book.worksheets:
        for number, one in enumerate(_of_sheet(path, sheet)):
            if isinstance(one, Refused):
                yield one
            elif header is None:
                header = one[1]
                yield one
            elif number == 0 and one[1] != header:
                place = f"{path.name}, {sheet.title}"
                yield Refused(place, "this sheet has other columns than the first")
                break
            elif number:
                yield one


def _of_sheet(path: Path, sheet: Any) -> Iterator[tuple[str, Cells] | Refused]:
    place = f"{path.name}, {sheet.title}"
    sheet.reset_dimensions()  # what the file says of its size may be wrong, or a trap
    empty = 0
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
            cells = tuple(map(_shown, row))
            while cells and not cells[-1]:
                cells = cells[:-1]
            if cells:
                empty = 0
                yield f"{place}, row {number}", cells
            elif (empty := empty + 1) > _MOST_EMPTY:
                return
    except Exception as error:  # as above, when the sheet itself is damaged
        yield Refused(
            place, f"the sheet is damaged here ({type(error).__name__}); save it anew in Excel"
        )


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
