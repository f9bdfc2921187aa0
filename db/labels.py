"""Changing the labels of a project: each function is one act, whatever number of rows it touches.

An annotation holds the name of its label, so renaming, merging and deleting rewrite annotations,
decided and rejected, in every article. Suggestions are not rewritten: they are stored as the engine
said them, and each label knows what the engine calls it (:mod:`db.engine_names`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, select
from sqlmodel import Session

from db import schemes
from db.acts import Act, Change, Sweep
from db.doubles import without_doubles
from db.history import perform
from db.models import TABLES
from db.rows import label_to_row
from db.scheme_values import Label, Scheme
from db.sweeps import rows_with
from db.transactions import snapshot, transaction
from db.values import Layer, Position, Status

_HELD = (("entity", "label", None), ("entity", "suggested", "label"), ("actor", "kind", None))
"""Where names of labels stand: table, column, and the member of a column that holds JSON."""
_STANDING = (Status.ACCEPTED, Status.CORRECTED, Status.ADDED)
LONGEST_NAME = 40
"""Code points in a label's name."""


class LabelError(ValueError):
    """What was asked of a label cannot be done; the message says why. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How much stands under a label: annotations that were decided, and the articles they are on.

    ``rejected`` are those that stand no longer, which are rewritten as well.
    """

    annotations: int
    articles: int
    rejected: int


def usage(session: Session, label: Label) -> Usage:
    """Return how much stands under a label now."""
    layer, column = TABLES[label.layer.value], "label"
    if label.layer is Layer.STANCE:
        column = "position"
    mine, gone = layer.c[column] == label.name, layer.c.status == Status.REJECTED
    with snapshot(session) as connection:
        annotations, articles = connection.execute(
            select(func.count(), func.count(layer.c.article_id.distinct())).where(mine, ~gone)
        ).one()
        rejected = connection.scalar(select(func.count()).where(mine, gone)) or 0
    return Usage(annotations, articles, rejected)


def add_label(session: Session, label: Label, coder: UUID | None = None) -> Label:
    """Put an entity label at the end of the scheme; its id is made here.

    The engine's suggestions of that name are shown under it from now on, unless another label has
    them.

    Raises:
        LabelError: if a name, a shortcut or an engine's name is taken, or does not do.
    """
    with transaction(session) as connection:
        scheme = schemes.current(session)
        label = _tidied(replace(label, id=uuid4()))
        if label.layer is not Layer.ENTITY:
            raise LabelError("Stances are five; they can be renamed, but none added.")
        claimed = {name for other in scheme.labels for name in other.engine_names}
        if not label.engine_names and label.name not in claimed:
            label = replace(label, engine_names=(label.name,))
        _check(scheme, label)
        changes = [_added(scheme, label, _end(connection)), *_wanted_again(scheme, [label])]
        act = Act("add_label", f"add label ‘{label.name}’", None, tuple(changes))
        perform(session, act, coder)
    return label


def change_label(session: Session, label: Label, coder: UUID | None = None) -> Label:
    """Make a label what it is to be; another name is written on all that stands under it.

    Does nothing if it is so already.

    Raises:
        LabelError: as for :func:`add_label`; or if the label is gone.
    """
    with transaction(session) as connection:
        scheme = schemes.current(session)
        old = _known(scheme, label.id)
        label = _tidied(replace(label, layer=old.layer))
        if old.layer is Layer.STANCE and label.name != old.name:
            raise LabelError("A stance keeps its name in the data; change what it is shown as.")
        _check(scheme, label)
        changes, sweeps = _changed(old, label), list[Sweep]()
        if not changes:
            return label
        if label.name != old.name:
            sweeps = _rewritten(connection, old.name, label.name)
        changes += _wanted_again(scheme, [label])
        perform(session, Act(*_change_titles(old, label), None, tuple(changes), (*sweeps,)), coder)
    return label


def merge_label(session: Session, gone: UUID, into: UUID, coder: UUID | None = None) -> None:
    """Take an entity label out of the scheme and give all that stands under it to another.

    So it is with what the engine suggests under its names, and its examples. Of two names on one
    span that differed in these labels alone, one stays.

    Raises:
        LabelError: if one of the two is gone, or a stance's, or they are the same.
    """
    with transaction(session) as connection:
        scheme = schemes.current(session)
        old, kept = _removable(scheme, gone), _known(scheme, into)
        if kept.layer is not Layer.ENTITY or old.id == kept.id:
            raise LabelError("A label is merged into another label of its kind.")
        heir = replace(
            kept,
            engine_names=(*kept.engine_names, *old.engine_names),
            examples=_once((*kept.examples, *old.examples)),
        )
        title = f"merge label ‘{old.name}’ into ‘{kept.name}’"
        doubles = without_doubles(connection, old.name, kept.name)
        changes = (_removed(connection, old), *_changed(kept, heir), *doubles)
        deleted = {str(change.id) for change in doubles if change.after is None}
        sweeps = _rewritten(connection, old.name, kept.name, deleted)
        perform(session, Act("merge_label", title, None, changes, (*sweeps,)), coder)


