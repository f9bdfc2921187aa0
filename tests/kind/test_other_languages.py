"""Every word of the window can be translated, and there is room for words that are longer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from kind.walk import clipped, shown, windows, words_of
from pseudo import CLOSE, LONGER, OPEN, Pseudo, pseudo
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from db.values import Entity, Stance, Statement
from desktop.shell.menus import SPECS, key_name
from tests.article.on_page import a_turn

# Without a screen there is no window to raise and no keyboard to grab for a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SIGNS = re.compile(r"^[\W\d_]*$|^Standfirst( [\d.]+)?$|^Qt [\d.]+$")
DIALOGS = ("keys", "about", "project", "export", "issues", "details")


@pytest.fixture(autouse=True)
def pseudo_language(qapp) -> Iterator[Pseudo]:
    """Speak the language nobody speaks."""
    language = Pseudo()
    qapp.installTranslator(language)
    yield language
    qapp.removeTranslator(language)


@pytest.fixture
def app(pseudo_language, standfirst, qtbot):
    """Return the window with an article and its suggestions, as small as all its panes fit into."""
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.stops()))
    window, panes = standfirst.window, (standfirst.library, standfirst.window.inspector_pane)
    other = min(pane.minimumWidth() for pane in panes)
    window.resize(window.minimumWidth() + other + 1, window.minimumHeight())
    qtbot.waitUntil(lambda: all(pane.isVisible() for pane in panes))
    return standfirst


def data(app) -> set[str]:
    """Return what no language changes: labels, guidelines, keys, what the project is called."""
    scheme = app.session.scheme
    specs = (*scheme.entities, *scheme.stances)
    known = {spec.name for spec in specs} | {spec.guideline for spec in specs}
    known |= {key_name(key) for spec in SPECS for key in spec.keys} | {"Trial", "Ctrl K", "1–9"}
    known |= {"Esc", "F2", "Shift ↓", "Shift ← →", "Ctrl ← →", "Ctrl Shift ← →"}  # in no table
    known |= {f"{s.name}{f' ({s.shortcut})' if s.shortcut else ''}: {s.guideline}" for s in specs}
    return known


def untranslated(root: QWidget, app) -> set[str]:
    """Return the words in a window that did not go through ``tr()``."""
    text, known = app.session.state.text, data(app)
    words = {said.strip() for widget in shown(root) for said in words_of(widget)}
    return {
        said
        for said in words
        if not (OPEN in said and CLOSE in said)
        and said not in known
        and said not in text
        and not SIGNS.match(said)
    }


def cut_short(root: QWidget) -> list[str]:
    """Return what has no room in a window."""
    return [said for widget in shown(root) if (said := clipped(widget)) is not None]


def test_the_language_is_longer_and_keeps_what_is_filled_in():
    assert pseudo("Accept") == "[Åççépt ~]"
    assert "{}" in pseudo("Added “{}”") and "&S" in pseudo("&Save")
    assert len(pseudo("Mark done, and next")) >= (1 + LONGER) * len("Mark done, and next")


def test_the_window_is_translated_and_has_room(app, qtbot):
    session, window = app.session, app.window
    assert untranslated(window, app) == set()
    for kind in (Entity, Stance, Statement):
        one = next(each for each in session.state.visible if isinstance(each, kind))
        session.set_focus(one.id)
        a_turn()  # the panel follows the text
        qtbot.waitUntil(lambda: cut_short(window) == [])
        assert untranslated(window, app) == set(), kind
        scroll = app.inspector.findChild(QScrollArea)
        assert scroll.widget().width() <= scroll.viewport().width(), kind


@pytest.mark.parametrize("name", DIALOGS)
def test_the_dialogs_are_translated_and_have_room(app, qtbot, name):
    app.window.actions_table[name].trigger()
    qtbot.waitUntil(lambda: len(windows()) > 1)
    (dialog,) = (one for one in windows() if one is not app.window)
    QApplication.processEvents()
    said, short = untranslated(dialog, app), cut_short(dialog)
    dialog.close()
    qtbot.waitUntil(lambda: len(windows()) == 1)
    assert said == set() or name == "export", said
    assert short == []


def test_what_the_window_says_in_passing_is_translated(app):
    session, toast = app.session, app.window.toast
    told = list[str]()
    session.told.connect(told.append)
    session.set_focus(None)
    session.accept()
    session.add_stance()
    session.clear_selection()
    assert told and all(OPEN in words for words in told), told
    assert toast.isVisible()
