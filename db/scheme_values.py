"""The labels a project works with, as frozen values: standard library only, as :mod:`db.values`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from db.values import Layer

DEFAULT = "news"
"""The bundled scheme of a new project, where nobody chose another one."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a scheme; ``layer`` is "entity" or "stance".

    ``colour`` is a token of the theme, or a free colour such as ``#2F6FDB`` (line on light; with
    ``/#8AB4FF`` behind it, line on dark as well). ``shortcut`` is a digit or a small letter.
    ``engine_names`` are what the engine calls it: suggestions so called are shown as this label.
    A stance's ``name`` is its :class:`Position`; ``shown`` is what the window calls it instead.
    One that is not ``offered`` is shown where it stands but can no longer be given.
    """

    id: UUID
    layer: Layer
    name: str
    colour: str
    shortcut: str | None
    guideline: str
    examples: tuple[str, ...] = ()
    engine_names: tuple[str, ...] = ()
    shown: str | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels a project works with, in the order the analyst sees them.

    ``version`` grows with every change of them, undo included. Suggestions under the ``unwanted``
    names of the engine are not shown.
    """

    id: UUID
    name: str
    version: int
    labels: tuple[Label, ...]
    unwanted: tuple[str, ...] = ()
