"""Exports of news databases, told from other files by what stands in them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

from desktop.library.readers import bundle, factiva, nexis
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import MB, checked_zip

KINDS = ("word", "writer", "rtf", "page", "text")
"""What files databases export, as :func:`desktop.library.readers.reading.kind_of` says it."""

_TELLING = re.compile(
    rb"end of document|dokumentende|ende des dokuments|fin d[ue]l? document|"
    rb"\d (?:of|von|de) \d{1,5} do[ck]ument|do[ck]umento? \d{1,5} (?:of|von|de) \d|"
    rb"do[ck]umento? [a-z0-9_]{16,40}\b",
    re.I,
)
"""What is in every export, as its bytes are: to read other files only once."""
_PARTS = {"word": "word/document.xml", "writer": "content.xml"}


def read(path: Path, kind: str) -> Iterator[Incoming | Refused] | None:
    """Return the articles of an export, and each that has no text; None if it is no export.

    What keeps it from being read is left to the reader of its kind to say.
    """
    with suppress(ReadError):
        if _TELLING.search(_raw(path, kind)):
            found = bundle.blocks(path, kind)
            for database in (nexis, factiva):
                if database.looks_like(found):
                    return database.articles(found, path.name)
    return None


def _raw(path: Path, kind: str) -> bytes:
    """Return what of a file tells; a document is unpacked.

    Raises:
        ReadError: it cannot be read.
    """
    try:
        if part := _PARTS.get(kind):
            with checked_zip(path, 300 * MB, 60 * MB) as archive:
                return archive.read(part)
        with path.open("rb") as file:
            return file.read(bundle.LARGEST)
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, BadZipFile, zlib.error) as error:
        raise ReadError(f"{path}: {error}") from error
