"""Rich Text Format: the text of its paragraphs, without pictures, fields and page furniture.

Ours, since the library there is took a second a megabyte, wrote the address of each link into the
text, left halves of emoji, and hung on a font table made to hang it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from db.values import Metadata
from desktop.library.readers.article import article
from desktop.library.readers.incoming import Incoming, ReadError

LARGEST = 16 * 2**20
"""Bytes an RTF file may have."""
_DEEPEST, _MOST = 1000, 5_000_000  # groups within one another; signs of mark-up in all

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
)
_SAID = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t",
    b"cell": "\t", b"nestcell": "\t", b"nestrow": "\n", b"emdash": "—", b"endash": "–",
    b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"zwj": "\u200d",
    b"zwnj": "\u200c", b"ltrmark": "\u200e", b"rtlmark": "\u200f",
}  # fmt: skip
_SIGNS = {
    b"~": "\u00a0",
    b"_": "\u2011",
    b"{": "{",
    b"}": "}",
    b"\\": "\\",
    b"\n": "\n",
    b"\r": "\n",
}
# Groups whose text is not the document's. Any other that is not is marked with an asterisk.
_APART = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl"
    b" footerr footerf footnote annotation listtable listoverridetable revtbl rsidtbl filetbl"
    b" fldinst datafield themedata colorschememapping xmlnstbl latentstyles datastore generator"
    b" nonshppict bkmkstart bkmkend xe tc do".split()
)
_CHARSETS = {
    "77": "mac_roman", "128": "cp932", "129": "cp949", "134": "gb2312", "136": "big5",
    "161": "cp1253", "162": "cp1254", "163": "cp1258", "177": "cp1255", "178": "cp1256",
    "186": "cp1257", "204": "cp1251", "222": "cp874", "238": "cp1250",
}  # fmt: skip
_HALVES = re.compile("[\ud800-\udfff]")
_FONT = re.compile(rb"\\f(\d{1,5})(?:(?!\\f\d)[^;\n]){0,200}?\\fcharset(\d{1,3})")


class _Group(NamedTuple):
    """What holds within a pair of braces: ``skip`` is how many characters stand in for one."""

    apart: bool = False
    skip: int = 1
    coding: str | None = None


def read(path: Path) -> Iterator[Incoming]:
    """Yield the one article of a file.

    Raises:
        ReadError: it cannot be read, is no RTF, is too large, or has no text in it.
    """
    yield article("\n".join(paragraphs(path)).strip("\n"), Metadata(), path.name)


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a file; the cells of a table's row are one, with tabs between.

    Raises:
        ReadError: it cannot be read, is no RTF, or is too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ReadError(f"{path.name}: this is no RTF file")
    if len(raw) > LARGEST:
        raise ReadError(f"{path.name}: more than {LARGEST >> 20} MB is too large; split it")
    try:
        text = "".join(_Reader(raw).spoken())
    except ReadError as error:
        raise ReadError(f"{path.name}: {error}") from error
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # A NUL means nothing in RTF; some programs end their files in them.
    return [line.rstrip("\t") for line in text.replace("\0", "").split("\n")]


class _Reader:
    """Follows a document from brace to brace."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0
        self.group, self.outer = _Group(), list[_Group]()
        self.standing_in = 0  # characters still to be passed over: they stand in for the last
        self.page = _codec(re.search(rb"\\ansicpg(\d{1,5})", raw[:2000]))
        self.fonts = _fonts(raw)

    def spoken(self) -> Iterator[str]:
        """Yield what the document says, in pieces.

        Raises:
            ReadError: its groups are nested too deeply, or it is mark-up without end.
        """
        said = bytearray()
        left = _MOST
        while found := _TOKEN.match(self.raw, self.at):
            self.at = found.end()
            left -= 1
            if not left:
                raise ReadError("there is too much mark-up in it; save it as .docx")
            if piece := found["text"] or (found["hex"] and bytes.fromhex(found["hex"].decode())):
                said += self._said(piece)
                continue
            if said:
                yield said.decode(self.group.coding or self.page, "replace")
                said.clear()
            if found["brace"]:
                if self._turned(opens=found["brace"] == b"{"):
                    return
            elif found["sign"]:
                yield self._sign(found["sign"])
            elif found["word"]:
                yield self._word(found["word"], int(found["number"] or 0))
        yield said.decode(self.group.coding or self.page, "replace")

    def _said(self, piece: bytes) -> bytes:
        passed = min(self.standing_in, len(piece))
        self.standing_in -= passed
        return b"" if self.group.apart else piece[passed:]

    def _turned(self, *, opens: bool) -> bool:
        """Begin or end a group; tell whether it was the document's own that ended."""
        self.standing_in = 0
        if opens:
            self.outer.append(self.group)
            if len(self.outer) > _DEEPEST:
                raise ReadError("its groups are nested too deeply")
        elif self.outer:
            self.group = self.outer.pop()
        return not self.outer

    def _sign(self, sign: bytes) -> str:
        if sign == b"*":
            self.group = self.group._replace(apart=True)
        elif self.standing_in:
            self.standing_in -= 1
        elif not self.group.apart:
            return _SIGNS.get(sign, "")
        return ""

    def _word(self, word: bytes, number: int) -> str:
        if word in _APART:
            self.group = self.group._replace(apart=True)
        elif word == b"bin":
            self.at += max(0, number)
        elif word == b"uc":
            self.group = self.group._replace(skip=min(max(0, number), 16))
        elif word == b"f":
            self.group = self.group._replace(coding=self.fonts.get(number))
        elif word == b"plain":
            self.group = self.group._replace(coding=None)
        elif word == b"u":
            self.standing_in = self.group.skip
            return "" if self.group.apart else chr(number & 0xFFFF)
        elif not self.group.apart:
            return _SAID.get(word, "")
        return ""


def _fonts(raw: bytes) -> dict[int, str]:
    """Return the encodings of those fonts that have one of their own."""
    start = raw.find(b"\\fonttbl")
    if start < 0:
        return {}
    table = raw[start : start + 100_000]
    return {
        int(number): _CHARSETS[charset.decode()]
        for number, charset in _FONT.findall(table)
        if charset.decode() in _CHARSETS
    }


def _codec(found: re.Match[bytes] | None) -> str:
    name = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return "cp1252"
