"""What a command says and where: data on standard output, words on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


class CommandError(Exception):
    """A command that cannot be done as asked; the text begins with the file and says what to do."""


def say(words: str) -> None:
    """Say something to whoever started the command."""
    sys.stderr.write(f"standfirst: {words}\n")


def tell(**numbers: int) -> None:
    """Tell a program of the progress, as a line of JSON."""
    sys.stderr.write(f"{json.dumps(numbers)}\n")
    sys.stderr.flush()


@contextmanager
def stdout_for_us_alone() -> Iterator[BinaryIO]:
    """Give standard output to the data; whatever a pipeline prints goes to standard error."""
    sys.stdout.flush()
    kept, usual = os.dup(1), sys.stdout
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    try:
        with os.fdopen(os.dup(kept), "wb") as out:
            yield out
    finally:
        sys.stdout = usual
        os.dup2(kept, 1)
        os.close(kept)
