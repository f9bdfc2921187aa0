"""Lines that ask for a stance: read, answered, and the answers counted."""

import json
from pathlib import Path

import numpy as np
import pytest

from db.values import Span
from desktop.suggest.evaluation.pairs import Side, read_answered, read_questions
from desktop.suggest.evaluation.records import RecordError, lines
from desktop.suggest.evaluation.sides import Answered, answers, evaluate_pairs, likeliest
from desktop.suggest.network.questions import Question

TEXT = "🙂 Ashby condemned the toll."
ASHBY, TOLL = Span(2, 7), Span(18, 26)
NESTED = {"text": TEXT, "target": {"start": 18, "end": 26}, "holder": {"start": 2, "end": 7}}
FLAT = {
    "text": TEXT, "target": "the toll", "target_start": 18, "target_end": 26,
    "holder": "Ashby", "holder_start": 2, "holder_end": 7,
}  # fmt: skip


def written(path: Path, *rows: object) -> Path:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("row", [NESTED, FLAT])
def test_both_shapes_ask_the_same(tmp_path, row):
    path = written(tmp_path / "a.jsonl", row)
    ((question, line),) = read_questions(lines(path))
    assert question == Question(TEXT, TOLL, ASHBY)
    assert json.loads(line) == row


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT, "target": {"start": 18, "end": 26}},
        {"text": TEXT, "target": {"start": 18, "end": 26}, "holder": None},
        {"text": TEXT, "target_start": 18, "target_end": 26, "holder": None},
        {"text": TEXT, "target_start": 18, "target_end": 26, "holder_start": None},
    ],
)
def test_without_a_holder_it_is_what_the_text_conveys(tmp_path, row):
    ((question, _),) = read_questions(lines(written(tmp_path / "a.jsonl", row)))
    assert question == Question(TEXT, TOLL)


@pytest.mark.parametrize(
    ("answer", "side"),
    [
        ({"stance": "against"}, "against"),
        ({"label": "critical"}, "against"),
        ({"label": "supportive"}, "favor"),
        ({"label": "neutral"}, "neutral"),
        ({"stance": "favor", "label": "a note of mine"}, "favor"),
    ],
)
def test_the_right_answer_is_read(tmp_path, answer, side):
    ((_, gold),) = read_answered(lines(written(tmp_path / "a.jsonl", {**NESTED, **answer})))
    assert gold == side


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "the line: Invalid JSON"),
        ("[]", "the line: Input should be"),
        ({"text": TEXT}, "target: Field required"),
        ({**NESTED, "text": None}, "text: Input should be a valid string"),
        ({**NESTED, "target": "the toll"}, "target: Input should be"),
        ({**NESTED, "target": {"start": 18, "end": 99}}, "which has 27 code points"),
        ({**NESTED, "target": {"start": 18, "end": 18}}, "no stretch"),
        ({**NESTED, "holder": {"start": -1, "end": 3}}, "no stretch"),
        ({**NESTED, "holder": {"start": 0}}, r"holder\.end: Field required"),
        ({**FLAT, "target_end": None}, r"target\.end: Input should be a valid integer"),
        ({**FLAT, "holder_start": "2"}, r"holder\.start: Input should be a valid integer"),
        ('{"text": "\\ud800", "target": {"start": 0, "end": 1}}', "Invalid JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named_by_file_and_line(tmp_path, row, said):
    path = written(tmp_path / "bad.jsonl", NESTED, "", row)
    with pytest.raises(RecordError, match=said) as error:
        list(read_questions(lines(path)))
    assert str(error.value).startswith(f"{path}:3: ")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "stance: Field required"),
        ({"stance": "mixed"}, "stance: Input should be 'favor', 'against' or 'neutral'"),
        ({"label": "hostile"}, "stance: Input should be 'favor', 'against' or 'neutral'"),
        ({"label": 3}, "stance: Input should be 'favor', 'against' or 'neutral'"),
    ],
)
def test_what_has_no_answer_cannot_be_counted(tmp_path, answer, said):
    path = written(tmp_path / "bad.jsonl", {**NESTED, **answer})
    with pytest.raises(RecordError, match=said):
        list(read_answered(lines(path)))


class Knowing:
    """A network whose answers we know: rows of against, neutral and favor."""

    neutral_from = (0.5, 0.8)

    def __init__(self, *rows: tuple[float, float, float]) -> None:
        self.rows = rows
        self.asked: list[Question] = []

    def sides(self, questions):
        first = len(self.asked)
        self.asked += questions
        return np.array(self.rows[first : len(self.asked)], np.float32)


def test_answers_have_names():
    known, question = Knowing((0.7, 0.2, 0.1)), Question(TEXT, TOLL)
    (scores,) = answers(known, [question])
    assert list(scores) == ["favor", "against", "neutral"]
    assert scores["against"] == pytest.approx(0.7)
    assert likeliest(known, question, scores) == "against"


def test_neutral_must_be_so_probable_to_be_the_answer_and_more_so_of_a_holder():
    known = Knowing()
    scores: dict[Side, float] = {"favor": 0.3, "against": 0.1, "neutral": 0.6}
    assert likeliest(known, Question(TEXT, TOLL), scores) == "neutral"
    assert likeliest(known, Question(TEXT, TOLL, Span(0, 3)), scores) == "favor"


def test_questions_with_a_holder_and_without_are_counted_apart():
    known = Knowing((0.8, 0.1, 0.1), (0.1, 0.1, 0.8), (0.8, 0.1, 0.1))
    with_holder, without = Question(TEXT, TOLL, ASHBY), Question(TEXT, TOLL)
    pairs: list[tuple[Question, Side]] = [
        (with_holder, "against"),
        (without, "favor"),
        (with_holder, "favor"),
    ]
    figures = evaluate_pairs(known, iter(pairs))
    assert figures["given_target"]["accuracy"] == 100.0
    assert figures["given_holder_and_target"]["accuracy"] == 50.0
    assert evaluate_pairs(Knowing(), iter([]))["given_target"] is None


def test_answers_are_counted_by_side():
    answered = Answered()
    sure: dict[Side, float] = {"favor": 0.95, "against": 0.03, "neutral": 0.02}
    calm: dict[Side, float] = {"favor": 0.2, "against": 0.25, "neutral": 0.55}
    answered.add(sure, "favor", "favor")
    answered.add(sure, "favor", "against")
    answered.add(calm, "neutral", "neutral")
    answered.add(calm, "neutral", "neutral")
    figures = answered.figures()
    assert figures is not None
    assert (figures["pairs"], figures["accuracy"]) == (4, 75.0)
    assert figures["sides"] == {
        "favor": {"p": 50.0, "r": 100.0, "f": 66.7, "gold": 1, "found": 2},
        "against": {"p": 0.0, "r": 0.0, "f": 0.0, "gold": 1, "found": 0},
        "neutral": {"p": 100.0, "r": 100.0, "f": 100.0, "gold": 2, "found": 2},
    }
    assert figures["macro_f1"] == pytest.approx((66.7 + 0 + 100) / 3, abs=0.1)
    # of those at 0.95 half are right, of those at 0.55 all
    assert figures["calibration_error"] == pytest.approx((0.45 + 0.45) / 2, abs=1e-4)
