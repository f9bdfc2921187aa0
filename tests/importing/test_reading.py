"""The process that reads: whatever a file does to it, the rest goes on, and nothing gets out."""

from __future__ import annotations

import json
import os
import socket
import textwrap
from pathlib import Path

import pytest

from desktop.corpus.parsing import Parsed
from desktop.importing import reading
from desktop.importing.asking import Reader, Stopped
from desktop.importing.sources import Source, find
from desktop.refused import Refused


@pytest.fixture
def good(tmp_path: Path) -> Source:
    path = tmp_path / "good.txt"
    path.write_text("Harbour vote\n\nThe mayor said no.")
    return source(path)


def source(path: Path) -> Source:
    return Source(path, path.name, path.stat().st_size)


def titles(reader: Reader, of: Source) -> list[str | None]:
    return [
        record.loaded.article.meta.title
        for read in reader.read(of)
        for record in read.records
        if isinstance(record, Parsed)
    ]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's library that does what a hostile file can make one do, by the file's first word.

    It is loaded into the process that reads in place of the one for Markdown.
    """
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        textwrap.dedent(
            """
            import ctypes, os, socket, subprocess, sys, time

            def read(path):
                what = path.read_text().split()[0]
                if what == "hang":
                    time.sleep(600)
                if what == "crash":
                    ctypes.string_at(0)
                if what == "fill":
                    held = [bytearray(2**26) for _ in range(1000)]
                if what == "call":
                    socket.create_connection(("127.0.0.1", int(path.read_text().split()[1])))
                if what == "start":
                    subprocess.run(["true"])
                if what == "fault":
                    raise KeyError("body")
                yield

            class Finder:
                def find_spec(self, name, path=None, target=None):
                    if name == "desktop.library.readers.markdown":
                        import importlib.machinery
                        return importlib.machinery.ModuleSpec(name, self)

                def create_module(self, spec):
                    import types
                    module = types.ModuleType(spec.name)
                    module.read = read
                    return module

                def exec_module(self, module):
                    pass

            sys.meta_path.insert(0, Finder())
            """
        )
    )
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{Path(__file__).parents[2]}")
    return tmp_path


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("hang", "a record took longer than 3 seconds"),
        ("crash", "came to an unexpected end"),
        ("fill", "it takes more than 1024 MB of memory"),
        ("start", "may not do this: subprocess.Popen"),
        ("fault", "KeyError: 'body'"),
    ],
)
def test_what_a_file_does_to_its_reader_takes_nothing_along(
    hostile: Path, good: Source, what: str, why: str
):
    bad = hostile / "bad.md"
    bad.write_text(f"{what} it\n")
    with Reader(patience=3) as reader:
        assert titles(reader, good) == ["Harbour vote"]
        with pytest.raises(Stopped, match=why):
            list(reader.read(source(bad)))
        assert titles(reader, good) == ["Harbour vote"]


def test_nothing_that_is_read_reaches_the_network(hostile: Path):
    with socket.create_server(("127.0.0.1", 0)) as server, Reader() as reader:
        bad = hostile / "bad.md"
        bad.write_text(f"call {server.getsockname()[1]}\n")
        with pytest.raises(Stopped, match=r"may not do this: socket\."):
            list(reader.read(source(bad)))
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()


def test_records_say_where_they_stood_and_how_far_the_file_is_read(tmp_path: Path):
    path = tmp_path / "wire.jsonl"
    with path.open("w") as file:
        for nth in range(2_000):
            file.write(json.dumps({"title": str(nth), "text": f"Story {nth}. " * 50}) + "\n")
        file.write("{broken\n")
    of = Source(path, "press/wire.jsonl", path.stat().st_size)
    with Reader() as reader:
        read = list(reader.read(of))
    records = [record for one in read for record in one.records]
    assert records[41].place == "press/wire.jsonl:42"
    assert isinstance(records[-1], Refused)
    assert records[-1].place == "press/wire.jsonl:2001"
    at = [one.at for one in read]
    assert at == sorted(at)
    assert 0 < at[0] < at[-1] == of.size


def test_a_record_s_annotations_come_through_the_pipe(tmp_path: Path):
    path = tmp_path / "prodigy.jsonl"
    spans = [{"start": 0, "end": 7, "label": "PERSON"}]
    path.write_text(
        json.dumps({"text": "Ms Rook left.", "spans": spans, "answer": "accept", "_task_hash": 1})
    )
    here = list(reading.records(path))
    with Reader() as reader:
        (read,) = reader.read(source(path))
    (there,) = read.records
    assert isinstance(there, Parsed)
    assert [one.loaded.decisions for one in here] == [there.loaded.decisions]


def test_a_file_nobody_may_read_is_told_and_a_pipe_is_no_file(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "same.txt").write_text("The same.")
    os.link(tmp_path / "deep" / "same.txt", tmp_path / "zlink.txt")
    told = list(find([tmp_path]))
    name = tmp_path.name
    assert [one if isinstance(one, Source) else (one.place, one.why) for one in told] == [
        (f"{name}/pipe.txt", "it is no file"),
        Source(tmp_path / "zlink.txt", f"{name}/zlink.txt", 9),
        (f"{name}/deep/same.txt", f"it is the same file as {name}/zlink.txt"),
    ]
