"""Labelling schemes: bundled ones as JSON in ``resources/schemes``, a project's own in its file."""

from __future__ import annotations

import json
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlmodel import Session

import resources
from db.engine_names import EngineNames
from db.models import TABLES
from db.rows import label_from_row, label_to_row
from db.scheme_values import DEFAULT, Scheme
from db.transactions import snapshot, transaction
from db.values import Layer


def bundled(name: str) -> Scheme:
    """Return the bundled scheme of that name. Its id is the same in every project that uses it.

    Raises:
        FileNotFoundError: if there is none.
    """
    data = json.loads(resources.path("schemes", f"{name}.json").read_text(encoding="utf-8"))
    identifier = UUID(data["id"])
    return Scheme(
        id=identifier,
        name=data["name"],
        version=data["version"],
        unwanted=tuple(data.get("unwanted", ())),
        labels=tuple(
            label_from_row(
                {
                    "id": str(uuid5(identifier, f"{label['layer']}:{label['name']}")),
                    "engine_names": [label["name"]] if label["layer"] == Layer.ENTITY else [],
                    **label,
                }
            )
            for label in data["labels"]
        ),
    )


def store(session: Session, scheme: Scheme) -> None:
    """Write a scheme into a project that does not have it yet."""
    with transaction(session) as connection:
        connection.execute(
            TABLES["scheme"].insert(),
            {
                "id": str(scheme.id),
                "name": scheme.name,
                "version": scheme.version,
                "unwanted": list(scheme.unwanted),
            },
        )
        connection.execute(
            TABLES["label"].insert(),
            [
                {**label_to_row(label), "scheme_id": str(scheme.id), "position": position}
                for position, label in enumerate(scheme.labels)
            ],
        )


def current(session: Session) -> Scheme:
    """Return the scheme the project works with, its labels in their order."""
    project, scheme, label = TABLES["project"], TABLES["scheme"], TABLES["label"]
    with snapshot(session) as connection:
        identifier, name, version, unwanted = connection.execute(
            select(scheme.c.id, scheme.c.name, scheme.c.version, scheme.c.unwanted).join(project)
        ).one()
        labels = connection.execute(
            select(label).where(label.c.scheme_id == identifier).order_by(label.c.position)
        )
        rows = [dict(row) for row in labels.mappings()]
    return Scheme(
        id=UUID(identifier),
        name=name,
        version=version,
        labels=tuple(label_from_row(row) for row in rows),
        unwanted=tuple(unwanted),
    )


def engine_names(session: Session) -> EngineNames:
    """Return what the project calls the engine's labels."""
    scheme = current(session)
    return EngineNames.of(scheme.labels, scheme.unwanted)


def names() -> dict[str, str]:
    """Return the bundled schemes, the default first: what :func:`bundled` takes, what it is for."""
    found: dict[str, str] = {}
    paths = resources.path("schemes").glob("*.json")
    for path in sorted(paths, key=lambda path: (path.stem != DEFAULT, path.stem)):
        found[path.stem] = json.loads(path.read_text(encoding="utf-8"))["about"]
    return found
