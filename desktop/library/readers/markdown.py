"""Markdown files: marks and all, as they stand; what the front matter tells becomes metadata."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from db.values import Metadata
from desktop import languages
from desktop.library.readers.article import article, under
from desktop.library.readers.dating import published
from desktop.library.readers.decoding import decoded
from desktop.library.readers.incoming import Incoming
from desktop.library.readers.limits import whole

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(.{0,65536}?\n)\1[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = {
    "title": ("title", "headline"),
    "publication": ("publication", "source", "newspaper", "publisher", "site"),
    "author": ("author", "authors", "byline"),
    "section": ("section", "category", "categories", "rubric"),
    "url": ("url", "link", "canonical", "canonicalurl", "permalink"),
    "published": ("published", "date", "pubdate", "publishdate", "created"),
    "language": ("language", "lang", "locale"),
}


def read(path: Path) -> Iterator[Incoming]:
    """Read a Markdown file.

    Raises:
        ReadError: if the file cannot be read, is not text, is beyond 20 MB or says nothing.
    """
    place = path.name
    text, unsure = decoded(whole(path), str(path))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    known = _front_matter(front[1], front[2]) if front else None
    if front is None or known is None:
        yield article(text, _metadata({}, text)[0], place, unsure)
        return
    text = text[front.end() :]
    meta, doubts = _metadata(known, text)
    first = next((line for line in text.split("\n") if line.strip()), "")
    text = text if first.startswith("# ") else under(meta.title, text)
    yield article(text, meta, place, unsure + doubts)


def _front_matter(fence: str, text: str) -> dict[str, Any] | None:
    """Return what stands between two fences, None if it is no front matter after all."""
    import yaml

    try:
        known: Any = yaml.safe_load(text) if fence == "---" else tomllib.loads(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(known, dict):
        return None
    return {str(key).lower(): value for key, value in cast("dict[Any, Any]", known).items()}


def _metadata(known: dict[str, Any], text: str) -> tuple[Metadata, tuple[str, ...]]:
    found = {
        field: next((word for key in keys if (word := _word(known.get(key)))), None)
        for field, keys in _KEYS.items()
    }
    when, doubts = published(found["published"] or "")
    first = next((line for line in text.split("\n") if line.strip()), "")
    heading = first.lstrip("#").strip(" #") if first.startswith("#") else None
    meta = Metadata(**found)
    return (
        replace(
            meta,
            title=meta.title or heading or None,
            published=when,
            language=languages.tag(meta.language or ""),
        ),
        doubts,
    )


def _word(value: Any) -> str | None:
    """Return a value of the front matter as one line; lists of names are joined."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_word, cast("list[Any]", value)[:20]))) or None
    if isinstance(value, dict):
        return _word(cast("dict[str, Any]", value).get("name"))
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    return " ".join(str(value).split())[:500] or None if isinstance(value, str | int) else None
