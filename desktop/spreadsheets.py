"""Lines of CSV that a spreadsheet opens as they are, and safely. Qt-free.

What comes from others, such as a title, may look like a formula, and a spreadsheet would compute it
(CWE-1236; OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_line(cells: Iterable[object]) -> str:
    """Return a row as a line with its end: texts are kept from being formulas, numbers stay."""
    line = io.StringIO()
    csv.writer(line).writerow(
        [harmless(cell.replace("\0", "")) if isinstance(cell, str) else cell for cell in cells]
    )
    return line.getvalue()


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
