"""A document of LibreOffice Writer comes in as it reads when it is finished."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop.library.readers import open_document
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.reading import read

FILES = Path("tests/data/import")
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("svg", "svg-compatible"), ("meta", "meta"),
    )
)  # fmt: skip
MANIFEST = "<manifest/>"


def the_one(path: Path) -> Incoming:
    (article,) = read(path)
    assert isinstance(article, Incoming)
    return article


def written(folder: Path, body: str, **parts: str) -> Path:
    """Write a document with this body."""
    path = folder / "ferry.odt"
    content = f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text>"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", open_document.TYPE)
        packed.writestr("content.xml", f"{content}</office:body></office:document-content>")
        packed.writestr("META-INF/manifest.xml", parts.get("manifest", MANIFEST))
        if "meta" in parts:
            packed.writestr("meta.xml", parts["meta"])
    return path


def test_it_reads_as_the_same_document_saved_for_word():
    ours, words = the_one(FILES / "ferry_vote.odt"), the_one(FILES / "ferry_vote.docx")
    assert ours.text == words.text
    assert ours.text.startswith("Ferry vote splits the harbour board\nThe board voted by five")
    assert ours.meta == words.meta


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>The  board\n voted<text:s text:c='3'/>so.</text:p>", "The board voted   so."),
        ("<text:h>Ferry <text:span>kept<text:a> open</text:a></text:span>.</text:h>",
         "Ferry kept open."),
        ("<text:list><text:list-item><text:p>One.</text:p></text:list-item><text:list-item>"
         "<text:list><text:list-item><text:p>Two.</text:p></text:list-item></text:list>"
         "</text:list-item></text:list>", "One.\nTwo."),
        ("<text:section><text:p>In a section.</text:p></text:section>", "In a section."),
        ("<text:p>It sails<office:annotation><text:p>Really?</text:p></office:annotation>"
         "<text:note><text:note-body><text:p>In a letter.</text:p></text:note-body></text:note>."
         "</text:p>", "It sails."),
        ("<text:p>Before <draw:frame><svg:desc>A ferry</svg:desc><draw:text-box><text:p>Boxed."
         "</text:p></draw:text-box></draw:frame>after.</text:p>", "Before Boxed.\nafter."),
        ("<text:table-of-content><text:p>Ferry 1</text:p></text:table-of-content>"
         "<text:p>It sails.<!-- not this --></text:p>", "It sails."),
        ("<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>For"
         "</text:p><text:p>it</text:p></table:table-cell><table:table-cell><text:p>5</text:p>"
         "</table:table-cell></table:table-row></table:table-header-rows></table:table>",
         "For it\t5"),
    ],
)  # fmt: skip
def test_what_is_shown_comes_in_and_nothing_else(tmp_path, body, text):
    assert the_one(written(tmp_path, body)).text == text


def test_a_title_of_its_own_becomes_the_first_line(tmp_path):
    about = (
        f"<office:document-meta {SPACES}><title xmlns='http://purl.org/dc/elements/1.1/'>Ferry kept"
        "</title><meta:initial-creator>Unknown</meta:initial-creator></office:document-meta>"
    )
    article = the_one(written(tmp_path, "<text:p>It sails.</text:p>", meta=about))
    assert article.text == "Ferry kept\nIt sails."
    assert (article.meta.title, article.meta.author) == ("Ferry kept", None)


def test_it_is_known_by_what_is_in_it(tmp_path):
    path = written(tmp_path, "<text:p>It sails.</text:p>")
    assert the_one(path.rename(tmp_path / "ferry.txt")).text == "It sails."


@pytest.mark.parametrize(
    ("body", "manifest", "why"),
    [
        ("", MANIFEST, "there is no text in it"),
        ("<text:p>", MANIFEST, "damaged; open it in LibreOffice"),
        ("<text:p>" * 300 + "Deep." + "</text:p>" * 300, MANIFEST, "damaged"),
        ("<text:p>It sails.</text:p>", "<manifest:encryption-data/>", "it has a password"),
        (f"<text:p>{' ' * 20_000_000}</text:p>", MANIFEST, "unpack to too much"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, body, manifest, why):
    with pytest.raises(ReadError, match=rf"ferry\.odt: .*{why}"):
        list(read(written(tmp_path, body, manifest=manifest)))


def test_entities_are_left_alone_and_spaces_do_not_swell(tmp_path):
    path = written(tmp_path, "<text:p>Short<text:s text:c='999999999'/>.</text:p>")
    assert len(the_one(path).text) < 200
    with ZipFile(path, "w") as packed:
        packed.writestr("mimetype", open_document.TYPE)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr(
            "content.xml",
            "<!DOCTYPE x [<!ENTITY file SYSTEM 'file:///etc/hostname'>]>"
            f"<office:text {SPACES}><text:p>It sails&file;.</text:p></office:text>",
        )
    assert the_one(path).text == "It sails."


@pytest.mark.parametrize(
    "kind", ["application/epub+zip", "application/vnd.oasis.opendocument.spreadsheet"]
)
def test_other_documents_are_refused(tmp_path, kind):
    path = tmp_path / "book.epub"
    with ZipFile(path, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("META-INF/container.xml", "")
        packed.writestr("content.xml", "")
    with pytest.raises(ReadError, match=r"this kind cannot be read; save it as \.docx, \.odt"):
        list(read(path))
