"""What the window and its engine say to each other: JSON objects, each after its length in bytes.

A frame is four bytes, big-endian, the length of the body, then the body in JSON. The window says
``load``, ``remember``, ``issues``, ``suggest`` and ``cancel``; the engine answers ``ready``,
``zones``, ``suggestions`` and ``failed``. Standard library and the shared values only: both
processes import this before anything heavy.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from typing import IO, Any, cast
from uuid import UUID

from db.rows import Row, from_row, to_row
from db.values import Annotation, Issue, Layer, Model, Zone, ZoneKind, layer_of

Message = dict[str, Any]

LIMIT = 256 * 2**20
"""The longest body, in bytes, either side believes; beyond it the stream is taken to be torn."""

_LENGTH = struct.Struct(">I")


class ProtocolError(Exception):
    """The stream cannot be a conversation: what follows in it means nothing either."""


def frame(message: Message) -> bytes:
    """Return a message as it goes down the pipe; ASCII throughout, so no surrogate can hurt it.

    Raises:
        ProtocolError: if it is longer than ``LIMIT``.
    """
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    if len(body) > LIMIT:
        raise ProtocolError(f"a message of {len(body)} bytes is too long")
    return _LENGTH.pack(len(body)) + body


def _length(head: bytes) -> int:
    (length,) = _LENGTH.unpack(head)
    if length > LIMIT:
        raise ProtocolError(f"a message claims {length} bytes: something else wrote to the stream")
    return length


def _message(body: bytes) -> Message:
    try:
        message: Any = json.loads(body)
    except ValueError as error:
        raise ProtocolError(f"not JSON: {error}") from error
    if not isinstance(message, dict) or "type" not in message:
        raise ProtocolError("a message is an object with a type")
    return cast("Message", message)


class Unframer:
    """Cuts bytes into messages, in whatever pieces they come, one message when it is asked for."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Take what has just been read."""
        self._bytes += data

    def next(self) -> Message | None:
        """Return the next whole message, or ``None`` until more bytes come.

        Raises:
            ProtocolError: if the bytes are no message; the stream is then of no more use.
        """
        if len(self._bytes) < _LENGTH.size:
            return None
        end = _LENGTH.size + _length(bytes(self._bytes[: _LENGTH.size]))
        if len(self._bytes) < end:
            return None
        body = bytes(self._bytes[_LENGTH.size : end])
        del self._bytes[:end]
        return _message(body)


def read(stream: IO[bytes]) -> Message | None:
    """Wait for the next message of a blocking stream; ``None`` when the other side has gone.

    Raises:
        ProtocolError: as :meth:`Unframer.next`.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _length(head)
    body = stream.read(length)
    return _message(body) if len(body) == length else None


def zone_to_row(zone: Zone) -> Row:
    """Return a zone as ``{start, end, kind}``."""
    return {"start": zone.start, "end": zone.end, "kind": zone.kind.value}


def zone_from_row(row: Row) -> Zone:
    """Read what :func:`zone_to_row` wrote."""
    return Zone(row["start"], row["end"], ZoneKind(row["kind"]))


def annotation_to_item(annotation: Annotation) -> Row:
    """Return an annotation as ``{layer, row}``, the row as :func:`db.rows.to_row` makes it."""
    return {"layer": layer_of(annotation).value, "row": to_row(annotation)}


def annotation_from_item(item: Row) -> Annotation:
    """Read what :func:`annotation_to_item` wrote."""
    return from_row(Layer(item["layer"]), item["row"])


def issue_to_row(issue: Issue) -> Row:
    """Return an issue as ``{id, name, aliases, keywords}``."""
    words = {"aliases": list(issue.aliases), "keywords": list(issue.keywords)}
    return {"id": str(issue.id), "name": issue.name, **words}


def issue_from_row(row: Row) -> Issue:
    """Read what :func:`issue_to_row` wrote."""
    return Issue(UUID(row["id"]), row["name"], tuple(row["aliases"]), tuple(row["keywords"]))


def marked(model: Model, issues: Sequence[Issue]) -> Model:
    """Return a model under a version that changes with the issues it looks for, if there are any.

    It is a build, as Semantic Versioning has it: "1.2.0+issues.3fa9c1b2".
    """
    if not issues:
        return model
    told = json.dumps([issue_to_row(issue) for issue in issues], sort_keys=True)
    mark = f"issues.{hashlib.sha256(told.encode()).hexdigest()[:8]}"
    return Model(model.name, f"{model.version}{'.' if '+' in model.version else '+'}{mark}")
