"""Who else has this project open? Locks beside it tell, and the system drops them with a process.

Each program holds one of a few numbered locks while it has the project open. Another one is held
if and only if another program is there. (The ``filelock`` library does the same, but importing
it takes longer than the window may stand still.)

Another lock is held by whichever of them does a work that is enough if one does it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_SLOTS = 8  # more programs than this at one project know of each other, but not how many


class Presence:
    """This program's presence at a project, from creation to :meth:`close`. A context manager.

    Raises:
        OSError: if nothing can be written beside the project.
    """

    def __init__(self, path: Path) -> None:
        self._slots = _slots(path)
        self._own = next((slot for slot in self._slots if slot.take()), None)

    def others(self) -> bool:
        """Tell whether another program has the project open now."""
        return any(slot.held_by_another() for slot in self._slots if slot is not self._own)

    def close(self) -> None:
        """Leave; harmless when done before."""
        if self._own is not None:
            self._own.leave()

    def __enter__(self) -> Presence:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Sole:
    """A work on a project that one program at a time does, from :meth:`take` to :meth:`leave`."""

    def __init__(self, path: Path, work: str) -> None:
        file = path.resolve()
        self._slot = _Slot(file.with_name(f".{file.name}.{work}"))

    def take(self) -> bool:
        """Be the one that does it; False if another program is.

        Raises:
            OSError: if nothing can be written beside the project.
        """
        return self._slot.held or self._slot.take()

    def leave(self) -> None:
        """Leave it to others; harmless when done before."""
        self._slot.leave()


def _slots(path: Path) -> list[_Slot]:
    file = path.resolve()
    return [_Slot(file.with_name(f".{file.name}.open-{number}")) for number in range(_SLOTS)]


class _Slot:
    """A file that is locked by one program at a time, and is there only while it is."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether we have locked it."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Lock it; False if another program has."""
        while True:
            descriptor = os.open(self._file, os.O_RDONLY | os.O_CREAT, 0o666)
            if not _lock(descriptor):
                os.close(descriptor)
                return False
            if self._is_still(descriptor):
                self._descriptor = descriptor
                return True
            os.close(descriptor)  # who held it took the file away between our two steps

    def leave(self) -> None:
        """Unlock it; harmless when done before."""
        if self._descriptor is None:
            return
        # The file goes while it is locked, so that nobody else can have locked what goes.
        # Windows keeps files that are open: there it goes afterwards, unless somebody came.
        with suppress(PermissionError):
            self._file.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = None
        if sys.platform == "win32":
            with suppress(PermissionError):
                self._file.unlink(missing_ok=True)

    def held_by_another(self) -> bool:
        """Tell whether another program has locked it."""
        try:
            if not self._file.exists():
                return False
            if not self.take():
                return True
        except OSError:  # a folder we may not look into: nobody can be seen there
            return False
        self.leave()
        return False

    def _is_still(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._file.stat())
        except FileNotFoundError:
            return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: nobody can be seen there
            return True
        return True
