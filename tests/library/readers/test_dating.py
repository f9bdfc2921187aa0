"""Dates become ISO 8601; what may mean two days is kept with a doubt."""

import pytest

from desktop.library.readers.dating import published, writes_day_first


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T06:30:00Z", "2026-03-04T06:30:00Z"),
        ("2026-03-04 06:30:00", "2026-03-04T06:30:00"),
        ("Wed, 04 Mar 2026 06:30:00 +0100", "2026-03-04T06:30:00+01:00"),
        ("4 March 2026", "2026-03-04"),
        ("March 4, 2026 Wednesday", "2026-03-04"),
        ("4. März 2026", "2026-03-04"),
        ("04.03.2026", "2026-03-04"),
        ("04.03.26", "2026-03-04"),
        ("4 mars 2026", "2026-03-04"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026 14:30", "2026-12-25T14:30:00"),
        ("03/03/2026", "2026-03-03"),
        ("", None),
    ],
)
def test_dates_that_are_clear(text, iso):
    assert published(text) == (iso, ())


@pytest.mark.parametrize(("day_first", "iso"), [(True, "2026-04-03"), (False, "2026-03-04")])
def test_a_source_whose_way_is_known_leaves_no_doubt(day_first, iso):
    assert published("03/04/2026", day_first) == (iso, ())


@pytest.mark.parametrize("text", ["31/02/2026", "soon", "99/99/9999", "NaN"])
def test_what_is_no_date_is_left_out_with_a_doubt(text):
    when, doubts = published(text)
    assert when is None
    assert text in doubts[0]


def test_dates_of_one_source_show_its_way():
    assert writes_day_first(["03/04/2026", "25/04/2026"]) is True
    assert writes_day_first(["03/04/2026", "04/25/2026"]) is False
    assert writes_day_first(["03/04/2026", "2026-04-25"]) is None
