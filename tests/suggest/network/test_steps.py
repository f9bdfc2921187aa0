"""The bundled pipeline as spaCy has it: an ordinary one, alone and in batches."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from desktop.suggest.network import NAMES_GROUP
from desktop.suggest.pipeline import load
from resources import path

TEXTS = [
    "Gordon Ashby told the BBC in London that Britain would leave.",
    "Nobody came.",
    "",
    " \n ",
    "Anna Kowalska of the Water Board said on Monday that France would pay.\n" * 40,
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(None)


def found(doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in doc.ents]


def test_it_finds_names_and_says_how_sure_it_is(nlp):
    doc = nlp(TEXTS[0])
    assert found(doc) == [
        ("Gordon Ashby", "PERSON"), ("BBC", "ORG"), ("London", "GPE"), ("Britain", "GPE"),
    ]  # fmt: skip
    assert list(doc.spans[NAMES_GROUP]) == list(doc.ents)
    assert all(0.5 < score <= 1 for score in doc.spans[NAMES_GROUP].attrs["scores"])


def test_spacy_alone_loads_it_from_its_folder():
    """An analyst's own script needs no import of ours: the steps are entry points."""
    program = (
        "import spacy, sys; nlp = spacy.load(sys.argv[1]);"
        "print([e.text for e in nlp('Gordon Ashby left London.').ents])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path("model"))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "['Gordon Ashby', 'London']"


def test_many_texts_at_once_are_read_as_each_alone(nlp):
    together = list(nlp.pipe(TEXTS, batch_size=3))
    for doc, text in zip(together, TEXTS, strict=True):
        alone = nlp(text)
        assert doc.text == text
        assert found(doc) == found(alone)
        assert doc.tensor.shape == alone.tensor.shape == (len(doc), 384)
        # eight-bit activations are scaled by what is beside them in the batch
        assert np.abs(doc.tensor - alone.tensor).sum() <= 0.1 * np.abs(alone.tensor).sum()


def test_every_word_has_a_state_and_white_space_has_none(nlp):
    doc = nlp("Calais  and\n\nDover.")
    spaces = [token.is_space and "\n" not in token.text for token in doc]
    assert any(spaces)
    assert [not row.any() for row in doc.tensor] == spaces


def test_a_text_longer_than_a_window_is_read_to_its_end(nlp):
    doc = nlp(TEXTS[4])
    assert [text for text, _ in found(doc)].count("Anna Kowalska") == 40


def test_it_survives_being_written_and_read(nlp, tmp_path: Path):
    nlp.to_disk(tmp_path / "copy")
    copy = spacy.load(tmp_path / "copy")
    assert copy.pipe_names == nlp.pipe_names == ["encoder", "names"]
    assert found(copy(TEXTS[0])) == found(nlp(TEXTS[0]))


def test_its_labels_are_those_of_news(nlp):
    assert set(nlp.get_pipe("names").labels) == {
        "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT",
    }  # fmt: skip
