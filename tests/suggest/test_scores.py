"""How sure a suggestion is, and how that is learnt from held-out articles."""

import json
import random
from pathlib import Path

import pytest

from db.values import Origin, Span
from desktop.suggest.evaluation.scoring import calibration_error
from desktop.suggest.names.mention import Mention
from desktop.suggest.names.scores import Calibration, log_odds
from resources import path

FOLDER = Path(__file__).parents[2] / "packaging" / "model"
BUNDLED = Calibration(**json.loads(path("model", "scores.json").read_text("utf-8")))
STANDINGS = ("alone", "agreed", "contested", "propagated")


def mention(label: str, score: float, origin: Origin = Origin.MODEL) -> Mention:
    return Mention(Span(0, 1), label, score, origin)


def test_the_surer_the_network_the_surer_the_suggestion():
    for label in BUNDLED.label:
        for standing in STANDINGS:
            scores = [BUNDLED.score(mention(label, p / 20), standing) for p in range(21)]
            assert scores == sorted(scores)
            assert 0 < scores[0] < scores[-1] < 1


def test_a_form_whose_places_agree_is_surer_than_one_alone():
    assert BUNDLED.standing["agreed"] > BUNDLED.standing["alone"]


def test_what_a_rule_found_is_as_sure_as_its_label_was():
    found = mention("LAW", 0.5, Origin.RULE)
    assert BUNDLED.score(found, "rule") == BUNDLED.rule["LAW"]
    assert BUNDLED.score(mention("NO_SUCH", 0.5, Origin.RULE), "rule") == 0.5


def test_a_precedent_keeps_its_own_score():
    assert BUNDLED.score(mention("ORG", 0.75, Origin.MEMORY), "memory") == 0.75


@pytest.mark.parametrize(("probability", "odds"), [(0.5, 0.0), (0.9, 2.197), (0, -9.21), (1, 9.21)])
def test_log_odds(probability: float, odds: float):
    assert log_odds(probability) == pytest.approx(odds, abs=0.001)


def test_calibration_finds_out_how_much_the_network_boasts(monkeypatch: pytest.MonkeyPatch):
    """A network that is right six times in ten where it says nine is taken at its worth."""
    monkeypatch.syspath_prepend(str(FOLDER))
    from calibrate import Judged, applied, fitted

    chance = random.Random(1)

    def article(worth: float) -> list[Judged]:
        return [
            Judged(mention("ORG", 0.9), "alone", chance.random() < worth, 1.0) for _ in range(20)
        ] + [Judged(mention("DATE", 0.5, Origin.RULE), "rule", chance.random() < 0.8, 1.0)]

    teaching, measured = [[article(0.6) for _ in range(60)] for _ in range(2)]
    calibration = fitted(teaching)
    assert calibration.score(mention("ORG", 0.9), "alone") == pytest.approx(0.6, abs=0.06)
    assert calibration.rule["DATE"] == pytest.approx(0.81, abs=0.08)
    assert calibration_error(applied(calibration, measured)) < 0.05
