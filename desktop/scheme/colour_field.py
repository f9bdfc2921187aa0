"""Choosing a label's colour: one of the theme's, or a free one, checked while it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.colours import APART, ON_FILL, ON_PAGE, Quartet, Sight, Verdict, judge, suggest
from desktop.colours import is_colour as _is_colour
from desktop.marked import Marked
from desktop.said import Said

_TURN = 0.006  # s of the event loop that the search for a colour takes at a time
_OFFERED = ("person", "org", "place", "norp", "law", "number", "favor", "against", "unclear")
_SIZE = 24


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Labels", text)


def _names() -> dict[str, str]:
    return {
        "person": tr("Blue"),
        "org": tr("Amber"),
        "place": tr("Green"),
        "norp": tr("Violet"),
        "law": tr("Rose"),
        "number": tr("Grey"),
        "favor": tr("Teal"),
        "against": tr("Orange"),
        "unclear": tr("Pale grey"),
    }


def told(verdict: Verdict) -> str:
    """Return a verdict in words, with what to do."""
    if not verdict.readable:
        where = tr("On dark") if verdict.dark_fails else tr("On light")
        way = tr("a lighter") if verdict.dark_fails else tr("a darker")
        if verdict.on_page < ON_PAGE:
            words = tr("{}, its line has a contrast of {:.1f} to the page; {:.1f} is needed.")
            found, needed = verdict.on_page, ON_PAGE
        else:
            words = tr("{}, text upon it has a contrast of {:.1f}; {:.0f} is needed.")
            found, needed = verdict.on_fill, ON_FILL
        return f"{words.format(where, found, needed)} {tr('Take {} colour.').format(way)}"
    if not verdict.apart and verdict.nearest:
        name, sight, far = verdict.nearest
        eyes = {
            Sight.FULL: tr("Readable, but close to {}"),
            Sight.PROTAN: tr("Readable, but close to {} for readers who do not see red"),
            Sight.DEUTAN: tr("Readable, but close to {} for readers who do not see green"),
        }[sight].format(name)
        advice = tr("Its name still tells it apart; “Suggest” finds a colour that does so too.")
        return f"{eyes} ({far:.1f}; {APART:.0f} {tr('is needed')}). {advice}"
    return tr("Readable in light and dark, and told apart by everybody.")


class ColourField(QWidget):
    """One row of the theme's colours, one of the free colour, and the verdict below."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = "number"
        self._others: Mapping[str, Quartet] = {}
        names = _names()
        self.swatches = {token: _Swatch(token, names[token]) for token in _OFFERED}
        self.own = QLineEdit(placeholderText="#2F6FDB", maxLength=7)
        self.own.setAccessibleName(tr("Own colour, on light"))
        self.dark = QLineEdit(maxLength=7)
        self.dark.setAccessibleName(tr("Own colour, on dark"))
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAccessibleName(tr("Choose a colour"))
        self.suggest = QPushButton(tr("Su&ggest"))
        self.suggest.setToolTip(tr("Find a colour that can be read and told apart"))
        self.preview = _Preview()
        self.verdict = Said()
        self.verdict.setObjectName("verdict")
        self._search = QTimer(self, interval=0)
        self._build()
        for token, swatch in self.swatches.items():
            swatch.clicked.connect(partial(self._take, token))
        for field in (self.own, self.dark):
            field.setObjectName("own" if field is self.own else "dark")
            field.textEdited.connect(self._written)
        self.choose.clicked.connect(self._ask)
        self.suggest.clicked.connect(self._begin_search)
        self._search.timeout.connect(self._go_on_searching)

    @property
    def token(self) -> str:
        """The colour: a token of the theme, or a free colour (see ``Theme.line``)."""
        return self._token

    @property
    def wrong(self) -> bool:
        """Whether what is written is no colour."""
        written = [field.text() for field in (self.own, self.dark) if field.text()]
        return not all(_is_colour(each) for each in written)

    def show_colour(self, token: str, name: str, others: Mapping[str, Quartet]) -> None:
        """Show a label's colour, beside those of the other labels by their names."""
        self._search.stop()
        self._others = others
        self.preview.name = name
        self._set(token)
        line, _, dark = token.partition("/")
        self.own.setText(line if line.startswith("#") else "")
        self.dark.setText(dark)
        self._show()

    def show_name(self, name: str) -> None:
        """Show another name in the preview."""
        self.preview.name = name
        self.preview.update()

    def _build(self) -> None:
        swatches = QHBoxLayout()
        swatches.setSpacing(4)
        for swatch in self.swatches.values():
            swatches.addWidget(swatch)
        swatches.addStretch(1)
        swatches.addWidget(self.preview)
        own = QHBoxLayout()
        own.setSpacing(6)
        for caption, field in ((tr("Own"), self.own), (tr("on dark"), self.dark)):
            label = QLabel(caption)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            field.setFixedWidth(92)
            own.addWidget(label)
            own.addWidget(field)
        for button in (self.choose, self.suggest):
            button.setAutoDefault(False)
            button.setProperty("tight", True)
            own.addWidget(button)
        own.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(swatches)
        column.addLayout(own)
        column.addWidget(self.verdict)
        self.verdict.setMinimumHeight(3 * self.verdict.fontMetrics().lineSpacing())
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _set(self, token: str) -> None:
        self._token = self.preview.token = token
        four = theme.quartet(token)
        for each, swatch in self.swatches.items():
            swatch.mark(theme.quartet(each) == four)

    def _take(self, token: str) -> None:
        self._search.stop()
        if theme.quartet(token) != theme.quartet(self._token):
            self._set(token)
        self.own.clear()
        self.dark.clear()
        self._show()
        self.changed.emit()

    def _written(self) -> None:
        self._search.stop()
        line, dark = self.own.text(), self.dark.text()
        if _is_colour(line):
            self._set(f"{line}/{dark}".upper() if _is_colour(dark) else line.upper())
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        four = theme.quartet(self._token)
        self.dark.setPlaceholderText(four.dark_line)
        self.dark.setEnabled(bool(self.own.text()))
        verdict = judge(four, self._others, *theme.papers())
        if self.wrong:
            self.verdict.say(tr("A colour is written as #2F6FDB."), wrong=True)
        else:
            self.verdict.say(told(verdict), wrong=not verdict.readable)
        self.preview.update()

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(theme.quartet(self._token).line), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._fill_in(colour.name()))
        dialog.open()

    def _fill_in(self, colour: str) -> None:
        self.own.setText(colour.upper())
        self.dark.clear()
        self._written()

    def _begin_search(self) -> None:
        self._steps = suggest(self._others.values(), *theme.papers())
        self._best: str | None = None
        self.verdict.say(tr("Looking for a colour…"), wrong=False)
        self._search.start()

    def _go_on_searching(self) -> None:
        until = perf_counter() + _TURN
        for best in self._steps:
            self._best = best
            if perf_counter() > until:
                return
        self._search.stop()
        if self._best is not None:
            self._fill_in(self._best)
        else:
            self.verdict.say(
                tr("No colour is left that everybody tells apart from all others."), wrong=True
            )


