"""Plain text files.

The text is taken as it is; only line endings are made one (a line feed), once, here. What comes
out is the article's canonical text, in which every offset counts code points.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.values import Metadata
from desktop.library.readers.article import article
from desktop.library.readers.decoding import decoded
from desktop.library.readers.incoming import Incoming
from desktop.library.readers.limits import whole


def read(path: Path) -> Incoming:
    """Read a text file: UTF-8, with or without a byte order mark, UTF-16, or what it seems to be.

    Raises:
        ReadError: if the file cannot be read, is empty, is not text or is beyond 20 MB.
    """
    text, doubts = decoded(whole(path), str(path))
    return replace(article(text, Metadata(), str(path), doubts), place=path.name)


def incoming(text: str, source: str) -> Incoming:
    """Return text that came from ``source`` (a file, the clipboard) as an article.

    Raises:
        ReadError: if there is no text in it, half a character, a NUL or too much.
    """
    return article(text, Metadata(), source)
