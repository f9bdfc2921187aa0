"""What is made to harm, or has gone wrong, is named; nothing hangs, swells or leaks."""

import random
import zlib
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library.readers.mutations import mutated, originals, outcome
from searching import examples

from desktop.library.readers import archive, inside, text
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import SUFFIXES, read

ZEROES = b"0" * 30_000_000
NESTED = "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise("abcdefghi")
)
ENTITIES = (
    f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{NESTED}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.zip"


@pytest.mark.parametrize(
    ("suffix", "parts"),
    [
        (".docx", {"word/document.xml": ZEROES}),
        (".xlsx", {"xl/workbook.xml": b"x", "xl/sharedStrings.xml": ZEROES}),
        (".zip", {"a.txt": ZEROES}),
        (".zip", {f"{number}.txt": b"" for number in range(20_001)}),
    ],
)
def test_archives_that_swell_are_not_unpacked(file, suffix, parts):
    file = file.with_suffix(suffix)
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)
    with pytest.raises(ReadError, match=r"unpack to too much|too many"):
        list(read(file))


def test_archives_within_archives_end_somewhere(file):
    raw = b"The board voted."
    for level in range(8):
        with ZipFile(file, "w") as packed:
            packed.writestr("inner.zip" if level else "story.txt", raw)
        raw = file.read_bytes()
    (refused,) = read(file)
    assert isinstance(refused, Refused)
    assert "files within files" in refused.why


def test_archives_within_archives_share_one_room(file):
    with ZipFile(file, "w") as packed:
        packed.writestr("story.txt", "The board voted. " * 100)
    inner = file.read_bytes()
    with ZipFile(file, "w") as packed:
        for name in "abc":
            packed.writestr(f"{name}.zip", inner)
    room = inside.Room(len(inner) * 5)
    *stories, refused = archive.read(
        file, lambda path: archive.read(path, lambda story: iter([text.read(story)]), room), room
    )
    assert [one.place for one in stories] == [
        "file.zip/a.zip/story.txt",
        "file.zip/b.zip/story.txt",
    ]
    assert isinstance(refused, Refused)
    assert (refused.place, refused.why[:29]) == ("file.zip/c.zip", "it would unpack to too much (")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("feed.rss", "<rss><channel><item><title>T</title><description>&i;&file;</description>"
                     "</item></channel></rss>"),
        ("map.xml", "<urlset><url><n><title>T&i;&file;</title></n></url></urlset>"),
    ],
)  # fmt: skip
def test_entities_neither_swell_nor_read_other_files(file, name, body):
    file = file.with_name(name)
    file.write_text(ENTITIES + body)
    try:
        texts = [one.text for one in read(file) if isinstance(one, Incoming)]
    except ReadError as error:
        assert name in str(error)
    else:
        secret = Path("/etc/hostname")
        for text in texts:
            assert len(text) < 1000
            assert not secret.exists() or secret.read_text().strip() not in text


def test_entities_in_a_document_do_neither(file):
    file = file.with_suffix(".docx")
    with ZipFile("tests/data/import/ferry_vote.docx") as sound, ZipFile(file, "w") as packed:
        for part in sound.namelist():
            raw = sound.read(part)
            if part == "word/document.xml":
                declared, _, rest = raw.partition(b"?>")
                raw = declared + b"?>" + ENTITIES.encode() + rest.replace(b"voted", b"&i;&file;", 1)
            packed.writestr(part, raw)
    with pytest.raises(ReadError, match=r"file\.docx"):
        list(read(file))


@pytest.mark.parametrize(
    ("name", "raw", "articles"),
    [
        ("long_line.csv", b"title,text\na," + b"x" * 25_000_000 + b"\nb,fine\n", 1),
        ("open_quote.csv", b'title,text\nb,fine\n"a,' + b"line, more\n" * 2_500_000, 1),
        (
            "bytes.csv",
            b"title,text\nb,fine\nc,\xff\xfe\xfd\nd,\xc3\xbc \xc3\xbc \xc3\xbc \xc3\xbc\n",
            2,
        ),
    ],
)
def test_a_table_gone_wrong_gives_what_is_sound(file, name, raw, articles):
    file = file.with_name(name)
    file.write_bytes(raw)
    found = list(read(file))
    assert sum(isinstance(one, Incoming) for one in found) == articles
    assert any(isinstance(one, Refused) for one in found)


def test_nul_bytes_in_a_table_are_refused(file):
    file = file.with_name("nul.csv")
    file.write_bytes(b"title,text\na,b\0c\n")
    with pytest.raises(ReadError, match="NUL bytes in it; save it as UTF-8 text"):
        list(read(file))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "hello",
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">hello</p>",
        "<!--" * 100_000,
        "<a '" * 100_000 + '"',
        "<" * 300_000,
        "<table><tr><td>" * 20_000 + "hello",
    ],
)
def test_pages_made_to_hang_do_not(file, html):
    file = file.with_name("page.html")
    file.write_text(html)
    assert set(outcome(file)) <= {"article", "file refused"}


def test_a_sheet_with_a_cell_at_the_very_bottom_is_not_a_million_rows(file):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["text"])
    sheet.append(["The board voted."])
    sheet["XFD1048576"] = "trap"
    book.save(file.with_suffix(".xlsx"))
    found = list(read(file.with_suffix(".xlsx")))
    assert isinstance(found[0], Incoming)
    assert len(found) == 1


def test_a_pdf_of_one_page_a_hundred_thousand_times_is_refused(file):
    file = file.with_suffix(".pdf")
    kids = b"4 0 R " * 100_000
    text = zlib.compress(b"BT /F1 12 Tf (Hello board) Tj ET")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count 100000 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, part) for at, part in enumerate(parts, 1))
    file.write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF")
    with pytest.raises(ReadError, match="pages are too many"):
        list(read(file))


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=400))
def test_any_bytes_under_any_name(tmp_path, suffix, raw):
    path = tmp_path / f"file{suffix}"
    path.write_bytes(raw)
    assert set(outcome(path)) <= {"article", "record refused", "file refused"}


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=2**32), which=st.integers(min_value=0))
def test_real_files_gone_wrong(tmp_path, seed, which):
    files = originals()
    suffix, raw = files[which % len(files)]
    path = tmp_path / f"file{suffix}"
    path.write_bytes(mutated(raw, random.Random(seed)))
    assert set(outcome(path)) <= {"article", "record refused", "file refused"}
