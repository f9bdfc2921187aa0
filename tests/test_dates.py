"""Dates as they are written, to ISO 8601; what can be read in two ways is not guessed."""

from __future__ import annotations

import pytest

from desktop import dates, languages


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("January 11, 2010 Monday", "2010-01-11"),
        ("December 31, 2018 Monday 10:50 AM GMT", "2018-12-31T10:50Z"),
        ("March 5th, 2024 12:05 a.m.", "2024-03-05T00:05"),
        ("1 March 2024", "2024-03-01"),
        ("mardi 10 décembre 2019", "2019-12-10"),
        ("décembre 10 2019", "2019-12-10"),
        ("1er mars 2024", "2024-03-01"),
        ("5 octobre 2019 samedi 3:00 AM GMT", "2019-10-05T03:00Z"),
        ("Dienstag 10.Dezember 2019", "2019-12-10"),
        ("2.7.2020", "2020-07-02"),
        ("3 de mayo de 2021", "2021-05-03"),
        ("March 2020", "2020-03"),
        ("2024-01-02T10:11:12Z", "2024-01-02T10:11:12Z"),
        ("2024-01-02 10:11", "2024-01-02T10:11:00"),
        ("20240102", "2024-01-02"),
        ("2024/1/2", "2024-01-02"),
        ("23/04/2024", "2024-04-23"),
        ("4/23/2024", "2024-04-23"),
        ("03/04/2024", None),
        ("31 February 2020", None),
        ("2024-13-45", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_left(written: str, iso: str | None):
    assert dates.iso(written) == iso


def test_mails_and_moments_are_dates_too():
    assert dates.of_header("Tue, 05 Mar 2024 10:00:00 +0100") == "2024-03-05T10:00:00+01:00"
    assert dates.of_header("soon") is None
    assert dates.of_moment(1709287200) == dates.of_moment(1709287200000) == "2024-03-01T10:00:00Z"
    assert dates.of_moment(1e300) is None


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("ENGLISH", "en"),
        ("Français", "fr"),
        ("GERMAN; DEUTSCH", "de"),
        ("en_GB", "en-GB"),
        ("x?", None),
    ],
)
def test_languages_are_known_by_name_or_tag(name: str, tag: str | None):
    assert languages.tag(name) == tag
