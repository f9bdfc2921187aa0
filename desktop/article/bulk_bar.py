"""Accept all: a strip below the article that says what would be accepted, before it is."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from db.values import Annotation
from desktop.article import commands
from desktop.article.session import ArticleSession
from desktop.article.stretches import Stretch, Stretches
from desktop.article.wording import kind_name, tr

_STEP = 5  # hundredths of a score
_ALL = 100
_SCOPES = (Stretch.PARAGRAPH, Stretch.ARTICLE)
_KINDS = 6  # labels named, the rest counted together


class AcceptBar(QFrame):
    """Chooses among the undecided by place and score; what is chosen is marked in the text."""

    marked = Signal(object)
    """The ids of what would be accepted, as a frozen set; empty when the bar is put away."""
    accepted = Signal(object)
    """The :class:`desktop.article.many.Outcome` of accepting, as one act."""
    left = Signal()
    """The analyst goes back to the text."""

    def __init__(self, session: ArticleSession, stretches: Stretches) -> None:
        super().__init__()
        self.setObjectName("accept-bar")
        self.setAccessibleName(tr("Accept all"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session, self._stretches = session, stretches
        self._scope = Stretch.ARTICLE
        self._least = 0  # hundredths
        self._chosen: list[UUID] = []
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._kinds = _Elided()
        self._kinds.setProperty("role", "muted")
        self._kinds.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._scopes = QButtonGroup(self)
        self._score = QLabel()
        self._less, self._more = _chip("−"), _chip("+")
        self._accept = QPushButton()
        self._close = QPushButton(tr("Close  Esc"))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._choose)
        self._build()
        self._connect()
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says would be done."""
        return f"{self._words.text()} {self._score.text()}. {self._kinds.text()}"

    def begin(self) -> None:
        """Show what would be accepted; asked again while it is shown, in the other scope."""
        if self.isVisible():
            self._set_scope(_SCOPES[_SCOPES.index(self._scope) - 1])
        else:
            self.show()
            self._choose()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept, close, or choose by arrows and signs."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._do()
            case Qt.Key.Key_Escape:
                self._put_away()
            case Qt.Key.Key_Left:
                self._set_scope(Stretch.PARAGRAPH)
            case Qt.Key.Key_Right:
                self._set_scope(Stretch.ARTICLE)
            case Qt.Key.Key_Up | Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._set_least(self._least + _STEP)
            case Qt.Key.Key_Down | Qt.Key.Key_Minus:
                self._set_least(self._least - _STEP)
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the button says as well, where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._words.show()
        self._words.setVisible(self._row.minimumSize().width() <= self.width())

    def _build(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(8)
        row.addWidget(self._words)
        names = {Stretch.PARAGRAPH: tr("in this paragraph"), Stretch.ARTICLE: tr("in the article")}
        for nth, scope in enumerate(_SCOPES):
            chip = _chip(names[scope])
            chip.setCheckable(True)
            chip.setToolTip(tr("← and →, or Ctrl+Shift+A again"))
            self._scopes.addButton(chip, nth)
            row.addWidget(chip)
        row.addSpacing(4)
        row.addWidget(self._less)
        row.addWidget(self._score)
        row.addWidget(self._more)
        for chip, name in (
            (self._less, tr("Lower the score (−)")),
            (self._more, tr("Raise it (+)")),
        ):
            chip.setAccessibleName(name)
            chip.setToolTip(name)
            chip.setAutoRepeat(True)
        row.addSpacing(8)
        row.addWidget(self._kinds, 1)
        self._accept.setProperty("primary", True)
        row.addWidget(self._accept)
        row.addWidget(self._close)
        for button in self.findChildren(QPushButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _connect(self) -> None:
        session = self._session
        for change in (
            session.annotations_changed,
            session.focus_changed,
            session.selection_changed,
            session.article_changed,
        ):
            change.connect(self._look_again)
        # Not on a click: assistive technology toggles them.
        self._scopes.idToggled.connect(lambda nth, on: on and self._set_scope(_SCOPES[nth]))
        self._less.clicked.connect(lambda: self._set_least(self._least - _STEP))
        self._more.clicked.connect(lambda: self._set_least(self._least + _STEP))
        self._accept.clicked.connect(self._do)
        self._close.clicked.connect(self._put_away)

    def _look_again(self) -> None:
        if self.isVisible() and not self._session.many.busy:
            self._soon.start()

    def _set_scope(self, scope: Stretch) -> None:
        if scope is not self._scope:
            self._scope = scope
            self._choose()

    def _set_least(self, hundredths: int) -> None:
        self._least = max(0, min(hundredths, _ALL))
        self._choose()

    def _choose(self) -> None:
        """Choose anew, say so, and mark it."""
        if not self.isVisible():
            return
        undecided = self._undecided()
        chosen = [each for each in undecided if _hundredths(each) >= self._least]
        self._chosen = [each.id for each in chosen]
        self._words.setText(tr("Accept {} of {} suggestions").format(len(chosen), len(undecided)))
        self._score.setText(tr("score ≥ {:.0%}").format(self._least / _ALL))
        self._kinds.setText(_counted(chosen))
        self._kinds.setToolTip(self._kinds.text())
        self._accept.setText(tr("Accept {}  ↵").format(len(chosen)))
        self._accept.setEnabled(bool(chosen))
        self._less.setEnabled(self._least > 0)
        self._more.setEnabled(self._least < _ALL)
        for nth, scope in enumerate(_SCOPES):
            self._scopes.button(nth).setChecked(scope is self._scope)
        self._fit()
        self.setAccessibleDescription(self.text)
        self.marked.emit(frozenset(self._chosen))

    def _undecided(self) -> list[Annotation]:
        state = self._session.state
        if state is None:
            return []
        if self._scope is Stretch.ARTICLE:
            stops = state.stops()
        else:
            span = self._stretches.around(Stretch.PARAGRAPH)
            stops = commands.starting_in(state, span) if span else []
        return [each for stop in stops if (each := state.get(stop)) is not None]

    def _do(self) -> None:
        if not self._chosen:
            return
        chosen, self._chosen = self._chosen, []
        self._put_away()
        self._stretches.accept(chosen, self.accepted.emit)

    def _put_away(self) -> None:
        self.hide()
        self.marked.emit(frozenset())
        self.left.emit()


class _Elided(QLabel):
    """One line that ends in dots where there is no room for all of it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        del event
        painter, elide = QPainter(self), Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), elide, self.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


def _chip(words: str) -> QPushButton:
    chip = QPushButton(words)
    chip.setProperty("chip", True)
    return chip


def _hundredths(annotation: Annotation) -> float:
    """Return a score in hundredths, as it is shown; what is found by rule has none, and is sure."""
    score = annotation.decision.score
    return _ALL if score is None else round(score * _ALL)


def _counted(chosen: list[Annotation]) -> str:
    kinds = Counter(kind_name(each) for each in chosen).most_common()
    named = [f"{kind} {many}" for kind, many in kinds[:_KINDS]]
    if rest := sum(many for _, many in kinds[_KINDS:]):
        named.append(tr("others {}").format(rest))
    return " · ".join(named)
