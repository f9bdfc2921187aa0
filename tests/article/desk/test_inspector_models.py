"""The lists behind the panel follow the article line by line."""

from dataclasses import replace
from uuid import uuid5

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit

from db.values import Position, Span
from desktop.article.bounds import Edge, Unit
from desktop.article.inspector.actors_list import ActorsModel
from desktop.article.inspector.outline import OutlineModel


def test_the_list_follows_every_change_line_by_line(session, news, qtbot, coder):
    model = OutlineModel(session)
    model.wake(True)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    acts = []
    session.acted.connect(acts.append)

    def lines():
        return [model.identifier(model.index(row, 0)) for row in range(model.rowCount())]

    def agrees():
        return lines() == [one.id for one in session.state.visible]

    session.accept_and_next()
    session.reject()
    session.set_selection(Span(*(news.text.index("the Harbour"), news.text.index(" Act.”") + 4)))
    session.press_digit("4")
    assert agrees()
    session.move_bound(Edge.START, Unit.WORD, -1)
    session.set_focus(news.stance.id)
    session.set_bounds(news.stance.id, news.span("Nobody voted for the Harbour Act."))
    assert agrees()
    for act in reversed(acts):
        session.apply_act(act.inverse())
        assert agrees()
    assert not resets
    assert tester is not None


def test_a_line_says_that_a_stance_is_toward_not_its_target(session, news):
    model = OutlineModel(session)
    model.wake(True)
    session.set_focus(news.stance.id)
    session.toggle_negated()
    assert model.index_of(news.stance.id).data() == "Mara Lind ▼ not: bridge toll"


def test_long_lists_are_built_anew(session, news):
    model = OutlineModel(session)
    model.wake(True)
    many = [
        replace(news.names["Act"], id=replace_id(news, n), span=Span(n, n + 1))
        for n in range(0, 120)
    ]
    session.take_suggestions(many)
    assert model.rowCount() == 8 + 120
    model.wake(False)
    assert model.rowCount() == 0
    model.wake(True)
    assert model.rowCount() == 8 + 120
    session.close()
    assert model.rowCount() == 0


def replace_id(news, n):
    return uuid5(news.article.id, str(n))


def test_actors_are_counted_and_bear_the_side_they_take(session, qtbot, news):
    model = ActorsModel(session)
    tester = QAbstractItemModelTester(model)

    def lines():
        return [model.index(row).data() for row in range(model.rowCount())]

    expected = ["Mara Lind, 2 mentions, Against", "Norland, 2 mentions"]
    expected += ["Act, 1 mention"]
    qtbot.waitUntil(lambda: lines() == expected)
    session.set_focus(news.stance.id)
    session.set_position(Position.FAVOR)
    qtbot.waitUntil(lambda: model.index(0).data() == "Mara Lind, 2 mentions, For")
    session.close()
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    assert tester is not None


def test_a_name_being_written_is_not_written_over_by_what_is_decided_meanwhile(
    session, inspector, news, qtbot
):
    actors, resets = inspector.actors, list[int]()
    qtbot.waitUntil(lambda: actors.model().rowCount() == 3)
    actors.model().modelReset.connect(lambda: resets.append(1))
    row = next(nth for nth, each in enumerate(session.people.here) if each.name == "Mara Lind")
    actors.setCurrentIndex(actors.model().index(row, 0))
    actors.setFocus()
    qtbot.keyClick(actors, Qt.Key.Key_F2)
    field = actors.findChild(QLineEdit)
    qtbot.keyClicks(field, "Mara L")
    session.set_focus(news.stance.id)
    session.set_position(Position.FAVOR)
    qtbot.waitUntil(lambda: session.people.here[row].position is Position.FAVOR)
    qtbot.waitUntil(lambda: actors.model().index(row, 0).data().endswith("For"))
    assert not resets
    assert field.text() == "Mara L"
