"""Plain text files.

The text is taken as it is; only line endings are made one (a line feed), once, here. What comes
out is the article's canonical text, in which every offset counts code points.
"""

from __future__ import annotations

from pathlib import Path

from db.values import Metadata
from desktop.library.readers.incoming import Incoming, ReadError, canonical, title_of

_LARGEST = 20 * 1024 * 1024  # bytes; a novel has one million


def read(path: Path) -> Incoming:
    """Read a text file: UTF-8, with or without a byte order mark, UTF-16, or what it seems to be.

    Raises:
        ReadError: if the file cannot be read, is empty, is not text or is beyond 20 MB.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)  # some files have no end, or no size
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if len(raw) > _LARGEST:
        raise ReadError(f"{path}: more than 20 MB is too large for one article; split it")
    return incoming(_decoded(path, raw), source=str(path))


def incoming(text: str, source: str) -> Incoming:
    """Return text that came from ``source`` (a file, the clipboard) as an article.

    Raises:
        ReadError: if there is no text in it, or half a character.
    """
    text = canonical(text, source)
    return Incoming(text, Metadata(title=title_of(text)), place=source)


def _decoded(path: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            message = f"{path}: broken UTF-16 at byte {error.start}; save it as UTF-8"
            raise ReadError(message) from error
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise ReadError(f"{path}:{line}: this is not a text file; save it as plain text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        from charset_normalizer import from_bytes  # seldom needed, and slow to import

        guess = from_bytes(raw).best()
        if guess is None:
            line = raw[: error.start].count(b"\n") + 1
            message = f"{path}:{line}: the encoding is not known; save it as UTF-8"
            raise ReadError(message) from error
        return str(guess)
