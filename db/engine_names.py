"""What the engine calls a label, and what the project calls it: the way between the two.

Suggestions are stored as the engine said them and read under the label that stands for it now, so
a label may be renamed, merged or deleted, and that taken back, without touching one of them.
Standard library only: the first paint reads suggestions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from db.forms import Learnt
from db.scheme_values import Label
from db.values import Annotation, Entity, Layer, layer_of


@dataclass(frozen=True)
class EngineNames:
    """``ours`` is what the project calls an engine's label, where that is something else.

    ``theirs`` are all names the engine has for a label of the project; ``unwanted`` those of the
    engine's whose suggestions are not shown, or "statement" and "stance" for all of these.
    """

    ours: Mapping[str, str] = field(default_factory=dict[str, str])
    theirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    unwanted: frozenset[str] = frozenset()

    @staticmethod
    def of(labels: Iterable[Label], unwanted: Iterable[str] = ()) -> EngineNames:
        """Return the names of a scheme's labels."""
        entities = [label for label in labels if label.layer is Layer.ENTITY]
        return EngineNames(
            {
                name: label.name
                for label in entities
                for name in label.engine_names
                if name != label.name
            },
            {label.name: label.engine_names for label in entities if label.engine_names},
            frozenset(unwanted),
        )

    def shown(self, suggestions: Iterable[Annotation]) -> list[Annotation]:
        """Return what the engine suggested as the project shows it, without what is unwanted."""
        return [
            self._renamed(one)
            for one in suggestions
            if (one.label if isinstance(one, Entity) else layer_of(one).value) not in self.unwanted
        ]

    def renamed(self, suggestions: Iterable[Annotation]) -> list[Annotation]:
        """Return all that the engine suggested, under the project's names."""
        return [self._renamed(one) for one in suggestions]

    def unnamed(
        self, shown: Iterable[Annotation], suggestions: Iterable[Annotation]
    ) -> list[Annotation]:
        """Return what is shown under the labels that the engine said, which are to be stored."""
        said = {one.id: one.label for one in suggestions if isinstance(one, Entity)}
        return [
            replace(one, label=said[one.id]) if isinstance(one, Entity) and one.id in said else one
            for one in shown
        ]

    def _renamed(self, one: Annotation) -> Annotation:
        if isinstance(one, Entity) and one.label in self.ours:
            return replace(one, label=self.ours[one.label])
        return one

    def said(self, forms: Mapping[str, Learnt]) -> dict[str, Learnt]:
        """Return what was learnt of forms in the engine's words.

        A label with several names is suggested by its first, and refused by all.
        """
        return {form: self._said(known) for form, known in forms.items()}

    def _said(self, known: Learnt) -> Learnt:
        found: defaultdict[str, float | None] = defaultdict(lambda: None)
        for label, score in known.items():
            names = self.theirs.get(label, (label,))
            for name in names if score is None else names[:1]:
                found[name] = score
        return dict(found)
