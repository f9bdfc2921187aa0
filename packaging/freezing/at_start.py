"""Runs first in the frozen program: what it starts must not load our libraries."""

import os

# The bootloader points LD_LIBRARY_PATH at our folder; a browser or file manager opened by
# xdg-open would inherit it.
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
