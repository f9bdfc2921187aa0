"""What the tests of every room share."""

import os
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = os.environ.get("STANDFIRST_TEST_PLATFORM", "offscreen")


@pytest.fixture
def odd_pipeline(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a badly behaved pipeline, installed for processes this test starts."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "data" / "odd_pipeline"))
    return "odd_pipeline"
