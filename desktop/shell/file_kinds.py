"""What Qt is told of our files, so that it knows them by their names and opens none.

To say of what kind a file is that it does not know, a file dialog reads the file's beginning. On
Unix, whichever part of a program closes a file gives up all locks the program has on it. So a look
into the folder of the open project would take SQLite's locks from it, and the next program at the
project would take itself for the only one (https://sqlite.org/howtocorrupt.html, section 2.2).
"""

from __future__ import annotations

import os

import resources

_USUAL = "/usr/local/share:/usr/share"  # where kinds of files are described, if nobody says where


def make_known() -> None:
    """Have Qt read ``resources/mime`` where it reads what else there is; before the first dialog.

    It is told by the environment, which is the one way there is.
    """
    folders = (os.environ.get("XDG_DATA_DIRS") or _USUAL).split(":")
    ours = str(resources.path())
    if ours not in folders:
        os.environ["XDG_DATA_DIRS"] = ":".join([*folders, ours])
