"""What the window needs to know of the project it has open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from db.values import Project, Scheme


@dataclass(frozen=True)
class Opened:
    """A project that is open for writing; ``coder`` is None until a name was given."""

    project: Project
    scheme: Scheme
    coder: UUID | None
