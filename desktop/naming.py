"""The ids of suggestions: made of what is suggested, so that the same always has the same id."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TypeVar
from uuid import uuid5

from db.rows import value_of
from db.values import Entity, Stance, Statement, layer_of

A = TypeVar("A", Entity, Statement, Stance)


def named(annotation: A) -> A:
    """Return a suggestion under its id: the UUIDv5 of its article, and of its layer and value."""
    value = json.dumps(value_of(annotation), sort_keys=True, separators=(",", ":"))
    return replace(annotation, id=uuid5(annotation.article, f"{layer_of(annotation)}:{value}"))
