"""What the flows on the bridge toll share: a project with known suggestions, and no engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flow.keyboard import Keyboard
from flow.toll import hands, make_project

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app import Standfirst
    from desktop.article.session import ArticleSession


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "Trial.standfirst")


@pytest.fixture
def keys(standfirst: Standfirst, qtbot: QtBot) -> Keyboard:
    return hands(standfirst, qtbot)


@pytest.fixture
def desk(standfirst: Standfirst, keys: Keyboard) -> ArticleSession:
    return standfirst.session
