"""What the flows on history and the bin share: three names labelled by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flow.history import hands, three_labelled
from flow.keyboard import Keyboard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app import Standfirst


@pytest.fixture
def keys(standfirst: Standfirst, qtbot: QtBot) -> Keyboard:
    return hands(standfirst, qtbot)


@pytest.fixture
def work(standfirst: Standfirst, keys: Keyboard, qtbot: QtBot) -> list[str]:
    """Three names labelled, one after another."""
    return three_labelled(standfirst, keys, qtbot)
