"""What is known of one article now: its text, its suggestions, and what was decided on them.

Pure and Qt-free. Suggestions and decisions lie side by side; a decision on a suggestion has the
suggestion's id and stands in front of it, so that taking the decision back (undo deletes its row)
shows the suggestion again. Every question the window asks while the analyst works is answered by
bisection, not by going through all annotations.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from db import rows
from db.acts import Change
from db.values import (
    Annotation,
    Article,
    Checked,
    Entity,
    Layer,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    layer_of,
)
from desktop.article.places import Extents, Place, by_offset, place_of, remove

_LAYERS = frozenset(layer.value for layer in Layer)


class ArticleState:
    """One article in memory; changed only by :meth:`apply` and the suggestions' arrival."""

    def __init__(
        self,
        article: Article,
        suggestions: Iterable[Annotation] = (),
        decisions: Iterable[Annotation] = (),
        checked: Iterable[Checked] = (),
    ) -> None:
        self.article = article
        self.checked: dict[UUID, Checked] = {stretch.id: stretch for stretch in checked}
        self.issue_names: dict[UUID, str] = {}
        self.meanings: Mapping[str, str] = {}  # see Scheme.meanings
        self._suggestions: dict[UUID, Annotation] = {a.id: a for a in suggestions}
        self._decisions: dict[UUID, Annotation] = {a.id: a for a in decisions}
        self._counted = {a.id for a in self._decisions.values() if _counts(a)}
        self._current = self._suggestions | self._decisions
        self._users: defaultdict[UUID, set[UUID]] = defaultdict(set)
        for annotation in self._current.values():
            for used in _slots(annotation):
                self._users[used].add(annotation.id)
        # All at once and then sorted; one by one, a long article would take twice the time.
        shown = [a for a in self._current.values() if a.decision.status is not Status.REJECTED]
        placed = sorted((place_of(a), a) for a in shown)
        self._order = [place for place, _ in placed]
        self._statements = [place for place, a in placed if isinstance(a, Statement)]
        self._stances = [place for place, a in placed if isinstance(a, Stance)]
        self._undecided = [place for place, a in placed if _undecided(a)]
        self._extents = {
            layer: Extents(a for a in shown if layer_of(a) is layer) for layer in Layer
        }

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    # --- asking

    @property
    def visible(self) -> list[Annotation]:
        """All suggestions not decided on and all decisions not rejected, in reading order."""
        return [self._current[place[3]] for place in self._order]

    @property
    def statements(self) -> list[Statement]:
        """All visible statements, in reading order."""
        found = (self._current[place[3]] for place in self._statements)
        return [one for one in found if isinstance(one, Statement)]

    @property
    def stances(self) -> list[Stance]:
        """All visible stances, in reading order, those of the article as a whole last."""
        found = (self._current[place[3]] for place in self._stances)
        return [one for one in found if isinstance(one, Stance)]

    @property
    def decisions(self) -> list[Annotation]:
        """All decided rows, the rejected among them, in no order."""
        return list(self._decisions.values())

    @property
    def suggestions(self) -> list[Annotation]:
        """All suggestions, those that were decided on among them, in no order."""
        return list(self._suggestions.values())

    def get(self, identifier: UUID | None) -> Annotation | None:
        """Return a visible annotation, or None."""
        found = None if identifier is None else self._current.get(identifier)
        return None if found is None or found.decision.status is Status.REJECTED else found

    def places(self) -> list[Place]:
        """Return where each visible annotation stands, in reading order; ids come last in it."""
        return list(self._order)

    def place(self, identifier: UUID) -> Place | None:
        """Return where a visible annotation stands in reading order, or None."""
        annotation = self.get(identifier)
        return None if annotation is None else place_of(annotation)

    def row(self, identifier: UUID) -> Annotation | None:
        """Return the row of an annotation in its table, rejected or not; None for a suggestion."""
        return self._decisions.get(identifier)

    def between(self, start: int, end: int, layer: Layer | None = None) -> list[Annotation]:
        """Return visible annotations with a part in ``[start, end)``, in order of their starts.

        An entity lies at its span, a statement at its content, source and cue, a stance at its
        evidence, cue, holder and target.
        """
        layers = Layer if layer is None else (layer,)
        found = (hit for each in layers for hit in self._extents[each].between(start, end))
        return [self._current[identifier] for _, _, identifier in sorted(found)]

    def entities_at(self, offset: int) -> list[Entity]:
        """Return the entities over the code point at ``offset``, the shortest first."""
        hits = self.between(offset, offset + 1, Layer.ENTITY)
        found = [hit for hit in hits if isinstance(hit, Entity)]
        return sorted(found, key=lambda entity: entity.span.end - entity.span.start)

    def entity_on(self, span: Span) -> Entity | None:
        """Return the entity whose span is exactly ``span``."""
        return next((e for e in self.entities_at(span.start) if e.span == span), None)

    def in_use(self, identifier: UUID) -> bool:
        """Tell whether anything, decided or not, has the entity or statement in a slot."""
        return bool(self._users.get(identifier))

    def users(self, identifier: UUID) -> list[Annotation]:
        """Return the decided rows, rejected or not, with the entity or statement in a slot."""
        found = (self._decisions.get(user) for user in sorted(self._users.get(identifier, ())))
        return [user for user in found if user is not None]

    def settled(self, ref: Ref) -> Ref:
        """Return a slot as it stands now.

        A mention follows its entity's bounds; where the entity is gone, its span stays.
        """
        if ref.kind is not RefKind.ENTITY or ref.entity is None:
            return ref
        entity = self.get(ref.entity)
        if isinstance(entity, Entity):
            return replace(ref, span=entity.span)
        return replace(ref, kind=RefKind.SPAN, entity=None)

    # --- going through the undecided

    def stops(self) -> list[UUID]:
        """Return the undecided entities and stances in reading order.

        A stance comes after the entities its evidence begins with: right where the first piece
        of evidence ends, since by then the reader has met its words and settled its names. Stances
        of the article as a whole come last.
        """
        return [place[3] for place in self._undecided]

    def left(self) -> int:
        """Return how many stops are left."""
        return len(self._undecided)

    def decided(self) -> int:
        """Return how many entities and stances are decided, the rejected among them."""
        return len(self._counted)

    def suggests(self, identifier: UUID) -> bool:
        """Tell whether a suggestion is known, be it decided or not."""
        return identifier in self._suggestions

    def nth(self, identifier: UUID) -> int | None:
        """Return the place of an annotation among the stops, from 1; None if it is decided."""
        annotation = self.get(identifier)
        if annotation is None:
            return None
        at = bisect_left(self._undecided, place := place_of(annotation))
        found = at < len(self._undecided) and self._undecided[at] == place
        return at + 1 if found else None

    def next(self, after: UUID | int | None, step: int = 1) -> tuple[UUID, bool] | None:
        """Return the next (``step`` 1) or previous (-1) stop, and whether the way wrapped round.

        ``after`` is a visible annotation, decided or not, an offset, or None for the text's start.
        None is returned when nothing is left to decide; the only stop left is its own next.
        """
        return self._along(self._undecided, after or 0, step)

    def _along(self, stops: list[Place], after: UUID | int, step: int) -> tuple[UUID, bool] | None:
        if not stops:
            return None
        annotation = self.get(after) if isinstance(after, UUID) else None
        if annotation is not None:
            place = place_of(annotation)
            at = bisect_right(stops, place) if step > 0 else bisect_left(stops, place) - 1
        else:
            at = bisect_left(stops, after if isinstance(after, int) else 0, key=by_offset)
            at = at if step > 0 else at - 1
        wrapped = not 0 <= at < len(stops)
        return stops[at % len(stops)][3], wrapped

    def next_statement(self, after: UUID | int, step: int = 1) -> tuple[Statement, bool] | None:
        """Return the statement after (``step`` 1) or before (-1) an annotation or an offset, and
        whether the way wrapped round; None where there is no statement.
        """
        if (found := self._along(self._statements, after, step)) is None:
            return None
        statement = self._current[found[0]]
        assert isinstance(statement, Statement)
        return statement, found[1]

    def stances_on(self, statement: UUID) -> list[Stance]:
        """Return the visible stances that rest on a statement, in reading order."""
        users = (self.get(user) for user in self._users.get(statement, ()))
        return sorted((each for each in users if isinstance(each, Stance)), key=place_of)

    # --- changing

    def apply(self, changes: Iterable[Change]) -> set[UUID]:
        """Change the state as the rows change, exactly; return the annotations to show anew.

        Changes of what this article does not hold (actors, issues, other articles …) pass by.
        """
        touched: set[UUID] = set()
        for change in changes:
            if change.table in _LAYERS and self._holds(change):
                self._write(Layer(change.table), change)
                touched |= self._refresh(change.id)
            elif change.table == "checked" and self._holds(change):
                self._check(change)
            elif change.table == "article" and change.id == self.article.id and change.after:
                self.article = rows.with_article_columns(self.article, change.after)
        return touched

    def add_suggestions(self, suggestions: Iterable[Annotation]) -> set[UUID]:
        """Take suggestions in, decisions standing in front; return those to show anew."""
        touched: set[UUID] = set()
        for suggestion in suggestions:
            self._suggestions[suggestion.id] = suggestion
            touched |= self._refresh(suggestion.id)
        return touched

    def renew(
        self, suggestions: Iterable[Annotation], decisions: Iterable[Annotation]
    ) -> set[UUID]:
        """Take these in place of all there are; return those to show anew."""
        suggested = {one.id: one for one in suggestions}
        decided = {one.id: one for one in decisions}
        stale = _unlike(self._suggestions, suggested) | _unlike(self._decisions, decided)
        self._suggestions, self._decisions = suggested, decided
        self._counted = {one.id for one in decided.values() if _counts(one)}
        return {touched for identifier in stale for touched in self._refresh(identifier)}

    def exchange(self, gone: Iterable[UUID], new: Iterable[Annotation]) -> set[UUID]:
        """Take suggestions in place of others; return those to show anew, not what is as it was."""
        known = self._suggestions
        unlike = [one for one in new if known.get(one.id) != one]
        return self.drop_suggestions(gone) | self.add_suggestions(unlike)

    def drop_suggestions(self, identifiers: Iterable[UUID]) -> set[UUID]:
        """Forget some suggestions; return those to show anew."""
        gone = [each for each in identifiers if self._suggestions.pop(each, None) is not None]
        return {touched for identifier in gone for touched in self._refresh(identifier)}

    def _holds(self, change: Change) -> bool:
        """Tell whether the row of a change is, or will be, one of this article."""
        row = change.before or change.after or {}
        here = row.get("article_id")
        if here is None:  # those columns alone that changed
            return change.id in self._decisions or change.id in self.checked
        return here == str(self.article.id)

    def _write(self, layer: Layer, change: Change) -> None:
        if change.after is None:
            self._decisions.pop(change.id, None)
            self._counted.discard(change.id)
            return
        before = self._decisions.get(change.id)
        row = change.after if before is None else {**rows.to_row(before), **change.after}
        self._decisions[change.id] = new = rows.from_row(layer, row)
        (self._counted.add if _counts(new) else self._counted.discard)(change.id)

    def _check(self, change: Change) -> None:
        if change.after is None:
            self.checked.pop(change.id, None)
        else:
            self.checked[change.id] = rows.checked_from_row(change.after)

    def _refresh(self, identifier: UUID) -> set[UUID]:
        """Bring the indexes in line for one annotation; return what looks different now."""
        old, shown = self._current.get(identifier), self.get(identifier)
        if old is not None:
            for used in _slots(old):
                self._users[used].discard(identifier)
        if shown is not None:
            remove(self._order, place := place_of(shown))
            remove(self._undecided, place)
            remove(self._statements, place)
            remove(self._stances, place)
            self._extents[layer_of(shown)].remove(shown)
        new = self._decisions.get(identifier) or self._suggestions.get(identifier)
        if new is None:
            self._current.pop(identifier, None)
        else:
            self._current[identifier] = new
            for used in _slots(new):
                self._users[used].add(identifier)
            if new.decision.status is not Status.REJECTED:
                self._show(new)
        return {identifier} | self._users.get(identifier, set())

    def _show(self, annotation: Annotation) -> None:
        insort(self._order, place := place_of(annotation))
        self._extents[layer_of(annotation)].add(annotation)
        if isinstance(annotation, Statement):
            insort(self._statements, place)
        if isinstance(annotation, Stance):
            insort(self._stances, place)
        if _undecided(annotation):
            insort(self._undecided, place)


def _undecided(annotation: Annotation) -> bool:
    """Tell whether this is a stop: something to decide, which no statement is."""
    return not annotation.decision.decided and not isinstance(annotation, Statement)


def _counts(annotation: Annotation) -> bool:
    return annotation.decision.decided and not isinstance(annotation, Statement)


def _unlike(old: Mapping[UUID, Annotation], new: Mapping[UUID, Annotation]) -> set[UUID]:
    return {each for each in old.keys() | new.keys() if old.get(each) != new.get(each)}


def _slots(annotation: Annotation | None) -> set[UUID]:
    """Return the ids of the entities and the statement an annotation points at."""
    match annotation:
        case Statement():
            refs = (annotation.source, annotation.addressee)
            return {ref.entity for ref in refs if ref and ref.entity}
        case Stance():
            refs = (annotation.holder, annotation.target, *annotation.nested)
            entities = {ref.entity for ref in refs if ref.entity}
            return entities | ({annotation.statement} if annotation.statement else set())
        case _:
            return set()
