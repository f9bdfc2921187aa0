"""Who else has this project open? Locks beside it tell, and the system drops them with a process.

Each program holds one of a few numbered locks while it has the project open. Another one is held
if and only if another program is there.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

_SLOTS = 8  # more programs than this at one project see each other, but not all are seen


class Presence:
    """This program's presence at a project, from creation to :meth:`close`. A context manager.

    Raises:
        OSError: if nothing can be written beside the project.
    """

    def __init__(self, path: Path) -> None:
        file = path.resolve()
        self._slots = [
            FileLock(file.with_name(f".{file.name}.open-{number}"), timeout=0, thread_local=False)
            for number in range(_SLOTS)
        ]
        self._own = next((slot for slot in self._slots if _take(slot)), None)

    def others(self) -> bool:
        """Tell whether another program has the project open now."""
        return self._own is None or any(self._held(slot) for slot in self._slots)

    def close(self) -> None:
        """Leave; harmless when done before."""
        if self._own is not None:
            _leave(self._own)

    def __enter__(self) -> Presence:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _held(self, slot: FileLock) -> bool:
        if slot is self._own or not Path(slot.lock_file).exists():
            return False
        if not _take(slot):
            return True
        _leave(slot)
        return False


def _take(slot: FileLock) -> bool:
    try:
        slot.acquire()
    except Timeout:
        return False
    return True


def _leave(slot: FileLock) -> None:
    # The file goes while we hold it, so that nobody else can be holding what we take away.
    # Windows keeps open files, but there the lock itself removes its file.
    with suppress(PermissionError):
        Path(slot.lock_file).unlink(missing_ok=True)
    slot.release()
