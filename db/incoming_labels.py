"""What entities from elsewhere are labelled here: as the scheme has it, or with a new label."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from db.acts import Change
from db.labels import LabelError, additions, plan
from db.scheme_values import Label, Scheme
from db.values import Layer

_NOBODY = UUID(int=0)


def agree(
    connection: Connection, scheme: Scheme, names: Iterable[str], *, add: bool
) -> tuple[dict[str, str | None], list[Change]]:
    """Return which label entities under these names get, None for none, and what that adds.

    A label is known by its name, or else by what the engine calls it; case does not count. What the
    scheme lacks is added if it is to be, and if its name does.
    """
    entities = [one for one in scheme.labels if one.layer is Layer.ENTITY]
    known = {called.casefold(): one.name for one in entities for called in one.engine_names}
    known |= {one.name.casefold(): one.name for one in entities}
    agreed: dict[str, str | None] = {}
    new = list[Label]()
    for name in names:
        there = known.get(name.casefold())
        if there is None and add and (label := _label(scheme, name)):
            new.append(label)
            there = known[name.casefold()] = label.name
        agreed[name] = there
    return agreed, additions(connection, scheme, new)


def _label(scheme: Scheme, name: str) -> Label | None:
    try:
        new, _ = plan(scheme, [Label(_NOBODY, Layer.ENTITY, name, "", None, "")])
    except LabelError:
        return None
    return next(iter(new), None)
