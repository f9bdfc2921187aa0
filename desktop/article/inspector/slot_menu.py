"""What else could fill a slot: an issue, names near the frame, the writer, nobody, a selection."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtWidgets import QWidget

from db.values import Entity, Layer, Ref, RefKind, Stance, Statement
from desktop.article.commands import Slot, ref_to
from desktop.article.places import main_span
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.wording import one_line, shortened, tr
from desktop.menu import Menu

_NAMES = 9  # offered at most
_DIGITS = 9
_REACH = 1200  # code points before and after the evidence in which names are looked for


class SlotMenu(Menu):
    """Choices of which the first nine have a digit."""

    def offer(self, words: str, kind: str, do: Callable[[], object]) -> None:
        """Add a choice, of which kind it is, and what it does."""
        number = sum(not action.isSeparator() for action in self.actions()) + 1
        key = f"&{number} " if number <= _DIGITS else ""
        words = shortened(words, 40).replace("&", "&&")
        self.addAction(f"{key}{words}\t{kind}" if kind else f"{key}{words}", do)


def slot_menu(session: ArticleSession, slot: Slot, parent: QWidget) -> SlotMenu:
    """Return the choices for a slot of the frame in focus; each fills it through the session."""
    menu = SlotMenu(parent)
    state, frame = session.state, session.focused
    if state is None or not isinstance(frame, Stance | Statement):
        return menu
    likely = session.actor_labels
    if slot is Slot.TARGET and isinstance(frame, Stance):
        likely = session.named_labels
        _offer_issues(menu, session, state, frame)
    if slot in (Slot.HOLDER, Slot.NESTED, Slot.TARGET):
        for name in names_near(state, frame, likely):
            words = one_line(name.span.of(state.text))
            menu.offer(words, name.label, partial(session.fill, slot, ref_to(name)))
        menu.addSeparator()
        if slot is Slot.HOLDER:
            menu.offer(tr("The writer"), "", partial(session.fill, slot, Ref(RefKind.WRITER)))
        if slot is Slot.NESTED:
            menu.offer(tr("Nobody but the writer"), "", partial(session.fill, slot, ()))
        else:
            menu.offer(tr("Not named"), "", partial(session.fill, slot, Ref(RefKind.IMPLICIT)))
    if slot is Slot.CUE:
        menu.offer(tr("No cue"), "", partial(session.fill, slot, ()))
    menu.offer(tr("Click or select in the text …"), "", partial(session.pick, slot))
    return menu


def _offer_issues(
    menu: SlotMenu, session: ArticleSession, state: ArticleState, stance: Stance
) -> None:
    """Offer the project's issues.

    The words that were the target go on to show where the issue is named.
    """
    words = state.settled(stance.target).span
    for issue in session.issues:
        ref = Ref(RefKind.ISSUE, words, issue=issue.id)
        menu.offer(issue.name, tr("issue"), partial(session.fill, Slot.TARGET, ref))
    if session.issues:
        menu.addSeparator()


def names_near(
    state: ArticleState, frame: Stance | Statement, likely: Collection[str]
) -> list[Entity]:
    """Return the names around a frame, each form once: those of a likely label before others, and
    of each kind the nearest first.
    """
    around = main_span(frame)
    near = state.between(around.start - _REACH, around.end + _REACH, Layer.ENTITY)

    def rank(name: Entity) -> tuple[bool, int]:
        away = max(around.start - name.span.end, name.span.start - around.end, 0)
        return name.label not in likely, away

    forms: dict[str, Entity] = {}
    for name in sorted((name for name in near if isinstance(name, Entity)), key=rank):
        forms.setdefault(name.span.of(state.text).casefold(), name)
    return list(forms.values())[:_NAMES]
