"""Zip archives: what is in them is read as if it lay in a folder.

The names inside are only names: a member is unpacked to a file of our own, one at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from zipfile import BadZipFile

from desktop.library.readers import inside
from desktop.library.readers.incoming import Incoming, Refused
from desktop.library.readers.limits import LARGEST_STREAM, MB, checked_zip


def read(path: Path, within: inside.Within, room: inside.Room) -> Iterator[Incoming | Refused]:
    """Read all members of an archive, in their order.

    Args:
        path: the archive.
        within: reads a file that was in another one.
        room: how much may be unpacked.

    Raises:
        ReadError: if it is damaged, has a password, or would unpack to too much.
    """
    with (
        checked_zip(path, room.left, LARGEST_STREAM) as archive,
        TemporaryDirectory(prefix="standfirst-") as folder,
    ):
        for member in archive.infolist():
            name = PurePosixPath(member.filename.replace("\\", "/"))
            if member.is_dir() or name.name.startswith(".") or "__MACOSX" in name.parts:
                continue
            room.take(member.file_size, path)
            place = f"{path.name}/{inside.shown(member.filename)}"
            file = Path(folder, f"member{inside.suffix_of(name.name)}")
            try:
                with archive.open(member) as packed, file.open("wb") as unpacked:
                    copyfileobj(packed, unpacked, MB)
                yield from inside.read(file, place, within)
            except (BadZipFile, OSError, EOFError, NotImplementedError, zlib.error) as error:
                yield Refused(place, f"it is damaged in the archive ({error})")
            finally:
                file.unlink(missing_ok=True)
