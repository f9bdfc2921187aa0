"""The labels of a project: changed in one act each, with all that stands under them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, history, precedents, schemes
from db import engine as door
from db.acts import Act, Change
from db.forms import MERGED
from db.labels import (
    LabelError,
    Usage,
    add_label,
    change_label,
    merge_label,
    order_labels,
    remove_label,
    take_labels,
    usage,
)
from db.rows import to_row
from db.scheme_values import Label
from db.values import (
    Annotation,
    Article,
    Decision,
    Entity,
    Layer,
    Loaded,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)

FROZEN = Path(__file__).parent / "frozen"
PERSON, ORG, GPE = "PERSON", "ORG", "GPE"


def label(session: Session, name: str) -> Label:
    return next(one for one in schemes.current(session).labels if one.name == name)


def names(session: Session) -> list[str]:
    return [one.name for one in schemes.current(session).labels if one.layer is Layer.ENTITY]


def on(loaded: Loaded) -> list[tuple[str, str]]:
    """What is on an article: names, their labels, in the order of the text."""
    found = [*loaded.decisions, *loaded.suggestions]
    text = loaded.article.text
    entities = sorted((e for e in found if isinstance(e, Entity)), key=lambda e: e.span)
    return [(e.span.of(text), e.label) for e in entities]


@pytest.fixture
def busy(
    session: Session,
    article: Article,
    suggest: Callable[[str], Entity],
    decide: Callable[..., Act],
    coder: UUID,
) -> Article:
    """An article with a name accepted, one corrected, one rejected, and one still suggested."""
    lindqvist, oyelaran, varn = suggest("Lindqvist"), suggest("Oyelaran"), suggest("Varn")
    again = replace(suggest("Mr Lindqvist"), span=Span(47, 56))
    found: list[Annotation] = [lindqvist, oyelaran, varn, again]
    annotations.set_suggestions(session, article.id, article.sha256, found, "news", "1")
    history.perform(session, decide(lindqvist), coder)
    wrong = replace(oyelaran, decision=replace(oyelaran.decision, suggested={"label": PERSON}))
    history.perform(session, decide(replace(wrong, label=ORG), Status.CORRECTED), coder)
    history.perform(session, decide(varn, Status.REJECTED), coder)
    return article


def state(session: Session, article: Article) -> object:
    """All that a scheme's act may change."""
    scheme = schemes.current(session)
    row = articles.row(session, article.id)
    loaded = annotations.load(session, article.id)
    decisions = sorted(loaded.decisions, key=lambda one: one.id)  # in the file they have no order
    return scheme.labels, scheme.unwanted, replace(loaded, decisions=decisions), row


def undone_and_redone(session: Session, coder: UUID, article: Article, before: object) -> None:
    """See that undo leaves what was before the newest act, and redo what was after it."""
    after = state(session, article)
    history.undo(session, coder)
    assert state(session, article) == before
    history.redo(session, coder)
    assert state(session, article) == after


def test_a_renamed_label_takes_along_all_that_stands_under_it(
    session: Session, busy: Article, coder: UUID
) -> None:
    before, version = state(session, busy), schemes.current(session).version
    change_label(session, replace(label(session, PERSON), name="HUMAN"), coder)
    assert on(annotations.load(session, busy.id)) == [
        ("Lindqvist", "HUMAN"),
        ("Lindqvist", "HUMAN"),  # the engine's suggestion, which still says PERSON
        ("Oyelaran", ORG),
        ("Varn", "HUMAN"),  # although it is rejected
    ]
    corrected = next(
        one
        for one in annotations.load(session, busy.id).decisions
        if one.decision.status is Status.CORRECTED
    )
    assert corrected.decision.suggested == {"label": "HUMAN"}
    assert label(session, "HUMAN").engine_names == (PERSON,)
    assert schemes.current(session).version == version + 1
    assert history.undo_title(session) == "rename label ‘PERSON’ to ‘HUMAN’"
    undone_and_redone(session, coder, busy, before)
    assert schemes.current(session).version == version + 3  # no two states share a version


