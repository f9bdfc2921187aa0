"""All that is done to an article, by mouse alone, in the real window with the real engine."""

from __future__ import annotations

import pytest
from flow.mouse import Mouse
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit

from db.values import ArticleStatus, Certainty, Entity, Position, RefKind, Span, Stance, Status
from desktop.article.bounds import Edge, Unit
from desktop.article.commands import Slot
from desktop.library.metadata_dialog import MetadataDialog

# Without a screen there is no window to raise and no keyboard to grab for a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def mouse(standfirst, qtbot) -> Mouse:
    standfirst.window.resize(1440, 900)
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(standfirst.window.actions_table["export"].isEnabled)
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.article.zones))  # the text lies still now
    return Mouse(standfirst)


@pytest.fixture
def session(standfirst):
    return standfirst.session


@pytest.fixture
def card(mouse, standfirst):
    return standfirst.inspector.card


@pytest.fixture
def suggestions(standfirst, qtbot) -> None:
    """Wait for all suggestions of the real engine."""
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.stops()))


def words(standfirst, quote: str) -> Span:
    start = standfirst.session.state.text.index(quote)
    return Span(start, start + len(quote))


def first(session, kind):
    """Return the first open suggestion of a kind."""
    state = session.state
    return next(a for stop in state.stops() if isinstance(a := state.get(stop), kind))


def test_suggestions_are_decided_by_the_buttons(standfirst, mouse, card, session, suggestions):
    names = [
        a for stop in session.state.stops() if isinstance(a := session.state.get(stop), Entity)
    ]
    mouse.look_at(names[1])
    assert session.focus == names[1].id
    mouse.click(card.accept)
    assert session.state.get(names[1].id).decision.status is Status.ACCEPTED
    assert session.focus != names[1].id

    mouse.look_at(names[2])
    mouse.click(card.reject)
    assert session.state.get(names[2].id) is None

    mouse.look_at(names[3])
    mouse.click(card.why)
    mouse.choose("Not a name")
    assert session.state.row(names[3].id).decision.reason == "not an entity"

    mouse.look_at(names[4])
    mouse.click(card.labels.button("EVENT"))
    assert session.focused.label == "EVENT"

    mouse.menu("Annotate", "Next suggestion")
    after = session.focus
    mouse.menu("Annotate", "Previous suggestion")
    assert session.focus != after

    stance = first(session, Stance)
    side = Position.MIXED if stance.position is not Position.MIXED else Position.FAVOR
    while session.focus != stance.id:  # where names lie on it, each click looks at the next
        mouse.look_at(stance)
    mouse.click(card.positions.button(side))
    assert session.focused.position is side


def test_a_name_is_added_moved_noted_and_deleted(standfirst, mouse, card, session, qtbot):
    text = session.state.text
    mouse.select(span := words(standfirst, "Brandenburg politician"))
    mouse.context(span, "ORG")
    name = session.focused
    assert (name.span, name.label) == (span, "ORG")

    # The other button looks at what lies under it first.
    mouse.select(words(standfirst, "Floods Directive"))
    mouse.context(words(standfirst, "Floods Directive"), "LAW")
    mouse.context(span, "GPE")
    assert (session.focus, session.focused.label) == (name.id, "GPE")

    mouse.drag_edge(session.focused, words(standfirst, "Brandenburg"))
    assert session.focused.span.of(text) == "Brandenburg"
    mouse.drag_edge(session.focused, words(standfirst, "senior Brandenburg"))
    assert session.focused.span.of(text) == "senior Brandenburg"
    mouse.click(card.edit)
    mouse.click(card.bounds.button(Edge.START, Unit.WORD, 1))
    assert session.focused.span.of(text) == "Brandenburg"
    mouse.click(card.bounds.button(Edge.END, Unit.CHARACTER, -1))
    assert session.focused.span.of(text) == "Brandenbur"

    mouse.click(card.note)
    qtbot.keyClicks(card.note, "a state")
    mouse.click(standfirst.canvas.viewport(), mouse.point(words(standfirst, "The meeting")))
    assert session.state.get(name.id).decision.note == "a state"

    mouse.context(words(standfirst, "Brandenbur"), "Delete")
    assert session.state.get(name.id) is None
    undo = standfirst.window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo delete ‘Brandenbur’")
    mouse.menu("Edit", "Undo delete ‘Brandenbur’")
    qtbot.waitUntil(lambda: session.focus == name.id)
    mouse.menu("Edit", "Redo delete ‘Brandenbur’")
    qtbot.waitUntil(lambda: session.state.get(name.id) is None)


def test_a_stance_is_made_of_nothing(standfirst, mouse, card, session):
    holder, paper = words(standfirst, "Jens Habermann"), words(standfirst, "Der Beobachter")
    for name, label in ((holder, "PERSON"), (paper, "ORG")):
        mouse.select(name)
        mouse.context(name, label)
    mouse.select(span := words(standfirst, "the higher dams would push water into German streets"))
    mouse.context(span, "New stance")
    made = session.focus
    assert session.focused.evidence == (span,)

    # From a selection, with the other button.
    for slot, quote in (
        ("target", "the higher dams"),
        ("cue", "push water"),
        ("evidence", "push water into German streets"),
    ):
        mouse.select(words(standfirst, quote))
        mouse.context(words(standfirst, quote), f"Set the {slot}")
        assert session.focus == made
    mouse.select(words(standfirst, "German streets"))
    mouse.context(words(standfirst, "German streets"), "Add to the cue")
    assert session.focused.target.span == words(standfirst, "the higher dams")
    assert session.focused.evidence == (words(standfirst, "push water into German streets"),)
    cue = words(standfirst, "push water"), words(standfirst, "German streets")
    assert session.focused.cue == cue

    # From the names around, from a click in the text, or nobody.
    mouse.click(card.rows[Slot.HOLDER])
    mouse.choose("Jens Habermann")
    assert session.focused.holder.span == holder
    mouse.click(card.rows[Slot.NESTED])
    mouse.choose("Click or select in the text")
    mouse.scroll_to(paper)
    mouse.click(standfirst.canvas.viewport(), mouse.point(paper))
    assert [ref.span for ref in session.focused.nested] == [paper]
    mouse.click(card.rows[Slot.TARGET])
    mouse.choose("Not named")
    assert session.focused.target.kind is RefKind.IMPLICIT

    mouse.click(card.positions.button(Position.AGAINST))
    mouse.click(card.negated)
    mouse.click(card.certainties.button(Certainty.CERTAIN))
    stance = session.focused
    assert (stance.position, stance.certainty) == (Position.AGAINST, Certainty.CERTAIN)
    assert stance.target.negated


def test_details_and_done(standfirst, mouse, session, qtbot):
    article = session.state.article.id
    mouse.menu("Article", "Article details")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MetadataDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    field = dialog.findChild(QLineEdit, "url")
    buttons = dialog.findChild(QDialogButtonBox)
    assert field is not None
    assert buttons is not None
    mouse.click(field)
    field.selectAll()
    qtbot.keyClicks(field, "https://example.org/oder")
    mouse.click(buttons.button(QDialogButtonBox.StandardButton.Save))
    assert session.state.article.meta.url == "https://example.org/oder"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)

    mouse.menu("Article", "Mark done, and next")
    qtbot.waitUntil(lambda: session.state.article.id != article)
    assert standfirst.articles.get(article).status is ArticleStatus.DONE
