"""Every action by key or by name, and one always sees where the keys go."""

from __future__ import annotations

import pytest
from kind.walk import windows
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from db.values import Entity, Stance
from desktop.article.places import in_text
from desktop.shell.menus import DIGITS, MENUS, SIDES, SPECS, plain, tr

# Without a screen there is no window to raise and no keyboard to grab for a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CODING = [spec for menu in MENUS[2:5] for spec in menu.items if spec]
AWAY = {"checked-article", "remove", "done", "next-article", "previous-article", "suggest"}
DIALOGS = {"details"}  # what is known of the article beside its text; no part of coding it
TAKES_KEYS = Qt.FocusPolicy.TabFocus


@pytest.fixture
def app(standfirst, qtbot):
    """Return the window with an article and its suggestions."""
    standfirst.window.resize(1440, 900)
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.stops()))
    return standfirst


def look_at(app, kind) -> None:
    state = app.session.state
    found = (one for one in state.visible if isinstance(one, kind) and in_text(one))
    app.session.set_focus(next(found).id)
    app.facts.show()
    QApplication.processEvents()


def looks(widget: QWidget) -> QImage:
    """Return what a widget looks like, with what lies round it: a focus may be shown there."""
    window = widget.window()
    box = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
    return window.grab(box.adjusted(-3, -3, 3, 3)).toImage()


def reached_by_tab(root: QWidget) -> list[QWidget]:
    """Return what Tab goes to: every widget that takes the keys, is there, and can be used."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & TAKES_KEYS == TAKES_KEYS
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea)
    ]


def same_focus(widgets: list[QWidget], elsewhere: QWidget) -> list[str]:
    """Return those that look just the same with the keys and without."""
    found = []
    for widget in widgets:
        elsewhere.setFocus()
        QApplication.processEvents()
        if not widget.isVisible():
            continue
        without = looks(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if QApplication.focusWidget() is widget and looks(widget) == without:
            text = getattr(widget, "text", str)
            found.append(f"{type(widget).__name__} “{widget.accessibleName() or text()}”")
    return found


def test_every_action_is_found_by_its_name(app):
    """Each line of the table that can be done now is in the command field under its own words."""
    for kind in (Entity, Stance):
        look_at(app, kind)
        enabled = [spec for spec in app.window.actions_table.enabled() if spec.id != "command"]
        offered = {choice.text for choice in app.window._choices(())}
        for spec in enabled:
            if spec in (*DIGITS, *SIDES):  # they are named as what they do now
                continue
            words = plain(tr(spec.text))
            assert any(text == words or text.startswith(f"{words}: ") for text in offered), spec.id


def test_every_action_has_its_key_to_itself():
    taken: dict[str, str] = {}
    for spec in SPECS:
        for key in spec.keys:
            assert taken.setdefault(key, spec.id) == spec.id, key


def test_one_sees_where_the_keys_go(app, qtbot):
    window = app.window
    elsewhere = app.library.list
    for kind in (Entity, Stance):
        look_at(app, kind)
        widgets = [one for one in reached_by_tab(window) if one is not elsewhere]
        assert len(widgets) > 15
        assert same_focus([one for one in widgets if one is not app.canvas], elsewhere) == []
    assert same_focus([elsewhere], app.canvas) == []


@pytest.mark.parametrize("name", ["keys", "about", "project", "issues", "details"])
def test_one_sees_where_the_keys_go_in_a_dialog(app, qtbot, name):
    app.window.actions_table[name].trigger()
    qtbot.waitUntil(lambda: len(windows()) > 1)
    (dialog,) = (one for one in windows() if one is not app.window)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    widgets = reached_by_tab(dialog)
    others = [*widgets[1:], *widgets[:1]] if len(widgets) > 1 else []
    found = [same_focus([one], other) for one, other in zip(widgets, others, strict=False)]
    dialog.close()
    qtbot.waitUntil(lambda: len(windows()) == 1)
    assert [each for some in found for each in some] == []


def test_everything_that_takes_the_keys_has_a_name(app):
    for kind in (Entity, Stance):
        look_at(app, kind)
        for widget in reached_by_tab(app.window):
            text = getattr(widget, "text", str)
            assert widget.accessibleName() or text(), type(widget).__name__


def test_no_action_of_the_coding_loop_opens_a_dialog(app):
    here = [spec for spec in CODING if spec.id not in DIALOGS | AWAY]
    away = [spec for spec in CODING if spec.id in AWAY]
    for kind, specs in ((Entity, here), (Stance, [*here, *away])):
        for spec in specs:
            if spec.id not in AWAY:
                look_at(app, kind)
            app.window.actions_table[spec.id].trigger()
            QApplication.processEvents()
            assert QApplication.activeModalWidget() is None, spec.id
            while popup := QApplication.activePopupWidget():
                popup.close()
            app.window.field.left.emit()
