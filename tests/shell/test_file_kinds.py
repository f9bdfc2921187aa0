"""A look into a project's folder leaves the project to whoever has it open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A process of its own, as the window is one: Qt reads kinds of files once in a while.
LOOK = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QFileSystemModel

from db.engine import create, open_project, session
from desktop.shell.application import make_application

project = Path(sys.argv[1])
create(project, name="Held")
application = make_application([])
with session(open_project(project)) as held:
    held.connection().exec_driver_sql("SELECT id FROM project").fetchone()
    dialog = QFileDialog(None, "Open", str(project.parent))
    files = dialog.findChild(QFileSystemModel)
    files.directoryLoaded.connect(lambda _: QTimer.singleShot(0, application.quit))
    dialog.open()
    application.exec()
    shown = [files.index(str(file)) for file in project.parent.iterdir()]
    print([files.type(file) for file in shown if "standfirst" in files.fileName(file)], flush=True)
    sys.stdin.read()  # until somebody has tried the locks
"""
TAKE = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, int(sys.argv[3]), int(sys.argv[2]))
"""
# Where SQLite keeps its locks, as (first byte, bytes): https://sqlite.org/fileformat2.html and
# https://sqlite.org/walformat.html#the_wal_index_file_format.
IN_THE_FILE, IN_THE_INDEX = (0x40000002, 510), (128, 1)


def could_take(file: Path, lock: tuple[int, int]) -> bool:
    """Tell whether another program could take a lock that is held."""
    command = [sys.executable, "-c", TAKE, str(file), *map(str, lock)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="elsewhere locks are not lost by closing a file")
def test_a_file_dialog_in_the_projects_folder_leaves_its_locks(tmp_path: Path):
    project = tmp_path / "Held.standfirst"
    looking = subprocess.Popen(
        [sys.executable, "-c", LOOK, str(project)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with looking:
        assert looking.stdout
        shown = looking.stdout.readline()
        assert "Standfirst project" in shown and "Part of an open Standfirst project" in shown
        assert not could_take(project, IN_THE_FILE)
        assert not could_take(Path(f"{project}-shm"), IN_THE_INDEX)
        looking.communicate("")
    assert looking.returncode == 0
