"""Zones of scraped pages: what is the article, and what is the site talking about itself."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import SETS, told

from db.values import Zone, ZoneKind
from desktop.suggest.text.words import word_set
from desktop.suggest.text.zones import find_zones

SNIPPETS = tomllib.loads(
    (Path(__file__).parent / "data" / "zone_snippets.toml").read_text(encoding="utf-8")
)

HEADLINE = "Harbour master resigns after ferry collision"
FIRST = (
    "The harbour master of Port Ellery has resigned, three weeks after two ferries collided in fog."
)
LAST = "An inquiry is expected to report in the autumn."


def kinds(text: str, part: str) -> set[ZoneKind]:
    start = text.index(part)
    end = start + len(part)
    return {zone.kind for zone in find_zones(text) if zone.start < end and start < zone.end}


def page(*lines: str) -> str:
    return "\n".join(lines)


def in_an_article(line: str) -> str:
    return page(HEADLINE, FIRST, line, LAST)


@pytest.mark.parametrize("line", SNIPPETS["boilerplate"])
def test_what_a_site_says_about_itself_is_boilerplate(line: str):
    assert kinds(in_an_article(line), line) == {ZoneKind.BOILERPLATE}


@pytest.mark.parametrize("line", SNIPPETS["body"])
def test_an_article_may_speak_of_donations_cookies_and_comments(line: str):
    assert kinds(in_an_article(line), line) == {ZoneKind.BODY}


@pytest.mark.parametrize("line", SNIPPETS["body"])
def test_a_line_of_the_article_stays_body_right_after_an_appeal(line: str):
    text = page(HEADLINE, "Your donation helps us to report.", line, LAST)
    assert kinds(text, line) == {ZoneKind.BODY}


@pytest.mark.parametrize("line", SNIPPETS["glued"])
def test_boilerplate_is_cut_off_where_a_sentence_is_stuck_to_it(line: str):
    appeal, sentence = line.split("|")
    text = page(HEADLINE, appeal + sentence, LAST)
    assert kinds(text, appeal) == {ZoneKind.BOILERPLATE}
    assert kinds(text, sentence) == {ZoneKind.BODY}


def test_a_page_from_its_headline_to_its_comment_box():
    text = page(
        HEADLINE,
        "Captain Rosalind Avery tells board the fog signal had been out of order since spring",
        "By Tomas Lindqvist in Port Ellery",
        "12 March 2026",
        "We and our partners use cookies. You can change your choices at any time.",
        FIRST,
        "Captain Avery on the quay last year (Harbour Trust/PA)",
        "“I should have closed the harbour,” she said.",
        LAST,
        "Join the conversation",
        "Comments",
    )
    assert [(zone.kind, text[zone.start : zone.end].split()[0]) for zone in find_zones(text)] == [
        (ZoneKind.HEADLINE, "Harbour"),
        (ZoneKind.STANDFIRST, "Captain"),
        (ZoneKind.BYLINE, "By"),
        (ZoneKind.BOILERPLATE, "We"),
        (ZoneKind.BODY, "The"),
        (ZoneKind.CAPTION, "Captain"),
        (ZoneKind.BODY, "“I"),
        (ZoneKind.BOILERPLATE, "Join"),
    ]


def test_the_titles_of_other_stories_go_with_read_more():
    text = page(HEADLINE, FIRST, "Read more", "Ferry firm had been warned", "Fog in pictures", LAST)
    assert kinds(text, "Ferry firm had been warned") == {ZoneKind.BOILERPLATE}
    assert kinds(text, "Fog in pictures") == {ZoneKind.BOILERPLATE}
    assert kinds(text, LAST) == {ZoneKind.BODY}


def test_a_text_without_a_headline_has_none():
    assert find_zones(FIRST) == [Zone(0, len(FIRST), ZoneKind.BODY)]
    assert {zone.kind for zone in find_zones(page(FIRST, LAST))} == {ZoneKind.BODY}


def test_an_empty_text_has_no_zones():
    assert find_zones("") == []
    assert find_zones(" \n\u2028\t\n") == []


words = st.sampled_from(
    [
        *sorted(
            word_set(
                "Your donation helps us. “ ” ' ‘ ’ said Mr Smith: Comments Read more .The (AP) By "
                "Ann 👩‍👩‍👧 שלום"
            )
        ),
        '"',
        "\n",
        "\r\n",
        "\u2028",
        "\u00a0",
        "e\u0301",
        "👩‍👩‍👧",
        "שלום",
    ]
)


@given(st.one_of(st.text(), st.lists(words, max_size=40).map(" ".join)))
def test_zones_cover_every_visible_character_once_and_in_order(text: str):
    zones = find_zones(text)
    assert all(0 <= zone.start < zone.end <= len(text) for zone in zones)
    assert all(a.end <= b.start for a, b in pairwise(zones))
    inside = {place for zone in zones for place in range(zone.start, zone.end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - inside)


@pytest.mark.parametrize("name", SETS)
def test_whole_pages_by_writers_who_did_not_know_the_rules(name: str):
    """What is reached on the whole; above all, of the article itself nothing is taken away."""
    counts = told(name)
    assert counts.gold.total() > 200
    assert counts.recall("body") > 0.97
    assert counts.precision("boilerplate") > 0.9
    assert counts.recall("boilerplate") > 0.85
    assert counts.recall("headline") > 0.8


def test_a_list_of_short_lines_is_no_boilerplate_where_there_is_little_else():
    text = page("What we want", "Clean water", "Safe roads", "A bus on Sundays", "Fair rents")
    assert ZoneKind.BOILERPLATE not in {zone.kind for zone in find_zones(text)}


def test_buttons_and_titles_of_other_stories_stand_out_between_sentences():
    text = page(HEADLINE, FIRST, "Save this story", "Fog in pictures: our gallery", LAST)
    assert kinds(text, "Save this story") == {ZoneKind.BOILERPLATE}
    assert kinds(text, "Fog in pictures: our gallery") == {ZoneKind.BOILERPLATE}
    assert kinds(text, LAST) == {ZoneKind.BODY}
