"""PDF files made to swell: what would not fit is refused before it is unpacked."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from desktop.library.readers.incoming import ReadError
from desktop.library.readers.pdf_streams import swells
from desktop.library.readers.reading import read
from desktop.refused import Refused

MB = 2**20
FILES = sorted(Path("tests/data/import").glob("*.pdf"))


def packed(size: int, times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    raw = b"".join(packer.compress(b" " * MB) for _ in range(size // MB)) + packer.flush()
    for _ in range(times - 1):
        raw = zlib.compress(raw, 9)
    return raw


def stream(raw: bytes, about: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"1 0 obj\n<< %s >>\nstream\r\n%s\nendstream\nendobj\n" % (about, raw)


@pytest.mark.parametrize(
    ("body", "too_much"),
    [
        (stream(packed(19 * MB)), False),
        (stream(packed(21 * MB)), True),
        (stream(packed(1024 * MB), b"/Filter/Fl"), True),
        (stream(packed(64 * MB, times=3), b"/Filter [/FlateDecode /FlateDecode /Fl]"), True),
        (stream(packed(64 * MB), b"/Subtype /Image /Filter /FlateDecode"), False),
        (stream(packed(64 * MB), b"/Subtype /Image") + stream(packed(64 * MB)), True),
        (stream(packed(19 * MB)) * 60, True),
        (stream(b"broken") * 50_001, True),
        (stream(packed(64 * MB)[:100]), False),
        (b"", False),
    ],
)
def test_streams_are_measured_and_pictures_are_not(tmp_path, body, too_much):
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.4\n" + body)
    assert swells(path, 20 * MB) is too_much
    if too_much:
        with pytest.raises(ReadError, match=r"page\.pdf: it would unpack to too much"):
            list(read(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files_do_not_swell(path):
    assert not swells(path, 20 * MB)


def test_a_title_that_is_no_text_is_left_out(tmp_path):
    raw = Path("tests/data/import/night_ferry.pdf").read_bytes()
    path = tmp_path / "night.pdf"
    path.write_bytes(raw.replace(b"/Title <FEFF0048", b"/Title <FEFFD800"))  # half a character
    assert path.read_bytes() != raw
    (article,) = read(path)
    assert not isinstance(article, Refused)
    assert article.meta.title
    assert "\ufffd" not in article.meta.title
