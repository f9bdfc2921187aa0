"""The page of keys (F1): the actions table, read aloud, and the keys that are not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import screens
from desktop.shell.menus import DIGIT, DIGITS, MENUS, SIDE, SIDES, Menu, key_name, plain, tr

Line = tuple[str, str]
"""A key, and what it does."""
Group = tuple[str, list[Line]]
_COLUMNS = 4  # at most
_BEFORE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BAR = 24  # pixels beside the columns, for what scrolls them
_HEADING = 1.5  # lines
_BETWEEN, _BESIDE = 26, 10  # pixels between columns, and between keys and words


class KeysPage(QDialog):
    """Lists every action that has a key, by menu, in columns; then those of the project's labels.

    ``labels`` and ``stances`` are names by key.
    """

    def __init__(
        self, labels: Mapping[str, str], stances: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lists = [
            (plain(tr(menu.text)), list(_lines(menu)))
            for menu in MENUS
            if any(spec and spec.keys for spec in menu.items)
        ]
        own = [
            (self.tr("This project’s labels"), _by_key(labels)),
            (self.tr("This project’s stances"), _by_key(stances)),
            (self.tr("In the text"), self._in_the_text()),
            (self.tr("In the list of actors"), self._among_actors()),
        ]
        page = self._page([group for group in lists + own if group[1]])
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        buttons.setContentsMargins(0, 0, 16, 0)
        wanted = page.sizeHint()
        screens.open_with(self, wanted.width() + _BAR, wanted.height() + 70)

    def _page(self, groups: list[Group]) -> QWidget:
        """Return the groups in as many columns as the screen has room for."""
        room = screens.room_for(self).width() - _BAR
        pages = (_in_columns(groups, number) for number in range(_COLUMNS, 1, -1))
        fitting = (page for page in pages if page.sizeHint().width() <= room)
        return next(fitting, None) or _in_columns(groups, 1)

    def _in_the_text(self) -> list[Line]:
        return [
            ("← → ↑ ↓", self.tr("Move the caret")),
            ("Ctrl ← →", self.tr("by words")),
            ("Shift ← →", self.tr("Select")),
            ("Ctrl Shift ← →", self.tr("by words")),
            ("Esc", self.tr("Call off what waits for words")),
        ]

    def _among_actors(self) -> list[Line]:
        return [
            ("↵", self.tr("Its next mention")),
            ("Shift ↓", self.tr("Choose several")),
            ("J", self.tr("Join as one actor")),
            ("F2", self.tr("Rename")),
            ("Esc", self.tr("Back to the text")),
        ]


def _in_columns(groups: list[Group], number: int) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 16, 24, 12)
    row.setSpacing(_BETWEEN)
    for column in _columns(groups, number):
        row.addLayout(_column(column))
    return page


def _columns(groups: list[Group], number: int) -> list[list[Group]]:
    """Return the groups in columns about as long as one another, each in the groups' order."""
    columns: list[list[Group]] = [[] for _ in range(number)]
    for group in sorted(groups, key=_length, reverse=True):
        min(columns, key=lambda column: sum(map(_length, column))).append(group)
    for column in columns:
        column.sort(key=groups.index)
    return sorted(columns, key=lambda column: groups.index(column[0]) if column else len(groups))


def _length(group: Group) -> float:
    return len(group[1]) + _HEADING


def _column(groups: list[Group]) -> QGridLayout:
    """Return headings with their lines, one below the other, all words in line."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(_BESIDE)
    grid.setVerticalSpacing(6)
    for name, lines in groups:
        heading = QLabel(name.upper())
        heading.setProperty("role", "section")
        heading.setContentsMargins(0, 13 if grid.count() else 0, 0, 0)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for key, text in lines:
            line = grid.rowCount()
            grid.addWidget(_cap(key), line, 0, _BEFORE)
            grid.addWidget(QLabel(text, textFormat=Qt.TextFormat.PlainText), line, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid


def _by_key(names: Mapping[str, str]) -> list[Line]:
    return [(key.upper(), name) for key, name in sorted(names.items())]


def _lines(menu: Menu) -> Iterator[Line]:
    """Yield each key and what it does; a row of digits is one line."""
    for spec in menu.items:
        if spec is None or not spec.keys or spec in (*DIGITS[1:], *SIDES[1:]):
            continue
        if spec is DIGITS[0]:
            yield "1–9", tr(DIGIT)
        elif spec is SIDES[0]:
            yield f"{key_name('Alt+1')}–5", tr(SIDE)
        else:
            # A second key for the same says nothing new.
            yield key_name(spec.keys[0]), plain(tr(spec.text))


def _cap(key: str) -> QLabel:
    cap = QLabel(key)
    cap.setProperty("role", "key")
    return cap
