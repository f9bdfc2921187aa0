"""The card of what is in focus: its value, where it comes from, and what can be done with it."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.values import Annotation, Entity, Ref, RefKind, Stance, Statement, Status
from desktop import theme
from desktop.article.commands import Slot
from desktop.article.inspector.bounds_bar import BoundsBar
from desktop.article.inspector.choices import Certainties, Labels, Positions, stack_if_wide
from desktop.article.inspector.note import NoteField
from desktop.article.inspector.side import SideLine
from desktop.article.inspector.slot_menu import slot_menu
from desktop.article.inspector.slot_row import SlotRow
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.wording import (
    cue_text,
    reasons,
    ref_text,
    refs_text,
    shortened,
    spans_text,
    target_text,
    tr,
    where_from,
)
from desktop.marked import MarkedButton
from desktop.menu import Menu

_BUTTONS = 250  # pixels for three buttons in a row where the panel is narrowest
_KEYS = {
    Slot.HOLDER: "H",
    Slot.NESTED: "R",
    Slot.TARGET: "T",
    Slot.CUE: "U",
    Slot.EVIDENCE: "V",
}


class Card(QFrame):
    """Shows and changes the annotation in focus, through the session alone."""

    left = Signal()
    """The analyst is done here and goes back to the text."""

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = {slot: SlotRow(slot, key) for slot, key in _KEYS.items()}
        self.negated = MarkedButton(tr("Target is negated  G"))
        self.negated.setProperty("chip", True)
        self.negated.setToolTip(tr("Toward not the target: “removing the controls” (G)"))
        self.side = SideLine(session)
        self.positions = Positions()
        self.certainties = Certainties()
        self.labels = Labels()
        self.origin = QLabel()
        self.origin.setWordWrap(True)
        self.origin.setTextFormat(Qt.TextFormat.PlainText)
        self.origin.setProperty("role", "muted")
        self.note = NoteField(session)
        self.bounds = BoundsBar(session.move_bound)
        self.bounds.hide()
        self.accept = QPushButton(tr("Accept  ↵"))
        self.accept.setProperty("primary", True)
        self.reject = QPushButton()
        self.why = QPushButton("▾")
        self.why.setAccessibleName(tr("Reject with a reason"))
        self.why.setToolTip(tr("Reject with a reason"))
        self.edit = MarkedButton(tr("Edit  E"))
        self._build()
        self._connect()

    def show_focus(self) -> None:
        """Show what is in focus; without anything the card is hidden."""
        state, annotation = self._session.state, self._session.focused
        self.setVisible(annotation is not None)
        if state is None or annotation is None:
            return
        # Each part shown would have every layout up to the window's arranged at once.
        self._column.setEnabled(False)
        self._show(state, annotation)
        self._column.setEnabled(True)

    def _show(self, state: ArticleState, annotation: Annotation) -> None:
        entity = isinstance(annotation, Entity)
        stance = isinstance(annotation, Stance)
        whole = isinstance(annotation, Stance) and annotation.overall
        self.title.setVisible(entity or whole)
        self.labels.setVisible(entity)
        self.side.setVisible(isinstance(annotation, Statement))
        self.positions.setVisible(not entity)
        self.negated.setVisible(stance and not whole)
        self.certainties.setVisible(stance)
        for slot, row in self.rows.items():
            fits = stance or (not entity and slot is not Slot.NESTED)
            row.setVisible(fits and not whole)
        match annotation:
            case Entity():
                self.title.setText(shortened(annotation.span.of(state.text), 160))
                if self.labels.set_labels(self._session.scheme.entities):
                    self._order_keys()
                self.labels.show_label(annotation.label)
            case Stance():
                self._show_stance(state, annotation)
            case Statement():
                self._show_statement(state, annotation)
        self.origin.setText(where_from(annotation))
        self.note.show_note(annotation)
        added = annotation.decision.status is Status.ADDED
        self.reject.setText(tr("Delete  X") if added else tr("Reject  X"))
        self.why.setVisible(not added)
        self.edit.setVisible(not whole)
        self._let_change(not self._session.shut)

    def ask(self, slot: Slot) -> None:
        """Offer what could fill a slot, as when its key is pressed in the text."""
        menu = self._offer(slot)
        menu.aboutToHide.connect(self.left)  # the keys came from the text, and go back there

    def _offer(self, slot: Slot) -> Menu:
        row = self.rows[slot]
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        menu = slot_menu(self._session, slot, self)
        menu.aboutToHide.connect(menu.deleteLater)
        if actions := menu.actions():
            menu.setActiveAction(actions[0])
        menu.popup(row.mapToGlobal(QPoint(0, row.height())))
        return menu

    def show_bounds(self, shown: bool = True) -> None:
        """Show or hide the buttons that move the edges."""
        self.edit.mark(shown)
        self.bounds.setVisible(shown)

    def dress(self) -> None:
        """Take the theme's colours."""
        colours = theme.current()
        self.setStyleSheet(
            f"#card {{ background: {colours.card.name()}; border: 1px solid"
            f" {colours.rule.name()}; border-radius: 10px; }}"
            # A ring that shows on the filled button too, and moves no text.
            f'QPushButton[primary="true"]:focus {{ border: 2px solid {colours.ink.name()};'
            " padding: 5px 3px; }"
        )
        title = theme.serif(theme.ARTICLE_SIZE)
        title.setBold(True)
        self.title.setFont(title)

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        slots = QVBoxLayout()
        slots.setSpacing(1)
        for row in self.rows.values():
            slots.addWidget(row)
        buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(6)
        buttons.addWidget(self.accept, 4)
        rejection = QHBoxLayout()
        rejection.setSpacing(1)
        rejection.addWidget(self.reject, 1)
        rejection.addWidget(self.why)
        for button in (self.accept, self.reject, self.edit):
            button.setProperty("tight", True)
        self.why.setFixedWidth(24)
        self.why.setStyleSheet("padding: 6px 0")
        buttons.addLayout(rejection, 5)
        buttons.addWidget(self.edit, 3)
        self.reject.setText(tr("Reject  X"))
        stack_if_wide(buttons, (self.accept, self.reject, self.edit), _BUTTONS)
        column.addWidget(self.title)
        column.addLayout(slots)
        column.addWidget(self.negated, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.labels)
        column.addWidget(self.side)
        column.addWidget(self.positions)
        column.addWidget(self.certainties)
        for widget in (self.origin, self.bounds, self.note):
            column.addWidget(widget)
        column.addLayout(buttons)

    def _let_change(self, open_: bool) -> None:
        """Enable what changes something; a note can be read and copied all the same."""
        for part in (*self.rows.values(), *self._choices(), self.negated):
            part.setEnabled(open_)
        for button in (self.reject, self.why, self.edit):
            button.setEnabled(open_)
        self.accept.setEnabled(open_ and self._session.quotes.undecided)
        self.note.let_write(open_)

    def _choices(self) -> tuple[QWidget, ...]:
        return self.positions, self.labels, self.certainties, self.bounds

    def _order_keys(self) -> None:
        """Let Tab go down the card as the eye does: buttons made anew would come last."""
        rows = self._choices()
        controls = [
            *self.rows.values(),
            self.negated,
            *(button for row in rows for button in row.findChildren(QAbstractButton)),
            *(self.note, self.accept, self.reject, self.why, self.edit),
        ]
        for one, following in pairwise(controls):
            QWidget.setTabOrder(one, following)

    def _connect(self) -> None:
        session = self._session
        for slot, row in self.rows.items():
            row.clicked.connect(partial(self._offer, slot))
        self.labels.chosen.connect(session.relabel)
        self.positions.chosen.connect(session.take_side)
        self.certainties.chosen.connect(session.set_certainty)
        self.negated.clicked.connect(session.toggle_negated)
        self.accept.clicked.connect(session.accept_and_next)
        self.reject.clicked.connect(lambda: session.reject())
        self.why.clicked.connect(self._ask_why)
        self.edit.clicked.connect(lambda: self.show_bounds(not self.edit.isChecked()))
        self.note.left.connect(self.left)

    def _ask_why(self) -> None:
        annotation = self._session.focused
        if annotation is None:
            return
        menu = Menu(self)
        for reason, words in reasons(annotation).items():
            menu.addAction(words, partial(self._session.reject, reason))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.why.mapToGlobal(QPoint(0, self.why.height())))

    def _show_stance(self, state: ArticleState, stance: Stance) -> None:
        if stance.overall:
            issue = shortened(ref_text(state, stance.target), 120)
            self.title.setText(tr("The article as a whole: {}").format(issue))
        self._show_rows(
            {
                Slot.HOLDER: (tr("Holder"), self._with_actor(state, stance.holder)),
                Slot.NESTED: (tr("Reporter"), refs_text(state, stance.nested)),
                Slot.TARGET: (tr("Target"), target_text(state, stance.target)),
                Slot.CUE: (tr("Cue"), cue_text(state, stance)),
                Slot.EVIDENCE: (tr("Evidence"), spans_text(state, stance.evidence)),
            }
        )
        if self.positions.set_scheme(self._session.scheme):
            self._order_keys()
        self.positions.show_position(stance.position)
        self.certainties.show_certainty(stance.certainty)
        self.negated.mark(stance.target.negated)

    def _with_actor(self, state: ArticleState, ref: Ref) -> str:
        """Return what fills a slot, and who that is where the words are no name."""
        words = ref_text(state, ref)
        actor = self._session.people.book.get(ref.actor)
        if actor is None or ref.kind is RefKind.ENTITY or actor.name == words:
            return words
        return f"{words} = {actor.name}"

    def _show_statement(self, state: ArticleState, statement: Statement) -> None:
        self._show_rows(
            {
                Slot.HOLDER: (tr("Source"), ref_text(state, statement.source)),
                Slot.TARGET: (tr("Said to"), ref_text(state, statement.addressee)),
                Slot.CUE: (tr("Cue"), cue_text(state, statement)),
                Slot.EVIDENCE: (tr("Said"), spans_text(state, statement.content)),
            }
        )
        self.positions.show_position(self.side.show_side())

    def _show_rows(self, words: dict[Slot, tuple[str, str]]) -> None:
        for slot, (caption, value) in words.items():
            waiting = self._session.picking is slot
            self.rows[slot].show_value(caption, value, waiting=waiting)
