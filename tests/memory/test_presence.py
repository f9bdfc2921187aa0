"""Each program at a project learns of the others, and a dead one is not taken for present."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from db.presence import Presence

VISITOR = """
import sys
from pathlib import Path
from db.presence import Presence
with Presence(Path(sys.argv[1])) as presence:
    print("here" if presence.others() else "alone", flush=True)
    sys.stdin.read()
"""


def _visitor(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", VISITOR, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def _says(visitor: subprocess.Popen[str]) -> str:
    assert visitor.stdout is not None
    return visitor.stdout.readline().strip()


def test_alone(path: Path) -> None:
    with Presence(path) as presence:
        assert not presence.others()
    assert list(path.parent.iterdir()) == [path]


def test_each_of_two_programs_is_told(path: Path) -> None:
    with Presence(path) as presence, _visitor(path) as visitor:
        assert _says(visitor) == "here"
        assert presence.others()
        visitor.communicate()
        assert not presence.others()


def test_who_came_later_is_told_when_the_first_has_gone(path: Path) -> None:
    first, second = Presence(path), Presence(path)
    assert first.others()
    assert second.others()
    first.close()
    first.close()
    assert not second.others()
    with Presence(path) as third:
        assert third.others()
        assert second.others()
    second.close()


def test_a_killed_program_is_gone(path: Path) -> None:
    with _visitor(path) as visitor:
        assert _says(visitor) == "alone"
        visitor.kill()
    with Presence(path) as presence:
        assert not presence.others()
    assert list(path.parent.iterdir()) == [path]


def test_more_programs_than_there_are_locks_know_that_they_are_not_alone(path: Path) -> None:
    crowd = [Presence(path) for _ in range(12)]
    assert all(presence.others() for presence in crowd)
    for presence in crowd:
        presence.close()


def test_programs_that_come_and_go_at_once_leave_nothing(path: Path) -> None:
    visitors = [_visitor(path) for _ in range(4)]
    said = [_says(visitor) for visitor in visitors]
    assert said.count("alone") <= 1
    for visitor in visitors:
        visitor.communicate()
    assert [visitor.returncode for visitor in visitors] == [0, 0, 0, 0]
    assert list(path.parent.iterdir()) == [path]


def test_projects_in_one_folder_are_told_apart(path: Path) -> None:
    with Presence(path), Presence(path.with_name("other.standfirst")) as other:
        assert not other.others()


def test_a_project_is_the_same_by_any_name(path: Path) -> None:
    link = path.parent / "elsewhere" / "link.standfirst"
    link.parent.mkdir()
    link.symlink_to(path)
    with Presence(path), Presence(link) as presence:
        assert presence.others()
