"""The window of the project's labels: a list, the fields of the one chosen in it, and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.scheme_values import Label, Scheme
from db.values import Layer
from desktop import theme
from desktop.colours import Quartet
from desktop.list_and_fields import ListAndFields
from desktop.menu import Menu
from desktop.scheme.fields import NEW, LabelFields, blank
from desktop.scheme.label_list import LabelList
from desktop.scheme.question import Question, stands_under
from desktop.screens import open_with

if TYPE_CHECKING:
    from db.labels import Usage

_SIZE = (780, 660)  # pixels


class LabelsDialog(ListAndFields):
    """Shows the labels of a project; ``key_owner`` tells what else in the window has a key."""

    added = Signal(object)  # db.values.Label
    changed = Signal(object)  # db.values.Label
    merged = Signal(object, object)  # UUID, UUID
    removed = Signal(object)  # UUID
    ordered = Signal(object)  # list[UUID]
    usage_wanted = Signal(object)  # db.values.Label; see show_usage
    files_wanted = Signal(str)  # "import", "export", or the name of a bundled scheme

    def __init__(
        self,
        own_names: Mapping[str, str],
        bundled: Mapping[str, str],
        key_owner: Callable[[str], str | None],
        parent: QWidget,
    ) -> None:
        super().__init__(self.tr("Labels"), parent)
        self._own_names, self._key_owner = own_names, key_owner
        self._scheme: Scheme | None = None
        self._layer = Layer.ENTITY
        self._merging = False
        self._shown = blank()  # the one in the fields
        self.list = LabelList()
        self.tabs = {
            Layer.ENTITY: _tab(self.tr("&Entities")),
            Layer.STANCE: _tab(self.tr("S&tances")),
        }
        self.fields = LabelFields(own_names)
        self.question = Question()
        self.new = QPushButton(self.tr("&New"))
        self.up, self.down = QPushButton("↑"), QPushButton("↓")
        self.merge = QPushButton(self.tr("&Merge…"))
        self.remove = QPushButton(self.tr("&Delete…"))
        self.take_in = QPushButton(self.tr("&Import"))
        self.export = QPushButton(self.tr("Ex&port…"))
        self._build(bundled)
        self._connect()
        open_with(self, *_SIZE)

    @property
    def labels(self) -> list[Label]:
        """The labels of the kind that is shown, in their order."""
        known = self._scheme.labels if self._scheme else ()
        return [label for label in known if label.layer is self._layer]

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the labels as they are; what is being written stays."""
        written, unsaved = self.fields.written, self._unsaved()
        asked, self._asked = self._asked, None
        self._scheme = scheme
        here = self._find(self._shown.id)
        if asked is not None and asked == written:
            new = next((one for one in self.labels if one.name == asked.name), None)
            here, unsaved = (new if asked.id == NEW else here), False
        elif here is None and not self._is_new:
            unsaved = False  # it is gone, by undo or by another program
        self._fill_list()
        if not unsaved:
            self._show(here or (blank() if self._is_new else self._first()))
        else:
            self._shown = here or self._shown
            self.fields.show_others(self._others(self._shown))
            self._mark()

    def begin(self) -> None:
        """Go to the first label."""
        self._show(self._first())
        self.list.setFocus()

    def show_usage(self, label: Label, usage: Usage) -> None:
        """Ask what becomes of what stands under a label, which is so much."""
        merging = self._merging
        if self._shown.id != label.id:
            return  # the analyst went on meanwhile
        others = [(one.name, one.id) for one in self.labels if one.id != label.id]

        def give(into: object) -> None:
            self.merged.emit(label.id, into)

        words = stands_under(label, usage)
        if merging:
            asked = self.tr("{} Merge it into which label?").format(words)
            self.question.ask(asked, [(self.tr("&Merge"), give)], others)
        else:
            self.question.ask(
                self.tr("{} Move it all to another label, or delete the label?").format(words),
                [
                    (self.tr("Mo&ve it all"), give),
                    (
                        self.tr("Delete and &reject") if usage.annotations else self.tr("&Delete"),
                        lambda _: self.removed.emit(label.id),
                    ),
                ],
                others,
            )

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._scheme:
            self._fill_list()
            self._mark()

    # What it is made of

    def _build(self, bundled: Mapping[str, str]) -> None:
        group, tabs = QButtonGroup(self), QHBoxLayout()
        for layer, tab in self.tabs.items():
            group.addButton(tab)
            # Not on a click: assistive technology toggles them.
            tab.toggled.connect(lambda on, to=layer: on and self._go_to_layer(to))
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self.up.setAccessibleName(self.tr("Move up"))
        self.up.setToolTip(self.tr("Move up (Alt ↑)"))
        self.down.setAccessibleName(self.tr("Move down"))
        self.down.setToolTip(self.tr("Move down (Alt ↓)"))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(tabs)
        left.addWidget(self.list, 1)
        for row in (
            (self.new, self.up, self.down),
            (self.merge, self.remove),
            (self.take_in, self.export),
        ):
            line = QHBoxLayout()
            line.setSpacing(6)
            for button in row:
                button.setAutoDefault(False)
                button.setProperty("tight", True)
                line.addWidget(button, 1)
            left.addLayout(line)
        menu = Menu(self.take_in)
        menu.addAction(self.tr("From a &file…"), partial(self.files_wanted.emit, "import"))
        menu.addSeparator()
        for name, about in bundled.items():
            menu.addAction(about, partial(self.files_wanted.emit, name))
        self.take_in.setMenu(menu)
        self._lay_out(left, self.fields, [self.question])

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._go)
        self.new.clicked.connect(self._begin_new)
        self.up.clicked.connect(partial(self._move, -1))
        self.down.clicked.connect(partial(self._move, 1))
        self.merge.clicked.connect(partial(self._ask_what_becomes, merging=True))
        self.remove.clicked.connect(partial(self._ask_what_becomes, merging=False))
        self.export.clicked.connect(partial(self.files_wanted.emit, "export"))
        self.fields.edited.connect(self._follow)
        self.question.left.connect(self.list.setFocus)
        for key, do in (
            ("Del", partial(self._ask_what_becomes, merging=False)),
            ("Alt+Up", partial(self._move, -1)),
            ("Alt+Down", partial(self._move, 1)),
        ):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    # What it shows

    def _fill_list(self) -> None:
        self.list.blockSignals(True)
        self.list.show_labels(self.labels, {one.id: self._called(one) for one in self.labels})
        self.list.blockSignals(False)

    def _show(self, label: Label) -> None:
        self._shown = label
        self.fields.show_label(label, self._others(label))
        self._said.say("")
        self._mark()

    def _mark(self) -> None:
        """Choose in the list what is in the fields, and offer what can be done with it."""
        rows = [one.id for one in self.labels]
        row = rows.index(self._shown.id) if self._shown.id in rows else -1
        self.list.choose(row)
        self.tabs[self._layer].setChecked(True)
        entities = self._layer is Layer.ENTITY
        self.new.setEnabled(entities)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < len(rows) - 1)
        for button in (self.merge, self.remove):
            button.setEnabled(entities and row >= 0 and len(rows) > 1)
        self._follow()

    def _show_again(self) -> None:
        self._show(self._shown)

    def _called(self, label: Label) -> str:
        return label.shown or self._own_names.get(label.name, label.name)

    def _others(self, label: Label) -> dict[str, Quartet]:
        others = (one for one in self.labels if one.id != label.id)
        return {self._called(one): theme.quartet(one.colour) for one in others}

    # What it asks for

    def _go_to_layer(self, layer: Layer) -> None:
        if layer is not self._layer and self._settle():
            self._layer = layer
            self.question.put_off()
            self._fill_list()
            self._show(self._first())
        self._mark()

    def _go(self, row: int) -> None:
        wanted = self.labels[row] if row >= 0 else None
        if self._settle():
            self.question.put_off()
            self._show(wanted or self._first())
        else:
            self._mark()

    def _begin_new(self) -> None:
        if self._settle():
            self._show(blank())
            self.fields.name.setFocus()

    def _move(self, step: int) -> None:
        rows = [one.id for one in self.labels]
        at = rows.index(self._shown.id) if self._shown.id in rows else -1
        if at >= 0 and 0 <= at + step < len(rows) and self._settle():
            rows[at], rows[at + step] = rows[at + step], rows[at]
            rest = self._scheme.labels if self._scheme else ()
            other = [one.id for one in rest if one.layer is not self._layer]
            self.ordered.emit([*rows, *other] if self._layer is Layer.ENTITY else [*other, *rows])

    def _ask_what_becomes(self, *, merging: bool) -> None:
        """Ask what becomes of all that stands under the label in the fields."""
        label = self._shown
        if self.remove.isEnabled() and self._settle():
            self._merging = merging
            self.usage_wanted.emit(label)

    def _settle(self) -> bool:
        written = self.fields.written
        if not self._unsaved() or (self._asked == written and not self.fields.colour.wrong):
            return True
        name = written.name.casefold()
        wrong, where = "", self.fields.name
        if not name:
            wrong = self.tr("Give the label a name.")
        elif any(one.name.casefold() == name and one.id != written.id for one in self.labels):
            wrong = self.tr("There is a label of that name already.")
        elif self.fields.colour.wrong:
            wrong, where = self.tr("A colour is written as #2F6FDB."), self.fields.colour.own
        elif words := self._wrong_key(written):
            wrong, where = words, self.fields.key
        if wrong:
            self.say(wrong)
            where.setFocus()
            return False
        self._asked = written
        (self.added if written.id == NEW else self.changed).emit(written)
        return True

    def _wrong_key(self, written: Label) -> str:
        key = written.shortcut
        if key is None:
            return ""
        if not (key.isascii() and key.isalnum() and key != "0"):
            return self.tr("A key is a digit from 1 to 9, or a letter from A to Z.")
        if owner := self._key_owner(key):
            return self.tr("{} is taken: it is the key of “{}”.").format(key.upper(), owner)
        same = (one for one in self.labels if one.shortcut == key and one.id != written.id)
        if other := next(same, None):
            return self.tr("{} is the key of {} already.").format(key.upper(), self._called(other))
        return ""

    @property
    def _is_new(self) -> bool:
        return self._shown.id == NEW

    def _unsaved(self) -> bool:
        written = self.fields.written
        same = replace(self._shown, colour=written.colour)
        alike = theme.quartet(written.colour) == theme.quartet(self._shown.colour)
        wrong = self.fields.colour.wrong
        return self._scheme is not None and (wrong or not (written == same and alike))

    def _find(self, identifier: UUID) -> Label | None:
        return next((one for one in self.labels if one.id == identifier), None)

    def _first(self) -> Label:
        return next(iter(self.labels), blank())


def _tab(words: str) -> QPushButton:
    tab = QPushButton(words)
    tab.setCheckable(True)
    tab.setAutoDefault(False)
    tab.setProperty("chip", True)
    return tab
