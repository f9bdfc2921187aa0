"""Deciding, making, and filling slots."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.article.bounds import Edge, Unit
from desktop.article.commands import Slot
from desktop.shell.command_field import Choice

if TYPE_CHECKING:
    from desktop.app import Standfirst


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menus Annotate and Labels do."""
    session = app.session

    def bound(edge: Edge, unit: Unit, step: int) -> Callable[[], object]:
        return lambda: session.move_bound(edge, unit, step)

    return {
        "next": partial(session.step, 1),
        "previous": partial(session.step, -1),
        "accept": session.accept_and_next,
        "edit": session.edit,
        "note": app.edit_note,
        "delete": session.delete,
        "start-left": bound(Edge.START, Unit.CHARACTER, -1),
        "start-right": bound(Edge.START, Unit.CHARACTER, 1),
        "end-left": bound(Edge.END, Unit.CHARACTER, -1),
        "end-right": bound(Edge.END, Unit.CHARACTER, 1),
        "start-word-left": bound(Edge.START, Unit.WORD, -1),
        "start-word-right": bound(Edge.START, Unit.WORD, 1),
        "end-word-left": bound(Edge.END, Unit.WORD, -1),
        "end-word-right": bound(Edge.END, Unit.WORD, 1),
        "start-sentence-left": bound(Edge.START, Unit.SENTENCE, -1),
        "start-sentence-right": bound(Edge.START, Unit.SENTENCE, 1),
        "end-sentence-left": bound(Edge.END, Unit.SENTENCE, -1),
        "end-sentence-right": bound(Edge.END, Unit.SENTENCE, 1),
        "add": partial(_label, app, session.add_from_selection),
        "relabel": partial(_label, app, session.relabel),
        **{f"digit-{n}": partial(session.press_digit, str(n)) for n in range(1, 10)},
        **{f"side-{n}": partial(_take_side_on_it, app, n - 1) for n in range(1, 6)},
        "stance": session.add_stance,
        "holder": partial(session.set_slot, Slot.HOLDER),
        "nested": partial(session.set_slot, Slot.NESTED),
        "unreported": partial(session.fill, Slot.NESTED, ()),
        "target": partial(session.set_slot, Slot.TARGET),
        "negate": session.toggle_negated,
        "cue": partial(session.set_slot, Slot.CUE),
        "cue-more": partial(session.set_slot, Slot.CUE, more=True),
        "evidence": partial(session.set_slot, Slot.EVIDENCE),
        "evidence-more": partial(session.set_slot, Slot.EVIDENCE, more=True),
        "certainty": session.next_certainty,
    }


def _label(app: Standfirst, give: Callable[[str], object]) -> None:
    choices = [
        Choice(
            label.name, label.guideline, (label.shortcut or "").upper(), partial(give, label.name)
        )
        for label in app.session.scheme.entities
    ]
    app.window.field.ask(tr("Which label?"), choices)


def _take_side_on_it(app: Standfirst, nth: int) -> None:
    from desktop.article.toward import take_side_on_it  # the first paint has no use for it

    positions = app.session.scheme.positions
    if nth < len(positions):
        take_side_on_it(app.session, positions[nth])
