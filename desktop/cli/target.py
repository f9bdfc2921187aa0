"""The project an import goes into: there already, or made with the first article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from db.arriving import Arriving, Outcome, Twins
from db.imports import Import, UnknownLabels
from db.rehearsing import Rehearsal
from desktop.cli.opening import present, warn
from desktop.cli.output import CommandError

if TYPE_CHECKING:
    from db.presence import Presence


class Target:
    """Stores what an import brings; with ``rehearsal`` it only says what would become of it."""

    def __init__(
        self,
        project: Path,
        sources: Sequence[str],
        named: str,
        *,
        scheme: str,
        labels: str,
        coder: str | None,
        rehearsal: bool,
        quiet: bool,
    ) -> None:
        self._project, self._sources, self._named = project, sources, named
        self._scheme, self._labels, self._coder = scheme, UnknownLabels(labels), coder
        self._rehearsal, self._quiet = rehearsal, quiet
        self._stack = ExitStack()
        self._presence: Presence | None = None
        self._storing: Import | Rehearsal | None = None
        if project.exists():
            self._open()
        elif not project.parent.is_dir():
            raise CommandError(f"{project}: there is no folder {project.parent}; make it first")

    def __enter__(self) -> Target:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def take(self, batch: Sequence[Arriving]) -> list[Outcome]:
        """Store articles; see :meth:`db.imports.Import.take`."""
        if self._storing is None:
            self._make()
        assert self._storing is not None
        return self._storing.take(batch)

    def finish(self) -> Iterable[Twins]:
        """Say that all was read; return which twins are known by then."""
        return self._storing.finish() if self._storing is not None else ()

    def beside(self) -> bool:
        """Tell whether another program has the project open."""
        return self._presence is not None and self._presence.others()

    def _make(self) -> None:
        if self._rehearsal:
            self._storing = Rehearsal()
            return
        from db.engine import create

        create(self._project, name=self._project.stem, scheme=self._scheme)
        self._open()

    def _open(self) -> None:
        from db import people

        session, self._presence = self._stack.enter_context(present(self._project))
        if not self._quiet:
            warn(self._project, self._presence)
        if self._rehearsal:
            self._storing = Rehearsal(session)
            return
        coder = people.coder(session, self._coder) if self._coder else None
        self._storing = Import(session, self._sources, self._named, coder, self._labels)
