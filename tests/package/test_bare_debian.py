"""The package on a Debian that has no Python, no desktop and no network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import records, run
from flow.desktop_session import desktop_session
from package.bare_debian import HOME, BareDebian

pytestmark = pytest.mark.timeout(900)
FOREIGN = Path(__file__).parents[1] / "data" / "import"


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    with desktop_session(tmp_path) as session:
        yield session.environment["DISPLAY"]


def test_there_is_no_python(bare_debian: BareDebian):
    assert bare_debian.run("sh", "-c", "command -v python3 || echo none").stdout == "none\n"


def test_there_is_no_network(bare_debian: BareDebian):
    if bare_debian.not_apart:
        pytest.skip(bare_debian.not_apart)
    lines = bare_debian.run("cat", "/proc/net/dev").stdout.splitlines()[2:]
    received = {line.split()[0]: int(line.split()[1]) for line in lines}
    assert received.pop("lo:") == 0  # and that one is down
    assert not any(received.values())  # what else a kernel makes for every network


def test_an_ordinary_user_takes_an_article_the_whole_way(bare_debian: BareDebian, display: str):
    done = bare_debian.run("standfirst", "--self-test", display=display)

    assert done.returncode == 0, done.stderr
    corpus = done.stdout.partition("corpus: ")[2].strip()
    lines = bare_debian.run("cat", corpus).stdout.splitlines()
    assert lines
    assert all(json.loads(line)["schema"] == "standfirst/1" for line in lines)


def test_files_of_every_kind_come_in_as_they_do_unfrozen(bare_debian: BareDebian, tmp_path: Path):
    """Word, PDF, tables, web pages, databases: each needs libraries, and those their own data."""
    ours, theirs = tmp_path / "ours.standfirst", HOME / "theirs.standfirst"
    expected = run("import", ours, FOREIGN).stderr.decode().splitlines()
    run("export", ours, tmp_path / "ours.jsonl")

    brought = bare_debian.bring(FOREIGN)
    told = bare_debian.run("standfirst", "import", theirs, brought).stderr.splitlines()
    exported = bare_debian.run("standfirst", "export", theirs, HOME / "theirs.jsonl")
    found = bare_debian.run("cat", HOME / "theirs.jsonl").stdout.splitlines()

    # How many there were, came in, and could not be taken.
    assert told[-1] == expected[-1].replace(str(ours), str(theirs))
    assert exported.returncode == 0, exported.stderr
    texts = {record["text"] for record in records(tmp_path / "ours.jsonl")}
    assert texts and {json.loads(line)["text"] for line in found} == texts


def test_the_command_works_without_a_display(bare_debian: BareDebian):
    done = bare_debian.run("standfirst", "--version")

    assert done.stdout.startswith("standfirst ")