def test_what_the_engine_suggests_later_is_shown_under_the_label_that_has_its_name(
    session: Session, article: Article, suggest: Callable[[str], Entity], coder: UUID
) -> None:
    change_label(session, replace(label(session, PERSON), name="HUMAN"), coder)
    change_label(session, replace(label(session, ORG), name=PERSON), coder)  # and the name again
    found = [suggest("Lindqvist"), replace(suggest("Varn"), label=ORG)]
    annotations.set_suggestions(session, article.id, article.sha256, found, "news", "1")
    shown = [("Lindqvist", "HUMAN"), ("Varn", PERSON)]
    assert on(annotations.load(session, article.id)) == shown
    history.undo(session, coder)
    history.undo(session, coder)
    assert on(annotations.load(session, article.id)) == [("Lindqvist", PERSON), ("Varn", ORG)]


def test_a_merged_label_gives_all_it_has_to_the_other(
    session: Session, busy: Article, coder: UUID
) -> None:
    before = state(session, busy)
    merge_label(session, label(session, PERSON).id, label(session, ORG).id, coder)
    assert {shown for _, shown in on(annotations.load(session, busy.id))} == {ORG}
    assert PERSON not in names(session)
    assert label(session, ORG).engine_names == (ORG, PERSON)
    undone_and_redone(session, coder, busy, before)


def test_two_merged_labels_are_told_apart_again_by_undo(
    session: Session, busy: Article, coder: UUID
) -> None:
    history.perform(session, added(busy, "Thursday", ORG), coder)
    before = on(annotations.load(session, busy.id))
    merge_label(session, label(session, PERSON).id, label(session, ORG).id, coder)
    history.undo(session, coder)
    assert on(annotations.load(session, busy.id)) == before


def test_of_two_names_on_one_span_whose_labels_are_merged_one_stays(
    session: Session, busy: Article, coder: UUID, decide: Callable[..., Act]
) -> None:
    act = added(busy, "Thursday", PERSON)
    (gone,) = act.changes
    start = busy.text.index("Thursday")
    thursday = Span(start, start + len("Thursday"))
    history.perform(session, act, coder)
    history.perform(session, added(busy, "Thursday", ORG), coder)
    target = Ref(RefKind.ENTITY, thursday, gone.id)
    stance = Stance(
        uuid4(), busy.id, Ref(RefKind.WRITER), target, Position.FAVOR, (thursday,),
        Decision(Status.ADDED, Origin.CODER),
    )  # fmt: skip
    made = Change("stance", stance.id, None, to_row(stance))
    history.perform(session, Act("add_stance", "add", busy.id, (made,)), coder)
    before = state(session, busy)

    merge_label(session, label(session, PERSON).id, label(session, ORG).id, coder)
    loaded = annotations.load(session, busy.id)
    assert on(loaded).count(("Thursday", ORG)) == 1
    (stays,) = (
        each.id for each in loaded.decisions if isinstance(each, Entity) and each.span == thursday
    )
    (refilled,) = (each for each in loaded.decisions if isinstance(each, Stance))
    assert refilled.target.entity == stays != gone.id
    undone_and_redone(session, coder, busy, before)


def test_of_two_names_on_one_span_a_suggested_one_is_refused_and_teaches_nothing(
    session: Session, busy: Article, coder: UUID
) -> None:
    accepted = next(
        each
        for each in annotations.load(session, busy.id).decisions
        if isinstance(each, Entity) and each.decision.status is Status.ACCEPTED
    )
    words = accepted.span.of(busy.text)
    other = PERSON if accepted.label != PERSON else ORG
    history.perform(session, added(busy, words, other), coder)
    before, known = state(session, busy), precedents.forms(session).learnt(words)
    goes, stays = label(session, accepted.label).id, label(session, other).id
    merge_label(session, goes, stays, coder)
    (row,) = (e for e in annotations.load(session, busy.id).decisions if e.id == accepted.id)
    assert (row.decision.status, row.decision.reason) == (Status.REJECTED, MERGED)
    assert None not in precedents.forms(session).learnt(words).values()
    assert known is not None
    undone_and_redone(session, coder, busy, before)


