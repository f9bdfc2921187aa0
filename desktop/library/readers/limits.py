"""How much one file may ask of us: sizes, and archives that swell when they are unpacked.

Hostile files are few, but one must not take the others down with it: whatever is read whole is
measured first, and a zip archive (as .docx and .xlsx are) is judged by its table of contents.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.library.readers.incoming import ReadError

MB = 1024 * 1024
LONGEST_TEXT = 20 * MB
"""Code points of one article; a novel has one million."""
LARGEST_STREAM = 1024 * MB
"""Bytes of a file that is read record by record."""

_SWOLLEN, _RATIO = 10 * MB, 150  # deflate packs a thousandfold at most; prose about fourfold
_MOST_MEMBERS = 20_000


def whole(path: Path, largest: int = LONGEST_TEXT) -> bytes:
    """Return a file's bytes.

    Raises:
        ReadError: if it cannot be read, is no ordinary file, or has more bytes than ``largest``.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)  # some files have no end, or no size
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if len(raw) > largest:
        raise ReadError(
            f"{path}: more than {largest // MB} MB is too large for one article; split it"
        )
    return raw


def check_stream(path: Path) -> None:
    """Look at a file before it is read record by record.

    Raises:
        ReadError: if it cannot be read, is no ordinary file, or is beyond 1 GB.
    """
    try:
        known = path.stat()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if not stat.S_ISREG(known.st_mode):
        raise ReadError(f"{path}: this is not a file")
    if known.st_size > LARGEST_STREAM:
        raise ReadError(f"{path}: more than 1 GB is too large; split it into several files")


def checked_zip(path: Path, largest: int, largest_member: int) -> ZipFile:
    """Open a zip archive, once its table of contents says that it is none of the bombs.

    A member never yields more bytes than the table says, so the table can be relied on.

    Args:
        path: the archive.
        largest: bytes of everything in it, unpacked.
        largest_member: bytes of any one part, unpacked.

    Raises:
        ReadError: if it is broken, has a password, or would be too large.
    """
    check_stream(path)
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{path}: the file is damaged ({error}); get it anew") from error
    try:
        _check_members(path, archive.infolist(), largest, largest_member)
    except ReadError:
        archive.close()
        raise
    return archive


def _check_members(
    path: Path, members: Iterable[ZipInfo], largest: int, largest_member: int
) -> None:
    total = number = 0
    for member in members:
        number += 1
        total += member.file_size
        if member.flag_bits & 1:
            raise ReadError(f"{path}: it has a password; save it without one")
        swollen = member.file_size > max(_SWOLLEN, _RATIO * member.compress_size)
        if swollen or member.file_size > largest_member or total > largest:
            raise ReadError(
                f"{path}: it would unpack to too much ({member.filename[:80]}); nothing was read"
            )
    if number > _MOST_MEMBERS:
        raise ReadError(f"{path}: more than {_MOST_MEMBERS:,} parts are too many")
