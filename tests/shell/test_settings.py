"""What is remembered may be old, or spoilt by hand; the program starts all the same."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSettings

from desktop.shell.settings import Settings

ARTICLE = UUID(int=7)


def test_recent_projects_are_those_that_can_still_be_seen(tmp_path: Path):
    settings = Settings()
    there, gone = tmp_path / "there.standfirst", tmp_path / "gone.standfirst"
    there.touch()
    unseen = tmp_path / ("long" * 100)  # the system will not even look for it
    for project in (unseen, gone, there):
        settings.opened(project)
    assert settings.recent == [there]


def test_a_place_is_kept_for_the_article_last_open_in_a_project(tmp_path: Path):
    settings = Settings()
    settings.set_place(tmp_path, ARTICLE, 40, 12)
    assert settings.place(tmp_path, ARTICLE) == (40, 12)
    assert settings.place(tmp_path, UUID(int=8)) == (0, 0)
    assert settings.place(tmp_path / "other", ARTICLE) == (0, 0)


def test_a_spoilt_file_is_no_place_and_no_zoom(tmp_path: Path):
    settings = Settings()
    settings.set_place(tmp_path, ARTICLE, 40, 12)
    settings.zoom = 120
    settings.sync()
    file = Path(
        QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "standfirst", "standfirst"
        ).fileName()
    )
    spoilt = file.read_text("utf-8").replace(" 40 12", " forty 12").replace("120", "much")
    file.write_text(spoilt, "utf-8")

    again = Settings()
    again._file.sync()
    assert again.place(tmp_path, ARTICLE) == (0, 0)
    assert again.zoom == 100
