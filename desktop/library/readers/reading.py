"""Stands in until every reader is here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.library.readers import text
from desktop.library.readers.incoming import Incoming, Refused

SUFFIXES = frozenset({".txt"})
TABLES: frozenset[str] = frozenset()


def read(path: Path, mapping: Any = None) -> Iterator[Incoming | Refused]:
    """Yield the article of a text file."""
    yield text.read(path)
