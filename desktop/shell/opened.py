"""What is opened, and what the window needs to know of it then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from db.values import Project, Scheme

BUNDLED = "news"
"""The scheme of a new project, where nobody chose another one."""


class Make(Enum):
    """What to do where a project is to be opened: take the one there, or make one first."""

    NOTHING = "nothing"
    EMPTY = "empty"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Opened:
    """A project that is open for writing; ``coder`` is None until a name was given."""

    project: Project
    scheme: Scheme
    coder: UUID | None
