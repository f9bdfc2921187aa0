"""What follows on a key comes piece by piece, and what nobody waits for comes last."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.article.spare_time import SpareTime


class Page(QWidget):
    """Writes down what is done, and when it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        self.left = 3

    def paintEvent(self, event: QPaintEvent) -> None:
        self.log.append("paint")

    def show_name(self) -> None:
        self.log.append("name")
        self.update()

    def show_sum(self) -> None:
        self.log.append("sum")
        self.update()

    def look_through(self) -> bool:
        self.log.append("look")
        self.left -= 1
        return self.left > 0


@pytest.fixture
def page(qtbot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "paint" in page.log)
    page.log.clear()
    return page


def test_each_step_is_painted_before_the_next_and_slices_come_last(page, qtbot):
    spare = SpareTime(page)
    spare.begin(page.look_through, page)
    spare.soon(page.show_name, page)
    spare.soon(page.show_sum, page)
    spare.soon(page.show_name, page)  # it is still to come: once is enough
    qtbot.waitUntil(lambda: not page.left)
    assert page.log == ["name", "paint", "sum", "paint", "look", "look", "look"]
    assert not spare.has(page.look_through)


def test_a_step_asked_for_amid_the_slices_goes_before_the_rest_of_them(page, qtbot):
    spare = SpareTime(page)
    page.left = 10_000
    spare.begin(page.look_through, page)
    qtbot.waitUntil(lambda: bool(page.log))
    spare.soon(page.show_name, page)
    page.log.clear()
    qtbot.waitUntil(lambda: "paint" in page.log)
    assert page.log[:2] == ["name", "paint"]
    spare.end(page.look_through)
    assert not spare.has(page.look_through)


def test_what_is_ended_or_whose_owner_is_gone_is_not_done(page, qtbot):
    spare, gone = SpareTime(page), QObject()
    done: list[str] = []
    spare.soon(page.show_sum, page)
    spare.end(page.show_sum)
    spare.soon(lambda: done.append("step"), gone)
    spare.begin(lambda: bool(done.append("slice")), gone)
    gone.deleteLater()
    qtbot.waitSignal(gone.destroyed).wait()
    spare.soon(page.show_name, page)
    qtbot.waitUntil(lambda: "paint" in page.log)
    spare.begin(page.look_through, page)
    qtbot.waitUntil(lambda: not page.left)
    assert not done
    assert "sum" not in page.log
