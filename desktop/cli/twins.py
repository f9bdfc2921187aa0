"""``standfirst twins``: near duplicates looked for; the window has it done by this, beside it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli.opening import opened, present
from desktop.cli.output import say


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    twins = verbs.add_parser("twins", help="find near duplicates, such as wire copy")
    twins.add_argument("project", type=Path)
    twins.add_argument("--beside", type=int, help=argparse.SUPPRESS)  # the process of a window
    twins.set_defaults(run=_twins)


def _twins(given: argparse.Namespace) -> None:
    from db.twins import seek

    if given.beside is not None:
        from desktop.child import die_with_parent, leave_interrupts, step_back

        die_with_parent(given.beside)
        step_back()
        leave_interrupts()
        with present(given.project) as (session, _):
            seek(session)
        return
    with opened(given.project) as session:
        say(f"{seek(session):,} articles in {given.project} have twins")
