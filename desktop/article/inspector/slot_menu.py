"""What else could fill a slot: an issue, names near the frame, the writer, nobody, a selection."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from db.values import Entity, Layer, Ref, RefKind, Stance, Statement
from desktop.article.commands import Slot, ref_to
from desktop.article.places import main_span
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.wording import one_line, shortened, tr

_NAMES = 9  # offered at most
_DIGITS = 9
_REACH = 1200  # code points before and after the evidence in which names are looked for


class _Menu(QMenu):
    """A menu to which the digits belong while it is open, and not to what lies under it."""

    def event(self, event: QEvent) -> bool:
        digit = isinstance(event, QKeyEvent) and event.text().isdigit()
        if digit and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def slot_menu(session: ArticleSession, slot: Slot, parent: QWidget) -> QMenu:
    """Return the choices for a slot of the frame in focus; each fills it through the session."""
    menu = _Menu(parent)
    state, frame = session.state, session.focused
    if state is None or not isinstance(frame, Stance | Statement):
        return menu
    if slot is Slot.TARGET and isinstance(frame, Stance):
        _offer_issues(menu, session, state, frame)
    if slot in (Slot.HOLDER, Slot.NESTED, Slot.TARGET):
        for name in names_near(state, frame):
            text = shortened(one_line(name.span.of(state.text)), 40)
            menu.addAction(f"{text}\t{name.label}", partial(session.fill, slot, ref_to(name)))
        menu.addSeparator()
        if slot is Slot.HOLDER:
            menu.addAction(tr("The writer"), partial(session.fill, slot, Ref(RefKind.WRITER)))
        if slot is Slot.NESTED:
            menu.addAction(tr("Nobody but the writer"), partial(session.fill, slot, ()))
        else:
            menu.addAction(tr("Not named"), partial(session.fill, slot, Ref(RefKind.IMPLICIT)))
    if slot is Slot.CUE:
        menu.addAction(tr("No cue"), partial(session.fill, slot, ()))
    menu.addAction(tr("Click or select in the text …"), partial(session.pick, slot))
    return menu


def _offer_issues(
    menu: QMenu, session: ArticleSession, state: ArticleState, stance: Stance
) -> None:
    """Offer the project's issues, the first ones by a digit as well.

    The words that were the target go on to show where the issue is named.
    """
    words = state.settled(stance.target).span
    for number, issue in enumerate(session.issues, start=1):
        key = f"&{number} " if number <= _DIGITS else ""
        name = shortened(issue.name, 40).replace("&", "&&")
        ref = Ref(RefKind.ISSUE, words, issue=issue.id)
        menu.addAction(f"{key}{name}\t{tr('issue')}", partial(session.fill, Slot.TARGET, ref))
    if session.issues:
        menu.addSeparator()


def names_near(state: ArticleState, frame: Stance | Statement) -> list[Entity]:
    """Return the names around a frame, nearest first, each form once."""
    around = main_span(frame)
    near = state.between(around.start - _REACH, around.end + _REACH, Layer.ENTITY)
    names = sorted(
        (name for name in near if isinstance(name, Entity)),
        key=lambda name: max(around.start - name.span.end, name.span.start - around.end, 0),
    )
    forms: dict[str, Entity] = {}
    for name in names:
        forms.setdefault(name.span.of(state.text).casefold(), name)
    return list(forms.values())[:_NAMES]
