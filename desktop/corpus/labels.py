"""Labels of another program under the names a project has for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID

from db.scheme_values import Label, Scheme
from db.values import Annotation, Entity, Layer
from desktop.corpus.parsing import Parsed

_NOBODY = UUID(int=0)  # ids are the project's to give


class Labels:
    """Puts what comes in under the labels of a scheme, and remembers what the scheme lacks.

    A label is known by its name or by what the engine calls it, whatever its case. ``unknown``
    counts the marks under each name that is not.
    """

    def __init__(self, scheme: Scheme) -> None:
        entities = [label for label in scheme.labels if label.layer is Layer.ENTITY]
        called = {name: label for label in entities for name in label.engine_names}
        named = {label.name: label for label in entities}
        self._known = {name.casefold(): label for name, label in (called | named).items()}
        self._engines = {name.casefold(): name for name in called}
        self.unknown = Counter[str]()

    def of(self, parsed: Parsed) -> Parsed:
        """Return an article with its marks under the project's names.

        Suggestions are held in the engine's words (:mod:`db.engine_names`), decisions in ours.
        """
        loaded = parsed.loaded
        if not loaded.decisions and not loaded.suggestions:
            return parsed
        loaded = replace(
            loaded,
            decisions=[self._decided(one) for one in loaded.decisions],
            suggestions=[self._suggested(one) for one in loaded.suggestions],
        )
        return replace(parsed, loaded=loaded)

    def missing(self) -> list[Label]:
        """Return the labels the scheme lacks, for :func:`db.labels.take_labels`."""
        return [Label(_NOBODY, Layer.ENTITY, name, "", None, "") for name in self.unknown]

    def _decided(self, one: Annotation) -> Annotation:
        if not isinstance(one, Entity):
            return one
        label = self._known.get(one.label.casefold())
        if label is None:
            self.unknown[one.label] += 1
            return one
        return one if one.label == label.name else replace(one, label=label.name)

    def _suggested(self, one: Annotation) -> Annotation:
        if not isinstance(one, Entity):
            return one
        key = one.label.casefold()
        label = self._known.get(key)
        if label is None:
            self.unknown[one.label] += 1
            return one
        names = label.engine_names
        said = self._engines.get(key) or (names[0] if names else label.name)
        return one if one.label == said else replace(one, label=said)
