"""Contrast, colour blindness and differences, against values that others published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.values import ZoneKind
from desktop import theme
from desktop.article.typesetting import Style
from desktop.article.view_settings import ViewSettings
from desktop.colours import (
    APART,
    ON_FILL,
    ON_PAGE,
    Sight,
    ciede2000,
    contrast,
    difference,
    judge,
    lab,
    quartet,
    rgb,
    seen,
    suggest,
)

ENTITIES = ("person", "org", "place", "norp", "law", "number")
STANCES = ("favor", "against", "neutral", "mixed", "unclear")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # of the 34 pairs of Sharma, Wu and Dalal (2005), table 1: those that catch most mistakes
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
        ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
        ((50.0, -0.0010, 2.4900), (50.0, 0.0011, -2.4900), 4.7461),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_are_those_of_the_published_pairs(one, other, expected):
    assert ciede2000(one, other) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(expected, abs=5e-5)


def test_lab_is_that_of_srgb_under_d65():
    assert lab("#FFFFFF") == pytest.approx((100, 0, 0), abs=0.02)
    assert lab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert lab("#0000FF") == pytest.approx((32.30, 79.19, -107.86), abs=0.02)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


def test_red_and_green_come_together_without_one_kind_of_cones():
    # Each row of the matrices of Machado et al. (2009) sums to 1: greys stay what they are.
    for sight in Sight:
        assert seen("#808080", sight) == "#808080"
        assert seen("#FFFFFF", sight) == "#FFFFFF"
    # The first column of their matrices, in linear light.
    assert seen("#FF0000", Sight.PROTAN) == "#6D5F00"
    assert seen("#FF0000", Sight.DEUTAN) == "#A39000"
    red, green = "#C0392B", "#5B7F1B"
    assert difference(red, green) > 40
    assert difference(red, green, Sight.DEUTAN) < difference(red, green) / 2


@given(COLOURS)
def test_a_free_colour_gets_a_dark_line_and_fills_that_can_be_read(colour):
    light, dark = theme.papers()
    four = quartet(colour, None, light, dark)
    assert four.line == colour
    assert contrast(four.dark_line, dark.page) >= ON_PAGE
    for fill, paper in ((four.fill, light), (four.dark_fill, dark)):
        assert contrast(fill, paper.ink) >= ON_FILL


@pytest.mark.parametrize("token", theme.TOKENS)
def test_the_themes_own_colours_can_be_read(token):
    verdict = judge(theme.quartet(token), {}, *theme.papers())
    assert verdict.readable
    assert verdict.good


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_quiet_words_of_the_window_can_be_read_on_all_they_lie_on(look):
    papers = (look.page, look.panel, look.card, look.key, look.fill("focus"), look.fill("org"))
    assert all(contrast(look.muted.name(), paper.name()) >= ON_PAGE for paper in papers)
    assert contrast(look.on_focus.name(), look.focus.name()) >= ON_PAGE
    assert contrast(look.focus.name(), look.fill("focus").name()) >= ON_PAGE


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("zone", [ZoneKind.STANDFIRST, ZoneKind.BYLINE, ZoneKind.CAPTION])
def test_names_above_the_text_can_be_read_on_their_fills(look, zone):
    ink = Style(1.0, look, ViewSettings()).char(zone).foreground().color().name()
    assert all(contrast(ink, look.fill(token).name()) >= ON_FILL for token in ENTITIES)


@pytest.mark.parametrize("tokens", [ENTITIES, STANCES])
def test_everybody_tells_the_themes_own_colours_apart(tokens):
    for token in tokens:
        others = {each: theme.quartet(each) for each in tokens if each != token}
        assert judge(theme.quartet(token), others, *theme.papers()).apart


def test_a_verdict_names_what_is_hardest_to_tell_apart_and_for_whom():
    others = {each: theme.quartet(each) for each in ENTITIES}
    del others["person"]
    blue = quartet("#5A5FD0", None, *theme.papers())  # without green, hardly other than violet
    verdict = judge(blue, others, *theme.papers())
    assert verdict.nearest is not None
    assert verdict.nearest[:2] == ("norp", Sight.DEUTAN)
    assert verdict.readable
    assert not verdict.apart
    light, dark = theme.papers()
    assert not judge(quartet("#F0E060", None, light, dark), {}, light, dark).readable
    on_dark = judge(quartet("#2F6FDB", "#20314F", light, dark), {}, light, dark)
    assert on_dark.dark_fails


def test_a_suggested_colour_can_be_read_and_is_told_apart():
    others = [theme.quartet(each) for each in ENTITIES]
    light, dark = theme.papers()
    for _ in range(3):  # one after another, each beside those before
        *_, found = suggest(others, light, dark)
        assert found is not None
        four = quartet(found, None, light, dark)
        verdict = judge(four, {str(n): other for n, other in enumerate(others)}, light, dark)
        assert verdict.good
        assert verdict.nearest is not None
        assert verdict.nearest[2] >= APART
        others.append(four)


def test_where_nothing_is_left_nothing_is_suggested():
    light, dark = theme.papers()
    everything = [
        quartet(f"#{r:02X}{g:02X}{b:02X}", None, light, dark)
        for r in range(0, 256, 51)
        for g in range(0, 256, 51)
        for b in range(0, 256, 51)
    ]
    *_, found = suggest(everything, light, dark)
    assert found is None


def test_what_is_no_colour_is_told():
    with pytest.raises(ValueError, match="not a colour"):
        rgb("blue")


def test_a_free_colour_is_a_token_of_the_theme():
    assert theme.LIGHT.line("#2f6fdb").name() == "#2f6fdb"
    assert theme.DARK.line("#2F6FDB/#8AB4FF").name() == "#8ab4ff"
    assert theme.LIGHT.fill("#2F6FDB") != theme.LIGHT.fill("number")
    assert theme.LIGHT.line("#no") == theme.LIGHT.line("number")