def added(article: Article, name: str, of: str) -> Act:
    """The act that adds a name by hand."""
    start = article.text.index(name)
    entity = Entity(
        uuid4(),
        article.id,
        Span(start, start + len(name)),
        of,
        Decision(Status.ADDED, Origin.CODER),
    )
    return Act("add", "add", article.id, (Change("entity", entity.id, None, to_row(entity)),))


def test_a_deleted_label_rejects_what_stands_under_it_and_hides_what_is_suggested(
    session: Session, busy: Article, coder: UUID
) -> None:
    history.perform(session, added(busy, "Thursday", PERSON), coder)
    before = state(session, busy)
    row = articles.row(session, busy.id)
    assert row is not None
    assert (row.decided, row.pending) == (4, 1)
    person = label(session, PERSON)
    assert usage(session, person) == Usage(annotations=2, articles=1, rejected=1)
    remove_label(session, person.id, coder)
    loaded = annotations.load(session, busy.id)
    assert loaded.suggestions == []
    statuses = {one.decision.status for one in loaded.decisions if one.label == PERSON}  # type: ignore[union-attr]
    assert statuses == {Status.REJECTED}
    row = articles.row(session, busy.id)
    assert row is not None
    assert (row.decided, row.pending) == (4, 0)  # nobody is left to decide on what is not shown
    undone_and_redone(session, coder, busy, before)
    add_label(session, replace(person, engine_names=()), coder)
    assert schemes.current(session).unwanted == ()
    assert len(annotations.load(session, busy.id).suggestions) == 1


def test_undo_works_in_another_session_and_not_on_rows_that_changed_meanwhile(
    session: Session, open_session: Callable[[], Session], busy: Article, coder: UUID
) -> None:
    before = state(session, busy)
    change_label(session, replace(label(session, PERSON), name="HUMAN"), coder)
    later = open_session()  # as after a restart
    history.undo(later, coder)
    assert state(session, busy) == before
    history.redo(later, coder)
    with door.transaction(session) as connection:
        connection.exec_driver_sql("UPDATE entity SET label = 'GPE' WHERE label = 'HUMAN'")
    with pytest.raises(history.Conflict):
        history.undo(later, coder)


def test_an_act_over_the_whole_project_is_heard_of_as_one(
    session: Session, busy: Article, coder: UUID
) -> None:
    change_label(session, replace(label(session, PERSON), name="HUMAN"), coder)
    (entry,) = history.entries(session, limit=1)
    swept = {(s.table, s.column, s.before, s.after, len(s.rows)) for s in entry.act.sweeps}
    assert swept == {
        ("entity", "label", PERSON, "HUMAN", 2),
        ("entity", "suggested", PERSON, "HUMAN", 1),
    }
    assert entry.act.article is None
    here = [one.id for one in annotations.load(session, busy.id).decisions]
    over = next(s for s in entry.act.sweeps if s.column == "label").over([*here, uuid4()])
    assert len(over) == 2
    assert over < set(here)


def test_labels_are_added_changed_and_ordered_in_acts(session: Session, coder: UUID) -> None:
    ship = Label(
        uuid4(), Layer.ENTITY, " SHIP ", "#2F6FDB", "J", "A vessel by name.", ("the [Vega]",)
    )
    ship = add_label(session, ship, coder)
    assert (ship.name, ship.shortcut, ship.engine_names) == ("SHIP", "j", ("SHIP",))
    assert names(session)[-1] == "SHIP"
    scheme = schemes.current(session)
    entities = [one.id for one in scheme.labels if one.layer is Layer.ENTITY]
    order_labels(session, [ship.id, *entities[:-1]], coder)
    assert names(session)[0] == "SHIP"
    assert history.undo_title(session) == "order labels"
    history.undo(session, coder)
    assert schemes.current(session).labels == scheme.labels
    changed = replace(ship, guideline="A ship.", examples=("the [Vega]", "[HMS Ely]"), colour="law")
    assert change_label(session, changed, coder) == changed
    assert label(session, "SHIP") == changed
    title = history.undo_title(session)
    change_label(session, changed, coder)  # nothing new: no act
    assert history.undo_title(session) == title
    history.undo(session, coder)
    assert label(session, "SHIP") == ship


