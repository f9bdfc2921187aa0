"""The help pages tell the truth: keys that work, links that lead somewhere, words that are ours."""

import re
from pathlib import Path

import pytest

import resources
from desktop.shell.menus import SPECS

PAGES = sorted(resources.path("help").glob("*.md"))
ROOT = Path(__file__).parent.parent
KEYS = {key.lower() for spec in SPECS for key in spec.keys}
# Keys that are the system's, not ours: to select text, or to call something off, in any program.
SYSTEM = {"shift", "ctrl+shift", "esc"}


def test_every_key_on_the_keyboard_page_does_something():
    page = resources.path("help", "keyboard.md").read_text("utf-8")
    named = {key.lower().replace("enter", "return") for key in re.findall(r"`([^`]+)`", page)}

    assert named - SYSTEM <= KEYS


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target
