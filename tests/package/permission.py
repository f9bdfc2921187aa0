"""What the machine that runs the tests permits: found out by doing a harmless piece of it.

A step that is refused skips the test, and says which step, and in whose words. A step that is
permitted and then goes wrong fails it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shlex import join

import pytest

_PATIENCE = 60  # s
_MOST = 300  # code points of what refused it, from its end


def need_root() -> None:
    """Skip the test where we are not the one who may change the machine."""
    if os.geteuid() != 0:
        pytest.skip("refused here: to install packages, by an ordinary user")


def need(step: str, *trial: str | Path) -> None:
    """Skip the test where the machine refuses a step."""
    if why := refusal(step, *trial):
        pytest.skip(why)


def refusal(step: str, *trial: str | Path) -> str | None:
    """Return why a step is refused, tried by a command; None if it is permitted.

    Raises:
        FileNotFoundError: if the tool is not here: nobody refused anything.
    """
    command = [str(word) for word in trial]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    if done.returncode == 0:
        return None
    said = f"{done.stdout}\n{done.stderr}".split("\n")
    told = " ".join(line.strip() for line in said if line.strip()) or f"exit code {done.returncode}"
    return f"refused here: {step}; “{join(command)}” said: {told[-_MOST:]}"