def test_a_stance_keeps_its_name_in_the_data(session: Session, coder: UUID) -> None:
    favor = label(session, "favor")
    shown = replace(favor, shown="Pro", shortcut="p", offered=False, colour="#0B7A75")
    change_label(session, shown, coder)
    assert label(session, "favor") == shown
    assert history.undo_title(session) == "change label ‘favor’"
    for act, why in (
        (lambda: change_label(session, replace(favor, name="pro")), "keeps its name"),
        (lambda: remove_label(session, favor.id), "five"),
        (lambda: add_label(session, replace(favor, name="pro")), "five"),
        (lambda: merge_label(session, label(session, ORG).id, favor.id), "of its kind"),
    ):
        with pytest.raises(LabelError, match=why):
            act()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": " "}, "has a name"),
        ({"name": "org"}, "“ORG” already"),
        ({"name": "A" * 41}, "at most 40"),
        ({"shortcut": "2"}, "the key of ORG"),
        ({"shortcut": "0"}, "from 1 to 9"),
        ({"shortcut": "é"}, "from 1 to 9"),
        ({"engine_names": ("ORG",)}, "called “ORG” are ORG’s"),
    ],
)
def test_what_will_not_do_is_refused(
    session: Session, change: dict[str, object], why: str, coder: UUID
) -> None:
    before = schemes.current(session)
    with pytest.raises(LabelError, match=why):
        change_label(session, replace(label(session, PERSON), **change), coder)
    with pytest.raises(LabelError, match="gone"):
        change_label(session, replace(label(session, PERSON), id=uuid4()), coder)
    assert schemes.current(session) == before


def test_the_last_label_stays(session: Session, coder: UUID) -> None:
    for name in names(session)[1:]:
        remove_label(session, label(session, name).id, coder)
    with pytest.raises(LabelError, match="last label"):
        remove_label(session, label(session, PERSON).id, coder)


def test_labels_from_elsewhere_are_taken_in_as_one_act(session: Session, coder: UUID) -> None:
    before = schemes.current(session)
    person = Label(uuid4(), Layer.ENTITY, "person", "", None, "", ("[Ada]",))
    ship = Label(uuid4(), Layer.ENTITY, "SHIP", "", "1", "A vessel.")  # PERSON has that key
    against = Label(uuid4(), Layer.STANCE, "against", "#C2410C", None, "")
    assert take_labels(session, [person, ship, against], "ships.json", coder) == (1, 2)
    taken = label(session, PERSON)
    assert taken == replace(before.labels[0], examples=("[Ada]",))
    ship = label(session, "SHIP")
    assert (ship.shortcut, ship.colour, ship.engine_names) == (None, "number", ("SHIP",))
    assert label(session, "against").colour == "#C2410C"
    assert history.undo_title(session) == "take labels from ‘ships.json’"
    assert take_labels(session, [person], "ships.json", coder) == (0, 0)
    history.undo(session, coder)
    assert schemes.current(session).labels == before.labels


def test_an_older_project_gets_the_engines_names_from_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "older.standfirst"
    shutil.copyfile(FROZEN / "version 0002.standfirst", path)
    engine = door.open_project(path)
    with door.session(engine) as own:
        assert schemes.current(own) == schemes.bundled("news")
    engine.dispose()


@pytest.mark.parametrize("name", schemes.names())
def test_every_bundled_scheme_makes_a_project(name: str, tmp_path: Path) -> None:
    path = tmp_path / "new.standfirst"
    door.create(path, name="New", scheme=name)
    engine = door.open_project(path)
    with door.session(engine) as own:
        assert schemes.current(own) == schemes.bundled(name)
        articles.add(own, "Text.", Metadata())
    engine.dispose()
    assert schemes.names()[name]
