"""The codebook of a project, kept in the real window: what the issues are, and what is on them."""

from __future__ import annotations

import json
from uuid import UUID, uuid5

import pytest
from flow.keyboard import Keyboard
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget

from db.engine import open_project, session
from db.issues import issues
from db.values import (
    Annotation,
    Decision,
    Entity,
    Issue,
    Origin,
    Position,
    Ref,
    RefKind,
    Stance,
    Status,
)
from desktop.corpus.project import records
from desktop.corpus.save import save
from desktop.issues.dialog import IssuesDialog
from desktop.suggest.stances.overall import overall

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    return Keyboard(standfirst)


@pytest.fixture
def dialog(standfirst, keys, qtbot) -> IssuesDialog:
    """The window of issues, opened by its key and with the keys in it."""
    keys.press("Ctrl+Shift+I")
    found = standfirst.window.findChild(IssuesDialog)
    assert isinstance(found, IssuesDialog)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def names(app) -> list[str]:
    return [issue.name for issue in app.suggesting.issues.known or []]


def write(qtbot, app, keys, *fields: str) -> None:
    """Write into the fields one after another, ask for it by Return, and wait until it is so."""
    keys.type(fields[0])
    for text in fields[1:]:
        keys.press("Tab")
        keys.type(text)
    keys.press("Return")
    qtbot.waitUntil(lambda: fields[0] in names(app))


def test_an_issue_is_added_changed_and_removed_by_keyboard(standfirst, dialog, keys, qtbot):
    assert dialog.fields["name"].hasFocus()  # there is none yet: write the first
    write(qtbot, standfirst, keys, "Night flights", "night-time flying, curfew", "curfew*, airport")
    (flights,) = standfirst.suggesting.issues.known or []
    assert flights.aliases == ("curfew", "night-time flying")
    assert flights.keywords == ("airport", "curfew*")
    assert "Added “Night flights”" in dialog.said
    write(qtbot, standfirst, keys, "Fishing")  # straight on to the next one
    assert names(standfirst) == ["Fishing", "Night flights"]

    dialog.list.setFocus()
    keys.press("Down", "Up")
    assert dialog.fields["name"].text() == "Fishing"
    dialog.fields["name"].setFocus()
    write(qtbot, standfirst, keys, "Eel fishing")
    assert names(standfirst) == ["Eel fishing", "Night flights"]

    dialog.list.setFocus()
    keys.press("Del")
    qtbot.waitUntil(lambda: names(standfirst) == ["Night flights"])
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: names(standfirst) == ["Eel fishing", "Night flights"])
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: names(standfirst) == ["Fishing", "Night flights"])
    keys.press("Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: names(standfirst) == ["Eel fishing", "Night flights"])
    assert shown(dialog.list) == names(standfirst)
    keys.press("Esc")
    qtbot.waitUntil(lambda: standfirst.window.findChild(IssuesDialog) is None)


def shown(each: QListWidget) -> list[str]:
    return [each.item(row).text() for row in range(each.count())]


def test_a_name_that_will_not_do_is_told_and_nothing_is_lost(standfirst, dialog, keys, qtbot):
    write(qtbot, standfirst, keys, "Fishing", "angling")
    keys.type("fishing ")
    keys.press("Tab")
    keys.type("trawling")
    keys.press("Return")
    assert "already" in dialog.said
    assert dialog.fields["name"].hasFocus()
    assert dialog.fields["aliases"].text() == "trawling"
    keys.type("")
    keys.press("Return")
    assert "name" in dialog.said
    dialog.close()
    assert dialog.isVisible()  # it does not go with what cannot be kept
    keys.press("Esc")
    assert dialog.fields["aliases"].text() == ""
    assert not dialog.said

    dialog.list.setFocus()
    keys.press("Up")
    dialog.fields["aliases"].setFocus()
    keys.type("eels")
    dialog.close()  # what is written is kept
    qtbot.waitUntil(lambda: [i.aliases for i in standfirst.suggesting.issues.known] == [("eels",)])


def test_the_open_article_is_suggested_on_anew_when_issues_change(
    standfirst, dialog, keys, qtbot, project
):
    suggesting = standfirst.suggesting
    plain = suggesting.maker
    before = {each.id for each in standfirst.session.state.visible}

    with qtbot.waitSignal(suggesting.engine.suggestions_found):
        write(qtbot, standfirst, keys, "Night flights", "", "flight*")
    qtbot.waitUntil(lambda: not suggesting.busy)
    assert before <= {each.id for each in standfirst.session.state.visible}
    assert suggesting.maker.version.startswith(f"{plain.version}+issues.")
    with qtbot.waitSignal(suggesting.engine.suggestions_found):
        keys.press("Shift+Tab", "Shift+Tab")  # off the fields, where undo is the field's
        standfirst.undo()
    qtbot.waitUntil(lambda: suggesting.maker == plain)
    qtbot.waitUntil(lambda: not suggesting.busy)


def stance_at(name: Entity, issue: UUID) -> Stance:
    """Return a stance against an issue that is named where a name is."""
    return Stance(
        uuid5(name.id, "stance"),
        name.article,
        Ref(RefKind.WRITER),
        Ref(RefKind.ISSUE, name.span, issue=issue),
        Position.AGAINST,
        (name.span,),
        Decision(Status.SUGGESTED, Origin.RULE, 0.6),
    )


def test_what_is_written_is_kept_when_the_project_is_closed(
    standfirst, dialog, keys, qtbot, project
):
    write(qtbot, standfirst, keys, "Fishing")
    keys.type("Night flights")
    standfirst.window.close()
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        assert [issue.name for issue in issues(own)] == ["Fishing", "Night flights"]
    engine.dispose()


def suggest(app, annotations) -> None:
    """Find these as the engine does, in place of what it found itself."""
    article = app.session.state.article
    found = app.suggesting.engine.suggestions_found
    found.emit(article.id, article.sha256, annotations, True)


@pytest.fixture
def on_flights(standfirst, dialog, keys, qtbot) -> list[Annotation]:
    """Suggestions as they are where the text names an issue, and the article as a whole on it."""
    suggesting, state = standfirst.suggesting, standfirst.session.state
    with qtbot.waitSignal(suggesting.engine.suggestions_found):
        write(qtbot, standfirst, keys, "Night flights")
    qtbot.waitUntil(lambda: not suggesting.busy)
    dialog.close()
    issue = suggesting.issues.known[0].id
    names = [each for each in state.visible if isinstance(each, Entity)]
    frames = [stance_at(name, issue) for name in names[:2]]
    found = [*names, *frames, *overall(names[0].article, frames)]
    suggest(standfirst, found)
    standfirst.window.activateWindow()
    standfirst.window.go_to_article()
    qtbot.waitUntil(lambda: standfirst.canvas.hasFocus())
    return found


def test_the_article_as_a_whole_is_decided_on_last_and_goes_into_the_corpus(
    standfirst,
    on_flights,
    keys,
    qtbot,
    project,
    tmp_path,
):
    session, card = standfirst.session, standfirst.inspector.card
    whole = on_flights[-1]
    keys.press("Shift+Tab")  # before the first comes the last
    assert session.focus == whole.id
    assert "The article as a whole: Night flights" in card.title.text()
    assert not any(row.isVisible() for row in card.rows.values())
    assert "2 of 2 frames are against" in card.origin.text()
    for key in ("H", "T", "V", "U", "G", "R", "E", "["):  # it has a side alone
        keys.press(key)
        assert session.focused == whole
    keys.press("4")
    assert session.focused.decision.status is Status.CORRECTED
    assert session.focused.position is Position.MIXED
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: session.focused == whole)
    keys.press("Return")
    assert session.state.get(whole.id).decision.status is Status.ACCEPTED
    accepted = "accept the article’s stance on ‘Night flights’"
    qtbot.waitUntil(lambda: standfirst.project.undo_title == accepted)

    record = exported(project, tmp_path)
    (line,) = record["article_stances"]
    assert (line["status"], line["stance"], line["id"]) == ("accepted", "against", str(whole.id))
    assert line["target"]["text"] == "Night flights"
    (issue,) = record["issues"]
    assert issue["name"] == "Night flights"
    assert {each["target"]["issue"] for each in record["stances"]} == {issue["id"]}


