"""Exports of LexisNexis and Factiva: every layout gives the same articles, word for word."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from db.values import Zone, ZoneKind
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import read

EXPORTS = Path(__file__).parents[1] / "data" / "import" / "databases"
FILES = sorted(path for path in EXPORTS.iterdir() if path.suffix not in (".py", ".md"))
ENGLISH = [path.name for path in FILES if "german" not in path.name and "romance" not in path.name]

TOLL = "Harwick drops the bridge toll after a year of protest"
TOLL_ENDS = "said the decision was “a gift to lorries and to nobody else”."
TOLL_STANDFIRST = "The council gives way; hauliers call it a good day for the town."
FERRY = """Ferry workers vote for a strike in May

Crews on the Harwick ferries have voted by nine to one to stop work in the first week of May, their\
 union said. It wants 6% more pay; the company offers 2.5%.

“Nobody wants this,” said Ingrid Halloran, the union’s secretary."""


def articles(path: Path) -> list[Incoming]:
    return [one for one in read(path) if isinstance(one, Incoming)]


def refused(path: Path) -> list[tuple[str, str]]:
    return [(one.place, one.why) for one in read(path) if isinstance(one, Refused)]


def zone(one: Incoming, kind: ZoneKind) -> str | None:
    return next((one.text[z.start : z.end] for z in one.zones if z.kind is kind), None)


@pytest.mark.parametrize("name", ENGLISH)
def test_every_layout_gives_the_same_articles_word_for_word(name: str):
    toll, ferry, *_ = articles(EXPORTS / name)
    assert ferry.text == FERRY
    assert toll.text.startswith(f"{TOLL}\n\n") and toll.text.endswith(TOLL_ENDS)
    assert "Mr Moreau told the chamber — to cheers from the gallery, where hauliers" in toll.text
    assert (
        "no traffic. 🚒 Even the fire brigade’s crew had signed.\n\nLength: that was" in toll.text
    )
    for boilerplate in (
        "Copyright",
        "Load-Date",
        "LOAD-DATE",
        "Document ",
        "ROAD TOLLS",
        "words\n",
    ):
        assert boilerplate not in toll.text + ferry.text


@pytest.mark.parametrize("name", ENGLISH)
def test_fields_become_metadata(name: str):
    toll, ferry, *_ = articles(EXPORTS / name)
    assert (toll.meta.title, ferry.meta.title) == (TOLL, FERRY.split("\n")[0])
    assert toll.meta.publication and toll.meta.publication.startswith("The Harwick Courier")
    assert ferry.meta.publication == "Coastal Evening Post"
    assert toll.meta.author and toll.meta.author.startswith("Ada Lowe")
    assert ferry.meta.author is None
    assert ferry.meta.published == "2024-03-05"
    assert toll.meta.published in ("2024-01-11T10:50Z", "2024-01-11T14:35")
    assert toll.meta.language == ferry.meta.language == "en"
    assert toll.doubts == ferry.doubts == ()
    assert (toll.place, ferry.place) == (f"{name}, article 1", f"{name}, article 2")


@pytest.mark.parametrize("name", ENGLISH)
def test_zones_tell_headline_byline_and_body(name: str):
    toll, ferry, *_ = articles(EXPORTS / name)
    assert zone(toll, ZoneKind.HEADLINE) == TOLL
    assert "Ada Lowe" in (zone(toll, ZoneKind.BYLINE) or "")
    assert (zone(toll, ZoneKind.BODY) or "").endswith(TOLL_ENDS)
    assert zone(toll, ZoneKind.STANDFIRST) in (TOLL_STANDFIRST, None)  # Factiva does not tell it
    assert [z.kind for z in ferry.zones] == [ZoneKind.HEADLINE, ZoneKind.BODY]


def test_german_french_and_spanish_exports_are_read():
    (german,) = articles(EXPORTS / "nexis_old_german.txt")
    french, spanish = articles(EXPORTS / "nexis_old_romance.txt")
    known = [
        (one.meta.title, one.meta.author, one.meta.published, one.meta.language)
        for one in (german, french, spanish, articles(EXPORTS / "factiva_display.rtf")[2])
    ]
    assert known == [
        ("Brückenmaut wird abgeschafft", "Jörg Überall", "2024-03-15", "de"),
        ("Le péage du pont est supprimé", "Hélène Dûment", "2024-03-15", "fr"),
        ("El puente deja de cobrar peaje", "Íñigo Peña", "2024-03-15", "es"),
        ("Brückenmaut wird abgeschafft", "Jörg Überall", "2024-03-15", "de"),
    ]
    assert zone(french, ZoneKind.BODY) == (
        "Le conseil de Harwick renonce au péage. « Enfin », a dit la maire, Aurélie Noël."
    )


@pytest.mark.parametrize("name", ["nexis_uni.docx", "nexis_uni.rtf"])
def test_what_has_no_text_or_is_there_twice_stays_out_and_the_rest_goes_on(name: str):
    assert len(articles(EXPORTS / name)) == 2
    assert refused(EXPORTS / name) == [
        (
            f"{name}, article 3",
            "there is no text under its headline “In pictures: the last night of the toll”",
        ),
        (f"{name}, article 4", "it is the same, word for word, as article 2"),
    ]


def nexis(*bodies: str, cover: str = "", end: str = "End of Document") -> str:
    articles = [
        f"Toll {nth}\nThe Courier\nMarch {nth}, 2024\nCopyright 2024 Courier\nLength: 9 words\n"
        "Body\n"
        f"{body}\nClassification\nLanguage: ENGLISH\nLoad-Date: March 9, 2024\n{end}\n"
        for nth, body in enumerate(bodies, 1)
    ]
    return cover + "\n".join(articles)


def written(tmp_path: Path, text: str, name: str = "export.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_an_export_that_lacks_articles_is_told(tmp_path: Path):
    cover = (
        "Date and Time: Friday\nJob Number: 1\nDocuments (3)\n1. Toll 1\nClient/Matter: -None-\n"
    )
    path = written(tmp_path, nexis("One.", "Two.", cover=cover))
    assert [one.text for one in articles(path)] == ["Toll 1\n\nOne.", "Toll 2\n\nTwo."]
    assert refused(path) == [("export.txt", "its cover names 3 documents, but 2 are in it")]


def test_an_export_that_was_cut_off_gives_what_is_there(tmp_path: Path):
    whole = nexis("One.", "Two went on.\nAnd on.")
    path = written(tmp_path, whole[: whole.index("And on.")])
    assert [one.text for one in articles(path)] == ["Toll 1\n\nOne.", "Toll 2\n\nTwo went on."]


def test_an_article_the_database_failed_to_give_is_refused(tmp_path: Path):
    sorry = (
        "We are sorry but there is an error in this document and it is not possible to display it."
    )
    path = written(tmp_path, nexis("One.", sorry, "Three."))
    assert [one.meta.title for one in articles(path)] == ["Toll 1", "Toll 3"]
    assert [place for place, _ in refused(path)] == ["export.txt, article 2"]


def test_a_heading_within_a_text_does_not_end_it(tmp_path: Path):
    (one,) = articles(written(tmp_path, nexis("One.\nClassification\nTwo.\nGraphic\nA bridge.")))
    assert one.text == "Toll 1\n\nOne.\n\nClassification\n\nTwo."


def test_a_date_that_cannot_be_read_is_taken_from_the_load_date_with_a_doubt(tmp_path: Path):
    (one,) = articles(written(tmp_path, nexis("One.").replace("March 1, 2024", "Spring 2024")))
    assert one.meta.published == "2024-03-09"
    assert one.doubts == ("its date is the day it was loaded: none else could be read",)


OLD = """                               1 of 2 DOCUMENTS

                                  The Courier

                            January 11, 2024 Thursday

