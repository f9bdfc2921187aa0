"""Files made to harm among sound ones, brought in as a shell does it: each is named, alone.

The readers' own defences have their tests in ``tests/library/readers``; here is what stands behind
them: the process that reads, and the command.
"""

from __future__ import annotations

import sqlite3
import sys
import zlib
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from commands import run


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder with one sound file before what is put into it, and one after."""
    press = tmp_path / "press"
    press.mkdir()
    (press / "a.txt").write_text("Harbour vote\n\nThe mayor said no.")
    (press / "z.txt").write_text("Toll rises\n\nThe minister said yes.")
    return press


def texts(project: Path) -> list[str]:
    with closing(sqlite3.connect(project)) as plain:
        return [text for (text,) in plain.execute("SELECT text FROM article_text ORDER BY text")]


def swollen_pdf() -> bytes:
    """Return a page of a gigabyte in two megabytes, packed as the reader does not look for."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(1024)) + packer.flush()
    stream = packed.hex().encode() + b">"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Filter [/ASCIIHexDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream"
        % (len(stream), stream),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, part) for at, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit address space")
def test_a_page_that_would_fill_the_memory_ends_the_reading_of_that_file_alone(press, project):
    (press / "b.pdf").write_bytes(swollen_pdf())
    done = run("import", project, press)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "press/b.pdf: its reading came to an unexpected end" in said
    assert "broken, or takes more than 1024 MB of memory" in said
    assert [text.split("\n")[0] for text in texts(project)] == ["Harbour vote", "Toll rises"]


def test_names_in_an_archive_write_nothing_and_tell_nothing_to_a_terminal(press, project):
    with ZipFile(press / "b.zip", "w", ZIP_DEFLATED) as packed:
        packed.writestr("../../standfirst-evil.txt", "The first story.")
        packed.writestr("/tmp/standfirst-evil.txt", "The second story.")
        packed.writestr("\x1b]0;mine\x07\nb.pdf", "no PDF")
        packed.writestr("inner.zip", b"PK\x03\x04 cut off")
    done = run("import", project, press)
    assert len(texts(project)) == 4
    assert b"\x1b" not in done.stderr
    assert "press/b.zip/�]0;mine��b.pdf: this is no .pdf file" in done.stderr.decode()
    assert not list(press.parent.glob("**/standfirst-evil.txt"))
    assert not Path("/tmp/standfirst-evil.txt").exists()


def test_formulas_come_in_as_the_text_they_are(press, project):
    text = '=HYPERLINK("http://evil.example","click") the board voted'
    quoted = text.replace('"', '""')
    (press / "b.csv").write_text(f'title,text\n"=1+1","{quoted}"\n')
    assert run("import", project, press).returncode == 0
    assert f"=1+1\n{text}" in texts(project)
