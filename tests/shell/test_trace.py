"""The bench's window into the program: moments, and how long the event loop was away."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.shell import trace


@pytest.fixture(autouse=True)
def no_watch_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "_watch", None)


def test_without_the_variable_nothing_is_watched(monkeypatch):
    monkeypatch.setattr(trace, "_FILE", None)
    trace.mark("first_paint")
    assert trace._watch is None


def test_a_mark_tells_when_and_the_longest_turn_since_the_last(
    qtbot: QtBot, tmp_path: Path, monkeypatch
):
    file = tmp_path / "trace.jsonl"
    monkeypatch.setattr(trace, "_FILE", str(file))
    trace.mark("first_paint", words=900)
    time.sleep(0.06)  # the stall itself
    trace.mark("suggestions_shown")

    def lines() -> list[dict[str, Any]]:
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    qtbot.waitUntil(lambda: len(lines()) == 4)
    first, shown, *settled = lines()
    assert (first["moment"], first["words"], first["stall_ms"]) == ("first_paint", 900, 0)
    assert shown["stall_ms"] >= 60
    assert shown["busy_ms"] < 60  # it slept
    assert shown["at"] - first["at"] >= 0.06
    assert [line["moment"] for line in settled] == [
        "first_paint settled",
        "suggestions_shown settled",
    ]
