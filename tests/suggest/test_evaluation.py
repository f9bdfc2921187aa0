"""Suggestions counted against labelled texts, and texts that cannot be read."""

import gzip
import json
from pathlib import Path

import pytest

from desktop.suggest.evaluation.evaluate import conformed
from desktop.suggest.evaluation.records import Record, RecordError, joined, read
from desktop.suggest.evaluation.scoring import Tally, calibration_error, reliability


def written(path: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_file_is_read_plain_or_packed(tmp_path, name):
    span = {"start": 2, "end": 8, "label": "GPE", "by": "rule"}
    row = {"text": "🙂 Calais.", "spans": [span], "ignore": [{"start": 0, "end": 1}], "doc": "d"}
    path = written(tmp_path / name, row, "", {"text": "No names."})
    assert list(read(path)) == [
        Record("🙂 Calais.", ((2, 8, "GPE"),), ((0, 1),), "", "d"),
        Record("No names."),
    ]


def test_an_unknown_stretch_of_no_length_leaves_nothing_unknown(tmp_path):
    row = {"text": "Calais.", "ignore": [{"start": 5, "end": 4}, {"start": 0, "end": 6}]}
    assert list(read(written(tmp_path / "a.jsonl", row))) == [Record("Calais.", (), ((0, 6),))]


def test_where_texts_are_only_learnt_from_a_label_on_nothing_is_passed_over(tmp_path):
    spans = [{"start": 4, "end": 3, "label": "LAW"}, {"start": 0, "end": 6, "label": "GPE"}]
    path = written(tmp_path / "a.jsonl", {"text": "Calais.", "spans": spans})
    assert list(read(path, empty_spans=True)) == [Record("Calais.", ((0, 6, "GPE"),))]
    with pytest.raises(RecordError, match="4 to 3 is no stretch"):
        list(read(path))


GOOD = {"text": "Calais."}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "the line: Invalid JSON"),
        ("[]", "the line: Input should be an object"),
        ({"spans": []}, "text: Field required"),
        ({"text": 5}, "text: Input should be a valid string"),
        ({"text": "Calais", "spans": [{"start": 0, "end": 7, "label": "GPE"}]}, "6 code points"),
        ({"text": "Calais", "spans": [{"start": 3, "end": 3, "label": "GPE"}]}, "no stretch"),
        ({"text": "Calais", "spans": [[0, 6, "GPE"]]}, r"spans\.0: Input should be an object"),
        ({"text": "Calais", "spans": [{"start": 0, "end": 6}]}, r"spans\.0\.label: Field required"),
        ({"text": "Calais", "spans": [{"start": 0, "end": "6", "label": "GPE"}]}, "valid integer"),
        ({"text": "Calais", "ignore": [{"start": -1, "end": 2}]}, "no stretch"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(tmp_path, line, said):
    path = written(tmp_path / "bad.jsonl", GOOD, line, GOOD)
    with pytest.raises(RecordError, match=said) as error:
        list(read(path))
    assert str(error.value).startswith(f"{path}:2: ")


def test_a_torn_archive_is_named_too(tmp_path):
    path = written(tmp_path / "torn.jsonl.gz", *[GOOD] * 500)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(RecordError, match="damaged"):
        list(read(path))


def test_neighbours_of_one_document_are_paragraphs_of_one_article():
    parts = [
        Record("Ann.", ((0, 3, "PERSON"),), (), "s", "one"),
        Record("Bo.", ((0, 2, "PERSON"),), ((0, 1),), "s", "one"),
        Record("Alone."),
        Record("Alone too."),
    ]
    first, *rest = joined(parts)
    assert first.text == "Ann.\nBo.\n"
    assert [first.text[start:end] for start, end, _ in first.spans] == ["Ann", "Bo"]
    assert first.ignore == ((5, 6),)
    assert rest == parts[2:]


def test_names_are_brought_to_our_bounds():
    text = "The BBC’s man, Mr Ashby, left on the 5th of May. The Prime Minister stayed."
    whole = {"The BBC’s": "ORG", "Mr Ashby": "PERSON", "the 5th of May": "DATE"}
    whole |= {"The Prime Minister": "PERSON"}
    spans = [(text.index(name), text.index(name) + len(name), whole[name]) for name in whole]
    found = conformed(Record(text, tuple(spans))).spans
    assert [text[start:end] for start, end, _ in found] == ["BBC", "Ashby", "5th of May"]


TEXT = "Ann of Acme met Bo in Calais."
GOLD = ((0, 3, "PERSON"), (7, 11, "ORG"), (16, 18, "PERSON"), (22, 28, "GPE"))


def tallied(*found: tuple[int, int, str, float], ignore=()) -> Tally:
    tally = Tally()
    tally.add(Record(TEXT, GOLD, ignore), found)
    return tally


def test_exact_and_overlapping_matches_are_counted_apart():
    # right, right label but too wide, wrong label, missed
    figures = tallied(
        (0, 3, "PERSON", 0.9), (4, 11, "ORG", 0.8), (16, 18, "ORG", 0.7)
    ).per_label()  # fmt: skip
    assert figures["PERSON"] == {
        "p": 100.0, "r": 50.0, "f": 66.7, "overlap_p": 100.0, "overlap_r": 50.0,
        "overlap_f": 66.7, "gold": 2, "found": 1,
    }  # fmt: skip
    assert (figures["ORG"]["f"], figures["ORG"]["overlap_f"]) == (0.0, 66.7)
    assert (figures["all"]["p"], figures["all"]["r"]) == (33.3, 25.0)


def test_places_are_one_label_among_the_names_and_three_apart():
    figures = tallied((22, 28, "LOC", 0.9)).per_label()
    assert (figures["names"]["p"], figures["names"]["r"]) == (100.0, 25.0)
    assert figures["names_places_apart"]["r"] == 0.0


def test_what_nobody_labelled_is_not_wrong():
    figures = tallied((0, 3, "PERSON", 0.9), (12, 15, "EVENT", 0.9)).per_label()
    assert figures["all"]["p"] == figures["names"]["p"] == 100.0
    assert figures["EVENT"]["p"] == 0.0


def test_a_stretch_of_unknown_class_is_neither_right_nor_wrong():
    figures = tallied((12, 15, "ORG", 0.9), ignore=[(12, 15)]).per_label()
    assert figures["ORG"]["found"] == 0
    figures = tallied((16, 18, "PERSON", 0.9), ignore=[(16, 18)]).per_label()
    assert figures["PERSON"]["p"] == 100.0


def test_confidence_is_held_against_what_was_right():
    judged = [(0.95, True)] * 9 + [(0.95, False)] + [(0.25, False)] * 3 + [(0.25, True)]
    assert reliability(judged) == [
        (pytest.approx(0.25), 0.25, 4),
        (pytest.approx(0.95), 0.9, 10),
    ]
    assert calibration_error(judged) == pytest.approx(0.05 * 10 / 14)
    assert calibration_error([]) == 0.0


def test_the_calibration_told_is_of_labels_that_were_labelled():
    tally = tallied((0, 3, "PERSON", 0.95), (7, 11, "PERSON", 0.95), (12, 15, "EVENT", 0.95))
    told = tally.calibration()
    assert told["at_0.9_or_more"] == 2
    assert told["right_of_those"] == 0.5
    assert told["error"] == told["names_error"] == pytest.approx(0.45)
