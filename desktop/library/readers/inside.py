"""Files within a file: what is attached to a mail, what is packed in an archive.

Their names are the sender's: they are shown, and never taken for a path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from desktop.library.readers.article import refused
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import MB

Within = Callable[[Path], Iterator[Incoming | Refused]]
"""Reads a file that was in another one."""

_LONGEST_NAME, _LONGEST_SUFFIX = 200, 10  # code points


@dataclass(slots=True)
class Room:
    """How many bytes one file may unpack to, whatever is packed in what is packed in it."""

    left: int = 4096 * MB

    def take(self, size: int, path: Path) -> None:
        """Count what is about to be unpacked from an archive.

        Raises:
            ReadError: if it is more than there is room for.
        """
        self.left -= size
        if self.left < 0:
            raise ReadError(f"{path}: it unpacks to more than 4 GB; the rest of it was not read")


def read(file: Path, place: str, within: Within) -> Iterator[Incoming | Refused]:
    """Read what was in another file, and tell it by ``place``; if it cannot be read, that too."""
    try:
        for one in within(file):
            yield replace(one, place=one.place.replace(file.name, place))
    except ReadError as error:
        message = str(error).replace(str(file), place).replace(file.name, place)
        yield refused(ReadError(message), place)


def suffix_of(name: str) -> str:
    """Return the suffix that a sender's name has, which tells what a file is; none that is odd."""
    suffix = PurePosixPath(name).suffix[:_LONGEST_SUFFIX]
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""


def shown(name: str) -> str:
    """Return a name as it may be shown: short, and without what would turn or break a line."""
    return "".join(one if one.isprintable() else "\ufffd" for one in name[:_LONGEST_NAME])
