"""The document pass: the places of a name vote, and a name found once is found everywhere."""

from db.values import Origin, Span
from desktop.suggest.names.document import Memory, settle
from desktop.suggest.names.mention import Mention


def at(text: str, name: str, label: str, nth: int = 0) -> Mention:
    """Return what the network might have found: the n-th place of a name."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Mention(Span(start, start + len(name)), label, 0.5, Origin.MODEL)


def settled(text: str, *mentions: Mention) -> list[tuple[str, str, str]]:
    whole = [Span(0, len(text))]
    return [
        (m.span.of(text), m.label, m.origin.value)
        for m in settle(text, whole, sorted(mentions, key=lambda m: m.span), Memory())
    ]


def test_most_places_of_a_form_decide_its_label() -> None:
    text = "In Volgar it rained. To Volgar they came. From Volgar they went."
    votes = [at(text, "Volgar", "GPE"), at(text, "Volgar", "ORG", 1), at(text, "Volgar", "GPE", 2)]
    assert settled(text, *votes) == [
        ("Volgar", "GPE", "model"),
        ("Volgar", "GPE", "propagated"),
        ("Volgar", "GPE", "model"),
    ]


def test_where_the_vote_is_tied_nothing_changes() -> None:
    text = "In Volgar it rained. Volgar won."
    votes = [at(text, "Volgar", "GPE"), at(text, "Volgar", "ORG", 1)]
    assert [label for _, label, _ in settled(text, *votes)] == ["GPE", "ORG"]


def test_a_surname_belongs_to_its_full_name() -> None:
    text = "Tomasz Wilk came. Later Wilk spoke, and Wilk’s friends left."
    assert settled(text, at(text, "Tomasz Wilk", "PERSON")) == [
        ("Tomasz Wilk", "PERSON", "model"),
        ("Wilk", "PERSON", "propagated"),
        ("Wilk", "PERSON", "propagated"),
    ]


def test_a_misspelt_surname_is_found_but_a_plural_is_not() -> None:
    text = "Jens Habermann came. The Habermanns waited. Mr Haberman left; he saw Dr Habermnan."
    assert [found[:2] for found in settled(text, at(text, "Jens Habermann", "PERSON"))] == [
        ("Jens Habermann", "PERSON"),
        ("Haberman", "PERSON"),
        ("Habermnan", "PERSON"),
    ]


def test_a_name_one_letter_off_without_a_title_may_be_another() -> None:
    text = "Hillary Clinton came. She went on to Clifton."
    assert [found[:2] for found in settled(text, at(text, "Hillary Clinton", "PERSON"))] == [
        ("Hillary Clinton", "PERSON")
    ]


def test_a_name_is_not_sought_inside_longer_names_or_words() -> None:
    text = "He saw Calder. The Calder Foundation, Port-Calder and Calderdale are others."
    assert len(settled(text, at(text, "Calder", "GPE"))) == 1


def test_a_common_word_that_begins_a_sentence_is_not_taken_for_the_name() -> None:
    text = "The paper Mirror lies. Hold the mirror. Mirror neurons fire. He reads Mirror daily."
    places = settled(text, at(text, "Mirror", "ORG"))
    assert [found[0] for found in places] == ["Mirror", "Mirror"]


def test_what_an_earlier_part_has_shown_holds_in_a_later_one() -> None:
    text = "Agata Brzoza spoke.\nAnd Brzoza left."
    memory = Memory()
    first, second = Span(0, 19), Span(20, len(text))
    settle(text, [first], [at(text, "Agata Brzoza", "PERSON")], memory)
    later = settle(text, [second], [], memory)
    assert [(m.span.of(text), m.label) for m in later] == [("Brzoza", "PERSON")]


def test_straight_and_curly_apostrophes_are_one_form() -> None:
    text = "Shane O'Hara came. Then Shane O’Hara left."
    assert len(settled(text, at(text, "Shane O'Hara", "PERSON"))) == 2