def remove_label(session: Session, gone: UUID, coder: UUID | None = None) -> None:
    """Take an entity label out of the scheme; all that stands under it is rejected.

    What the engine suggests under its names is not shown any more, until a label has them again.

    Raises:
        LabelError: if it is gone, a stance's, or the last one.
    """
    with transaction(session) as connection:
        scheme = schemes.current(session)
        old = _removable(scheme, gone)
        unwanted = _once((*scheme.unwanted, *old.engine_names))
        changes = [_removed(connection, old), *_unwanted(scheme, unwanted)]
        sweeps = _rejected(connection, old.name)
        title = f"delete label ‘{old.name}’"
        act = Act("delete_label", title, None, tuple(changes), (*sweeps,))
        perform(session, act, coder)


def order_labels(session: Session, order: Sequence[UUID], coder: UUID | None = None) -> None:
    """Bring labels into this order; those left out come behind. Does nothing if it is so already.

    Raises:
        LabelError: if one of them is gone.
    """
    with transaction(session) as connection:
        scheme = schemes.current(session)
        for identifier in order:
            _known(scheme, identifier)
        rest = [label.id for label in scheme.labels if label.id not in set(order)]
        wanted = {str(each): at for at, each in enumerate((*order, *rest))}
        table = TABLES["label"]
        there = connection.execute(
            select(table.c.id, table.c.position).where(table.c.scheme_id == str(scheme.id))
        )
        changes = [
            Change("label", UUID(id_), {"position": at}, {"position": wanted[id_]})
            for id_, at in there
            if at != wanted[id_]
        ]
        if changes:
            perform(session, Act("order_labels", "order labels", None, tuple(changes)), coder)


def take_labels(
    session: Session, labels: Iterable[Label], source: str, coder: UUID | None = None
) -> tuple[int, int]:
    """Take in labels from elsewhere; return how many are new and how many changed.

    One that the project has, by layer and name, becomes as it is there; where it says nothing (no
    shortcut, no guideline, no examples), what the project has stays. Nothing is taken out. A
    shortcut or an engine's name that another label of the project has stays there.

    Raises:
        LabelError: if a name does not do.
    """
    with transaction(session) as connection:
        scheme = schemes.current(session)
        new, changed = plan(scheme, labels)
        changes = additions(connection, scheme, new)
        for old, label in changed:
            changes += _changed(old, label)
        if changes:
            changes += _wanted_again(scheme, [*new, *(label for _, label in changed)])
            act = Act("take_labels", f"take labels from ‘{source}’", None, tuple(changes))
            perform(session, act, coder)
    return len(new), len(changed)


def plan(scheme: Scheme, labels: Iterable[Label]) -> tuple[list[Label], list[tuple[Label, Label]]]:
    """Return what taking labels in would add, and what it would change, before and after.

    Raises:
        LabelError: if a name does not do.
    """
    new, changed = list[Label](), list[tuple[Label, Label]]()
    known = {(label.layer, label.name.casefold()): label for label in scheme.labels}
    after = scheme
    for label in map(_tidied, labels):
        old = known.get((label.layer, label.name.casefold()))
        if old is None:
            if label.layer is not Layer.ENTITY:
                raise LabelError(f"“{label.name}” is none of the five stances.")
            one = replace(label, id=uuid4(), engine_names=label.engine_names or (label.name,))
        else:
            one = replace(
                label,
                id=old.id,
                name=old.name,
                colour=label.colour or old.colour,
                shortcut=label.shortcut or old.shortcut,
                guideline=label.guideline or old.guideline,
                examples=label.examples or old.examples,
                engine_names=label.engine_names or old.engine_names,
                shown=label.shown or old.shown,
            )
        one = _yielding(after, replace(one, colour=one.colour or "number"))
        _check(after, one)
        if old is None:
            new.append(one)
            known[one.layer, one.name.casefold()] = one
        elif one != old:
            changed.append((old, one))
        rest = [each for each in after.labels if each.id != one.id]
        after = replace(after, labels=(*rest, one))
    return new, changed


# What may be


def _yielding(scheme: Scheme, label: Label) -> Label:
    """Return a label without what others of the scheme have already."""
    others = [each for each in scheme.labels if each.layer is label.layer and each.id != label.id]
    taken = {name for other in others for name in other.engine_names}
    free = label.shortcut not in {other.shortcut for other in others}
    return replace(
        label,
        shortcut=label.shortcut if free else None,
        engine_names=tuple(name for name in label.engine_names if name not in taken),
    )


