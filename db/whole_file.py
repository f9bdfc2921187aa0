"""Files written in one step: whole under their name, or as they were before. Standard library."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def in_one_step(out: Path) -> Generator[Path]:
    """Yield where to write; what stands there at the end takes the place of ``out``, durably.

    If anything is raised, ``out`` is as it was. It keeps its rights; a link stays one, and what it
    points to is replaced.

    Raises:
        OSError: the disk says no.
    """
    out = out.resolve()
    part = out.with_name(f".{out.name}.{uuid4().hex}.part")
    try:
        yield part
        with part.open("rb+") as file:  # Windows syncs only what is open to be written
            os.fsync(file.fileno())
        if out.exists():
            shutil.copymode(out, part)
        part.replace(out)
        sync_folder(out.parent)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a file's new name durable, where the system can (Windows does it by itself)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
