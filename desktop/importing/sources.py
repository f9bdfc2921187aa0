"""Which files are meant: those that are named, and all of a kind we read in folders, once each."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.corpus.formats import reading as corpora
from desktop.importing.report import Line, Outcome
from desktop.library.readers import reading as texts

SUFFIXES = frozenset({*corpora.SUFFIXES, *texts.SUFFIXES})
"""What files are called that are looked for in folders; whatever is named itself is tried."""

_PROJECT = ".standfirst"
_LOCKS = ("~$", ".~lock.")  # of office programs, beside the document that is open


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read; ``name`` is what it is called: its path from the folder that was named."""

    path: Path
    name: str
    size: int

    def place(self, place: str) -> str:
        """Return where a record stands, under the name that the file has here."""
        for called in (str(self.path), self.path.name):
            if place.startswith(called):
                return self.name + place.removeprefix(called)
        return f"{self.name}: {place}" if place else self.name


def find(paths: Iterable[Path]) -> Iterator[Source | Line]:
    """Yield the files that are meant, and a line for each that is not read, with the reason."""
    seen = _Seen()
    for path in paths:
        try:
            about = path.stat()
        except OSError as error:
            yield _refused(readable(str(path)), error)
            continue
        if stat.S_ISDIR(about.st_mode):
            seen.add(about, readable(path.name or str(path)))
            yield from _walk(path, seen)
        else:
            yield _file(path, readable(path.name), about, seen, named=True)


def readable(name: str) -> str:
    """Return what a file is called in words that can be stored: some names are no text."""
    return os.fsencode(name).decode(errors="replace")


def is_table(path: Path) -> bool:
    """Tell a file whose columns may have to be asked about."""
    return path.suffix.lower() in texts.TABLES and path.is_file()


def may_have_labels(path: Path) -> bool:
    """Tell what may bring names under labels of its own: corpora, and folders with some in them."""
    return path.suffix.lower() in corpora.SUFFIXES or path.is_dir()


def named(paths: Sequence[Path]) -> str:
    """Return in a word or two what is brought in, such as "reuters.jsonl" or "3 files"."""
    if len(paths) == 1:
        return readable(paths[0].name or str(paths[0]))
    files = sum(not path.is_dir() for path in paths)
    if files == len(paths):
        return f"{files:,} files"
    return f"{len(paths):,} folders" if not files else f"{len(paths):,} files and folders"


class _Seen:
    """What was met before, under whatever name: no loop of links is walked twice."""

    def __init__(self) -> None:
        self._names: dict[tuple[int, int], str] = {}

    def add(self, about: os.stat_result, name: str) -> str | None:
        """Return what it was called when it was met before; None the first time."""
        key = about.st_dev, about.st_ino
        if before := self._names.get(key):
            return before
        self._names[key] = name
        return None


def _walk(top: Path, seen: _Seen) -> Iterator[Source | Line]:
    base = top.absolute().parent
    folders = [top]
    while folders:
        folder = folders.pop()
        name = readable(os.path.relpath(folder.absolute(), base))
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name.casefold())
        except OSError as error:
            yield _refused(name, error)
            continue
        deeper: list[Path] = []
        for entry in inside:
            called = f"{name}{os.sep}{readable(entry.name)}"
            found = _entry(Path(entry.path), called, seen, deeper.append)
            if found is not None:
                yield found
        folders += reversed(deeper)


def _entry(
    path: Path, name: str, seen: _Seen, go_into: Callable[[Path], object]
) -> Source | Line | None:
    """Return what one entry of a folder comes to; None for a folder, which is gone into later."""
    if path.name.startswith((".", *_LOCKS)):
        return Line(Outcome.PASSED, name, "it is hidden")
    try:
        about = path.stat()
    except OSError as error:
        return _refused(name, error)
    if not stat.S_ISDIR(about.st_mode):
        return _file(path, name, about, seen)
    if before := seen.add(about, name):
        return Line(Outcome.PASSED, name, f"it is a link to {before}, which is read once")
    go_into(path)
    return None


def _file(
    path: Path, name: str, about: os.stat_result, seen: _Seen, *, named: bool = False
) -> Source | Line:
    suffix = path.suffix.lower()
    if not stat.S_ISREG(about.st_mode):
        return Line(Outcome.REFUSED if named else Outcome.PASSED, name, "it is no file")
    if suffix == _PROJECT:
        return Line(Outcome.PASSED, name, "it is a project: open it, or export it as a corpus")
    if not named and suffix not in SUFFIXES:
        kind = f"{suffix} files hold" if suffix else "files without an ending are taken to hold"
        return Line(Outcome.PASSED, name, f"{kind} no articles; name the file itself to try it")
    if before := seen.add(about, name):
        return Line(Outcome.PASSED, name, f"it is the same file as {before}")
    if not os.access(path, os.R_OK):
        return Line(Outcome.REFUSED, name, "you may not read it: ask for permission")
    return Source(path.absolute(), name, about.st_size)


def _refused(name: str, error: OSError) -> Line:
    return Line(Outcome.REFUSED, name, (error.strerror or str(error)).lower())
