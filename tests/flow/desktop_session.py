"""A desktop of its own for a test: a virtual X server, a window manager, and a person's hands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SIZE = "1440x900x24"


class DesktopSession:
    """An X server with openbox on it; ``home`` holds all that programs leave behind."""

    def __init__(self, display: str, home: Path) -> None:
        self.home = home
        self.trace = home / "moments.jsonl"
        self._window = ""
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")},
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "STANDFIRST_TRACE": str(self.trace),
        }
        self.environment.pop("WAYLAND_DISPLAY", None)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start Standfirst as a double click would and wait until its window is on the screen."""
        self.trace.unlink(missing_ok=True)
        command = [sys.executable, "-m", "desktop", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self._window = self.ask("search", "--sync", "--onlyvisible", "--pid", str(process.pid))
        self._window = self._window.split()[-1]
        self.ask("windowactivate", "--sync", self._window)
        return process

    def moments(self) -> list[dict[str, Any]]:
        """Return what the program wrote down of itself since it started."""
        lines = self.trace.read_text("utf-8").splitlines() if self.trace.exists() else []
        return [json.loads(line) for line in lines]

    def passed(self, moment: str) -> bool:
        """Tell whether the program has passed a moment such as ``suggestions_shown``."""
        return any(each["moment"] == moment for each in self.moments())

    def press(self, *keys: str) -> None:
        """Press keys one after another, at the speed of a person."""
        self.ask("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text; faster than this, xdotool loses accented letters."""
        self.ask("type", "--delay", "80", text)

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click at a place of the window."""
        self.ask("mousemove", "--sync", "--window", self._window, str(x), str(y))
        self.ask("click", "--repeat", str(times), "--delay", "60", "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at one place of the window, move, and let go at another."""
        self.ask("mousemove", "--sync", "--window", self._window, str(start[0]), str(start[1]))
        self.ask("mousedown", "1")
        half = [(a + b) // 2 for a, b in zip(start, end, strict=True)]
        for x, y in (half, end):
            self.ask("mousemove", "--sync", "--window", self._window, str(x), str(y))
        self.ask("mouseup", "1")

    def find(self, *how: str) -> str:
        """Wait until a window is on the screen, of any program, and return its number."""
        return self.ask("search", "--sync", "--onlyvisible", *how).split()[-1]

    def double_click(self, window: str, x: int, y: int) -> None:
        """Double click at a place of any window."""
        self.ask("mousemove", "--sync", "--window", window, str(x), str(y))
        self.ask("click", "--repeat", "2", "--delay", "60", "1")

    def ask(self, *arguments: str) -> str:
        """Have xdotool do one thing, and return what it says."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()


@contextmanager
def desktop_session(home: Path) -> Iterator[DesktopSession]:
    """Run an X server on a free display with a window manager, and end both afterwards."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with os.fdopen(ours) as answer:
        display = f":{answer.readline().strip()}"
    session = DesktopSession(display, home)
    manager = subprocess.Popen(["openbox"], env=session.environment, stderr=subprocess.DEVNULL)
    try:
        yield session
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()
