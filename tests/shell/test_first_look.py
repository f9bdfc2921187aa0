"""What an analyst sees at the first start: the whole window, and nothing that is not so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QUrl
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QScrollArea,
    QWidget,
)

from db.values import Metadata, Span
from desktop import app, screens
from desktop.library.metadata_dialog import MetadataDialog
from desktop.shell.keys_page import KeysPage
from desktop.shell.settings import Settings
from desktop.shell.window import first_size


def test_the_first_window_fits_on_the_screen_with_its_frame():
    assert first_size(QSize(1920, 1080)) == QSize(1440, 900)
    on_a_laptop = first_size(QSize(1440, 900))
    assert on_a_laptop.width() < 1440 and on_a_laptop.height() < 900 - 24  # a title bar
    # A window cannot be smaller than what must be in it.
    assert first_size(QSize(640, 400)) == QSize(641, 400)


def test_a_window_without_a_remembered_place_is_as_large_as_its_screen_allows(window):
    room = first_size(window.screen().availableSize())
    assert window.size() == room.expandedTo(window.minimumSize())


def panes_of(window) -> tuple[QWidget, QWidget]:
    """Return library and inspector."""
    library, inspector = (window.findChild(QWidget, name) for name in ("library", "inspector"))
    return library, inspector


def narrow(window, qtbot, width: int) -> None:
    window.resize(width, window.height())
    qtbot.waitUntil(lambda: window.width() == width)


@pytest.mark.parametrize("width", [641, 720, 880, 1440])
def test_no_pane_is_cut_off_however_narrow_the_window_is(window, qtbot, width):
    narrow(window, qtbot, max(width, window.minimumWidth()))

    def whole(part: QWidget) -> bool:
        right = part.mapTo(window, part.rect().topRight()).x()
        return part.isHidden() or (part.width() >= part.minimumWidth() and right < window.width())

    parts = (*panes_of(window), window.header.export)
    qtbot.waitUntil(lambda: all(whole(part) for part in parts))


def test_where_there_is_no_room_for_both_panes_one_waits_for_it(window, qtbot):
    """On a laptop's screen at 200 %, or in half a screen; the text is never cut off."""
    library, inspector = panes_of(window)
    narrow(window, qtbot, 720)
    assert (library.isHidden(), inspector.isHidden()) == (True, False)
    window.actions_table["library"].trigger()
    assert (library.isHidden(), inspector.isHidden()) == (False, True)
    window.actions_table["library"].trigger()  # it is the text that is wanted now
    assert (library.isHidden(), inspector.isHidden()) == (True, True)
    narrow(window, qtbot, 1440)
    assert (library.isHidden(), inspector.isHidden()) == (True, False)


def test_what_only_had_no_room_is_there_again_on_a_larger_screen(window, qtbot):
    library, inspector = panes_of(window)
    window.actions_table["inspector"].trigger()
    narrow(window, qtbot, 720)
    window.actions_table["inspector"].trigger()
    assert (library.isHidden(), inspector.isHidden()) == (True, False)
    remembered = window.state()
    narrow(window, qtbot, 1440)
    window.restore(lambda name: remembered[name] if name == "folded" else QByteArray())
    assert (library.isHidden(), inspector.isHidden()) == (False, False)


def test_an_empty_project_counts_nothing(standfirst, window, qtbot, tmp_path):
    open_empty(standfirst, qtbot, tmp_path)
    assert "Empty" in header_text(window)
    assert "reviewed" not in header_text(window)
    assert not window.header.findChild(QProgressBar).isVisible()


def open_empty(standfirst, qtbot, folder) -> None:
    from db.engine import create

    create(folder / "Empty.standfirst", name="Empty")
    standfirst.open_project(folder / "Empty.standfirst")
    qtbot.waitUntil(lambda: standfirst.project is not None and standfirst.project.ready)
    qtbot.waitUntil(lambda: "reviewed" not in header_text(standfirst.window))


def header_text(window) -> str:
    return " ".join(label.text() for label in window.header.findChildren(QLabel))


def footer_text(window) -> str:
    return " ".join(label.text() for label in window.footer.findChildren(QLabel))