class _Swatch(Marked, QAbstractButton):
    """One of the theme's colours, as a round button."""

    def __init__(self, token: str, name: str) -> None:
        super().__init__()
        self._token = token
        self.listen()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(_SIZE, _SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(_SIZE / 2, _SIZE / 2)
        if self.isChecked() or self.hasFocus():
            pen = QPen(colours.focus if self.hasFocus() else colours.ink, 1.6)
            painter.setPen(pen)
            painter.drawEllipse(middle, _SIZE / 2 - 1, _SIZE / 2 - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line(self._token))
        painter.drawEllipse(middle, _SIZE / 2 - 4, _SIZE / 2 - 4)
        painter.end()


class _Preview(QWidget):
    """A name as it will look in the article, on light and on dark."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.name = "number", ""
        self.setFixedSize(176, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.width() / 2
        for nth, colours in enumerate((theme.LIGHT, theme.DARK)):
            box = QRectF(nth * half + 1, 0.5, half - 3, self.height() - 1)
            painter.setPen(QPen(theme.current().rule, 1))
            painter.setBrush(colours.page)
            painter.drawRoundedRect(box, 6, 6)
            inner = box.adjusted(7, 4, -7, -5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.fill(self.token))
            painter.drawRoundedRect(inner, 3, 3)
            font = QFont(theme.serif(theme.INTERFACE_SIZE))
            painter.setFont(font)
            painter.setPen(colours.ink)
            text = painter.fontMetrics().elidedText(
                self.name or "…", Qt.TextElideMode.ElideRight, int(inner.width() - 6)
            )
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, text)
            painter.setPen(QPen(colours.line(self.token), 2))
            painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        painter.end()
