"""The frozen folder by itself: what can be tried of the package on any machine, by anybody."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from flow.desktop_session import desktop_session

pytestmark = pytest.mark.timeout(300)
OF_THE_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/")
LOADED = re.compile(r"calling init: (\S+)")


def test_it_takes_an_article_the_whole_way_with_nothing_of_ours(tree: Path, tmp_path: Path):
    """The dynamic linker writes down which libraries window, engine, import and export load."""
    told, home = tmp_path / "told", tmp_path / "home"
    told.mkdir()
    home.mkdir()
    folder = tree / "usr" / "lib" / "standfirst"
    with desktop_session(tmp_path) as session:
        environment = {
            "DISPLAY": session.environment["DISPLAY"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": "/nowhere",
            "LD_DEBUG": "files",
            "LD_DEBUG_OUTPUT": str(told / "process"),
        }
        done = subprocess.run(
            [str(folder / "standfirst"), "--self-test"],
            cwd="/", env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr

    processes = [set(LOADED.findall(file.read_text())) for file in told.iterdir()]
    assert len(processes) >= 4
    loaded = set[str]().union(*processes)
    assert not [name for name in loaded if not name.startswith((f"{folder}/", *OF_THE_SYSTEM))]
    assert any("onnxruntime" in name for name in loaded)
    assert any("lxml" in name for name in loaded)
