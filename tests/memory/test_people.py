"""Coders and actors of a project, and the scheme it labels by."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlmodel import Session

from db import people, schemes
from db.values import Layer, Position


def test_a_coder_is_known_by_name(
    session: Session, coder: UUID, open_session: Callable[[], Session]
) -> None:
    assert people.coder(session, " Ada ") == coder
    assert people.coder(open_session(), "Ada") == coder
    grace = people.coder(session, "Grace")
    assert people.coders(session) == {coder: "Ada", grace: "Grace"}
    with pytest.raises(ValueError, match="has a name"):
        people.coder(session, "  ")


def test_actors_come_by_name_with_their_aliases(session: Session, coder: UUID) -> None:
    mara = people.add_actor(session, "Mara Lindqvist", "person", ["b", "a"], coder)
    assert mara.aliases == ("a", "b")
    office = people.add_actor(session, "Blue Funnel", "org", coder=coder)
    assert people.actors(session) == [office, mara]
    assert people.actors(session, [mara.id]) == [mara]
    assert people.actors(session, []) == []


def test_the_bundled_scheme_can_be_used_by_keyboard_and_is_explained() -> None:
    scheme = schemes.bundled("news")
    entities = [label for label in scheme.labels if label.layer is Layer.ENTITY]
    stances = [label for label in scheme.labels if label.layer is Layer.STANCE]
    assert " ".join(label.name for label in entities) == (
        "PERSON ORG GPE LOC FAC NORP LAW EVENT DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL"
    )
    assert [label.shortcut for label in entities] == [*"123456789"] + [None] * 6
    assert [label.name for label in stances] == [position.value for position in Position]
    assert [label.shortcut for label in stances] == [*"12345"]
    assert all(len(label.guideline) > 40 for label in scheme.labels)
    assert len({label.id for label in scheme.labels}) == 20
    assert schemes.bundled("news") == scheme
