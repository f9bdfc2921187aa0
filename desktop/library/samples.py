"""The sample articles that ship with the program."""

from __future__ import annotations

import json

import resources
from db.values import Metadata
from desktop.library.readers.incoming import Incoming
from desktop.library.readers.text import read


def read_samples() -> list[Incoming]:
    """Return the sample articles with what is known of them."""
    listed = json.loads(resources.path("samples", "samples.json").read_text(encoding="utf-8"))
    return [
        Incoming(
            read(resources.path("samples", known.pop("file"))).text,
            Metadata(**{name: known.get(name) for name in Metadata.__dataclass_fields__}),
        )
        for known in listed
    ]
