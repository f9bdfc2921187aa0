"""A file goes to its reader by name, or by what it is where the name is wrong."""

from pathlib import Path
from shutil import copyfile
from zipfile import ZipFile

import pytest

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import SUFFIXES, TABLES, read

FILES = Path("tests/data/import")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("sources/night_ferry.html", "page.txt"),
        ("night_ferry.pdf", "page.html"),
        ("ferry_vote.docx", "vote.zip"),
        ("articles.xlsx", "articles.csv"),
        ("ferry_vote.docx", "vote"),
    ],
)
def test_a_wrong_name_does_not_matter(tmp_path, file, name):
    copyfile(FILES / file, tmp_path / name)
    (first, *_) = read(tmp_path / name)
    (same, *_) = read(FILES / file)
    assert isinstance(first, Incoming)
    assert isinstance(same, Incoming)
    assert first.text == same.text


def test_a_mail_named_txt_is_a_mail(tmp_path):
    path = tmp_path / "alert.txt"
    path.write_text(
        "From: a@b.example\nTo: c@d.example\nSubject: Ferry\nMIME-Version: 1.0\n\nIt sails."
    )
    (article,) = read(path)
    assert isinstance(article, Incoming)
    assert article.text == "Ferry\nIt sails."


def test_a_memo_is_no_mail(tmp_path):
    text = "From: the editor\nTo: all\nSubject: ferries\n\nPlease write about them."
    (tmp_path / "memo.txt").write_text(text)
    (article,) = read(tmp_path / "memo.txt")
    assert isinstance(article, Incoming)
    assert article.text == text


def test_exports_of_news_databases_are_many_articles():
    for name in ("nexis_old.html", "factiva_codes.docx", "factiva_codes.rtf"):
        articles = [one for one in read(FILES / "databases" / name) if isinstance(one, Incoming)]
        assert len(articles) > 1, name
        assert articles[0].place == f"{name}, article 1"


def test_an_archive_is_read_like_a_folder(tmp_path):
    path = tmp_path / "march.zip"
    with ZipFile(path, "w") as packed:
        packed.writestr("news/ferry.txt", "Ferry kept\nThe board voted.")
        packed.writestr("../../../tmp/standfirst-slip.txt", "Slipped out")
        packed.writestr("news/rows.csv", "title,text\nOne,First\nTwo,\n")
        packed.writestr("news/photo.png", b"\x89PNG\r\n")
        packed.writestr("__MACOSX/._ferry.txt", "x")
    found = list(read(path))
    assert [one.place for one in found] == [
        "march.zip/news/ferry.txt",
        "march.zip/../../../tmp/standfirst-slip.txt",
        "march.zip/news/rows.csv:2",
        "march.zip/news/rows.csv:3",
        "march.zip/news/photo.png",
    ]
    assert [type(one) for one in found] == [Incoming, Incoming, Incoming, Refused, Refused]
    assert found[-1] == Refused("march.zip/news/photo.png", "this is a picture, not a text")
    assert not Path("/tmp/standfirst-slip.txt").exists()


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "a picture"),
        ("story.pdf", b"no pdf at all", "this is no .pdf file"),
        ("thing.xml", b"<?xml version='1.0'?><thing/>", "XML of a kind we do not know"),
        ("project.standfirst", b"SQLite format 3\0", "a database"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, name, raw, why):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ReadError, match=f"{name}: .*{why}"):
        list(read(tmp_path / name))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(ReadError, match=path.name):
            list(read(path))


def test_suffixes_are_what_a_dialog_offers():
    assert {".txt", ".docx", ".eml", ".rtf", ".zip"} <= SUFFIXES
    assert {".csv", ".tsv", ".xlsx"} <= TABLES <= SUFFIXES
