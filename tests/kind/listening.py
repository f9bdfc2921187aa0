"""How a test hears what a screen reader hears: the bus it needs, and the ears."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flow.desktop_session import DesktopSession

LIST = "All names and stances"


@contextmanager
def accessibility_bus(session: DesktopSession) -> Iterator[None]:
    """Give a desktop the bus that one for the blind has; what starts from now on is on it."""
    session.environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        env=session.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with bus:
        assert bus.stdout
        session.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        try:
            yield
        finally:
            bus.terminate()


class Reader:
    """Asks what is said of the program, as :mod:`tests.kind.reader` does it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def ask(self, *question: str) -> Any:
        """Return the answer to one question."""
        script = str(Path(__file__).with_name("reader.py"))
        done = subprocess.run(
            ["/usr/bin/python3", script, *question],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def tree(self) -> list[dict[str, Any]]:
        """Return every control that is shown."""
        return self.ask("tree")

    def lines(self) -> list[str]:
        """Return what is said of the lines of the list of everything."""
        return [line for line in self.ask("rows", LIST) if line.count(", ") >= 2]
