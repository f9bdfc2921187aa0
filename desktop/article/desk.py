"""An article on the desk: what it is, what is in focus, what is selected, where to look next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act, Change
from db.values import (
    Annotation,
    Article,
    Checked,
    Issue,
    Layer,
    Position,
    RefKind,
    Span,
    Stance,
    Zone,
)
from desktop.article.bounds import Bounds
from desktop.article.commands import Slot
from desktop.article.places import in_text, start_of
from desktop.article.scheme import Scheme
from desktop.article.spare_time import SpareTime
from desktop.article.state import ArticleState
from desktop.article.wording import call_positions

_LAYERS = frozenset(layer.value for layer in Layer)


class Desk(QObject):
    """Empty (``state`` is None) until :meth:`load`. Offsets are code points."""

    article_changed = Signal()
    """Another article lies on the desk, or none."""
    details_changed = Signal()
    """The article's status or its details."""
    checked_changed = Signal()
    """What was looked at, and holds nothing more."""
    zones_changed = Signal()
    """The article's zones."""
    scheme_changed = Signal()
    """The labels: their colours, keys, names or guidelines."""
    annotations_changed = Signal(object)
    """A set of ids to show anew; some may be gone."""
    issues_changed = Signal()
    """The project's issues."""
    focus_changed = Signal(object)
    """The id in focus, or None."""
    selection_changed = Signal(object)
    """The selected span, or None: the canvas follows when it was not the canvas that set it."""
    selection_finished = Signal()
    """The analyst let the mouse go, or selected by keyboard."""
    picking_changed = Signal(object)
    """The slot that waits for a click or a selection in the text, or None."""
    doing_changed = Signal()
    """What the engine does."""
    shut_changed = Signal()
    """Whether the project can only be read."""
    told = Signal(str)
    """A short word to the analyst: why nothing happened, that the way wrapped round."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: ArticleState | None = None
        self.spare = SpareTime(self)
        self.issues: tuple[Issue, ...] = ()
        self.scheme = Scheme()
        self.doing = ""
        """What the engine does, in words; nothing when it is at rest."""
        self.holds = set[str]()
        """Whether nothing can be done for now: labels are being changed in the whole project."""
        self.shut = False
        """Whether the project can only be read; see :meth:`set_shut`."""
        self._bounds: Bounds | None = None
        self._focus: UUID | None = None
        self._selected: Span | None = None
        self._picking: Slot | None = None
        self._place = 0  # where the analyst last looked: the way goes on from there
        self._wandered = False

    def hold(self, why: str, held: bool) -> None:
        """Let nothing be done for a moment, or let it be done again; ``why`` is a sentence."""
        (self.holds.add if held else self.holds.discard)(why)

    # --- what is on the desk

    def load(
        self,
        article: Article,
        suggestions: Iterable[Annotation] = (),
        decisions: Iterable[Annotation] = (),
        checked: Iterable[Checked] = (),
        focus: UUID | None = None,
    ) -> None:
        """Lay an article on the desk; the first stop gets the focus unless ``focus`` is there."""
        self.state = ArticleState(article, suggestions, decisions, checked)
        self.state.issue_names = {issue.id: issue.name for issue in self.issues}
        self.state.meanings = self.scheme.meanings
        self._bounds = Bounds(article.text)
        self._selected = None
        self._focus = None
        self._place = 0
        self._wandered = False
        self.pick(None)
        self.article_changed.emit()
        self.selection_changed.emit(None)
        if self.state.get(focus) is None:
            stop = self.state.next(None)
            focus = stop[0] if stop else None
        self.set_focus(focus)

    def set_doing(self, words: str) -> None:
        """Know what the engine does."""
        self.doing = words
        self.doing_changed.emit()

    def set_shut(self, shut: bool) -> None:
        """Know whether the project can only be read."""
        self.shut = shut
        self.shut_changed.emit()

    def set_issues(self, issues: Iterable[Issue]) -> None:
        """Know the issues of the project: targets are shown by their names."""
        self.issues = tuple(issues)
        if self.state is not None:
            self.state.issue_names = {issue.id: issue.name for issue in self.issues}
            stances = (each for each in self.state.visible if isinstance(each, Stance))
            self._show({each.id for each in stances if each.target.kind is RefKind.ISSUE})
        self.issues_changed.emit()

    def set_scheme(self, scheme: Scheme) -> None:
        """Work with these labels from now on; focus, selection and place stay."""
        self.scheme = scheme
        call_positions({each: scheme.stance(each).shown for each in Position})
        if self.state is not None:
            self.state.meanings = scheme.meanings
        self.scheme_changed.emit()

    def renew(self, suggestions: Iterable[Annotation], decisions: Iterable[Annotation]) -> None:
        """Take what is on the article as the file has it now; focus, selection and place stay."""
        if self.state is not None:
            self._show(self.state.renew(suggestions, decisions))

    def set_zones(self, zones: Iterable[Zone]) -> None:
        """Take zones that were found after the article was laid on the desk."""
        zones = tuple(zones)
        if self.state is not None and zones != self.state.article.zones:
            self.state.article = replace(self.state.article, zones=zones)
            self.zones_changed.emit()

    def close(self) -> None:
        """Clear the desk."""
        self.state = self._bounds = self._selected = None
        self.pick(None)
        self.set_focus(None)
        self.article_changed.emit()

    def take_suggestions(self, suggestions: Iterable[Annotation]) -> None:
        """Show suggestions as they come."""
        self.exchange_suggestions((), suggestions)

    def exchange_suggestions(self, gone: Iterable[UUID], new: Iterable[Annotation]) -> None:
        """Show suggestions in place of others; most may be as they were."""
        state = self.state
        if state is None:
            return
        self._show(state.exchange(gone, new))
        if self._focus is None and self._selected is None and not self._wandered:
            stop = state.next(None)
            self.set_focus(stop[0] if stop else None)

    def drop_suggestions(self, identifiers: Iterable[UUID]) -> None:
        """Show some suggestions no more; what was decided on them stays."""
        if self.state is not None:
            self._show(self.state.drop_suggestions(identifiers))

    def apply_act(self, act: Act) -> None:
        """Apply what was done elsewhere, an undo or redo above all, and look at it."""
        if self.state is None or act.article not in (None, self.state.article.id):
            return
        self.pick(None)
        self._apply(act)
        self.look_at_what(act)

    def look_at_what(self, act: Act) -> None:
        """Look at the first annotation that an act changed and left on the desk."""
        state = self.state
        shown = (c.id for c in act.changes if state and c.table in _LAYERS and state.get(c.id))
        if (first := next(shown, None)) is not None:
            self.set_focus(first)

    def show(
        self, touched: set[UUID], changes: Iterable[Change] = (), after: UUID | None = None
    ) -> None:
        """Tell what was changed in the state: the annotations, and by whole acts the rest.

        Where what is in focus is no more, the analyst looks at ``after`` next.
        """
        self._show(touched, after)
        tables = {change.table for change in changes}
        if "article" in tables:
            self.details_changed.emit()
        if "checked" in tables:
            self.checked_changed.emit()

    def follow(self, act: Act) -> None:
        """Apply what an act on the whole project changes of this article; the focus stays."""
        if self.state is not None:
            here = [change for change in act.changes if self.state.row(change.id) is not None]
            self._show(self.state.apply(here))

    def wander(self, offset: int) -> None:
        """The analyst scrolled to where the first line on screen begins at ``offset``.

        The way goes on from there, and nothing that comes in may take the page elsewhere.
        """
        self._wandered = True
        if self._focus is None and self._selected is None:
            self._place = offset

    # --- focus and selection

    @property
    def focus(self) -> UUID | None:
        """The annotation in focus."""
        return self._focus

    @property
    def focused(self) -> Annotation | None:
        """The annotation in focus itself."""
        return self.state.get(self._focus) if self.state else None

    @property
    def selection(self) -> Span | None:
        """What is selected in the text; None where nothing is."""
        span = self._selected
        return span if span is not None and span.start < span.end else None

    @property
    def caret(self) -> int | None:
        """Where the caret stands in the text."""
        return self._selected.end if self._selected else None

    @property
    def bounds(self) -> Bounds | None:
        """Where the characters, words and sentences of the article end."""
        return self._bounds

    @property
    def picking(self) -> Slot | None:
        """The slot that waits for a click or a selection in the text."""
        return self._picking

    def set_focus(self, identifier: UUID | None) -> None:
        """Look at an annotation, or with None at none.

        Where the caret stood is forgotten: it was meant for what was in focus before.
        """
        annotation = self.state.get(identifier) if self.state else None
        identifier = annotation.id if annotation else None
        if identifier == self._focus:
            return
        self._focus = identifier
        if annotation is not None and in_text(annotation):
            self._place = start_of(annotation)
        if self.selection is None:
            self._selected = None
        self.pick(None)
        self.focus_changed.emit(identifier)

    def set_selection(self, span: Span | None, *, finished: bool = True) -> None:
        """Follow the canvas: a selection, or with ``start == end`` the caret.

        ``finished`` is False while the mouse still drags.
        """
        if span is not None and self._bounds is not None and span.start < span.end:
            span = self._bounds.snap(span)
        if span != self._selected:
            self._selected = span
            self._place = span.end if span else self._place
            self.selection_changed.emit(self.selection)
        if finished and self.selection is not None:
            self.selection_finished.emit()

    def clear_selection(self) -> None:
        """Let the selection go; the caret stays at its end."""
        if (selected := self.selection) is not None:
            self.set_selection(Span(selected.end, selected.end))

    def pick(self, slot: Slot | None) -> None:
        """Let a slot wait for a click or a selection in the text; None calls it off."""
        if slot is not self._picking:
            self._picking = slot
            self.picking_changed.emit(slot)

    def step(self, step: int = 1) -> bool:
        """Go to the next (1) or previous (-1) thing to decide; False if there is none."""
        if self.state is None:
            return False
        found = self.state.next(self._focus or self._place, step)
        if found is None:
            self.told.emit(self._all_decided())
            return False
        stop, wrapped = found
        if wrapped:
            again = self.tr("On from the top.") if step > 0 else self.tr("On from the end.")
            self.told.emit(again)
        self.pick(None)
        self.clear_selection()  # else the next digit would label what was selected before
        self.set_focus(stop)
        return True

    def next_quote(self, step: int = 1) -> bool:
        """Go to the next (1) or previous (-1) statement, decided or not; False if there is none."""
        if self.state is None:
            return False
        found = self.state.next_statement(self._focus or self._place, step)
        if found is None:
            none = self.tr("No quotations were found here.")
            yet = self.tr("No quotation yet. {}").format(self.doing)
            self.told.emit(yet if self.doing else none)
            return False
        statement, wrapped = found
        if wrapped:
            again = self.tr("On from the top.") if step > 0 else self.tr("On from the end.")
            self.told.emit(again)
        self.pick(None)
        self.clear_selection()  # else the next digit would label what was selected before
        self.set_focus(statement.id)
        return True

    def look_from(self, offset: int) -> None:
        """Let the way go on from an offset, where nothing is in focus."""
        self._place = offset

    # --- within

    def _all_decided(self) -> str:
        """Say that the way is at its end, and what does not lie on it."""
        assert self.state is not None
        quotes = self.state.statements
        left = sum(not quote.decision.decided for quote in quotes)
        if not left:
            return self.tr("Everything here is decided.")
        return self.tr("All names and stances are decided. Quotations left: {} (Q).").format(left)

    def _apply(self, act: Act, after: UUID | None = None) -> None:
        assert self.state is not None
        self.show(self.state.apply(act.changes), act.changes, after)

    def _show(self, touched: set[UUID], after: UUID | None = None) -> None:
        if touched:
            self.annotations_changed.emit(touched)
        if self.state and self._focus and self.state.get(self._focus) is None:
            self.set_focus(after)
