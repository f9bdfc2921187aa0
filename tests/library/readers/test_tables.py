"""A table's rows come in as articles: its columns are known by their names, in many languages."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.mapping import Mapping, Role, guess, key
from desktop.library.readers.reading import read
from desktop.library.readers.tables import preview

FILES = Path("tests/data/import")
LONG = (
    "The harbour board voted on Tuesday, five to three, to keep the night ferry to Northwall. " * 2
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "articles.csv"


@pytest.mark.parametrize("name", ["articles.xlsx", "articles_ansi.csv"])
def test_a_table_from_an_office_program(name):
    """Semicolons and Windows' encoding, or a workbook; German names; a cell of two lines."""
    first, second, third = read(FILES / name)
    assert isinstance(first, Incoming)
    assert first.text == (
        "Hafenrat stimmt für die Nachtfähre\n"
        "Der Hafenrat hat am Dienstag mit fünf zu drei Stimmen beschlossen, die Nachtfähre zu "
        "behalten.\n„Das Schiff ist eine Lebensader“, sagte die Vorsitzende, Ingrid Halcrow."
    )
    assert first.meta.publication == "Inselbote"
    assert first.meta.author == "Maren Petersen"
    assert first.meta.published == "2026-03-04"
    assert (first.meta.url, first.meta.language) == ("https://inselbote.example/faehre", "de")
    assert not first.doubts
    assert isinstance(second, Incoming)
    assert second.meta.title == "Streit um die Kaigebühren"
    # The office program took this text for a formula, and saved what came of it.
    assert isinstance(third, Refused)
    assert "the cell for the text holds an error" in third.why


def test_a_formula_is_a_text_like_any_other(table):
    table.write_text('title,text\n=cmd|calc,"=HYPERLINK(""https://evil.example"";""x"")"\n')
    (article,) = read(table)
    assert isinstance(article, Incoming)
    assert article.text == '=cmd|calc\n=HYPERLINK("https://evil.example";"x")'


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("id,headline,body", (None, "title", "text")),
        ("reporter,headline,body", ("author", "title", "text")),
        ("Schlagzeile;Volltext;Erscheinungsdatum", ("title", "text", "published")),
        ("Ressort;Titel;Text", ("section", "title", "text")),
        (
            "Titre\tTexte\tDate de publication\tJournal",
            ("title", "text", "published", "publication"),
        ),
        ("título|contenido|fecha|medio", ("title", "text", "published", None)),
        ("Article Title,article_text,date_published_utc", ("title", "text", "published")),
        ("content,full_text,source_name,lang", (None, "text", "publication", "language")),
    ],
)
def test_columns_are_known_by_their_names(table, header, roles):
    separator = next(sign for sign in ",;\t|" if sign in header)
    row = separator.join(["word"] * len(roles))
    table.write_text(f"{header}\n{row}\n{row}\n", encoding="utf-8")
    assert preview(table).mapping.roles == roles


def test_the_longest_column_is_the_text_where_no_name_tells(table):
    table.write_text(f'ref,blob\n1,"{LONG}"\n2,"{LONG}!"\n')
    seen = preview(table)
    assert seen.mapping == Mapping((None, Role.TEXT))
    assert seen.header == ("ref", "blob")
    assert [row[0] for row in seen.rows] == ["1", "2"]


def test_a_table_without_names_loses_no_row(table):
    table.write_text(f'2026-03-04,"{LONG}"\n2026-03-05,"{LONG}!"\n')
    assert preview(table).mapping.first_row
    assert len(list(read(table))) == 2


def test_what_the_analyst_says_of_the_columns_counts(table):
    table.write_text("a,b,c\nFerry kept,Ann,The board voted.\n")
    mapping = Mapping((Role.TITLE, Role.AUTHOR, Role.TEXT), headline=False)
    (article,) = read(table, mapping)
    assert isinstance(article, Incoming)
    assert (article.text, article.meta.author) == ("The board voted.", "Ann")


def test_a_mapping_is_remembered_under_the_names_of_the_columns():
    mapping = guess(["Titel", "Text"], [["a", "b"]])
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert key(["Titel ", "TEXT"]) == key(["titel", "text"]) != key(["text", "titel"])
    with pytest.raises(ValueError, match="no mapping"):
        Mapping.from_json("{}")


def test_several_columns_of_text_are_joined(table):
    table.write_text("lead,rest\nThe board voted.,It was five to three.\n")
    (article,) = read(table, Mapping((Role.TEXT, Role.TEXT)))
    assert isinstance(article, Incoming)
    assert article.text == "The board voted.\n\nIt was five to three."


def test_one_bad_row_stops_no_other(table):
    table.write_bytes(
        b"title,text\nOne,First story\nTwo,\nThree,a,b\nFour,Gr\xc3\xbc\xc3\x9fe, \n"
        b"Five,Br\xfccke\n"
        b'Six,"two\nlines"\nSeven,fine\n'
    )
    one, two, three, four, five, six, seven = read(table)
    assert isinstance(one, Incoming)
    assert two == Refused("articles.csv:3", "the cell for the text is empty")
    assert isinstance(three, Refused)
    assert three.place == "articles.csv:4"
    assert "3 cells, but there are 2 columns" in three.why
    assert isinstance(four, Incoming)
    assert five == Refused(
        "articles.csv:6", "some of its bytes are no characters; save the file as UTF-8"
    )
    assert isinstance(six, Incoming)
    assert six.place == "articles.csv:7"
    assert isinstance(seven, Incoming)
    assert seven.place == "articles.csv:9"