def test_another_project_is_not_told_what_was_saved_in_the_last_one(
    standfirst, window, qtbot, tmp_path
):
    standfirst.session.set_selection(Span(0, 11))
    standfirst.session.add_from_selection("PERSON")
    qtbot.waitUntil(lambda: "Saved" in footer_text(window))
    window.message.say("Only the last project is meant.")
    open_empty(standfirst, qtbot, tmp_path)
    assert "Saved" not in footer_text(window)
    assert "Undo" not in footer_text(window)
    assert not window.message.isVisible()


def test_a_toast_goes_when_what_it_tells_is_undone(standfirst, window, qtbot):
    standfirst.session.set_selection(Span(0, 11))
    standfirst.session.add_from_selection("PERSON")
    window.toast.say("Something was done.")
    qtbot.waitUntil(window.actions_table["undo"].isEnabled)
    assert window.toast.isVisible()
    window.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: not window.toast.isVisible())


def test_while_suggestions_are_made_the_inspector_says_so(odd_pipeline, standfirst, window, qtbot):
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    standfirst.project.use_pipeline(odd_pipeline)
    slow, plain = QMimeData(), QMimeData()
    slow.setText("Ferry talks\n\n" + "One DAWDLES here.\n\n" * 600)
    plain.setText("Ferry talks end\n\nNobody is named in here.")

    standfirst.take(slow)
    qtbot.waitUntil(lambda: standfirst.inspector.heading.text() == "SUGGESTING…")
    with qtbot.waitSignal(standfirst.session.told) as told:
        window.actions_table["quote"].trigger()
    assert told.args == ["No quotation yet. Suggesting…"]
    standfirst.take(plain)
    heading = "NOTHING LABELLED YET"
    qtbot.waitUntil(lambda: standfirst.inspector.heading.text() == heading)
    assert standfirst.session.state.text == plain.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_long_title_is_shown_from_its_beginning(window, qtbot):
    dialog = MetadataDialog(Metadata(title="A title that has no end " * 9), window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    field = dialog.findChild(QLineEdit, "title")
    assert isinstance(field, QLineEdit)
    assert field.cursorPosition() == 0


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_page_of_keys_is_seen_whole_on_a_laptop(window, qtbot, monkeypatch):
    laptop = QSize(1440, 900) - screens.FRAME
    monkeypatch.setattr(screens, "room_for", lambda _: laptop)
    labels = {str(nth): f"LABEL {nth}" for nth in range(1, 10)} | {"j": "SHIP"}
    page = KeysPage(labels, {"1": "For", "2": "Against"}, window)
    qtbot.addWidget(page)
    page.show()
    assert page.size().boundedTo(laptop) == page.size()
    content = page.findChild(QScrollArea)
    assert isinstance(content, QScrollArea)
    qtbot.waitUntil(lambda: not content.verticalScrollBar().isVisible())
    assert not content.horizontalScrollBar().isVisible()
    shown = {label.text() for label in page.findChildren(QLabel)}
    assert {"Next suggestion", "Set the holder", "Zoom in", "Ctrl Shift Z"} <= shown


def test_without_a_project_a_text_is_not_lost_in_silence(standfirst, qtbot, tmp_path):
    standfirst.window.close()
    started = app.start(tmp_path / "Gone.standfirst", [], Settings())
    assert started is not None
    window = started.window
    qtbot.waitExposed(window)
    assert "Gone.standfirst" in window.message.text
    assert any("No project is open" in label.text() for label in window.findChildren(QLabel))
    (tmp_path / "news.txt").write_text("Norland votes")
    files, words = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "news.txt"))])
    words.setText("Norland votes")
    for dropped in (files, words):
        window.message.hide()
        window.dropped.emit(dropped)
        assert "no project is open" in window.message.text
    window.close()


def test_the_command_field_says_when_it_finds_nothing(window, qtbot):
    window.actions_table["command"].trigger()
    qtbot.keyClicks(window.field, "zzzq")
    popup = window.findChild(QFrame, "popup")
    assert popup.isVisible()
    assert [label.text() for label in popup.findChildren(QLabel) if label.isVisible()] == [
        "Nothing found."
    ]
    for _ in range(4):
        qtbot.keyClick(window.field, Qt.Key.Key_Backspace)
    assert popup.findChild(QListView).isVisible()
    assert not popup.findChild(QLabel).isVisible()
