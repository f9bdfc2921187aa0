"""Labels as files: ours comes back as it went, others' are read, and what is wrong is told."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

from db import schemes
from db.scheme_values import Label
from db.values import Layer
from desktop import theme
from desktop.scheme import files

NOBODY = UUID(int=0)


def line_of(colour: str) -> str:
    return theme.quartet(colour).line


def plain(label: Label) -> tuple[str, str, str | None]:
    return label.name, label.colour, label.shortcut


def without_ids(labels) -> list[Label]:
    from dataclasses import replace

    return [replace(label, id=NOBODY) for label in labels]


@pytest.mark.parametrize("name", schemes.names())
def test_our_file_brings_back_the_whole_scheme(tmp_path: Path, name: str):
    scheme, path = schemes.bundled(name), tmp_path / "labels.json"
    files.save(path, scheme, files.ours)
    assert json.loads(path.read_text("utf-8"))["format"] == files.FORMAT
    assert without_ids(files.read(path)) == without_ids(scheme.labels)
    assert list(tmp_path.iterdir()) == [path]


def test_what_we_write_for_others_can_be_read_back(tmp_path: Path):
    scheme, path = schemes.bundled("news"), tmp_path / "labels"
    wanted = [label for label in scheme.labels if label.layer is Layer.ENTITY]
    files.save(path, scheme, files.names)
    assert [label.name for label in files.read(path)] == [label.name for label in wanted]
    for write in (files.doccano, files.label_studio):
        files.save(path, scheme, lambda s, w=write: w(s, line_of))
        coloured = [(label.name, line_of(label.colour), label.shortcut) for label in wanted]
        assert [plain(label) for label in files.read(path)] == coloured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PERSON\n\n  SHIP \n", [("PERSON", "", None), ("SHIP", "", None)]),
        ("PERSON, SHIP", [("PERSON", "", None), ("SHIP", "", None)]),  # Prodigy's --label
        (
            '{"custom_theme": {"labels": {"SHIP": "#07f"}}}',
            [("SHIP", "#0077FF", None)],
        ),
        (
            '[{"id": 3, "text": "SHIP", "suffixKey": "s", "backgroundColor": "#209cee"}]',
            [("SHIP", "#209CEE", "s")],
        ),
        (
            "<View><Text name='t' value='$t'/><Labels name='l' toName='t'>"
            "<Label value='A &amp; B' background='red' hotkey='1'/>"
            "<Label value='SHIP' background='#FFA39E' hotkey='ctrl+s'/></Labels></View>",
            [("A & B", "", "1"), ("SHIP", "#FFA39E", None)],
        ),
    ],
)
def test_other_programs_lists_are_read(tmp_path: Path, text: str, expected):
    path = tmp_path / "theirs"
    path.write_text(text, "utf-8")
    assert [plain(label) for label in files.read(path)] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "“mine” holds no labels"),
        ("[]", "“mine” holds no labels"),
        ("A\nb\na", "has the label “a” twice"),
        ('{\n"format": 1,\n"labels": [}', "“mine”, line 3: this is not JSON"),
        ('{"format": 2, "labels": []}', "field format: 2 is of a newer"),
        ('{"format": true, "labels": []}', "field format: the version"),
        ('{"format": 1}', "field labels: a list"),
        ('{"format": 1, "labels": [{"name": 3}]}', r"labels\[0\].name: this is to be a text"),
        ('{"format": 1, "labels": [{"name": "A"}, {}]}', r"labels\[1\].name: a label has a name"),
        ('{"format": 1, "labels": [{"name": "A", "tint": ""}]}', r"labels\[0\].tint: there is no"),
        ('{"format": 1, "labels": [{"name": "A", "colour": "#12"}]}', "“#12” is no colour"),
        ('{"format": 1, "labels": [{"name": "A", "shortcut": "10"}]}', "“10” is no digit"),
        ('{"format": 1, "labels": [{"name": "A", "examples": [1]}]}', "a list of texts"),
        ('{"format": 1, "labels": [{"name": "A", "layer": "x"}]}', "neither entity nor stance"),
        ('{"format": 1, "labels": [{"name": "pro", "layer": "stance"}]}', "“pro” is no stance"),
        ('[{"text": ""}]', r"field \[0\].text"),
        ("<View>\n<Label/>\n</View>", "line 2, field value"),
        ("<View>\n<Label", "“mine”, line 2: this is not XML"),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]><View/>',
            "line 2: a label list declares no document types",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(tmp_path: Path, text: str, told: str):
    path = tmp_path / "mine"
    path.write_text(text, "utf-8")
    with pytest.raises(files.LabelFileError, match=told):
        files.read(path)


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path: Path):
    with pytest.raises(files.LabelFileError, match="“gone” cannot be read"):
        files.read(tmp_path / "gone")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(files.LabelFileError, match="UTF-8"):
        files.read(tmp_path / "bytes")
    (tmp_path / "large").write_bytes(b"A" * (files.LARGEST + 1))
    with pytest.raises(files.LabelFileError, match="too large"):
        files.read(tmp_path / "large")
    with pytest.raises(files.LabelFileError, match="cannot be written"):
        files.save(tmp_path / "no folder" / "x", schemes.bundled("news"), files.ours)
