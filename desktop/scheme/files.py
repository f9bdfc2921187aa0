"""Labels as files: read from several programs', written as ours and as theirs.

Ours is JSON, described in ``resources/help/labels.md``. Of others' we read and write what is simple
and common: doccano's list of labels (JSON), Label Studio's configuration (XML), and names as text,
one a line or with commas between them, which is what Prodigy takes; its ``custom_theme`` is read
for colours. Nothing in an XML file is expanded or fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from xml.parsers import expat

from db.scheme_values import Label, Scheme
from db.values import Layer, Position
from db.whole_file import in_one_step
from desktop import colours

FORMAT = 1
"""The version of our format that is written, and the newest that is read."""
LARGEST = 4 * 2**20
"""Bytes a file of labels may have."""

_NOBODY = UUID(int=0)  # ids are the project's to give
_FIELDS: dict[str, type] = {
    "layer": str,
    "name": str,
    "colour": str,
    "shortcut": str,
    "guideline": str,
    "examples": list,
    "engine_names": list,
    "shown": str,
    "offered": bool,
}
_KIND = {str: "a text", list: "a list of texts", bool: "true or false"}


class LabelFileError(ValueError):
    """A file of labels that cannot be used; the message names it, and the line or the field."""


def read(path: Path) -> list[Label]:
    """Read labels from a file of any kind we know; their ids mean nothing.

    What a file says nothing of is empty, so that a project keeps what it has.

    Raises:
        LabelFileError: if it cannot be read, or holds no labels.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise LabelFileError(f"“{path.name}” is too large to be a list of labels.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise LabelFileError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LabelFileError(f"“{path.name}” is not text in UTF-8.") from error
    start = text.lstrip()[:1]
    if start == "<":
        labels = _label_studio(path.name, text)
    elif start in ("{", "["):
        labels = _json(path.name, text)
    else:
        labels = [_named(name) for name in re.split(r"[\n,]", text) if name.strip()]
    if not labels:
        raise LabelFileError(f"“{path.name}” holds no labels.")
    seen = set[tuple[Layer, str]]()
    for label in labels:
        key = label.layer, label.name.casefold()
        if key in seen:
            raise LabelFileError(f"“{path.name}” has the label “{label.name}” twice.")
        seen.add(key)
    return labels


def save(path: Path, scheme: Scheme, write: Callable[[Scheme], str]) -> None:
    """Write labels into a file, whole or not at all.

    Raises:
        LabelFileError: if it cannot be written.
    """
    try:
        with in_one_step(path) as part:
            part.write_text(write(scheme), "utf-8")
    except OSError as error:
        raise LabelFileError(f"“{path.name}” cannot be written: {error.strerror}.") from error


def ours(scheme: Scheme) -> str:
    """Return a scheme as our own file."""
    labels = [
        {
            "layer": label.layer.value,
            "name": label.name,
            "colour": label.colour,
            "shortcut": label.shortcut,
            "guideline": label.guideline,
            "examples": list(label.examples),
            "engine_names": list(label.engine_names),
            "shown": label.shown,
            "offered": label.offered,
        }
        for label in scheme.labels
    ]
    whole = {"format": FORMAT, "name": scheme.name, "version": scheme.version, "labels": labels}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def names(scheme: Scheme) -> str:
    """Return the names of the entity labels, one a line."""
    return "".join(f"{label.name}\n" for label in _entities(scheme))


def doccano(scheme: Scheme, line_of: Callable[[str], str]) -> str:
    """Return the entity labels as doccano's list; ``line_of`` gives a colour's line on light."""
    labels = [
        {
            "text": label.name,
            "prefixKey": None,
            "suffixKey": label.shortcut,
            "backgroundColor": line_of(label.colour).lower(),
            "textColor": "#ffffff",
        }
        for label in _entities(scheme)
    ]
    return json.dumps(labels, ensure_ascii=False, indent=2) + "\n"


def label_studio(scheme: Scheme, line_of: Callable[[str], str]) -> str:
    """Return the entity labels as a Label Studio configuration; see :func:`doccano`."""
    lines = ["<View>", '  <Labels name="label" toName="text">']
    for label in _entities(scheme):
        key = f' hotkey="{label.shortcut}"' if label.shortcut else ""
        name, colour = escape(label.name), line_of(label.colour)
        lines.append(f'    <Label value="{name}" background="{colour}"{key}/>')
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>', "</View>"]
    return "\n".join(lines) + "\n"


def _entities(scheme: Scheme) -> Iterable[Label]:
    return (label for label in scheme.labels if label.layer is Layer.ENTITY)


def _named(name: str, colour: str = "", shortcut: str | None = None) -> Label:
    return Label(_NOBODY, Layer.ENTITY, " ".join(name.split()), _hex(colour), _key(shortcut), "")


def _hex(colour: str) -> str:
    """Return a colour of a web page as ours; one we cannot read is none."""
    if re.fullmatch("#[0-9A-Fa-f]{3}", colour):
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    return colour.upper() if colours.is_colour(colour) else ""


def _key(shortcut: str | None) -> str | None:
    key = (shortcut or "").lower()
    return key if re.fullmatch("[1-9a-z]", key) else None


# JSON


def _json(file: str, text: str) -> list[Label]:
    try:
        whole: Any = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise LabelFileError(f"“{file}”, line {line}: this is not JSON ({error}).") from error
    if isinstance(whole, list):
        return _doccano(file, cast("list[Any]", whole))
    found = cast("dict[str, Any]", whole)
    if "custom_theme" in found or ("labels" in found and "format" not in found):
        return _prodigy(file, found)
    return _ours(file, found)


def _ours(file: str, whole: Mapping[str, Any]) -> list[Label]:
    version = whole.get("format")
    if not isinstance(version, int) or isinstance(version, bool):
        raise LabelFileError(f"“{file}”, field format: the version of the format is missing.")
    if version > FORMAT:
        raise LabelFileError(
            f"“{file}”, field format: {version} is of a newer Standfirst; this one reads {FORMAT}."
        )
    rows = whole.get("labels")
    if not isinstance(rows, list):
        raise LabelFileError(f"“{file}”, field labels: a list of labels is missing.")
    return [_our_label(file, nth, row) for nth, row in enumerate(cast("list[Any]", rows))]


def _our_label(file: str, nth: int, row: Any) -> Label:
    here = f"“{file}”, field labels[{nth}]"
    if not isinstance(row, dict):
        raise LabelFileError(f"{here}: a label is an object.")
    fields = cast("dict[str, Any]", row)
    for field, value in fields.items():
        if field not in _FIELDS:
            raise LabelFileError(f"{here}.{field}: there is no such field.")
        kind = _FIELDS[field]
        good = isinstance(value, kind) or (value is None and field in ("shortcut", "shown"))
        if kind is list and good:
            good = all(isinstance(each, str) for each in cast("list[Any]", value))
        if not good:
            raise LabelFileError(f"{here}.{field}: this is to be {_KIND[kind]}.")
    layer, name = fields.get("layer", Layer.ENTITY), fields.get("name", "")
    if layer not in (Layer.ENTITY, Layer.STANCE):
        raise LabelFileError(f"{here}.layer: “{layer}” is neither entity nor stance.")
    if not name.strip():
        raise LabelFileError(f"{here}.name: a label has a name.")
    if layer == Layer.STANCE and name not in set(Position):
        known = ", ".join(Position)
        raise LabelFileError(f"{here}.name: “{name}” is no stance; there are {known}.")
    colour = fields.get("colour", "")
    if colour.startswith("#") and not all(map(colours.is_colour, colour.split("/"))):
        raise LabelFileError(f"{here}.colour: “{colour}” is no colour such as #2F6FDB.")
    shortcut = fields.get("shortcut")
    if shortcut and _key(shortcut) is None:
        raise LabelFileError(
            f"{here}.shortcut: “{shortcut}” is no digit from 1 to 9, nor a letter."
        )
    label = replace(_named(name, "", shortcut), layer=Layer(layer), colour=colour)
    return replace(
        label,
        guideline=fields.get("guideline", ""),
        examples=tuple(fields.get("examples", ())),
        engine_names=tuple(fields.get("engine_names", ())),
        shown=fields.get("shown"),
        offered=fields.get("offered", True),
    )


def _doccano(file: str, rows: list[Any]) -> list[Label]:
    labels = list[Label]()
    for nth, row in enumerate(rows):
        fields = cast("dict[str, Any]", row) if isinstance(row, dict) else {"text": row}
        name = fields.get("text") or fields.get("name") or fields.get("value")
        if not isinstance(name, str) or not name.strip():
            raise LabelFileError(f"“{file}”, field [{nth}].text: a label has a name.")
        colour, key = fields.get("backgroundColor"), fields.get("suffixKey")
        labels.append(
            _named(
                name,
                colour if isinstance(colour, str) else "",
                key if isinstance(key, str) else None,
            )
        )
    return labels


def _prodigy(file: str, whole: Mapping[str, Any]) -> list[Label]:
    theme = whole.get("custom_theme")
    found: Any = cast("dict[str, Any]", theme).get("labels") if isinstance(theme, dict) else None
    found = whole.get("labels") if found is None else found
    if isinstance(found, dict):
        pairs = cast("dict[str, Any]", found).items()
        return [_named(name, c if isinstance(c, str) else "") for name, c in pairs]
    if isinstance(found, list):
        return _doccano(file, cast("list[Any]", found))
    raise LabelFileError(f"“{file}”, field labels: a list of labels is missing.")


# XML


def _label_studio(file: str, text: str) -> list[Label]:
    labels, parser = list[Label](), expat.ParserCreate()

    def refuse(*_: object) -> None:
        line = parser.CurrentLineNumber
        raise LabelFileError(f"“{file}”, line {line}: a label list declares no document types.")

    def start(tag: str, given: dict[str, str]) -> None:
        if tag != "Label":
            return
        name = given.get("value") or given.get("alias") or ""
        if not name.strip():
            line = parser.CurrentLineNumber
            raise LabelFileError(f"“{file}”, line {line}, field value: a label has a name.")
        labels.append(_named(name, given.get("background", ""), given.get("hotkey")))

    parser.StartDoctypeDeclHandler = refuse  # where entities would be declared, to be expanded
    parser.StartElementHandler = start
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise LabelFileError(f"“{file}”, line {error.lineno}: this is not XML ({what}).") from error
    return labels
