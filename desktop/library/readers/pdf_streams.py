"""What the streams of a PDF unpack to, before PDFium unpacks them: it keeps all of one in memory.

Pictures are passed over, since who reads characters never unpacks them. This finds the streams as
they lie in the file and knows the one way of packing that swells a thousandfold (deflate, also
twice over); what it does not see is stopped by the limits of the process that reads.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
_DICTIONARY = 2000  # bytes before a stream in which its dictionary is
_MOST, _MOST_IN_ALL = 50_000, 2**30  # streams, and bytes
_STEP = 2**15  # bytes


def swells(path: Path, most: int) -> bool:
    """Whether a stream that is no picture would unpack to more than ``most`` bytes, or all to 1 GB.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as raw:
        total = 0
        for number, begin in enumerate(_STREAM.finditer(raw)):
            if number > _MOST:
                return True
            about = raw[max(0, begin.start() - _DICTIONARY) : begin.start()].rpartition(b"obj")[2]
            times = len(_PACKED.findall(about))
            if times and not _PICTURE.search(about):
                pieces = _pieces(raw, begin.end())
                for _ in range(min(times, 4)):
                    pieces = _unpacked(pieces)
                size = 0
                for piece in pieces:
                    size += len(piece)
                    if size > most or total + size > _MOST_IN_ALL:
                        return True
                total += size
    return False


def _pieces(raw: mmap, start: int) -> Iterator[bytes]:
    while piece := raw[start : start + _STEP]:
        start += len(piece)
        yield piece


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack a stream piece by piece, up to its end or to where it is broken."""
    unpacker = zlib.decompressobj()
    for piece in pieces:
        while piece and not unpacker.eof:
            try:
                yield unpacker.decompress(piece, _STEP)
            except zlib.error:
                return
            piece = unpacker.unconsumed_tail
        if unpacker.eof:
            return
