"""What a reader found made an article.

Where a source keeps the headline apart from the text, as a web page, a feed or a table does, it
becomes the text's first line: nobody could annotate it otherwise. Else the text is untouched.
"""

from __future__ import annotations

from dataclasses import replace

from db.values import Metadata
from desktop.library.readers.incoming import Incoming, ReadError, Refused, canonical, title_of
from desktop.library.readers.limits import LONGEST_TEXT, MB

_LONGEST_LINE = 1000  # code points of a line that may be the headline


def article(text: str, meta: Metadata, place: str, doubts: tuple[str, ...] = ()) -> Incoming:
    """Return an article; its title, if not known, is the first line of its text.

    What its reader could not decode stands in it as U+FFFD, which is a doubt.

    Raises:
        ReadError: if there is no text, half a character, a NUL, or more than 20 MB.
    """
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ReadError(f"{place}: line {line} of its text holds a NUL; it is not plain text")
    text = canonical(text, place)
    if len(text) > LONGEST_TEXT:
        raise ReadError(f"{place}: more than {LONGEST_TEXT // MB} MB is too large for one article")
    if "\ufffd" in text:
        doubts += ("some characters could not be read, and are shown as �",)
    return Incoming(text, replace(meta, title=meta.title or title_of(text)), place, doubts=doubts)


def under(headline: str | None, text: str) -> str:
    """Return a text with its headline as the first line, unless it begins with it already."""
    if not headline or not headline.strip():
        return text
    headline = " ".join(headline.split())
    first = next((line for line in text.split("\n", 20) if line.strip()), "")[:_LONGEST_LINE]
    return text if _bare(first) == _bare(headline) else f"{headline}\n{text.lstrip()}"


def refused(error: ReadError, place: str) -> Refused:
    """Return what is wrong with one record as a word about it, and the line if it tells one."""
    where, _, why = str(error).partition(": ")
    return Refused(where, why) if where.startswith(place) else Refused(place, str(error))


def _bare(line: str) -> str:
    """Return the letters and digits of a line: pages repeat a headline with other marks."""
    return "".join(character for character in line.casefold() if character.isalnum())
