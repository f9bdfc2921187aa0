"""A Word document comes in as it reads when it is finished."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.reading import read

FILES = Path("tests/data/import")


def the_one(path: Path) -> Incoming:
    (article,) = read(path)
    assert isinstance(article, Incoming)
    return article


def test_paragraphs_tables_and_tracked_changes():
    article = the_one(FILES / "ferry_vote.docx")
    assert article.text == (
        "Ferry vote splits the harbour board\n"
        "The board voted by five to three to keep the night ferry, Ingrid Halcrow said.\n"
        "How they voted:\n"
        "For\tfive\n"
        "Against\tthree\n"
        "Flett called it “a cheque\n"
        "that nobody has signed”.\tMore follows."
    )
    assert article.meta.title == "Ferry vote splits the harbour board"
    assert article.meta.author == "Morag Linklater"


def test_a_title_of_its_own_becomes_the_first_line(tmp_path):
    document = Document()
    document.core_properties.title = "Ferry kept"
    document.core_properties.author = "python-docx"
    document.add_paragraph("The board voted on Tuesday.")
    document.save(str(tmp_path / "ferry.docx"))
    article = the_one(tmp_path / "ferry.docx")
    assert article.text == "Ferry kept\nThe board voted on Tuesday."
    assert article.meta.author is None


def test_a_document_of_pictures_is_refused(tmp_path):
    Document().save(str(tmp_path / "empty.docx"))
    with pytest.raises(ReadError, match=r"empty\.docx: there is no text in it"):
        list(read(tmp_path / "empty.docx"))


def test_a_document_that_is_none_is_refused(tmp_path):
    path = tmp_path / "letter.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(
        ReadError, match=r"letter\.docx: this is an old Office file.*save it as \.docx"
    ):
        list(read(path))
    with ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<not a document")
    with pytest.raises(ReadError, match=r"letter\.docx: .*open it in Word and save it anew"):
        list(read(path))
