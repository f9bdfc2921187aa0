"""The analyst at work on one article: each method does one act to it.

Views call these methods and listen to the signals; none calls another. An act is applied to the
state at once and told by ``acted`` to whoever stores it. Offsets are code points.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act
from db.values import (
    Annotation,
    ArticleStatus,
    Certainty,
    Entity,
    Layer,
    Metadata,
    Position,
    Ref,
    Span,
    Stance,
    Statement,
    Status,
    now,
)
from desktop.article import commands, pointing
from desktop.article.bounds import Edge, Unit
from desktop.article.commands import Slot
from desktop.article.desk import Desk
from desktop.article.many import MUCH, Many
from desktop.article.places import in_text, main_span
from desktop.article.quotes import Quotes
from desktop.article.scheme import Scheme

if TYPE_CHECKING:
    from desktop.article.people import People


class ArticleSession(Desk):
    """A desk with hands: ``coder`` is whose they are; without one nothing can be done."""

    acted = Signal(object)
    """An act, done and to be stored."""
    slot_wanted = Signal(object)
    """A slot is to be filled and nothing in the text says with what: offer the choices."""
    edit_wanted = Signal()
    """The bounds or slots of what is in focus are to be edited: show where."""

    def __init__(
        self,
        scheme: Scheme,
        coder: UUID | None = None,
        clock: Callable[[], str] = now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.set_scheme(scheme)
        self.coder = coder
        self.clock = clock
        self.many = Many(self)
        self.quotes = Quotes(self)
        self._rejected: tuple[UUID, UUID | None] | None = None  # and the focus then
        self._people: People | None = None
        self.selection_finished.connect(self._fill_picked)

    @property
    def actor_labels(self) -> frozenset[str]:
        """The labels of those who can hold a stance."""
        return self.scheme.actors

    @property
    def named_labels(self) -> frozenset[str]:
        """The labels of the project's actors: who holds a stance, or is its target."""
        return self.scheme.actors | self.scheme.things

    @property
    def people(self) -> People:
        """Who is named in the article; made when it is first asked for."""
        if self._people is None:
            from desktop.article.people import People  # the first paint has no use for it

            self._people = People(self)
        return self._people

    def set_focus(self, identifier: UUID | None) -> None:
        """Look at an annotation; but while a slot waits, a name fills it and the focus stays."""
        name = self.state.get(identifier) if self.state and self.picking else None
        if self.picking is not None and isinstance(name, Entity):
            self.fill(self.picking, commands.ref_to(name))
        else:
            super().set_focus(identifier)

    # --- deciding on what is in focus

    def accept(self) -> bool:
        """Accept the suggestion in focus."""
        return self._on_focus(commands.accept)

    def accept_and_next(self) -> None:
        """Accept the suggestion in focus and go on; what is decided is left as it is.

        Who goes from quotation to quotation goes on to the next one.
        """
        if self.quotes.hopping:
            self.quotes.accept_and_hop()
            return
        if self._focus is not None:
            self.accept()
        if not self.people.warned:
            self.step(1)

    def reject(self, reason: str | None = None) -> bool:
        """Take away what is in focus, and go on to the next thing to decide."""
        gone, state = self.focused, self.state
        quote = state.next_statement(gone.id) if state and gone and self.quotes.hopping else None
        if not self._on_focus(partial(commands.reject, reason=reason), leave=gone):
            return False
        if gone and quote and quote[0].id != gone.id:
            self.quotes.came_to(quote[0].id)
        self._rejected = (gone.id, self._focus) if gone and reason is None else None
        return True

    def just_rejected(self, *, unmoved: bool = False) -> Annotation | None:
        """Return what was rejected by the last act, without a reason; None where that is decided.

        ``unmoved`` asks that the analyst has looked at nothing else since.
        """
        if self._rejected is None or self.state is None:
            return None
        gone, focus = self._rejected
        row = self.state.row(gone)
        if row is None or row.decision.status is not Status.REJECTED:
            return None
        return None if unmoved and focus != self._focus else row

    def give_reason(self, rejected: UUID, reason: str) -> bool:
        """Say why something was rejected, after it was."""
        return self._do(commands.give_reason, rejected, reason)

    def delete(self) -> bool:
        """Take away what is in focus: an added annotation for good, a suggestion as rejected."""
        return self.reject()

    def relabel(self, label: str) -> bool:
        """Give the entity in focus another label."""
        return self._on_focus(commands.relabel, label)

    def set_note(self, note: str | None) -> bool:
        """Write a note on what is in focus; blanks remove it."""
        return self._on_focus(commands.set_note, note)

    def set_position(self, position: Position) -> bool:
        """Say which side the stance in focus takes."""
        return self._on_focus(commands.set_position, position)

    def take_side(self, position: Position) -> bool:
        """Say which side the stance in focus takes, or which is taken in the quotation in focus."""
        if isinstance(self.focused, Statement):
            return self.quotes.take_side(position)
        return self.set_position(position)

    def toggle_negated(self) -> bool:
        """Turn whether the stance in focus is toward *not* its target."""
        stance = self.focused
        negated = isinstance(stance, Stance) and not stance.target.negated
        return self._on_focus(commands.set_negated, negated)

    def set_certainty(self, certainty: Certainty | None) -> bool:
        """Say how certain one is of the stance in focus; said twice it is taken back."""
        stance = self.focused
        same = isinstance(stance, Stance) and stance.certainty is certainty
        return self._on_focus(commands.set_certainty, None if same else certainty)

    def next_certainty(self) -> bool:
        """Say that one is less certain of the stance in focus; from the last step, nothing."""
        stance = self.focused
        if not isinstance(stance, Stance):
            return False
        steps = [None, *Certainty]
        after = steps[(steps.index(stance.certainty) + 1) % len(steps)]
        return self._on_focus(commands.set_certainty, after)

    def press_digit(self, digit: str) -> bool:
        """Do what a label's key means now: add from the selection, take a side, or relabel."""
        label = self.scheme.on_key(digit)
        if self.selection is not None:
            return label is not None and self.add_from_selection(label.name)
        if isinstance(self.focused, Stance | Statement):
            position = self.scheme.position_keys.get(digit)
            return position is not None and self.take_side(position)
        return label is not None and self.relabel(label.name)

    # --- bounds

    def edit(self) -> bool:
        """Ask for the controls that change the bounds or slots of what is in focus."""
        if not self._has_words():
            return False
        self.edit_wanted.emit()
        return True

    def set_bounds(self, identifier: UUID, span: Span) -> bool:
        """Move an annotation to a span, as when its edge was dragged there."""
        if self.state is None or self._bounds is None:
            return False
        return self._do(commands.set_bounds, identifier, self._bounds.snap(span))

    def move_bound(self, edge: Edge, unit: Unit, step: int) -> bool:
        """Move one edge of what is in focus by a character, word or sentence (``step`` ±1)."""
        annotation = self.focused
        if annotation is None or self._bounds is None or not self._has_words():
            return False
        old = main_span(annotation)
        marks = not isinstance(annotation, Entity)
        span = self._bounds.move(old, edge, unit, step, marks=marks)
        if span == old:
            self.told.emit(self.tr("The edge cannot move further."))
            return False
        return self.set_bounds(annotation.id, span)

    # --- making

    def add_from_selection(self, label: str) -> bool:
        """Add a name from the selection (or the word under the caret) and look at it."""
        span = self.selection
        if span is None and self.caret is not None and self._bounds is not None:
            span = self._bounds.around(self.caret, Unit.WORD)
        if span is None:
            self.told.emit(self.tr("Select a name in the text first."))
            return False
        return self._do(commands.add_entity, span, label, make=Layer.ENTITY)

    def add_stance(self) -> bool:
        """Make a stance from the selection, from what is in focus, or from the caret's sentence."""
        evidence = (
            pointing.evidence(self.state, self._bounds, self.selection, self.focused, self.caret)
            if self.state and self._bounds
            else None
        )
        if self.state is None or evidence is None:
            self.told.emit(self.tr("Select the words that take a side first."))
            return False
        frame = commands.draft(self.state, evidence, self.actor_labels, self.scheme.things)
        return frame is not None and self._do(commands.add_stance, frame, make=Layer.STANCE)

    # --- slots

    def set_slot(self, slot: Slot, *, more: bool = False) -> bool:
        """Fill a slot of the frame in focus from the selection or the name under the caret.

        With ``more`` the selection joins the words that cue or evidence has. Where nothing says
        with what, :attr:`slot_wanted` asks for a choice.
        """
        if not isinstance(self.focused, Stance | Statement):
            self.told.emit(self.tr("Go to a stance or a quotation first."))
            return False
        if not self._has_words():
            return False
        assert self.state is not None
        value = pointing.filler(self.state, slot, self.selection, self.caret)
        if value is None:
            self.slot_wanted.emit(slot)
            return False
        if more and isinstance(value, tuple):
            value = commands.more_of(self.focused, slot, value)
        return self.fill(slot, value)

    def fill(self, slot: Slot, value: Ref | tuple[Span, ...]) -> bool:
        """Fill a slot of the frame in focus; a ref's span serves cue and evidence as well."""
        if isinstance(value, Ref) and slot in (Slot.CUE, Slot.EVIDENCE):
            value = (value.span,) if value.span else ()
        self.pick(None)
        done = self._on_focus(commands.set_slot, slot, value)
        if not self.people.warned:  # else it may be asked for again
            self.clear_selection()
            self._selected = None  # what was pointed at is taken: the next slot is not meant by it
        return done

    # --- the article

    def set_status(self, status: ArticleStatus) -> bool:
        """Say how far the article is."""
        return self._do(commands.set_status, status)

    def mark_done(self) -> bool:
        """Mark the article done, or take that back."""
        done = self.state is not None and self.state.article.status is ArticleStatus.DONE
        if done:
            return self.set_status(ArticleStatus.IN_PROGRESS)
        left = self.state.left() if self.state else 0
        if not self.set_status(ArticleStatus.DONE):
            return False
        if left:
            self.told.emit(self.tr("Done, with {} suggestions left undecided.").format(left))
        return True

    def set_metadata(self, meta: Metadata) -> bool:
        """Correct the article's details."""
        return self._do(commands.set_metadata, meta)

    def apply_act(self, act: Act) -> None:
        """Apply what was done elsewhere; much of it in several turns of the event loop."""
        self.many.finish()
        if len(act.changes) < MUCH or act.article not in (
            None,
            self.state and self.state.article.id,
        ):
            super().apply_act(act)
        else:
            self.pick(None)
            self.many.follow(act, partial(self.look_at_what, act))

    def do(self, command: Callable[..., Act | None], *values: object, **more: object) -> bool:
        """Do a command of :mod:`desktop.article.commands`; False if it changes nothing."""
        return self._do(partial(command, **more), *values)

    def signed(self) -> UUID | None:
        """Return whose decisions these are; where none can be made now, say why."""
        if self.coder is None:
            self.told.emit(
                self.tr("Nothing can be changed in this project.")
                if self.shut
                else self.tr("Say who you are first: every decision bears a name.")
            )
        elif self.holds:
            self.told.emit(min(self.holds))
            return None
        return self.coder

    # --- within

    def _has_words(self) -> bool:
        """Tell whether what is in focus, if anything is, lies in the text; if not, say so."""
        if self.focused is not None and not in_text(self.focused):
            self.told.emit(self.tr("This is on the article as a whole: it has a side alone."))
        return in_text(self.focused)

    def _fill_picked(self) -> None:
        if self.picking is not None:
            self.set_slot(self.picking)

    def _on_focus(
        self, command: Callable[..., Act | None], *values: object, leave: Annotation | None = None
    ) -> bool:
        if self._focus is None:
            self.told.emit(self.tr("Nothing is in focus."))
            return False
        return self._do(command, self._focus, *values, leave=leave)

    def _do(
        self,
        command: Callable[..., Act | None],
        *values: object,
        make: Layer | None = None,
        leave: Annotation | None = None,
    ) -> bool:
        """Do a command's act, if it changes anything; then look where the analyst looks next.

        That is at what was made, at the next stop where something was taken away (``leave``), or
        at what was in focus.
        """
        self.many.finish()
        if self.state is None or (coder := self.signed()) is None:
            return False
        act = command(self.state, *values, coder=coder, at=self.clock())
        if act is None:
            self.people.forget_warning()
            return False
        act = self.people.resolved(act)
        if self.people.objects(act):
            return False
        found = self.state.next(leave.id) if leave else None
        after = found[0] if found and leave and found[0] != leave.id else None
        # Known before anybody hears of the focus.
        self._rejected = (leave.id, after) if leave else None
        self._apply(act, after)
        self.people.follow(act)
        self.acted.emit(act)
        if make is not None:
            first = next(change.id for change in act.changes if change.table == make.value)
            self.clear_selection()
            self.set_focus(first)
        elif leave is not None:
            self.set_focus(after)  # also where it is left but not gone
        return True
