"""From bytes to characters: one way for every reader.

A byte order mark settles it, then what the source declares, then UTF-8, which is never met by
chance, then UTF-16, which the NULs in it tell; what is left is
guessed (:mod:`.guessing`).
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from desktop.library.readers.guessing import SAMPLE, guessed
from desktop.library.readers.incoming import ReadError
from desktop.library.readers.limits import MB

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""What pages declare, and what they hold: https://encoding.spec.whatwg.org/#names-and-labels"""
_WESTERN = ("ascii", "iso8859-1", "iso8859-15", "cp1252")  # declared without a thought
_NO_TEXTS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape")
"""What Python can decode that no file is in, some of it at great length."""

_ZEROS = 0.1  # of the bytes at even places, or at odd ones, are NUL in UTF-16 of any alphabet
_BROKEN = re.compile("[\udc80-\udcff]")
_LETTERS = re.compile("[^\x00-\x7f\udc80-\udcff]")


class Decoded(NamedTuple):
    """A text, and the doubts about its encoding, if there are any."""

    text: str
    doubts: tuple[str, ...] = ()


def decoded(raw: bytes, place: str, declared: str | None = None) -> Decoded:
    """Return the text of ``raw``, line endings as they are.

    A few broken bytes in what is UTF-8 elsewhere come as U+FFFD.

    Args:
        raw: all bytes of one text.
        place: what messages call it.
        declared: the encoding its source names; not believed where the bytes say otherwise.

    Raises:
        ReadError: if it is not text, or nobody can tell in which encoding.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            try:
                return Decoded(raw.decode(name))
            except UnicodeDecodeError as error:
                shown = name.removesuffix("-sig").upper()
                message = f"{place}: broken {shown} at byte {error.start}; save it as UTF-8"
                raise ReadError(message) from error
    if declared and (text := _as_declared(raw, declared)) is not None:
        return Decoded(text)
    if b"\0" in raw:
        with suppress(UnicodeDecodeError):
            if name := _two_bytes_each(raw):
                return Decoded(raw.decode(name))
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise ReadError(f"{place}:{line}: this is not a text file; save it as plain text")
    try:
        return Decoded(raw.decode())
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(text := raw.decode(errors="surrogateescape")):
            return Decoded(_BROKEN.sub("\ufffd", text))
        guess = guessed(raw, error.start)
        try:
            text = raw.decode(guess.encoding if guess else "ascii")
            return Decoded(text, guess.doubts if guess else ())
        except UnicodeDecodeError:
            line = raw[: error.start].count(b"\n") + 1
            message = f"{place}:{line}: the encoding is not known; save it as UTF-8"
            raise ReadError(message) from error


def open_text(path: Path) -> TextIO:
    """Open a file to be read line by line, line endings untouched.

    Where a record breaks the encoding of the whole, its broken bytes come as the code points
    U+DC80 to U+DCFF, which :func:`is_broken` finds: the rest of the file is worth reading.

    Raises:
        ReadError: if it cannot be read, is not text, or nobody can tell in which encoding.
    """
    try:
        name, _ = encoding_of(path)
        return path.open(encoding=name, errors="surrogateescape", newline="")
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error


def is_broken(text: str) -> bool:
    """Whether bytes in it are no characters of the file's encoding."""
    return _BROKEN.search(text) is not None


def _as_declared(raw: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name
        if name in _NO_TEXTS:
            return None
        if name in _WESTERN and not raw.isascii():
            with suppress(UnicodeDecodeError):
                return _without_nul(raw.decode())
        if name.startswith("utf-16") and not (raw[:1] == b"\0" or raw[1:2] == b"\0"):
            return None  # a page that says so in single bytes is not in UTF-16
        text = raw.decode(_MEANT.get(name, name))
    except (LookupError, UnicodeError, ValueError):
        return None
    return _without_nul(text) if isinstance(text, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]


def _without_nul(text: str) -> str | None:
    return None if "\0" in text else text


def _two_bytes_each(raw: bytes) -> str | None:
    """Name the kind of UTF-16 that bytes with NULs among them are in, None if they are in none."""
    head = raw[: SAMPLE // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    few = max(4.0, _ZEROS * len(head) / 2)  # a NUL gone astray tells nothing
    if len(raw) % 2 or max(even, odd) < few or min(even, odd) > len(head) / 100:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_mostly_utf8(text: str) -> bool:
    """Whether what was decoded with surrogates for broken bytes has more that is sound."""
    return len(_LETTERS.findall(text)) > len(_BROKEN.findall(text))


def encoding_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """Name the encoding of a large file, and the doubts about it; reads it with little memory.

    Raises:
        ReadError: if it is not text, or nobody can tell in which encoding.
        OSError: if it cannot be read.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    with path.open("rb") as file:
        head = file.read(4)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name, ()
        file.seek(0)
        done = 0
        while chunk := file.read(MB):
            if b"\0" in chunk:
                if not done and (name := _two_bytes_each(chunk)):
                    return name, ()
                raise ReadError(f"{path}: there are NUL bytes in it; save it as UTF-8 text")
            text = decoder.decode(chunk)
            if broken := _BROKEN.search(text):
                if _is_mostly_utf8(text):
                    return "utf-8", ()
                guess = guessed(chunk, len(text[: broken.start()].encode()))
                if guess is None:
                    line = done + text[: broken.start()].count("\n") + 1
                    raise ReadError(f"{path}:{line}: the encoding is not known; save it as UTF-8")
                return guess.encoding, guess.doubts
            done += chunk.count(b"\n")
    return "utf-8", ()
