"""The recipes on the page of the corpus format run as printed, on a corpus we exported."""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import spacy
from spacy.tokens import DocBin
from spacy.training import Example
from thinc.api import fix_random_seed

import resources
from db.scheme_values import Scheme
from db.values import (
    Actor,
    Decision,
    Entity,
    Issue,
    Loaded,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from db.values import Article as ArticleValue
from desktop.corpus.records import record
from desktop.corpus.save import save

PAGE = resources.path("help", "corpus.md").read_text("utf-8")
TEXT = "The French President, 👩🏽‍🚒 Ida Rook’s ally, backs the Quays Act, Paris24 says."
QUAYS = Issue(UUID(int=21), "The quays")


def recipe(heading: str) -> dict[str, Any]:
    """Run the code under a heading of the page and return what it defines."""
    section = PAGE.split(f"### {heading}\n")[1].split("\n### ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    names: dict[str, Any] = {"__name__": "recipe"}
    exec(code, names)
    return names


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    article = ArticleValue(UUID(int=9), TEXT, sha256(TEXT.encode()).hexdigest())
    ida = Actor(UUID(int=8), "Ida Rook", "PERSON")

    def entity(words: str, label: str, status: Status = Status.ACCEPTED, actor=None) -> Entity:
        start = TEXT.index(words)
        decision = Decision(status, Origin.CODER)
        span = Span(start, start + len(words))
        return Entity(UUID(int=start * 100 + len(words)), article.id, span, label, decision, actor)

    rook = entity("Ida Rook", "PERSON", actor=ida.id)
    stance = Stance(
        UUID(int=7),
        article.id,
        Ref(RefKind.ENTITY, rook.span, rook.id),
        Ref(RefKind.SPAN, Span(TEXT.index("Quays"), TEXT.index(", Paris24"))),
        Position.FAVOR,
        (Span(0, len(TEXT)),),
        Decision(Status.ADDED, Origin.CODER),
    )
    on_issue = replace(
        stance, id=UUID(int=6), target=Ref(RefKind.ISSUE, Span(4, 10), issue=QUAYS.id)
    )
    decisions = [
        rook,
        entity("French", "NORP"),
        entity("French President", "PERSON"),  # overlaps
        entity("Paris", "GPE"),  # ends inside a token of spaCy's
        entity("President", "PERSON", Status.REJECTED),
        stance,
        on_issue,
    ]
    loaded = Loaded(
        article,
        suggestions=[entity("Quays Act", "LAW", Status.SUGGESTED)],
        decisions=decisions,
        checked=[],
        actors=[ida],
        model=None,
    )
    out = tmp_path / "corpus.jsonl"
    save([record(loaded, Scheme(UUID(int=1), "news", 1, ()), [QUAYS])], out)
    return out


def test_the_spacy_recipe_makes_a_docbin_of_what_coders_stand_by(corpus: Path, capsys):
    nlp = spacy.blank("en")
    to_docbin: Callable[..., DocBin] = recipe("With spaCy")["to_docbin"]

    loaded = DocBin(store_user_data=True).from_bytes(to_docbin(corpus, nlp).to_bytes())

    (doc,) = loaded.get_docs(nlp.vocab)
    assert doc.text == TEXT
    assert {(span.text, span.label_) for span in doc.spans["entities"]} == {
        ("Ida Rook", "PERSON"),
        ("French", "NORP"),
        ("French President", "PERSON"),
        ("Paris24", "GPE"),
    }
    assert [span.text for span in doc.ents] == ["French President", "Ida Rook", "Paris24"]
    assert "'Paris' became 'Paris24'" in capsys.readouterr().err
    assert doc.user_data["stances"][0]["holder"]["text"] == "Ida Rook"


def test_spacy_trains_on_it(corpus: Path):
    """A corpus is for training: an entity recogniser learns this one's names by heart."""
    fix_random_seed(1)
    nlp = spacy.blank("en")
    to_docbin: Callable[..., DocBin] = recipe("With spaCy")["to_docbin"]
    nlp.add_pipe("ner")
    (gold,) = to_docbin(corpus, nlp).get_docs(nlp.vocab)
    examples = [Example(nlp.make_doc(gold.text), gold)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)

    assert [(e.text, e.label_) for e in nlp(TEXT).ents] == [(e.text, e.label_) for e in gold.ents]


def test_the_table_recipe_says_who_holds_what(corpus: Path):
    stances = recipe("As a table of stances")["stances"]

    assert sorted(stances(corpus)) == [
        (None, "Ida Rook", "favor", False, what) for what in ("Quays Act", "The quays")
    ]


def test_the_page_names_every_key_of_the_schema():
    from desktop.corpus import shape

    keys = {
        key
        for body in (
            shape.Record, shape.MetaRecord, shape.ZoneRecord, shape.ActorRecord,
            shape.EntityRecord, shape.StatementRecord, shape.StanceRecord, shape.TargetRecord,
            shape.IssueRecord, shape.ArticleStanceRecord, shape.CheckedRecord, shape.SpanRecord,
            shape.DecisionRecord,
        )
        for key in body.__annotations__
    }  # fmt: skip
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
