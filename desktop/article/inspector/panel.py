"""The inspector: the card in focus, who is named here or all of it as a list, the guideline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.values import Entity, Stance
from desktop.article.commands import Slot
from desktop.article.inspector.actors_list import ActorsList
from desktop.article.inspector.card import Card
from desktop.article.inspector.choices import stack_if_wide
from desktop.article.inspector.issues_list import IssuesHere
from desktop.article.inspector.ledger import LedgerView
from desktop.article.inspector.outline import Outline
from desktop.article.session import ArticleSession
from desktop.article.wording import guideline_text, kind_name, status_name, tr

WIDTH, LEAST = 348, 320  # pixels
_MARGIN = 16
_LINES = 4  # of a guideline; what is shorter leaves the list above where it is


class Inspector(QWidget):
    """Shows a session beside the text; whatever is done here goes to the session.

    It follows a turn of the event loop later: the text is painted first, and once for all changes.
    """

    left = Signal()
    """The analyst goes back to the text (Escape, or a note is done)."""

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Inspector"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(LEAST)
        self._session = session
        self._focus: UUID | None = None  # what is shown
        self.heading = _section()
        self.heading.setWordWrap(True)
        self.previous = _step("‹", tr("Previous suggestion (Shift+Tab)"))
        self.next = _step("›", tr("Next suggestion (Tab)"))
        self.card = Card(session)
        self.ledger = LedgerView(session)
        self.actors = ActorsList(session)
        self.issues = IssuesHere(session)
        self.outline = Outline(session)
        self.guideline_heading = _section()
        self.guideline = QLabel()
        self.guideline.setWordWrap(True)
        self.guideline.setTextFormat(Qt.TextFormat.PlainText)
        self.guideline.setProperty("role", "muted")
        self.guideline.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lists = QStackedWidget()
        self._build()
        self._connect()
        self.card.dress()
        self._later()

    def edit_note(self) -> None:
        """Go to the note on what is in focus."""
        self._catch_up()
        if self.card.isVisible():
            self.card.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.card.note.selectAll()

    def ask(self, slot: Slot) -> None:
        """Offer what could fill a slot of the frame in focus."""
        self._catch_up()
        self.card.ask(slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._session.pick(None)
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "card"):
            self.card.dress()
            self.outline.dress()

    def _build(self) -> None:
        # From the outside in: what moves into another widget is dressed anew, and all in it.
        scroll = QScrollArea()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        # In a low window the panel scrolls; a tall card never makes the window taller.
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setObjectName("inspector")  # dressed as the panel it lies in
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(8)
        scroll.setWidget(content)
        bar = scroll.verticalScrollBar()

        def make_room(_least: int, most: int) -> None:
            """Let the bar lie in the margin: nothing becomes narrower when it comes."""
            right = _MARGIN - (bar.sizeHint().width() if most else 0)
            column.setContentsMargins(_MARGIN, _MARGIN, right, _MARGIN)

        bar.rangeChanged.connect(make_room)
        heading = QHBoxLayout()
        heading.setSpacing(3)
        heading.addWidget(self.heading, 1)
        heading.addWidget(self.previous)
        heading.addWidget(self.next)
        column.addLayout(heading)
        column.addWidget(self.card)
        column.addWidget(self.ledger)
        column.addSpacing(8)
        column.addLayout(self._tabs())
        self._lists.addWidget(self.actors)
        self._lists.addWidget(self.issues)
        self._lists.addWidget(self.outline)
        self._lists.setProperty("stop", True)  # F6 goes here past the card: its keys are in reach
        self._lists.setMinimumHeight(92)  # three actors
        column.addWidget(self._lists, 1)
        column.addSpacing(4)
        column.addWidget(self.guideline_heading)
        column.addWidget(self.guideline)
        # A click leaves the keys where they are; Tab goes from one to the next all the same.
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _tabs(self) -> QBoxLayout:
        tabs = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        tabs.setSpacing(4)
        group = QButtonGroup(self)
        for at, words in enumerate((tr("Actors"), tr("Issues"), tr("All names and stances"))):
            tab = QPushButton(words)
            tab.setCheckable(True)
            tab.setChecked(at == 0)
            tab.setProperty("chip", True)
            tab.setStyleSheet("padding: 4px 8px")  # three of them fit a narrow panel
            group.addButton(tab, at)
            tabs.addWidget(tab)
        # Not on a click: assistive technology toggles them.
        group.idToggled.connect(lambda at, on: on and self._lists.setCurrentIndex(at))
        tabs.addStretch(1)
        stack_if_wide(tabs, group.buttons(), LEAST - 2 * _MARGIN)
        return tabs

    def _connect(self) -> None:
        session, people = self._session, self._session.people
        for change in (
            session.article_changed,
            session.annotations_changed,
            session.scheme_changed,
            session.shut_changed,
            session.doing_changed,
            session.focus_changed,
            people.positions_known,
            people.gathered,
        ):
            change.connect(self._later)
        session.picking_changed.connect(self._on_picking)
        session.slot_wanted.connect(self.ask)
        session.edit_wanted.connect(self._edit)
        self.previous.clicked.connect(partial(session.step, -1))
        self.next.clicked.connect(partial(session.step, 1))
        self.card.left.connect(self.left)

    def _edit(self) -> None:
        """Go to the bounds; asked again from there, go back to the text."""
        self._catch_up()
        there = self.card.bounds.isAncestorOf(self.focusWidget() or self)
        self.card.show_bounds(not there)
        if there:
            self.left.emit()
        else:
            self.card.bounds.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_picking(self, slot: Slot | None) -> None:
        self._later()
        if slot is not None:
            self.left.emit()  # it is filled from the text

    @contextmanager
    def _keys_kept(self) -> Iterator[None]:
        """Give the keys back to the text where what had them goes or does nothing more."""
        had = QApplication.focusWidget()
        here = had is not None and self.isAncestorOf(had)
        yield
        if here and had is not None and not (had.isVisible() and had.isEnabled()):
            self.left.emit()

    def _later(self) -> None:
        self._session.spare.soon(self._show_focus, self)

    def _catch_up(self) -> None:
        """Show at once what was to be shown in a moment: the analyst goes there."""
        if self._session.spare.has(self._show_focus):
            self._session.spare.end(self._show_focus)
            self._show_focus()
            within: QWidget | None = self.card
            while within is not None:  # what is pointed at there must lie where it will
                if layout := within.layout():
                    layout.activate()
                within = within.parentWidget()

    def _show_focus(self) -> None:
        self.heading.setText(self._heading())
        left = self._session.state.left() if self._session.state else 0
        self.previous.setEnabled(bool(left))
        self.next.setEnabled(bool(left))
        with self._keys_kept():
            if self._session.focus != self._focus:
                self._focus = self._session.focus
                self.card.show_bounds(False)
            self.card.show_focus()
        self.ledger.show_focus()
        focused = self._session.focused
        words = ""
        match focused:
            case Entity(label=label):
                words = guideline_text(self._session.scheme.label(label))
            case Stance(position=position):
                words = guideline_text(self._session.scheme.stance(position))
            case _:
                pass
        if focused is not None:
            name = kind_name(focused)
            self.guideline_heading.setText(tr("Guideline · {}").format(name).upper())
        self.guideline.setText(words)
        room = self.guideline.fontMetrics().size(0, "\n".join("x" * _LINES)).height()
        self.guideline.setMinimumHeight(room)
        for part in (self.guideline, self.guideline_heading):
            part.setVisible(bool(words))

    def _heading(self) -> str:
        state, focused = self._session.state, self._session.focused
        if state is None:
            return tr("No article").upper()
        left = state.left()
        if not state.places():
            return (self._session.doing or tr("Nothing labelled yet")).upper()
        rest = tr("{} left").format(left) if left else tr("all decided")
        if focused is None:
            return tr("Nothing in focus · {}").format(rest).upper()
        nth = state.nth(focused.id)
        if nth is not None:
            return tr("In focus · suggestion {} of {}").format(nth, left).upper()
        status = status_name(focused.decision.status)
        return tr("In focus · {} · {}").format(status, rest).upper()


def _step(sign: str, name: str) -> QPushButton:
    button = QPushButton(sign)
    button.setProperty("chip", True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _section() -> QLabel:
    label = QLabel()
    label.setProperty("role", "section")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
