"""What is known of an article, under the many names other programs give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db.values import Metadata
from desktop import dates, languages
from desktop.corpus.formats.objects import fields, items

_KEYS = {
    "title": "title headline heading head_line document_title",
    "publication": "publication source outlet publisher newspaper medium sitename site_name"
    " source_name source_domain hostname domain journal",
    "author": "author authors byline creator by",
    "url": "url link source_url canonical_url permalink uri web_url",
    "published": "published date published_at publishedat date_publish publication_date pub_date"
    " pubdate publish_date datetime date_published datepublished published_date timestamp",
    "section": "section category rubric section_name desk",
    "language": "language lang language_code",
}
_FIELD = {key: field for field, keys in _KEYS.items() for key in keys.split()}
_INSIDE = ("meta", "metadata", "data")
_LONGEST = 2000  # code points a field may have
TEXTS = ("text", "body", "content", "article", "full_text", "fulltext", "maintext", "article_text")
"""Where the text of a plain record may stand, the likeliest first."""


def metadata(record: Mapping[str, Any]) -> tuple[Metadata, tuple[str, ...]]:
    """Return what a record knows of its article, and the doubts about it."""
    found: dict[str, str] = {}
    doubts: list[str] = []
    for field, value in _fields(record):
        if field in found:
            continue
        said = _said(value)
        if said is None:
            continue
        if field == "published":
            moment = _moment(value, said)
            if moment is None:
                doubts.append(f"the date “{said[:40]}” is not clear, and was left out")
                continue
            said = moment
        elif field == "language":
            tag = languages.tag(said)
            if tag is None:
                continue
            said = tag
        elif field == "url" and "://" not in said:
            continue
        found[field] = said
    return Metadata(**found), tuple(doubts)


def _fields(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what has a name we know: of the record, then of what it holds its metadata in."""
    for key, value in record.items():
        if field := _FIELD.get(key.lower()):
            yield field, value
    for key in _INSIDE:
        if inside := fields(record.get(key)):
            yield from _fields(inside)


def _said(value: Any) -> str | None:
    """Return a text, a number or a list of texts as one line; None if it says nothing."""
    if isinstance(value, str):
        return " ".join(value[:_LONGEST].split()) or None
    if isinstance(value, list):
        texts = [_said(one) for one in items(value)]
        return ", ".join(text for text in texts if text) or None
    if isinstance(value, dict):  # {"source": {"id": null, "name": "The Herald"}}
        return _said(fields(value).get("name"))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return str(value)[:_LONGEST]


def _moment(value: Any, said: str) -> str | None:
    if isinstance(value, (int, float)) and abs(value) > 9999:
        return dates.of_moment(value)
    return dates.iso(said) or dates.of_header(said)
