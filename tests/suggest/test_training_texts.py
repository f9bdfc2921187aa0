"""The texts the network is trained on: reworded, every span still covers its name."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

FOLDER = Path(__file__).parents[2] / "packaging" / "model"


@pytest.fixture(autouse=True)
def training_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


def covered(record: object) -> list[tuple[str, str]]:
    from desktop.suggest.evaluation.records import Record

    assert isinstance(record, Record)
    return [(record.text[start:end], label) for start, end, label in record.spans]


def test_british_spelling_moves_the_spans_behind_it() -> None:
    from augment import british

    from desktop.suggest.evaluation.records import Record

    text = "Mr. Blair told U.N. staff that 40 percent of Leeds agreed."
    spans = ((4, 9, "PERSON"), (15, 19, "ORG"), (text.index("Leeds"), text.index(" agreed"), "GPE"))
    for seed in range(20):
        reworded = british(Record(text, spans), random.Random(seed))
        if reworded.text == "Mr Blair told UN staff that 40 per cent of Leeds agreed.":
            break
    else:
        pytest.fail("no draw changed everything")
    assert covered(reworded) == [("Blair", "PERSON"), ("UN", "ORG"), ("Leeds", "GPE")]


def test_a_surname_follows_the_full_name_it_belongs_to(tmp_path: Path) -> None:
    from augment import NamePool

    from desktop.suggest.evaluation.records import Record

    (tmp_path / "person.txt").write_text("Ada Lovelace\n")
    text = "Hugo Smith spoke. Smith left."
    record = Record(text, ((0, 10, "PERSON"), (18, 23, "PERSON")))
    pool = NamePool([], tmp_path, [])
    drawn = {pool.mixed(record, random.Random(seed)).text for seed in range(20)}
    assert drawn == {text, "Ada Lovelace spoke. Lovelace left."}


@given(st.data())
def test_edits_keep_spans_on_their_names(data: st.DataObject) -> None:
    from augment import apply_edits

    from desktop.suggest.evaluation.records import Record

    words = data.draw(st.lists(st.text("ab🙂", min_size=1, max_size=4), min_size=1, max_size=8))
    new = data.draw(st.lists(st.text("XY", max_size=5), min_size=len(words), max_size=len(words)))
    edited = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    starts = [sum(len(w) + 1 for w in words[:i]) for i in range(len(words))]
    spans = tuple(
        (s, s + len(w), str(i)) for i, (s, w) in enumerate(zip(starts, words, strict=True))
    )
    edits = [(s, e, new[int(i)]) for s, e, i in spans if edited[int(i)]]
    record = apply_edits(Record(" ".join(words), spans), edits)
    expected = [n if e else w for w, n, e in zip(words, new, edited, strict=True)]
    assert [name for name, _ in covered(record)] == expected


def test_only_names_are_learnt_and_their_bounds_are_ours() -> None:
    from records import names_only

    from desktop.suggest.evaluation.records import Record

    text = "The BBC’s President left on Monday at Christmas."
    raw = ((0, 9, "ORG"), (10, 19, "PERSON"), (28, 34, "DATE"), (38, 47, "EVENT"))
    record = names_only(Record(text, raw))
    assert covered(record) == [("BBC", "ORG")]
    assert record.ignore == ((10, 19),)
