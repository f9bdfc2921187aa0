"""Pages of news sites, all of our own writing, and how their pieces are told apart.

``tests/data/zones`` holds two sets by two writers who did not know the rules: ``pages.toml``, which
the rules were mended on, and ``unseen.toml``, first measured before anybody had looked at it.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from desktop.suggest.text.zones import find_zones

FOLDER = Path(__file__).parent / "data" / "zones"
SETS = ("pages", "unseen")


@dataclass(slots=True)
class Told:
    """How many pieces of each kind there are, were told, and were told rightly."""

    gold: Counter[str] = field(default_factory=Counter[str])
    found: Counter[str] = field(default_factory=Counter[str])
    right: Counter[str] = field(default_factory=Counter[str])

    def precision(self, kind: str) -> float:
        """Return the share of pieces told to be of a kind that are."""
        return self.right[kind] / max(1, self.found[kind])

    def recall(self, kind: str) -> float:
        """Return the share of a kind's pieces that were told to be of it."""
        return self.right[kind] / max(1, self.gold[kind])


def told(name: str) -> Told:
    """Tell the zones of each page of a set; a piece is what most of its text was told to be."""
    pages = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["page"]
    counts = Told()
    for page in pages:
        text = ""
        pieces: list[tuple[int, int, str]] = []
        for kind, line in page["pieces"]:
            pieces.append((len(text), len(text) + len(line), kind))
            text += line + "\n"
        zones = find_zones(text)
        for start, end, kind in pieces:
            shares: Counter[str] = Counter()
            for zone in zones:
                shares[zone.kind.value] += max(0, min(end, zone.end) - max(start, zone.start))
            found = shares.most_common(1)[0][0]
            counts.gold[kind] += 1
            counts.found[found] += 1
            counts.right[kind] += found == kind
    return counts
