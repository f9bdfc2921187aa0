"""The fields of one label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.scheme_values import Label
from db.values import Layer
from desktop.colours import Quartet
from desktop.scheme.colour_field import ColourField, tr

NEW = UUID(int=0)
"""The id of a label that is still to be added."""


def blank(layer: Layer = Layer.ENTITY) -> Label:
    """Return a label of which nothing is said yet."""
    return Label(NEW, layer, "", "number", None, "")


class LabelFields(QWidget):
    """Shows one label and lets it be written anew; it knows no other.

    ``own_names`` are what the window calls the stances where the project says nothing of it.
    """

    edited = Signal()

    def __init__(self, own_names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_names = own_names
        self._label = blank()
        self._name_caption = QLabel()
        self.name = QLineEdit()
        self.key = QLineEdit(maxLength=1)
        self.key.setFixedWidth(48)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.colour = ColourField()
        self.guideline = _Text(72)
        self.examples = _Text(58)
        self.engine_names = QLineEdit()
        self.offered = QCheckBox(tr("O&ffered to be given"))
        self._engine = QWidget()
        self._build()
        for line in (self.name, self.key, self.engine_names):
            line.textEdited.connect(lambda _: self.edited.emit())
        for text in (self.guideline, self.examples):
            text.textChanged.connect(self.edited)
        self.name.textEdited.connect(self.colour.show_name)
        self.colour.changed.connect(self.edited)
        self.offered.clicked.connect(lambda: self.edited.emit())

    def show_label(self, label: Label, others: Mapping[str, Quartet]) -> None:
        """Show a label beside the colours of the others."""
        self._label = label
        stance = label.layer is Layer.STANCE
        self._name_caption.setText(tr("Shown as") if stance else tr("Name"))
        self.name.setText(self._called(label))
        self.name.setCursorPosition(0)
        self.key.setText((label.shortcut or "").upper())
        for field, text in (
            (self.guideline, label.guideline),
            (self.examples, "\n".join(label.examples)),
        ):
            field.blockSignals(True)
            field.setPlainText(text)
            field.blockSignals(False)
        self.engine_names.setText(", ".join(label.engine_names))
        self.engine_names.setCursorPosition(0)
        self._engine.setVisible(not stance)
        self.offered.setVisible(stance)
        self.offered.setChecked(label.offered)
        self.colour.show_colour(label.colour, self.name.text(), others)

    def show_others(self, others: Mapping[str, Quartet]) -> None:
        """Judge what is written by the colours that the other labels have now."""
        self.colour.show_colour(self.colour.token, self.name.text(), others)

    @property
    def written(self) -> Label:
        """The label as the fields have it."""
        stance = self._label.layer is Layer.STANCE
        name = " ".join(self.name.text().split())
        own = self._own_names.get(self._label.name)
        examples = (" ".join(line.split()) for line in self.examples.toPlainText().splitlines())
        engine_names = (part.strip() for part in re.split("[,;]", self.engine_names.text()))
        return replace(
            self._label,
            name=self._label.name if stance else name,
            shown=(name if name != own else None) if stance else None,
            colour=self.colour.token,
            shortcut=self.key.text().strip().lower() or None,
            guideline=self.guideline.toPlainText().strip(),
            examples=tuple(dict.fromkeys(line for line in examples if line)),
            engine_names=tuple(dict.fromkeys(part for part in engine_names if part)),
            offered=self.offered.isChecked(),
        )

    def _called(self, label: Label) -> str:
        if label.layer is Layer.ENTITY:
            return label.name
        return label.shown or self._own_names.get(label.name, label.name)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(12)
        for caption, field, stretch in (
            (self._name_caption, self.name, 1),
            (QLabel(tr("&Key")), self.key, 0),
        ):
            caption.setBuddy(field)
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(caption)
            part.addWidget(field)
            first.addLayout(part, stretch)
        column.addLayout(first)
        column.addSpacing(6)
        heading = QLabel(tr("Colour"))
        column.addWidget(heading)
        column.addWidget(self.colour)
        column.addSpacing(4)
        for caption, hint, field in (
            (tr("Guide&line"), "", self.guideline),
            (
                tr("E&xamples"),
                tr("One a line; brackets show what to mark: Mr [Lindqvist] said"),
                self.examples,
            ),
        ):
            column.addLayout(_captioned(caption, hint, field))
            column.addWidget(field, 1)
            column.addSpacing(4)
        engine = QVBoxLayout(self._engine)
        engine.setContentsMargins(0, 0, 0, 0)
        engine.setSpacing(4)
        hint = tr("With commas between several names")
        engine.addLayout(_captioned(tr("Kno&wn to the engine as"), hint, self.engine_names))
        engine.addWidget(self.engine_names)
        column.addWidget(self._engine)
        column.addWidget(self.offered)


def _captioned(caption: str, hint: str, field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    label = QLabel(caption)
    label.setBuddy(field)
    row.addWidget(label)
    beside = QLabel(hint, wordWrap=True)
    beside.setProperty("role", "muted")
    row.addWidget(beside, 1)
    return row


class _Text(QPlainTextEdit):
    """Several lines; as high as is given it, and no higher of its own accord."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._height = height
        self.setTabChangesFocus(True)
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)
