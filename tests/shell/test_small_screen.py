"""A laptop's screen at 200 % has 720 by 450 pixels: every window has room on it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from kind.walk import clipped, shown, windows
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QScrollArea, QWidget

import desktop
from desktop import screens
from desktop.importing.dialog import ImportDialog
from desktop.importing.report import Line, Outcome
from desktop.importing.report_dialog import ReportDialog
from desktop.importing.report_model import ReportModel
from desktop.list_and_fields import ListAndFields
from desktop.scheme.dialog import LabelsDialog
from desktop.shell.fallen import FallenDialog

# Without a screen there is no window to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROOM = QSize(720, 450) - screens.FRAME
ASKING = (
    "new",
    "import",
    "export",
    "issues",
    "actors",
    "labels",
    "project",
    "details",
    "contexts",
    "help",
    "keys",
    "report",
    "about",
)
INSIDE = ("history", "bin", "filters", "search", "find", "accept-all", "tour")


@pytest.fixture
def app(standfirst, qtbot):
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.stops()))
    return standfirst


def fits(window: QWidget) -> bool:
    """Tell whether a window can be made small enough."""
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    return least.boundedTo(ROOM) == least


def test_every_window_fits_that_a_menu_opens(app, qtbot):
    seen = {ListAndFields, ReportDialog, FallenDialog}  # the last two are looked at below
    for name in ASKING:
        app.window.actions_table[name].trigger()
        qtbot.waitUntil(lambda: len(windows()) == 2)
        (opened,) = (window for window in windows() if window is not app.window)
        assert fits(opened), (name, opened.minimumSizeHint(), opened.minimumSize())
        seen.add(type(opened))
        opened.close()
        qtbot.waitUntil(lambda: len(windows()) == 1)
    assert seen == all_dialogs(), "one is not looked at"


def all_dialogs() -> set[type]:
    """Return the classes of all our dialogs."""
    for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
        if not module.name.startswith(("desktop.suggest", "desktop.__main__")):
            import_module(module.name)
    found, left = set[type](), [QDialog]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith("desktop."):
                found.add(kind)
    return found


def test_a_table_to_be_imported_fits_with_its_columns(window, qtbot, tmp_path: Path):
    table = tmp_path / "monitor.csv"
    table.write_text("title,text\n" + "Toll rises,The minister said yes.\n" * 9)
    dialog = ImportDialog([table], {}, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.findChild(QComboBox, "column-2") is not None)
    assert fits(dialog), dialog.minimumSizeHint()


def test_what_became_of_an_import_fits(window, qtbot):
    model = ReportModel()
    model.add(Line(outcome, "press/monitor.csv:17", "it is hidden") for outcome in Outcome)
    report = ReportDialog(model, "1 of 5 articles is new. " * 9, window)
    qtbot.addWidget(report)
    report.show()
    assert fits(report), report.minimumSizeHint()


def test_what_is_said_after_a_fall_fits(window, qtbot):
    fallen = FallenDialog("Standfirst stopped unexpectedly", "All is saved. " * 20, "Open again")
    qtbot.addWidget(fallen)
    fallen.show()
    assert fits(fallen), fallen.minimumSizeHint()


def test_what_opens_in_the_window_leaves_it_small(app, qtbot):
    window, footer = app.window, app.window.footer
    panes = [window.findChild(QWidget, pane) for pane in ("library", "inspector")]
    for name in INSIDE:
        window.resize(ROOM)
        window.actions_table[name].trigger()
        qtbot.waitUntil(lambda: window.size() == ROOM)
        assert footer.mapTo(window, footer.rect().bottomRight()).y() < ROOM.height(), name
        qtbot.waitUntil(lambda: all(is_whole(pane, window) for pane in panes))


def is_whole(pane: QWidget, window: QWidget) -> bool:
    right = pane.mapTo(window, pane.rect().topRight()).x()
    return pane.isHidden() or right < window.width()


def test_what_is_looked_for_in_the_article_can_be_read(app, qtbot):
    app.window.resize(ROOM)
    app.window.actions_table["find"].trigger()
    field = app.canvas.findChild(QLineEdit)
    qtbot.waitUntil(lambda: app.window.size() == ROOM and field.isVisible())
    words = field.fontMetrics().horizontalAdvance("environment mini")
    qtbot.waitUntil(lambda: field.width() - 20 >= words)


def test_a_field_below_the_edge_is_scrolled_to_when_it_gets_the_keys(app, qtbot):
    app.window.actions_table["labels"].trigger()
    qtbot.waitUntil(lambda: len(windows()) == 2)
    dialog = app.window.findChild(LabelsDialog)
    dialog.resize(ROOM)
    scrolled = dialog.findChild(QScrollArea)
    field = dialog.fields.engine_names
    qtbot.waitUntil(lambda: not seen_in(scrolled, field))
    field.setFocus()
    qtbot.waitUntil(lambda: seen_in(scrolled, field))
    dialog.close()


def seen_in(scrolled: QScrollArea, field: QWidget) -> bool:
    place = field.mapTo(scrolled.viewport(), field.rect().bottomLeft())
    return scrolled.viewport().rect().contains(place)


def cut_short(window: QWidget) -> list[str]:
    """Return the words there is no room for; what ends in dots says all of it in its tooltip."""
    said = [(widget, clipped(widget)) for widget in shown(window)]
    low = [
        field.placeholderText()
        for field in window.findChildren(QLineEdit)
        if field.isVisible() and field.height() < field.minimumSizeHint().height()
    ]
    return [words for widget, words in said if words and words != widget.toolTip()] + low


def test_a_window_opens_no_larger_than_its_screen(window, monkeypatch):
    monkeypatch.setattr(screens, "room_for", lambda _: ROOM)
    for name in ("help", "keys", "labels", "report"):
        window.actions_table[name].trigger()
        (opened,) = (one for one in windows() if one is not window)
        assert opened.size().boundedTo(ROOM) == opened.size(), name
        opened.close()


def test_nothing_is_clipped_where_the_window_is_small(app, qtbot):
    window = app.window
    window.resize(ROOM)
    for name in ("accept-all", "history"):
        window.actions_table[name].trigger()
        qtbot.waitUntil(lambda: window.size() == ROOM)
        qtbot.waitUntil(lambda: cut_short(window) == [])


def test_the_question_for_a_name_has_room(window, qtbot):
    window.resize(ROOM)
    bar = window.ask_name("Ada", lambda _: None)
    qtbot.waitUntil(lambda: bar.width() == ROOM.width())
    qtbot.waitUntil(lambda: cut_short(bar) == [])
