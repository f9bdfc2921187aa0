"""What the tests of importing share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return where a project is to be; it is not there yet."""
    return tmp_path / "p.standfirst"