def test_a_file_that_ends_within_a_record_says_so(table):
    table.write_text('title,text\nOne,First story\nTwo,"A story that\nis cut')
    *_, last = read(table)
    assert isinstance(last, Refused)
    assert "ends within quotation marks" in last.why


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_tables(table, encoding):
    row = "Grüße aus Görlitz;Der Bürgermeister möchte die Brücke über die Neiße schließen.\n"
    table.write_bytes(("Titel;Text\n" + row * 5).encode(encoding))
    articles = list(read(table))
    assert len(articles) == 5
    assert isinstance(articles[0], Incoming)
    assert articles[0].meta.title == "Grüße aus Görlitz"


def test_excels_own_line_about_the_separator(table):
    table.write_text("sep=;\ntitle;text\nOne;a, b, c\n")
    (article,) = read(table)
    assert isinstance(article, Incoming)
    assert (article.text, article.place) == ("One\na, b, c", "articles.csv:3")


def test_a_date_that_can_be_read_in_two_ways_is_kept_with_a_doubt(table):
    table.write_text("text,date\nA story,03/04/2026\n")
    (article,) = read(table)
    assert isinstance(article, Incoming)
    assert article.meta.published == "2026-04-03"
    assert "03/04/2026" in article.doubts[0]


def test_other_rows_show_how_a_table_writes_dates(table):
    table.write_text("text,date\nA story,03/04/2026\nAnother,12/25/2026\n")
    first, _ = read(table)
    assert isinstance(first, Incoming)
    assert (first.meta.published, first.doubts) == ("2026-03-04", ())


def test_a_table_of_no_texts_is_refused_in_plain_words(table):
    table.write_text("name,phone\nAnn,1\nBob,2\n")
    with pytest.raises(ReadError, match="none of its columns is known to hold the text; say which"):
        list(read(table))


def test_sheets_with_the_same_columns_are_read_on_and_others_named(tmp_path):
    book = Workbook()
    for number, name in enumerate(("2025", "2026", "Notes")):
        sheet = book.create_sheet(name, number)
        sheet.append(["Title", "Text", "Date"] if name != "Notes" else ["To do"])
        sheet.append([f"Story {name}", "_x000D_The board voted.", 3.0])
    del book["Sheet"]
    book.save(tmp_path / "book.xlsx")
    first, second, notes = read(tmp_path / "book.xlsx")
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert [first.place, second.place] == ["book.xlsx, 2025, row 2", "book.xlsx, 2026, row 2"]
    assert notes == Refused("book.xlsx, Notes", "this sheet has other columns than the first")


def test_a_text_as_long_as_excels_cells_is_doubtful(tmp_path):
    book = Workbook()
    book.active.append(["text"])  # pyright: ignore[reportOptionalMemberAccess]
    book.active.append(["x" * 32_767])  # pyright: ignore[reportOptionalMemberAccess]
    book.save(tmp_path / "book.xlsx")
    (article,) = read(tmp_path / "book.xlsx")
    assert isinstance(article, Incoming)
    assert "its end may be cut off" in article.doubts[0]


def test_what_a_table_is_called_above_its_columns_is_no_article(tmp_path):
    path = tmp_path / "clippings.csv"
    heading = "Presseauswertung 1. Quartal;;\n;;\nStand: April;;\n"
    path.write_text(heading + "Datum;Überschrift;Volltext\n04.03.2026;Fähre;Sie bleibt.\n", "utf-8")
    (article,) = read(path)
    assert isinstance(article, Incoming)
    assert (article.place, article.text) == ("clippings.csv:5", "Fähre\nSie bleibt.")
    assert article.meta.published == "2026-03-04"


def test_a_workbook_with_german_headings(tmp_path):
    book = Workbook()
    names = ["Lfd. Nr.", "Überschrift", "Medium", "Erscheinungsdatum", "Verfasser/in", "Ressort"]
    book.worksheets[0].append([*names, "Seite", "Volltext", "Auflage", "Link"])
    story = [1, "Fähre bleibt", "Inselbote", date(2026, 3, 4), "Maren Petersen", "Lokales"]
    book.worksheets[0].append([*story, 3, "Der Hafenrat stimmte zu.", 12_000, "https://a.example"])
    book.save(tmp_path / "artikel.xlsx")
    (article,) = read(tmp_path / "artikel.xlsx")
    assert isinstance(article, Incoming)
    assert article.text == "Fähre bleibt\nDer Hafenrat stimmte zu."
    meta = article.meta
    assert (meta.publication, meta.published, meta.section) == (
        "Inselbote",
        "2026-03-04",
        "Lokales",
    )
    assert (meta.author, meta.url) == ("Maren Petersen", "https://a.example")
