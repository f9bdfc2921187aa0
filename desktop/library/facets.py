"""The facets: what the articles found can be told apart by, with how many there are of each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from db.search_values import FACETS, Value

_NAME, _COUNT = 0, 1
_VALUE = Qt.ItemDataRole.UserRole
_FEW = 8  # values shown of a facet before all are asked for


class FacetsPanel(QTreeWidget):
    """A tree of facets that unfold; what is ticked is chosen. Folded ones are not counted."""

    wanted = Signal(str)  # this facet is to be counted, for show_values
    chosen = Signal(str, str, bool)  # facet, value, whether it is to be chosen

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("facets")
        self.setAccessibleName(self.tr("Filters"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self._most = 400
        self._ticked: set[tuple[str, str]] = set()
        self._unfolded = set[str]()  # the facets of which all values are shown
        self._sections = {name: self._section(name) for name in FACETS}
        self.itemExpanded.connect(self._on_expanded)
        self.itemCollapsed.connect(lambda _: self.updateGeometry())
        self.itemChanged.connect(self._on_changed)
        self.itemClicked.connect(self._on_clicked)

    @property
    def most_height(self) -> int:
        """How high it may be, in pixels."""
        return self._most

    @most_height.setter
    def most_height(self, pixels: int) -> None:
        self._most = pixels
        self.updateGeometry()

    def begin(self) -> None:
        """Take the keys, on the first facet if none is chosen yet."""
        if self.currentItem() is None:
            self.setCurrentItem(next(iter(self._sections.values())))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask(self) -> None:
        """Ask for what is to be seen to be counted."""
        if self.isVisible():
            for name, section in self._sections.items():
                if section.isExpanded():
                    self.wanted.emit(name)

    def show_values(self, name: str, values: Iterable[Value]) -> None:
        """Show how many articles there are of each value; what is chosen is there in any case."""
        section, counts = self._sections[name], {each.value: each.count for each in values}
        rest = 0
        if name not in self._unfolded and len(counts) > _FEW + 1:
            rest = len(counts) - _FEW
            counts = dict(islice(counts.items(), _FEW))
        for facet, value in self._ticked:
            if facet == name:
                counts.setdefault(value, 0)
        current = self.currentItem()
        here = current.data(_NAME, _VALUE) if current and current.parent() is section else None
        self.blockSignals(True)
        section.takeChildren()
        for value, count in counts.items():
            item = QTreeWidgetItem(section, [self.value_name(name, value), _number(count)])
            item.setData(_NAME, _VALUE, value)
            item.setToolTip(_NAME, item.text(_NAME))
            item.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight)
            item.setCheckState(_NAME, _check((name, value) in self._ticked))
            if value == here:
                self.setCurrentItem(item)
        if rest:
            QTreeWidgetItem(section, [self.tr("{} more…").format(_number(rest))])
        if not counts:
            none = QTreeWidgetItem(section, [self.tr("None yet")])
            none.setFlags(Qt.ItemFlag.NoItemFlags)
        self.blockSignals(False)
        self.viewport().update()
        self.updateGeometry()

    def show_chosen(self, chosen: set[tuple[str, str]]) -> None:
        """Tick what is chosen, and nothing else."""
        self._ticked = chosen
        self.blockSignals(True)
        for name, section in self._sections.items():
            many = sum(facet == name for facet, _ in chosen)
            section.setText(_COUNT, _number(many) if many else "")
            for item in map(section.child, range(section.childCount())):
                if item and (value := item.data(_NAME, _VALUE)) is not None:
                    item.setCheckState(_NAME, _check((name, value) in chosen))
        self.blockSignals(False)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        rows = len(self._sections) + sum(
            section.childCount() for section in self._sections.values() if section.isExpanded()
        )
        height = rows * max(self.sizeHintForRow(0), 20) + 14
        return QSize(super().sizeHint().width(), min(height, self._most))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._press(item)
        else:
            super().keyPressEvent(event)

    def facet_name(self, name: str) -> str:
        """Return what the window calls a facet."""
        return {
            "publication": self.tr("Publication"),
            "date": self.tr("Year"),
            "label": self.tr("Label"),
            "actor": self.tr("Actor"),
            "target": self.tr("Target"),
            "stance": self.tr("Stance"),
            "coder": self.tr("Coder"),
            "score": self.tr("Score of what is undecided"),
        }[name]

    def value_name(self, facet: str, value: str) -> str:
        """Return what the window calls a value of a facet."""
        if facet == "stance":
            return {
                "favor": self.tr("For"),
                "against": self.tr("Against"),
                "neutral": self.tr("Neutral"),
                "mixed": self.tr("Mixed"),
                "unclear": self.tr("Unclear"),
            }.get(value, value)
        if facet == "score":
            return {
                "<0.5": self.tr("below 0.5"),
                "0.5-0.7": self.tr("0.5 to 0.7"),
                "0.7-0.9": self.tr("0.7 to 0.9"),
                ">0.9": self.tr("0.9 and above"),
                "none": self.tr("no score"),
            }.get(value, value)
        return value

    def _section(self, name: str) -> QTreeWidgetItem:
        section = QTreeWidgetItem(self, [self.facet_name(name), ""])
        section.setData(_NAME, _VALUE, None)
        section.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        section.setFont(_NAME, font)
        section.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return section

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        self.updateGeometry()
        self.wanted.emit(self._name_of(item))

    def _on_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        is_box = item.parent() is not None and item.data(_NAME, _VALUE) is not None
        if not is_box or column == _COUNT:
            self._press(item)

    def _press(self, item: QTreeWidgetItem) -> None:
        section = item.parent()
        if section is None:
            item.setExpanded(not item.isExpanded())
        elif item.data(_NAME, _VALUE) is not None:
            item.setCheckState(_NAME, _check(item.checkState(_NAME) is Qt.CheckState.Unchecked))
        elif item.flags():  # the line that stands for the rest
            name = self._name_of(section)
            self._unfolded.add(name)
            self.setCurrentItem(section)
            self.wanted.emit(name)

    def _name_of(self, section: QTreeWidgetItem) -> str:
        return next(name for name, each in self._sections.items() if each is section)

    def _on_changed(self, item: QTreeWidgetItem, _column: int) -> None:
        section, value = item.parent(), item.data(_NAME, _VALUE)
        if section is not None and value is not None:
            on = item.checkState(_NAME) is Qt.CheckState.Checked
            self.chosen.emit(self._name_of(section), value, on)


def _check(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def _number(count: int) -> str:
    return QLocale().toString(count)
