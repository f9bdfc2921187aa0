"""What an analyst sees at the first start: the whole window, and nothing that is not so."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from desktop.shell.window import first_size


def test_the_first_window_fits_on_the_screen_with_its_frame():
    assert first_size(QSize(1920, 1080)) == QSize(1440, 900)
    on_a_laptop = first_size(QSize(1440, 900))
    assert on_a_laptop.width() < 1440 and on_a_laptop.height() < 900 - 24  # a title bar
    # A window cannot be smaller than what must be in it.
    assert first_size(QSize(640, 400)) == QSize(832, 480)


def test_a_window_without_a_remembered_place_is_as_large_as_its_screen_allows(window):
    assert window.size() == first_size(window.screen().availableSize())


def test_no_pane_is_cut_off_in_the_smallest_window(window, qtbot):
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.width() == window.minimumWidth())
    for name in ("library", "inspector"):
        pane = window.findChild(QWidget, name)
        right = pane.mapTo(window, pane.rect().topRight()).x()
        assert 0 < right < window.width()


def test_an_empty_project_counts_nothing(standfirst, window, qtbot, tmp_path):
    from db.engine import create

    create(tmp_path / "Empty.standfirst", name="Empty")
    standfirst.open_project(tmp_path / "Empty.standfirst")
    qtbot.waitUntil(lambda: standfirst.project is not None and standfirst.project.ready)
    qtbot.waitUntil(lambda: "reviewed" not in header_text(window))
    assert "Empty" in header_text(window)
    assert not window.header.findChild(QProgressBar).isVisible()


def header_text(window) -> str:
    return " ".join(label.text() for label in window.header.findChildren(QLabel))
