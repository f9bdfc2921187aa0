"""What shows a stance: the clause that takes the side, read by the bundled pipeline."""

from __future__ import annotations

from uuid import uuid4

import pytest
from commands import SAMPLES

from db.values import Stance
from desktop.suggest.engine import Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def stances(engine: Engine, text: str) -> list[Stance]:
    return [a for a in engine.suggest(uuid4(), text).annotations if isinstance(a, Stance)]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        pytest.param(
            "Speaking in Homa Bay, Mr Omolo said that catches had fallen by half and that there "
            "was no alternative to the quotas agreed in November.",
            "there was no alternative to the quotas agreed in November",
            id="one of two things said",
        ),
        pytest.param(
            "The processors support fewer boats but oppose the new export levy.",
            "oppose the new export levy",
            id="one of two deeds",
        ),
        pytest.param(
            "In Kampala, Ms Kato said that Uganda remained committed to the protocol.",
            "Uganda remained committed to the protocol",
            id="not who reports it",
        ),
        pytest.param(
            "Speaking at a rally on Sunday, Ada Byrne rejected the harbour levy.",
            "Ada Byrne rejected the harbour levy",
            id="not where it was said",
        ),
        pytest.param(
            "Katrin Vollmar is expected to reject the flood agreement when she meets her "
            "counterpart in Szczecin.",
            "Katrin Vollmar is expected to reject the flood agreement",
            id="not what happens meanwhile",
        ),
        pytest.param(
            "Ms Vollmar said Berlin should walk out of the agreement unless the plan is dropped.",
            "Berlin should walk out of the agreement unless the plan is dropped",
            id="but on what condition",
        ),
        pytest.param(
            "It relies on a planning condition which the airport has called unlawful.",
            "a planning condition which the airport has called unlawful",
            id="what a relative clause is about",
        ),
        pytest.param(
            "“We support the harbour levy,” Ms Kato said.",
            "We support the harbour levy",
            id="quoted",
        ),
    ],
)
def test_it_is_the_clause_that_takes_the_side(engine: Engine, text: str, evidence: str):
    assert evidence in [one.evidence[0].of(text) for one in stances(engine, text)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_it_holds_its_cue_and_ends_in_a_word(engine: Engine, sample):
    text = sample.read_text("utf-8")
    found = [one for one in stances(engine, text) if one.evidence]
    assert found
    for one in found:
        (evidence,) = one.evidence
        assert all(evidence.covers(cue) for cue in one.cue)
        words = evidence.of(text)
        assert words[0] not in " .,;:" and words[-1] not in " .,;:"
