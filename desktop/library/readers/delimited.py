"""Tables as text (.csv, .tsv), with whatever separator and encoding they have.

A formula is a text like any other: nothing in a cell is ever worked out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from desktop.library.readers.decoding import is_broken, open_text
from desktop.library.readers.incoming import Refused
from desktop.library.readers.limits import LONGEST_TEXT, MB, check_stream
from desktop.library.readers.mapping import Cells

_LONGEST_LINE = LONGEST_TEXT + MB  # code points
_SEPARATORS = ",;\t|"
_SAMPLE_LINES, _SAMPLE = 200, 256 * 1024
_MOST_COLUMNS = 2000


def rows(path: Path) -> Iterator[tuple[str, Cells] | Refused]:
    """Yield where each row stands, by the line it begins in, and its cells; empty rows are none.

    Raises:
        ReadError: if the file cannot be read, is not text or is beyond 1 GB.
    """
    check_stream(path)
    with open_text(path) as file:
        lines = _Lines(file)
        csv.field_size_limit(LONGEST_TEXT)  # the process's, whose only CSV reader this is
        separator = _separator(lines, path)
        reader = csv.reader(lines, delimiter=separator)
        first = 1 + lines.skipped
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            place, first = f"{path.name}:{first}", reader.line_num + 1 + lines.skipped
            wrong = lines.wrong_with(cells)
            if wrong:
                yield Refused(place, wrong)
                if cells is None:
                    return
            elif cells and any(map(str.strip, cells)):
                yield place, tuple(cells)


class _Cut(str):
    """The beginning of a line that is longer than we can bear."""

    __slots__ = ()


class _Lines:
    """The lines of a file for the csv module, none of them longer than we can bear."""

    def __init__(self, file: TextIO) -> None:
        self._lines = self._read(file)
        self._cut = False
        self._quotes = 0
        self._ended = False
        self.skipped = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._quotes += line.count('"')
        self._cut |= isinstance(line, _Cut)
        return line

    def peek(self) -> list[str]:
        """Return the first lines; they will be read again."""
        seen, size = list[str](), 0
        for line in islice(self._lines, _SAMPLE_LINES):
            seen.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
        self._lines = chain(seen, self._lines)
        return seen

    def skip(self) -> None:
        """Leave out one line before any is read as a row."""
        next(self._lines)
        self.skipped += 1

    def wrong_with(self, cells: list[str] | None) -> str | None:
        """Say what is wrong with the row that was read last, None if nothing is."""
        cut, odd = self._cut, self._quotes % 2
        self._cut, self._quotes = False, 0
        if cut:
            return "the line is longer than 20 MB; is this a table?"
        if cells is None:
            return "a quotation mark is missing from here on: nothing after it could be read"
        if odd and self._ended and len(cells[-1]) > 1 and "\n" in cells[-1]:
            return "the file ends within quotation marks: this record is cut off"
        if len(cells) > _MOST_COLUMNS:
            return f"more than {_MOST_COLUMNS:,} cells are no article"
        if any(map(is_broken, cells)):
            return "some of its bytes are no characters; save the file as UTF-8"
        return None

    def _read(self, file: TextIO) -> Iterator[str]:
        while line := file.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
                while (rest := file.readline(MB)) and rest[-1] not in "\r\n":
                    pass
                line = _Cut(line[:MB] + "\n")
            yield line
        self._ended = True


def _separator(lines: _Lines, path: Path) -> str:
    """Return what stands between the cells: what gives most rows the same number of them."""
    sample = lines.peek()
    if sample and sample[0][:4].lower() == "sep=" and len(sample[0].rstrip("\r\n")) == 5:
        lines.skip()  # Excel's own way of saying it
        return sample[0][4]
    best, separator = (0.0, 0), "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    for candidate in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=candidate) if row]
        except csv.Error:
            continue
        # The sample's last row may be cut in two.
        usual = Counter(widths[:-1] or widths).most_common(1)
        if usual and usual[0][0] > 1:
            share = usual[0][1] / len(widths[:-1] or widths)
            if (share, usual[0][0]) > best:
                best, separator = (share, usual[0][0]), candidate
    return separator
