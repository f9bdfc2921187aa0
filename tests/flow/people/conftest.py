"""What the flows on actors share: the villages on the coast, suggested by a pipeline of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flow.coast import hands, make_project, suggested
from flow.keyboard import Keyboard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app import Standfirst


@pytest.fixture
def project(tmp_path: Path, odd_pipeline: str) -> Path:
    return make_project(tmp_path / "Coast.standfirst", odd_pipeline)


@pytest.fixture
def keys(standfirst: Standfirst, qtbot: QtBot) -> Keyboard:
    return hands(standfirst, qtbot)


@pytest.fixture
def app(standfirst: Standfirst, keys: Keyboard, qtbot: QtBot) -> Standfirst:
    """The window with the first article's suggestions, and the keys in the text."""
    return suggested(standfirst, qtbot)
