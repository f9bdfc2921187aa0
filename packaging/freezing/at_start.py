"""Runs first in the frozen program."""

import os
import sys

# The bootloader points LD_LIBRARY_PATH at our folder; a browser or file manager that xdg-open
# starts would load our libraries in place of its own.
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)

# A Windows program without a console has no streams unless whoever started it gave it some.
if sys.stdout is None or sys.stderr is None:
    while (nowhere := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass  # 0, 1 and 2 are the streams
    os.close(nowhere)
    sys.stdin = sys.stdin or os.fdopen(0, "r", encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
