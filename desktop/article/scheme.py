"""What the article's room needs to know of a labelling scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from db.scheme_values import Label
from db.values import Layer, Position

_ACTORS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})  # the engine's names for them
_THINGS = frozenset({"LAW", "EVENT"})
_ACTOR_TOKENS = frozenset({"person", "org", "place", "norp"})  # of labels the engine has none for
_THING_TOKENS = frozenset({"law"})

POSITION_KEYS: Mapping[str, Position] = MappingProxyType(
    {str(number): position for number, position in enumerate(Position, start=1)}
)
"""Keys 1 to 5 set a stance, in the order the window shows them, unless the scheme has others."""


class LabelSpec(NamedTuple):
    """One label: its name in the data, its colour, the key that gives it, its guideline.

    ``token`` is a token of the theme or a free colour; ``engine_names`` are what the engine calls
    it; ``shown`` is what the window calls a stance; one not ``offered`` cannot be given any more.
    """

    name: str
    token: str
    shortcut: str | None = None
    guideline: str = ""
    examples: tuple[str, ...] = ()
    engine_names: tuple[str, ...] = ()
    shown: str | None = None
    offered: bool = True


@dataclass(frozen=True)
class Scheme:
    """The entity labels an analyst chooses from, and what the project makes of the stances."""

    entities: tuple[LabelSpec, ...] = ()
    stances: tuple[LabelSpec, ...] = ()

    def label(self, name: str) -> LabelSpec:
        """Return the label of that name; one the scheme does not know is shown quietly."""
        return self._by_name.get(name) or LabelSpec(name, "number")

    def on_key(self, key: str) -> LabelSpec | None:
        """Return the entity label a key gives."""
        return next((label for label in self.entities if label.shortcut == key), None)

    def stance(self, position: Position) -> LabelSpec:
        """Return what the project makes of a stance."""
        found = next((label for label in self.stances if label.name == position.value), None)
        return found or LabelSpec(position.value, position.value)

    def guideline(self, position: Position) -> str:
        """Return what the guideline says of a stance, or nothing."""
        return self.stance(position).guideline

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """The stances that can be given, in the order of the window."""
        listed = [Position(label.name) for label in self.stances if label.offered]
        known = {label.name for label in self.stances}
        return (*listed, *(position for position in Position if position.value not in known))

    @cached_property
    def position_keys(self) -> Mapping[str, Position]:
        """The stances that can be given by key; by 1 to 5 where the scheme says nothing of keys."""
        if not any(label.shortcut for label in self.stances):
            return {k: each for k, each in POSITION_KEYS.items() if each in self.positions}
        keys = {each: self.stance(each).shortcut for each in self.positions}
        return {key: position for position, key in keys.items() if key}

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What the engine calls a label, where that is something else: rules know its names."""
        labels = [label for label in self.entities if label.engine_names]
        return {
            label.name: label.engine_names[0]
            for label in labels
            if label.name not in label.engine_names
        }

    @property
    def actors(self) -> frozenset[str]:
        """The labels of those who can hold a stance."""
        return self._labels(_ACTORS, _ACTOR_TOKENS)

    @property
    def things(self) -> frozenset[str]:
        """The labels of what stances are also toward."""
        return self._labels(_THINGS, _THING_TOKENS)

    @staticmethod
    def read(labels: Iterable[Label]) -> Scheme:
        """Build a scheme from a project's labels, in the order the analyst sees them."""
        specs = [(label.layer, _spec(label)) for label in labels]
        return Scheme(
            tuple(spec for layer, spec in specs if layer is Layer.ENTITY),
            tuple(spec for layer, spec in specs if layer is Layer.STANCE),
        )

    @cached_property
    def _by_name(self) -> Mapping[str, LabelSpec]:
        return {label.name: label for label in self.entities}

    def _labels(self, names: frozenset[str], tokens: frozenset[str]) -> frozenset[str]:
        return frozenset(
            label.name
            for label in self.entities
            if (names & {*label.engine_names} if label.engine_names else label.token in tokens)
        )


def _spec(label: Label) -> LabelSpec:
    return LabelSpec(
        label.name,
        label.colour,
        label.shortcut,
        label.guideline,
        label.examples,
        label.engine_names,
        label.shown,
        label.offered,
    )
