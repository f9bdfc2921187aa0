"""Pipelines: the bundled one, any other that spaCy loads, and clear words when one is of no use."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy

from db.values import Origin, Span
from desktop.suggest.names.entities import find_entities
from desktop.suggest.names.labels import ours
from desktop.suggest.pipeline import PipelineError, is_bundled, load
from resources import path


@pytest.fixture
def german(tmp_path: Path) -> str:
    """Return the path of a real German pipeline with the labels German pipelines have."""
    nlp = spacy.blank("de")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Katrin Vollmar"},
            {"label": "LOC", "pattern": "Schwedt"},
            {"label": "MISC", "pattern": "Goldener Bär"},
            {"label": "PRODUCT", "pattern": "Leberkäse"},
        ]
    )
    nlp.meta["performance"] = {"ents_per_type": {"PER": {"p": 0.91, "r": 0.9, "f": 0.9}}}
    nlp.to_disk(tmp_path / "de_dorf")
    return str(tmp_path / "de_dorf")


def test_another_language_s_pipeline_stands_in_with_our_labels(german: str) -> None:
    nlp = load(german)
    text = "Katrin Vollmar aß am Montag in Schwedt 2 Leberkäse und bekam den Goldener Bär."
    mentions = find_entities(nlp, text, [Span(0, len(text))])
    assert [(m.span.of(text), m.label, m.score, m.origin) for m in mentions] == [
        ("Katrin Vollmar", "PERSON", 0.91, Origin.MODEL),
        ("Schwedt", "LOC", 0.5, Origin.MODEL),
        ("Leberkäse", "PRODUCT", 0.5, Origin.MODEL),
    ]


def test_english_rules_are_not_let_loose_on_other_languages(german: str) -> None:
    text = "In May 1999 war Mr Smith in France."
    assert find_entities(load(german), text, [Span(0, len(text))]) == []


@pytest.mark.parametrize(
    ("theirs", "label"),
    [("PER", "PERSON"), ("persName", "PERSON"), ("GPE_LOC", "GPE"), ("EVT", "EVENT"),
     ("LAW", "LAW"), ("WORK_OF_ART", "WORK_OF_ART"), ("MISC", None), ("HASHTAG", None)],
)  # fmt: skip
def test_labels_of_other_pipelines(theirs: str, label: str | None) -> None:
    assert ours(theirs) == label


def test_a_pipeline_that_is_not_installed_is_named_and_can_be_mended() -> None:
    with pytest.raises(PipelineError, match=r"xx_no_such_pipeline.*[Ii]nstall it"):
        load("xx_no_such_pipeline")


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="could not be loaded"):
        load(str(tmp_path))


def test_a_damaged_pipeline_is_named(german: str) -> None:
    (Path(german) / "config.cfg").write_text("[nlp]\nlang = nonsense")
    with pytest.raises(PipelineError, match="could not be loaded"):
        load(german)


def test_a_pipeline_that_finds_no_entities_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "fr_phrases")
    with pytest.raises(PipelineError, match=r"finds no entities \(it has sentencizer\)"):
        load(str(tmp_path / "fr_phrases"))


def test_the_bundled_pipeline_is_small_and_says_who_made_it() -> None:
    nlp = load(None)
    assert is_bundled(nlp)
    assert (nlp.meta["name"], nlp.meta["license"]) == ("standfirst_news", "CC BY-SA 4.0")
    assert sum(f.stat().st_size for f in path("model").rglob("*") if f.is_file()) < 50_000_000
    assert {"README.md", "NOTICE", "LICENSE", "scores.json", "reliability.svg"} <= {
        f.name for f in path("model").iterdir()
    }


def test_loading_leaves_spacy_s_command_line_out() -> None:
    program = (
        "import sys; from desktop.suggest.pipeline import load; load(None);"
        "print('typer' in sys.modules, 'PySide6' in sys.modules, 'sqlmodel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False", "False"]