def exported(project, folder) -> dict:
    """Return the line of the first article that is exported of a project."""
    out = folder / "out.jsonl"
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        save(records(own), out)
    engine.dispose()
    return json.loads(out.read_text("utf-8").splitlines()[0])


def test_the_article_as_a_whole_follows_what_is_decided_in_it(
    standfirst, on_flights, keys, qtbot, project
):
    session = standfirst.session
    first, second, whole = on_flights[-3:]

    def sides() -> list[tuple[Position, str | None]]:
        found = [each for each in session.state.visible if isinstance(each, Stance)]
        return [(each.position, each.why) for each in found if each.overall]

    assert sides() == [(Position.AGAINST, "2 of 2 frames are against")]
    session.set_focus(first.id)
    keys.press("1")
    qtbot.waitUntil(lambda: sides() == [(Position.MIXED, "of 2 frames, 1 for and 1 against")])
    session.set_focus(second.id)
    keys.press("X")
    qtbot.waitUntil(lambda: sides() == [(Position.FAVOR, "the one frame is for")])
    # What is in the file is what is shown, and so is what is counted.
    qtbot.waitUntil(lambda: [each["stance"] for each in in_corpus(project)] == ["favor"])
    row = standfirst.articles.get(whole.article)
    qtbot.waitUntil(lambda: standfirst.articles.get(row.id).pending == session.state.left())

    session.set_focus(session.state.stops()[-1])
    keys.press("Return")
    keys.press("Ctrl+Z")  # the acceptance
    keys.press("Ctrl+Z")  # the rejection
    qtbot.waitUntil(lambda: sides() == [(Position.MIXED, "of 2 frames, 1 for and 1 against")])


def test_targets_set_by_hand_are_summed_up_and_a_decision_on_that_stays(
    standfirst, on_flights, keys, qtbot
):
    session = standfirst.session
    first, second, whole = on_flights[-3:]
    session.set_focus(whole.id)
    keys.press("2")
    session.set_focus(first.id)
    keys.press("1")
    session.set_focus(second.id)
    keys.press("1")
    assert session.state.get(whole.id).position is Position.AGAINST
    assert session.state.stops()[-1] != whole.id

    standfirst.suggesting.issues.add(Issue(UUID(int=1), "Airport jobs"))
    qtbot.waitUntil(lambda: len(session.issues) == 2)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    keys.press("T", "1")

    def also() -> list[str]:
        stops = [session.state.get(stop) for stop in session.state.stops()]
        whole = [each for each in stops if isinstance(each, Stance) and each.overall]
        return [session.state.issue_names[each.target.issue] for each in whole]

    qtbot.waitUntil(lambda: also() == ["Airport jobs"])


def in_corpus(project):
    """Return the article's own stances as a corpus would have them now."""
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        first = next(records(own))
    engine.dispose()
    return first["article_stances"]
