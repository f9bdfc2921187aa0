"""What is opened, and what the window needs to know of it then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from db.actor_book import ActorBook
from db.scheme_values import Scheme
from db.values import Project


class Make(Enum):
    """What to do where a project is to be opened: take the one there, or make one first."""

    NOTHING = "nothing"
    EMPTY = "empty"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Opened:
    """A project that is open for writing; ``coder`` is None until a name was given.

    Its actors are known from the first act on, so that each says who is who.
    """

    project: Project
    scheme: Scheme
    coder: UUID | None
    actors: ActorBook
