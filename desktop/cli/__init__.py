"""The window's verbs without a window, and some of their own. No Qt here.

Data goes to standard output, all that is said about it to standard error. A command ends with 0,
or with 2 and one line that tells what is wrong, where, and what to do; it leaves nothing half done.
"""

from __future__ import annotations

VERBS = ("import", "suggest", "export", "history", "statements", "twins", "evaluate", "stance")


def main(arguments: list[str]) -> int:
    """Run one command, such as ``["export", "a.standfirst", "a.jsonl"]``; return the exit code."""
    from desktop.cli.command import run  # whoever only asks for VERBS does not wait for the rest

    return run(arguments)
