"""The window's verbs without a window, and some of their own. No Qt here.

Data goes to standard output, all that is said about it to standard error. A command ends with 0,
or with 2 and one line that tells what is wrong, where, and what to do; it leaves nothing half done.
"""

from __future__ import annotations

import gc

VERBS = {
    "import": "importing",
    "suggest": "suggesting",
    "export": "exporting",
    "history": "history",
    "statements": "statements",
    "twins": "twins",
    "evaluate": "evaluating",
    "stance": "stances",
}
"""Each verb, and the module it lies in."""

_OBJECTS = 100_000  # made before we look for circles among them


def main(arguments: list[str]) -> int:
    """Run one command, such as ``["export", "a.standfirst", "a.jsonl"]``; return the exit code."""
    # Python looks for circles of objects whenever there are 700 more. Nearly all that is imported
    # stays, and what articles are made of goes by itself: looking takes longer than making it.
    gc.set_threshold(_OBJECTS)
    from desktop.cli.command import run  # whoever only asks for VERBS does not wait for the rest

    return run(arguments)
