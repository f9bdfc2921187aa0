"""JSON objects out of a file, one at a time: a line each, the members of a list, or a single one.

A line, or a member, is read only up to :data:`LONGEST` bytes, so that no file can fill the memory;
what is broken in one is told with its line, and the next goes on.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from pydantic_core import from_json

from desktop.refused import ReadError, Refused

LONGEST = 64 * 2**20
"""Bytes of one record: twenty novels."""

_CHUNK = 2**20
_BETWEEN = re.compile(r"[\s,]*")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Found(NamedTuple):
    """An object, where it stands (``corpus.jsonl:17``), and the JSON it was read from."""

    place: str
    raw: bytes | str
    record: dict[str, Any]


def objects(path: Path) -> Iterator[Found | Refused]:
    """Yield the objects of a file, in order.

    Raises:
        ReadError: the file cannot be read, is no JSON at all, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            head = file.readline(_CHUNK)
            if head.startswith(_WIDE) or b"\0" in head[:4]:
                raise ReadError(f"{path.name}: this is UTF-16; save it as UTF-8")
            while head and not head.strip(b" \t\r\n\xef\xbb\xbf"):
                head = file.readline(_CHUNK)
            first = head.lstrip(b" \t\r\n\xef\xbb\xbf")
            if first[:1] not in (b"{", b"["):
                raise ReadError(f"{path.name}: this is no JSON, or there is nothing in it")
            file.seek(0)
            yield from (_members if _is_one_value(path, first) else _lines)(file, path.name)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error


def _is_one_value(path: Path, first: bytes) -> bool:
    """Tell a list, or an object over several lines, from an object a line."""
    if first.startswith(b"[") or first.strip() == b"{":
        return True
    if path.suffix.lower() != ".json":
        return False
    try:
        from_json(first)
    except ValueError:
        return True
    return False


def items(value: Any) -> list[Any]:
    """Return a list out of a record; none if what stands there is no list."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def dicts(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list out of a record; what is none is passed over."""
    return [one for one in items(value) if isinstance(one, dict)]


def fields(value: Any) -> dict[str, Any]:
    """Return an object out of a record; an empty one if what stands there is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _lines(file: BinaryIO, name: str) -> Iterator[Found | Refused]:
    number = 0
    while raw := file.readline(LONGEST + 1):
        number += 1
        place = f"{name}:{number}"
        if len(raw) > LONGEST:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(_CHUNK)
            yield Refused(place, f"this line is longer than {LONGEST >> 20} MB")
            continue
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if raw.isspace() or not raw:
            continue
        try:
            record = from_json(raw)
        except ValueError as error:
            yield Refused(place, _why(raw, error))
            continue
        yield _found(place, raw, record)


def _members(file: BinaryIO, name: str) -> Iterator[Found | Refused]:
    """Read a list by and by. What is broken in it hides where the next member begins."""
    decoder, scan = codecs.getincrementaldecoder("utf-8-sig")(), json.JSONDecoder().raw_decode
    text, at, line, counted, ended = "", 0, 1, 0, False
    listed = False
    wanted = _CHUNK

    while True:
        found = _BETWEEN.match(text, at)
        at = found.end() if found else at
        if not listed and text.startswith("[", at):
            listed, at = True, at + 1
            continue
        line, counted = line + text.count("\n", counted, at), at
        place = f"{name}:{line}"
        if ended and listed and at == len(text):
            yield Refused(place, "the list has no end: the file was cut off here")
        if text.startswith("]", at) or (ended and at == len(text)):
            return
        why = "the file ends in the middle of it"
        try:
            record, end = scan(text, at)
        except (ValueError, RecursionError) as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        else:
            yield _found(place, text[at:end], record)
            at, wanted = end, _CHUNK
            continue
        if ended or len(text) - at > LONGEST:
            yield Refused(place, f"this is not JSON, and nothing after it can be read: {why}")
            return
        raw = file.read(wanted)
        ended, wanted = not raw, wanted * 2
        try:
            text, at, counted = text[at:] + decoder.decode(raw, final=ended), 0, 0
        except UnicodeDecodeError:
            yield Refused(place, "in or after this there are bytes that are not UTF-8")
            return


def _found(place: str, raw: bytes | str, record: object) -> Found | Refused:
    if not isinstance(record, dict):
        return Refused(place, "this is no record, which would be an object in braces")
    return Found(place, raw, cast("dict[str, Any]", record))


def _why(raw: bytes, error: ValueError) -> str:
    try:
        raw.decode()
    except UnicodeDecodeError as fault:
        return f"the byte at column {fault.start + 1} is not UTF-8; save the file as UTF-8"
    if b"\0" in raw:
        return f"there is a NUL at column {raw.index(0) + 1}"
    return f"this is not JSON: {str(error).replace('line 1 column', 'column')}"
