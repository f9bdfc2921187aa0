"""What the program remembers of an analyst between two days, outside any project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from uuid import UUID

_RECENT = 8


class Settings:
    """Typed access to the settings file (in the platform's place for them)."""

    def __init__(self) -> None:
        self._file = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "standfirst", "standfirst"
        )

    def _text(self, key: str) -> str | None:
        value = self._file.value(key)
        return value if isinstance(value, str) and value else None

    @property
    def coder(self) -> str | None:
        """The name decisions are signed with, or None before it was asked."""
        return self._text("coder")

    @coder.setter
    def coder(self, name: str) -> None:
        self._file.setValue("coder", name)

    @property
    def appearance(self) -> str:
        """One of "system", "light" and "dark"."""
        return self._text("appearance") or "system"

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._file.setValue("appearance", value)

    @property
    def recent(self) -> list[Path]:
        """The last projects, newest first, those that are still there."""
        value = self._file.value("recent") or []
        names = [value] if isinstance(value, str) else value
        return [Path(name) for name in names if _is_there(Path(name))]

    def opened(self, project: Path) -> None:
        """Remember ``project`` as the last one."""
        names = [project, *(path for path in self.recent if path != project)]
        self._file.setValue("recent", [str(name) for name in names[:_RECENT]])

    def place(self, project: Path, article: UUID) -> tuple[int, int]:
        """Return caret and first line on screen, in code points, if ``article`` was last open."""
        value = self._text(f"places/{_key(project)}") or ""
        name, *offsets = value.split() or [""]
        numbers = [int(offset) for offset in offsets if offset.isdecimal()]
        if name != str(article) or len(numbers) != 2:
            return 0, 0
        return numbers[0], numbers[1]

    def set_place(self, project: Path, article: UUID, caret: int, top: int) -> None:
        """Remember where the analyst was in ``project``."""
        self._file.setValue(f"places/{_key(project)}", f"{article} {caret} {top}")

    @property
    def toured(self) -> bool:
        """Whether the tour was begun once."""
        return self._text("toured") is not None

    @toured.setter
    def toured(self, value: bool) -> None:
        self._file.setValue("toured", "yes" if value else "")

    def backlog(self, project: Path) -> str:
        """Return what :meth:`set_backlog` was given for ``project`` last."""
        return self._text(f"backlog/{_key(project)}") or ""

    def set_backlog(self, project: Path, text: str) -> None:
        """Remember what was asked for of suggestions for the whole library; "" forgets it."""
        if text:
            self._file.setValue(f"backlog/{_key(project)}", text)
        else:
            self._file.remove(f"backlog/{_key(project)}")

    def blob(self, name: str) -> QByteArray:
        """Return a widget's saved state, empty if there is none."""
        value = self._file.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, name: str, state: QByteArray) -> None:
        """Save a widget's state."""
        self._file.setValue(f"window/{name}", state)

    @property
    def zoom(self) -> int:
        """The article's zoom in per cent."""
        text = self._text("zoom") or ""
        return int(text) if text.isdecimal() else 100

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._file.setValue("zoom", str(percent))

    @property
    def view(self) -> dict[str, str]:
        """How the article is shown, by name; what was never chosen is not there."""
        names = (key for key in self._file.allKeys() if key.startswith("view/"))
        return {key.removeprefix("view/"): text for key in names if (text := self._text(key))}

    @view.setter
    def view(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self._file.setValue(f"view/{name}", text)

    @property
    def find(self) -> set[str]:
        """What counts in finding: "case", "whole", both or neither."""
        return set((self._text("find") or "").split())

    @find.setter
    def find(self, names: set[str]) -> None:
        self._file.setValue("find", " ".join(sorted(names)))

    @property
    def columns(self) -> dict[str, str]:
        """What the columns of tables hold, as JSON, by the key of their names."""
        names = (key for key in self._file.allKeys() if key.startswith("columns/"))
        return {key.removeprefix("columns/"): text for key in names if (text := self._text(key))}

    @columns.setter
    def columns(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self._file.setValue(f"columns/{name}", text)

    def sync(self) -> None:
        """Write now."""
        self._file.sync()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder that may not be looked into any more
        return False


def _key(project: Path) -> str:
    return str(project).replace("/", "|").replace("\\", "|")
