"""Zip archives: what is in them is read as if it lay in a folder.

The names inside are only names: a member is unpacked to a file of our own, one at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from zipfile import BadZipFile

from desktop.library.readers.article import refused
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import LARGEST_STREAM, MB, checked_zip

_LARGEST = 4096 * MB


def read(
    path: Path, within: Callable[[Path], Iterator[Incoming | Refused]]
) -> Iterator[Incoming | Refused]:
    """Read all members of an archive, in their order.

    Args:
        path: the archive.
        within: reads a file that was in another one.

    Raises:
        ReadError: if it is damaged, has a password, or would unpack to too much.
    """
    with (
        checked_zip(path, _LARGEST, LARGEST_STREAM) as archive,
        TemporaryDirectory(prefix="standfirst-") as folder,
    ):
        for member in archive.infolist():
            name = PurePosixPath(member.filename.replace("\\", "/"))
            if member.is_dir() or name.name.startswith(".") or "__MACOSX" in name.parts:
                continue
            place = f"{path.name}/{member.filename[:200]}"
            file = Path(folder, f"member{name.suffix[:10]}")
            try:
                with archive.open(member) as packed, file.open("wb") as unpacked:
                    copyfileobj(packed, unpacked, MB)
                for one in within(file):
                    yield replace(one, place=one.place.replace(file.name, place))
            except ReadError as error:
                yield refused(
                    ReadError(str(error).replace(str(file), place).replace(file.name, place)), place
                )
            except (BadZipFile, OSError, EOFError, NotImplementedError, zlib.error) as error:
                yield Refused(place, f"it is damaged in the archive ({error})")
            finally:
                file.unlink(missing_ok=True)
