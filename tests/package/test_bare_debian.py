"""The package on a Debian that has no Python, no desktop and no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flow.desktop_session import desktop_session

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def display(tmp_path) -> Iterator[str]:
    with desktop_session(tmp_path) as session:
        yield session.environment["DISPLAY"]


def test_there_is_no_python_and_no_network(bare_debian, display):
    sought = bare_debian.run("sh", "-c", "command -v python3 || echo none", display=display)
    assert sought.stdout == "none\n"

    interfaces = bare_debian.run("cat", "/proc/net/dev", display=display).stdout
    received = [line.split(":")[1].split()[0] for line in interfaces.splitlines()[2:]]
    assert set(received) <= {"0"}  # a loopback that is down, at most


def test_an_ordinary_user_takes_an_article_the_whole_way(bare_debian, display):
    done = bare_debian.run("standfirst", "--self-test", display=display)

    assert done.returncode == 0, done.stderr
    corpus = done.stdout.partition("corpus: ")[2].strip()
    records = bare_debian.run("cat", corpus, display=display).stdout.splitlines()
    assert records
    assert all('"standfirst/1"' in record for record in records)


def test_the_command_works_without_a_display(bare_debian):
    done = bare_debian.run("standfirst", "--version", display="")

    assert done.stdout.startswith("standfirst ")