Toll goes

LENGTH: 30 words

{}

LOAD-DATE: January 11, 2024

                            Copyright 2024 Courier
                              All Rights Reserved
"""
LONG = "The council of Harwick will stop charging drivers for crossing the Old Bridge,"


@pytest.mark.parametrize(
    ("body", "read_as"),
    [
        (f"{LONG}\nit said.", f"{LONG} it said."),
        (f"{LONG}\n\nit said.", f"{LONG}\n\nit said."),
        (
            "\n\n".join([f"{LONG}\nit said."] * 30 + ["https://c.example/" + "x" * 150]),
            "\n\n".join([f"{LONG} it said."] * 30 + ["https://c.example/" + "x" * 150]),
        ),
        (f"Toll: 3 crowns\nTax: 1 crown\n\n{LONG}", f"Toll: 3 crowns\n\nTax: 1 crown\n\n{LONG}"),
        (f"{LONG}\n\nUpdate: the mayor left.", f"{LONG}\n\nUpdate: the mayor left."),
        ("Subject: that was all.\n\n" + LONG, "Subject: that was all.\n\n" + LONG),
    ],
    ids=[
        "broken line",
        "two paragraphs",
        "an address",
        "short lines",
        "like a field below",
        "like one above",
    ],
)
def test_lines_are_joined_only_where_the_width_broke_them(tmp_path: Path, body: str, read_as: str):
    (one,) = articles(written(tmp_path, OLD.format(body)))
    assert one.text == f"Toll goes\n\n{read_as}"


FACTIVA = """{}
1,200 words
11 January 2024
The Harwick Courier
HARCOU
English
(c) 2024 Courier
The toll goes.
Document HARCOU0020240111ek1b0001x
"""


@pytest.mark.parametrize(
    ("above", "headline", "byline"),
    [
        ("Toll goes", "Toll goes", None),
        ("News\nHarwick Drops Bridge Toll", "Harwick Drops Bridge Toll", None),
        (
            "News\nHarwick drops the toll\nAda Lowe and Greta Olsen",
            "Harwick drops the toll",
            "Ada Lowe",
        ),
        ("Harwick drops the toll\nBy Ada Lowe", "Harwick drops the toll", "By Ada Lowe"),
        ("A list............ 1\nHarwick drops the toll\t2\nToll goes", "Toll goes", None),
    ],
    ids=["headline", "section", "all three", "byline", "list of headlines"],
)
def test_above_the_length_are_a_section_the_headline_and_a_byline(
    tmp_path: Path, above: str, headline: str, byline: str | None
):
    (one,) = articles(written(tmp_path, FACTIVA.format(above)))
    assert zone(one, ZoneKind.HEADLINE) == headline
    assert (zone(one, ZoneKind.BYLINE) or "").startswith(byline or "")
    assert (zone(one, ZoneKind.BYLINE) is None) == (byline is None)
    assert (one.meta.published, one.meta.publication) == ("2024-01-11", "The Harwick Courier")
    assert zone(one, ZoneKind.BODY) == "The toll goes."


def test_a_text_that_only_speaks_of_such_marks_is_one_article(tmp_path: Path):
    text = "Archives\n\nEach ends in “End of Document”.\nEnd of document\nLength does not matter."
    (one,) = articles(written(tmp_path, text))
    assert one.text == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_damaged_export_gives_articles_or_says_why_not(tmp_path: Path, path: Path):
    whole, chance = path.read_bytes(), random.Random(path.name)
    for _ in range(12):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(broken))
            broken[at : at + chance.choice((0, 1, 40))] = chance.randbytes(chance.choice((0, 1, 9)))
        damaged = tmp_path / path.name
        damaged.write_bytes(broken[: chance.choice((len(broken), chance.randrange(len(broken))))])
        try:
            found = list(read(damaged))
        except ReadError as error:
            assert path.name in str(error)
            continue
        for one in found:
            if isinstance(one, Incoming):
                one.text.encode()
                assert all(_lies_in(one.text, each) for each in one.zones)


def _lies_in(text: str, zone: Zone) -> bool:
    return 0 <= zone.start < zone.end <= len(text)
