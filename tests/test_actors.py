"""Which names of an article are one actor's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actors import one_slip_apart, same_actors


def groups(*names: tuple[str, str]) -> dict[str, str]:
    leaders = same_actors(names)
    return {form: names[leader][0] for (form, _), leader in zip(names, leaders, strict=True)}


def people(*forms: str) -> dict[str, str]:
    return groups(*((form, "PERSON") for form in forms))


def bodies(*forms: str) -> dict[str, str]:
    return groups(*((form, "ORG") for form in forms))


@pytest.mark.parametrize(
    ("full", "short"),
    [("Katrin Vollmar", "Vollmar"), ("Katrin Vollmar", "Katrin"),
     ("Katrin Vollmar", "K. Vollmar"),
     ("Katrin Maria Vollmar", "Katrin Vollmar"), ("Katrin Vollmar", "Vollmar’s"),
     ("Katrin Vollmar", "VOLLMAR"), ("Katrin Vollmar", "Vollmer"),
     ("Katrin Vollmar", "Katrin Volmar")],
)  # fmt: skip
def test_a_person_by_other_names(full, short):
    assert people(full, short) == {full: full, short: full}
    if short != "Katrin":  # a name alone, with no full one before it, is taken for a surname
        assert people(short, full) == {full: full, short: full}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Katrin Vollmar", "Jens Vollmar"), ("Katrin Vollmar", "Katrin Lind"), ("Ann Lee", "Lea"),
     ("Hillary Clinton", "Clintons"), ("K. Vollmar", "J. Vollmar"), ("Jan Novak", "Novac")],
)  # fmt: skip
def test_two_people(one, other):
    assert people(one, other) == {one: one, other: other}


def test_a_shared_surname_means_whoever_was_named_last():
    names = [("Ann Lee", "PERSON"), ("Lee", "PERSON"), ("Bo Lee", "PERSON"), ("Lee", "PERSON")]
    assert same_actors(names) == [0, 0, 2, 2]


def test_a_given_name_two_people_have_is_neither_s():
    assert people("Ann Lee", "Ann Holt", "Ann")["Ann"] == "Ann"


@pytest.mark.parametrize(
    ("full", "short"),
    [("National Democratic Congress", "NDC"), ("Ministry of Defence", "MOD"),
     ("Bank of England", "BOE"), ("Harbour Trust Ltd", "Harbour Trust"),
     ("the Harbour Trust", "Harbour Trust’s"), ("Trades Union Congress", "T.U.C.")],
)  # fmt: skip
def test_a_body_by_its_initials_or_without_its_suffix(full, short):
    leader = bodies(full, short)
    assert leader[full] == leader[short]
    leader = bodies(short, full)
    assert leader[full] == leader[short]


def test_two_bodies():
    assert bodies("Home Office", "Foreign Office") == {
        "Home Office": "Home Office",
        "Foreign Office": "Foreign Office",
    }


def test_a_place_is_no_person_of_that_name():
    assert same_actors([("Georgia", "PERSON"), ("Georgia", "GPE")]) == [0, 1]


@pytest.mark.parametrize(
    ("word", "surname", "expected"),
    [("Betrand", "Bertrand", True), ("Bretrand", "Bertrand", True), ("Bertrand", "Bertrand", False),
     ("Bertrands", "Bertrand", False), ("Mertrand", "Bertrand", False), ("Lind", "Lund", False)],
)  # fmt: skip
def test_one_slip_of_the_pen(word, surname, expected):
    assert one_slip_apart(word, surname) is expected


NAMES = st.tuples(
    st.sampled_from(
        ["Ann Lee", "Lee", "Ann", "A. Lee", "NDC", "National Dance Club", "", "'s", "B"]
    ),
    st.sampled_from(["PERSON", "ORG", "GPE"]),
)


@given(st.lists(NAMES, max_size=30))
def test_whatever_the_names_each_has_one_leader_of_its_label(names):
    leaders = same_actors(names)
    assert len(leaders) == len(names)
    for (_, label), leader in zip(names, leaders, strict=True):
        assert names[leader][1] == label
        assert leaders[leader] == leader