def _check(scheme: Scheme, label: Label) -> None:
    if not label.name:
        raise LabelError("A label has a name.")
    if len(label.name) > LONGEST_NAME:
        raise LabelError(f"A label’s name has at most {LONGEST_NAME} characters.")
    if label.layer is Layer.STANCE and label.name not in set(Position):
        raise LabelError(f"“{label.name}” is none of the five stances.")
    if label.shortcut is not None and not re.fullmatch("[1-9a-z]", label.shortcut):
        raise LabelError("A shortcut is a digit from 1 to 9, or a letter from A to Z.")
    for other in scheme.labels:
        if other.id == label.id or other.layer is not label.layer:
            continue
        if other.name.casefold() == label.name.casefold():
            raise LabelError(f"There is a label “{other.name}” already.")
        if label.shortcut is not None and other.shortcut == label.shortcut:
            raise LabelError(f"“{label.shortcut.upper()}” is the key of {_called(other)} already.")
        if both := set(label.engine_names) & set(other.engine_names):
            raise LabelError(f"Suggestions called “{min(both)}” are {_called(other)}’s already.")


def _called(label: Label) -> str:
    return label.shown or label.name


def _known(scheme: Scheme, identifier: UUID) -> Label:
    found = next((label for label in scheme.labels if label.id == identifier), None)
    if found is None:
        raise LabelError("The label is gone: another program has removed it meanwhile.")
    return found


def _removable(scheme: Scheme, identifier: UUID) -> Label:
    label = _known(scheme, identifier)
    if label.layer is not Layer.ENTITY:
        raise LabelError("Stances are five; one that is not wanted need not be offered.")
    if sum(each.layer is Layer.ENTITY for each in scheme.labels) == 1:
        raise LabelError("This is the last label: there is nothing to do without one.")
    return label


def _tidied(label: Label) -> Label:
    return replace(
        label,
        name=" ".join(label.name.split()),
        guideline=label.guideline.strip(),
        examples=_once(" ".join(each.split()) for each in label.examples),
        engine_names=_once(each.strip() for each in label.engine_names),
        shown=" ".join((label.shown or "").split()) or None,
        shortcut=(label.shortcut or "").lower() or None,
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


# Changes


def additions(connection: Connection, scheme: Scheme, new: Iterable[Label]) -> list[Change]:
    """Return the changes that put labels of a :func:`plan` at the end of the scheme."""
    at = _end(connection)
    return [_added(scheme, label, at + nth) for nth, label in enumerate(new)]


def _end(connection: Connection) -> int:
    last = connection.scalar(select(func.max(TABLES["label"].c.position)))
    return 0 if last is None else last + 1


def _added(scheme: Scheme, label: Label, position: int) -> Change:
    row = {**label_to_row(label), "scheme_id": str(scheme.id), "position": position}
    return Change("label", label.id, None, row)


def _removed(connection: Connection, label: Label) -> Change:
    table = TABLES["label"]
    row = connection.execute(select(table).where(table.c.id == str(label.id))).mappings().one()
    return Change("label", label.id, dict(row), None)


def _changed(old: Label, new: Label) -> list[Change]:
    before, after = label_to_row(old), label_to_row(new)
    keys = [key for key in before if before[key] != after[key]]
    if not keys:
        return []
    return [
        Change("label", old.id, {key: before[key] for key in keys}, {k: after[k] for k in keys})
    ]


def _change_titles(old: Label, new: Label) -> tuple[str, str]:
    if old.name != new.name:
        return "rename_label", f"rename label ‘{old.name}’ to ‘{new.name}’"
    return "change_label", f"change label ‘{_called(old)}’"


def _unwanted(scheme: Scheme, names: Iterable[str]) -> list[Change]:
    before, after = list(scheme.unwanted), list(names)
    if before == after:
        return []
    return [Change("scheme", scheme.id, {"unwanted": before}, {"unwanted": after})]


def _wanted_again(scheme: Scheme, labels: Iterable[Label]) -> list[Change]:
    """Return the change that shows suggestions again which these labels have names for."""
    claimed = {name for label in labels for name in label.engine_names}
    return _unwanted(scheme, (name for name in scheme.unwanted if name not in claimed))


def _rewritten(
    connection: Connection, before: str, after: str, but: Collection[str] = ()
) -> list[Sweep]:
    """Return the sweeps that write another name of a label on all rows ``but`` some."""
    found = [rows_with(connection, *place, before) for place in _HELD]
    rows = [tuple(row for row in sweep.rows if row not in but) for sweep in found]
    return [replace(s, after=after, rows=r) for s, r in zip(found, rows, strict=True) if r]


def _rejected(connection: Connection, label: str) -> list[Sweep]:
    entity, sweeps = TABLES["entity"], list[Sweep]()
    for status in _STANDING:
        mine = (entity.c.label == label, entity.c.status == status)
        rows = tuple(connection.scalars(select(entity.c.id).where(*mine)))
        if rows:
            sweeps.append(
                Sweep("entity", "status", None, status.value, Status.REJECTED.value, rows)
            )
    return sweeps
