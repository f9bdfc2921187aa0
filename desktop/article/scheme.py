"""What the article's room needs to know of a labelling scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db.values import Label, Layer, Position


@dataclass(frozen=True, slots=True)
class LabelSpec:
    """One label: its name in the data, its colour token, the key that gives it, its guideline."""

    name: str
    token: str
    shortcut: str | None = None
    guideline: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The entity labels an analyst chooses from, and what the guideline says of each stance."""

    entities: tuple[LabelSpec, ...] = ()
    stances: tuple[LabelSpec, ...] = ()

    def label(self, name: str) -> LabelSpec:
        """Return the label of that name; one the scheme does not know is shown quietly."""
        found = next((label for label in self.entities if label.name == name), None)
        return found or LabelSpec(name, "number")

    def on_key(self, key: str) -> LabelSpec | None:
        """Return the entity label a key gives."""
        return next((label for label in self.entities if label.shortcut == key), None)

    def guideline(self, position: Position) -> str:
        """Return what the guideline says of a stance, or nothing."""
        return next((s.guideline for s in self.stances if s.name == position.value), "")

    @staticmethod
    def read(labels: Iterable[Label]) -> Scheme:
        """Build a scheme from a project's labels, in the order the analyst sees them."""
        specs = [(label.layer, _spec(label)) for label in labels]
        return Scheme(
            tuple(spec for layer, spec in specs if layer is Layer.ENTITY),
            tuple(spec for layer, spec in specs if layer is Layer.STANCE),
        )


def _spec(label: Label) -> LabelSpec:
    return LabelSpec(label.name, label.colour, label.shortcut, label.guideline)


POSITION_KEYS: Mapping[str, Position] = MappingProxyType(
    {str(number): position for number, position in enumerate(Position, start=1)}
)
"""Keys 1 to 5 set a stance, in the order the window shows them."""
