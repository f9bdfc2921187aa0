"""The program before it has a window: what it reads, and what it is asked for from outside."""

import py_compile
import subprocess
import sys
from pathlib import Path

ASKED = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from desktop.shell.application import make_application
application = make_application([])
application.asked.connect(lambda file: print(file.name))
application.postEvent(application, QFileOpenEvent("/tmp/Harbour.standfirst"))
application.processEvents()
"""


def test_a_file_that_the_finder_asks_for_is_heard_of():
    command = [sys.executable, "-c", ASKED]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "Harbour.standfirst\n"


WORN = """
from desktop.shell.application import make_application
application = make_application([])
application.setStyleSheet("")
print(application.style().objectName(), application.applicationName(), application.arguments())
"""


def test_it_looks_the_same_on_every_desktop(monkeypatch):
    monkeypatch.setenv("QT_STYLE_OVERRIDE", "windows")  # as some desktops have it
    command = [sys.executable, "-c", WORN]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "fusion standfirst ['standfirst']\n"


WAY = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from desktop.__main__ import import_qt
import_qt()
opened.clear()
from desktop.shell.turns import in_turns
sys.stdout.write("\\n".join(opened))
"""


def test_no_source_is_read_on_the_way_to_the_first_paint():
    root = Path(__file__).parents[2]
    py_compile.compile(str(root / "desktop" / "shell" / "turns.py"))  # as an installed program is
    command = [sys.executable, "-c", WAY]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    opened = [Path(name).name for name in done.stdout.splitlines()]
    assert any(name.startswith("turns.") and name.endswith(".pyc") for name in opened)
    assert "turns.py" not in opened
