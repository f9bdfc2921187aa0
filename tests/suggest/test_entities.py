"""Names, numbers and times of whole articles, by the bundled pipeline."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searching import examples
from spacy.language import Language

from db.values import Origin, Span
from desktop.suggest.names.entities import entity_batches, find_entities
from desktop.suggest.names.labels import LABELS
from desktop.suggest.names.mention import Mention
from desktop.suggest.pipeline import load
from desktop.suggest.text.words import paragraphs
from resources import path


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(None)


def found(nlp: Language, text: str) -> set[tuple[str, str]]:
    mentions = find_entities(nlp, text, [Span(0, len(text))])
    return {(m.span.of(text), m.label) for m in mentions}


def test_a_news_sentence(nlp: Language) -> None:
    text = (
        "Prime Minister Gordon Ashby told the BBC in London on Tuesday that the 2003 Gryfino "
        "agreement would cost Britain £40m."
    )
    assert found(nlp, text) == {
        ("Gordon Ashby", "PERSON"),
        ("BBC", "ORG"),
        ("London", "GPE"),
        ("Tuesday", "DATE"),
        ("2003", "DATE"),
        ("Gryfino agreement", "LAW"),
        ("Britain", "GPE"),
        ("£40m", "MONEY"),
    }


def test_what_has_neither_letter_nor_digit_is_no_name(nlp: Language) -> None:
    # The parts of such a picture are joined by code points nobody sees.
    text = (
        "The minister waved to the 👩‍👩‍👧‍👦 families of Varn 🇩🇪 on Tuesday. ☎️ Ada Vale rejected it."
    )
    names = [name for name, _ in found(nlp, text)]
    assert "Ada Vale" in names
    assert all(any(map(str.isalnum, name)) for name in names), names


def test_the_sample_article_s_people_are_all_found(nlp: Language) -> None:
    text = path("samples", "oder_flood_deal.txt").read_text(encoding="utf-8")
    people = {name for name, label in found(nlp, text) if label == "PERSON"}
    assert people >= {
        "Katrin Vollmar",
        "Vollmar",
        "Tomasz Wieruszewski",
        "Jens Habermann",
        "Haberman",
        "Anneliese Pohl",
        "Ewa Stachura",
        "Alan Pettifer",
    }


def test_only_the_given_stretches_are_read(nlp: Language) -> None:
    text = "Give money to London Zoo.\nFrance won.\nJoin us in Paris."
    [mention] = find_entities(nlp, text, [Span(26, 37)])
    assert mention.span == Span(26, 32)


def test_a_name_is_found_where_boilerplate_is_glued_to_it(nlp: Language) -> None:
    text = "Already a subscriber? Log inKenya will vote in May. Mr Oloo saysKenya will."
    glued = [text.index("Kenya"), text.rindex("Kenya")]
    mentions = find_entities(nlp, text, [Span(glued[0], glued[1]), Span(glued[1], len(text))])
    assert [m.span.of(text) for m in mentions] == ["Kenya", "May", "Oloo", "Kenya"]


def test_scores_are_shares_counted_on_held_out_text(nlp: Language) -> None:
    text = "Norway and the Zorblax Institute met on Friday."
    scores = {m.span.of(text): m.score for m in find_entities(nlp, text, [Span(0, len(text))])}
    assert 0.5 < scores["Zorblax Institute"] < 1
    assert 0.5 < scores["Friday"] < 1


def test_a_long_article_comes_in_batches_that_together_are_the_whole(nlp: Language) -> None:
    paragraph = "Anna Kowalska of the Water Board said on Monday that France would pay.\n"
    text = paragraph * 1000  # some 13,000 words
    stretches = paragraphs(text)
    batches = list(entity_batches(nlp, text, stretches))
    assert len(batches) > 2
    together = [mention for batch in batches for mention in batch]
    assert together == find_entities(nlp, text, stretches)
    assert together == sorted(together, key=lambda m: m.span)


def test_a_text_without_a_line_break_or_a_space_is_read_too(nlp: Language) -> None:
    text = "x" * 20_000 + " in France. " + "Anna Kowalska spoke. " * 500
    names = found(nlp, text)
    assert ("France", "GPE") in names
    assert ("Anna Kowalska", "PERSON") in names


def test_nothing_comes_of_nothing(nlp: Language) -> None:
    assert find_entities(nlp, "", []) == []
    assert find_entities(nlp, " \n\t\u2028 ", [Span(0, 5)]) == []


WORDS = st.sampled_from(
    ["Anna", "Kowalska", "Mr", "the", "2003", "Gryfino", "treaty", "’s", "“", "👩‍👩‍👧", "\u00a0",
     "\u2028", "U.S.-led", "e\u0301", "\r\n", "\n", "שלום", "Paris", "£5m", "first", ".", "of",
     "O’Hara", "May", "-"]
)  # fmt: skip


@settings(max_examples=examples(60))
@given(words=st.lists(WORDS, max_size=60), glue=st.sampled_from([" ", ""]))
def test_whatever_the_text_spans_are_sound(nlp: Language, words: list[str], glue: str) -> None:
    text = glue.join(words)
    mentions: list[Mention] = find_entities(nlp, text, paragraphs(text))
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text) == mention.span.of(text).strip()
        assert "\n" not in mention.span.of(text)
        assert mention.label in LABELS
        assert 0 < mention.score < 1
        end = mention.span.end


def test_facts_of_the_shared_article(nlp: Language, shared_article: Path) -> None:
    text = shared_article.read_text(encoding="utf-8")
    names = found(nlp, text)
    assert {label for _, label in names} >= {
        "PERSON",
        "ORG",
        "GPE",
        "NORP",
        "LAW",
        "DATE",
        "CARDINAL",
    }
    mentions = find_entities(nlp, text, paragraphs(text))
    title = [m for m in mentions if text[: m.span.start].endswith("Mr ")]
    assert len(title) == text.count("Mr ")
    assert {m.label for m in title} == {"PERSON"}
    years = [m for m in mentions if m.label == "LAW" and m.span.of(text)[:1].isdigit()]
    assert years == []
    assert any(m.origin is Origin.PROPAGATED for m in mentions)
