"""The window of the project's issues: a list, and the fields of the one chosen in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.values import Issue
from desktop.list_and_fields import ListAndFields
from desktop.screens import open_with

_SIZE = (660, 440)  # pixels
_LIST, _FIELDS = 200, 340


class IssuesDialog(ListAndFields):
    """Shows the topics of a project that positions are taken on."""

    added = Signal(object)  # db.values.Issue; its id means nothing
    changed = Signal(object)  # db.values.Issue
    removed = Signal(object)  # UUID

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Issues"), parent)
        self._issues: list[Issue] = []
        self._shown: Issue | None = None  # the one in the fields; None while it is a new one
        self.list = QListWidget()
        self.list.setObjectName("issues")
        self.list.setAccessibleName(self.tr("Issues"))
        self.list.setProperty("framed", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(_LIST)
        self.fields = {name: QLineEdit() for name in ("name", "aliases", "keywords")}
        self.new = QPushButton(self.tr("&New"))
        self.remove = QPushButton(self.tr("&Remove"))
        self._build()
        self._connect()
        self._show(None)
        open_with(self, *_SIZE)

    def show_issues(self, issues: Iterable[Issue]) -> None:
        """Show the project's issues as they are; what is being written stays."""
        self._issues = list(issues)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([issue.name for issue in self._issues])
        self.list.blockSignals(False)
        asked, written, self._asked = self._asked, self._written(), None
        here = self._shown and self._find(self._shown.id)
        if asked is not None and _alike(asked, written):
            there = next((one for one in self._issues if _alike(one, asked)), None)
            unsaved = there is None
        else:
            there, unsaved = None, self._unsaved()
        if unsaved:
            self._shown = here
            self._mark()
        elif there is not None and self._shown is None:
            self._show(None)  # ready for the next one
            self._said.say(self.tr("Added “{}”.").format(there.name))
            self.fields["name"].setFocus()
        else:
            self._show(here)

    def begin(self) -> None:
        """Go to the first issue, or where there is none to the fields of a new one."""
        self._show(self._issues[0] if self._issues else None)
        (self.list if self._issues else self.fields["name"]).setFocus()

    # What it is made of

    def _build(self) -> None:
        intro = QLabel(
            self.tr(
                "The topics that positions are taken on. A stance can have one as its target, and "
                "articles that name it are suggested on anew."
            ),
            wordWrap=True,
        )
        intro.setProperty("role", "muted")
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(self.new)
        below.addWidget(self.remove)
        below.addStretch(1)
        left.addLayout(below)
        fields = QWidget()
        form = QVBoxLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(4)
        form.addWidget(intro)
        form.addSpacing(8)
        captions = {
            "name": (self.tr("N&ame"), ""),
            "aliases": (self.tr("A&liases"), self.tr("Other names, with commas between them")),
            "keywords": (
                self.tr("&Keywords"),
                self.tr("Words that show that it is meant; deport* takes any ending"),
            ),
        }
        for name, field in self.fields.items():
            caption, hint = captions[name]
            field.setObjectName(name)
            field.setMinimumWidth(_FIELDS)
            label = QLabel(caption)
            label.setBuddy(field)
            form.addWidget(label)
            form.addWidget(field)
            if hint:
                under = QLabel(hint, wordWrap=True)
                under.setProperty("role", "muted")
                form.addWidget(under)
            form.addSpacing(8)
        form.addStretch(1)
        for button in (self.new, self.remove):
            button.setAutoDefault(False)
        self._lay_out(left, fields)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._go)
        self.new.clicked.connect(self._begin)
        self.remove.clicked.connect(self._remove)
        for field in self.fields.values():
            field.textEdited.connect(self._follow)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)

    # What it shows

    def _show(self, issue: Issue | None) -> None:
        """Show an issue in the fields, or with None the fields of a new one."""
        self._shown = issue
        texts = ("", "", "")
        if issue is not None:
            texts = (issue.name, ", ".join(issue.aliases), ", ".join(issue.keywords))
        for field, text in zip(self.fields.values(), texts, strict=True):
            field.setText(text)
            field.setCursorPosition(0)
        self._said.say("")
        self._mark()

    def _mark(self) -> None:
        """Choose in the list what is in the fields, and offer what can be done with it."""
        row = -1 if self._shown is None else self._issues.index(self._shown)
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.remove.setEnabled(self._shown is not None)
        self._follow()

    def _show_again(self) -> None:
        self._show(self._shown)

    # What it asks for

    def _go(self, row: int) -> None:
        wanted = self._issues[row].id if row >= 0 else None
        if self._settle():
            self._show(self._find(wanted))
        else:
            self._mark()

    def _begin(self) -> None:
        if self._settle():
            self._show(None)
            self.fields["name"].setFocus()

    def _remove(self) -> None:
        if self._shown is not None:
            identifier = self._shown.id
            self._show(self._shown)  # what was written on it goes with it
            self.removed.emit(identifier)

    def _settle(self) -> bool:
        written = self._written()
        if not self._unsaved() or (self._asked is not None and _alike(self._asked, written)):
            return True
        same = written.name.casefold()
        if not written.name:
            self.say(self.tr("Give the issue a name."))
        elif any(i.name.casefold() == same and i.id != written.id for i in self._issues):
            self.say(self.tr("There is an issue of that name already."))
        else:
            self._asked = written
            (self.changed if self._shown else self.added).emit(written)
            return True
        self.fields["name"].setFocus()
        return False

    def _written(self) -> Issue:
        """Return what the fields say."""
        name, aliases, keywords = (field.text() for field in self.fields.values())
        identifier = self._shown.id if self._shown else uuid4()
        return Issue(identifier, " ".join(name.split()), words(aliases), words(keywords))

    @property
    def _is_new(self) -> bool:
        return self._shown is None

    def _unsaved(self) -> bool:
        return not _alike(self._written(), self._shown or Issue(UUID(int=0), ""))

    def _find(self, identifier: UUID | None) -> Issue | None:
        return next((one for one in self._issues if one.id == identifier), None)


def _alike(one: Issue, other: Issue) -> bool:
    return (one.name, set(one.aliases), set(one.keywords)) == (
        other.name,
        set(other.aliases),
        set(other.keywords),
    )


def words(text: str) -> tuple[str, ...]:
    """Return what stands between commas, as the project keeps it: in order, none twice."""
    tidy = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    return tuple(sorted({word.casefold(): word for word in tidy if word}.values()))
