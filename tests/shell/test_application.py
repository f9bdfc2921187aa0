"""Files that are asked for from outside, as macOS does it."""

import subprocess
import sys
from pathlib import Path

ASKED = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from desktop import app
application = app.application([])
application.asked.connect(lambda file: print(file.name))
application.postEvent(application, QFileOpenEvent("/tmp/Harbour.standfirst"))
application.processEvents()
"""


def test_a_file_that_the_finder_asks_for_is_heard_of():
    command = [sys.executable, "-c", ASKED]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "Harbour.standfirst\n"
