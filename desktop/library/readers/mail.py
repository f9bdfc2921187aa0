"""Mails (.eml), and pages saved as one file (.mht), which are built alike.

The subject is the headline. Attachments that can be read come as articles of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from db.values import Metadata
from desktop import dates, languages
from desktop.library.readers import inside
from desktop.library.readers.article import article, refused, under
from desktop.library.readers.decoding import Decoded, decoded
from desktop.library.readers.fragment import plain
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import MB, whole
from desktop.library.readers.web_page import article_in

LARGEST = 50 * MB  # mail servers take less; parsed, it is tenfold
_MOST_PARTS = 1000
_MOST_DASHES = 20_000  # lines that may begin a part
_MOST_COMPARED = 60_000_000  # the parser compares each line with the end of each part it is in
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the standard library's parser comes to on hostile mails."""

_LONGEST_HEADER = 1000  # characters
_STUB = 200  # code points: "To read this message, use a program that shows HTML"


class _ShortHeaders(policy.EmailPolicy):
    """The standard library's policy, but for headers made to keep its parser busy for ever."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Cut a header to what anybody needs of it."""
        name, value = super().header_source_parse(sourcelines)
        return name[:_LONGEST_HEADER], value[:_LONGEST_HEADER]


_SHORT = _ShortHeaders()


def read(path: Path, within: inside.Within | None = None) -> Iterator[Incoming | Refused]:
    """Read a mail, then what is attached to it.

    Args:
        path: the mail.
        within: reads an attachment; without it they are left out.

    Raises:
        ReadError: if it cannot be read or is no mail.
    """
    yield from mails(whole(path, LARGEST), path.name, within)


def mails(raw: bytes, place: str, within: inside.Within | None) -> Iterator[Incoming | Refused]:
    """Read the bytes of a mail, then what is attached to it; see :func:`read`."""
    if len(raw) > LARGEST:
        raise ReadError(f"{place}: more than {LARGEST // MB} MB is too large for a mail")
    if raw.count(b"\n--") > _MOST_DASHES or _compared(raw) > _MOST_COMPARED:
        raise ReadError(f"{place}: it has too many parts for a mail; save what is in it by itself")
    try:
        mail = cast("EmailMessage", message_from_bytes(raw, policy=_SHORT))
        parts = list(_parts(mail))
    except _STUMBLES as error:
        raise ReadError(
            f"{place}: this is no sound mail; save it anew from the mail program"
        ) from error
    if not mail.keys():
        raise ReadError(f"{place}: this is no mail: it has no headers")
    try:
        yield _article(mail, parts[:_MOST_PARTS], place)
    except ReadError as error:
        yield refused(error, place)
    if within and mail.get_content_type() != "multipart/related":  # a page's own pictures
        yield from _attached(parts[:_MOST_PARTS], place, within)
    if len(parts) > _MOST_PARTS:
        yield Refused(place, f"it has more than {_MOST_PARTS:,} parts; the rest was not read")


def _compared(raw: bytes) -> int:
    lines = raw.count(b"\n") + raw.count(b"\r")
    return lines * (1 + len(re.findall(rb"boundary", raw, re.I)))


def _parts(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something; those of a mail within a mail are that mail's."""
    waiting: list[EmailMessage] = [mail]
    while waiting:
        one = waiting.pop()
        if one.get_content_maintype() == "multipart" and one.is_multipart():
            waiting += reversed(cast("list[EmailMessage]", one.get_payload()))
        else:
            yield one


def _article(mail: EmailMessage, parts: list[EmailMessage], place: str) -> Incoming:
    subject = _header(mail, "subject")
    saved = _header(mail, "snapshot-content-location")  # Chromium's, in a saved page
    bodies = [part for part in parts if not _is_attached(part)]
    # Where the parts cannot be told from one another, the whole is its text.
    texts = [
        part
        for part in bodies
        if part.get_content_type() == "text/plain" or part.get_content_maintype() == "multipart"
    ]
    pages = [part for part in bodies if part.get_content_type() == "text/html"]
    if pages and (
        saved
        or (
            mail.get_content_type() in ("multipart/related", "text/html")
            and not _header(mail, "to")
        )
    ):
        html, doubts = _content(pages[0], place)
        return article_in(html, place, saved, doubts)
    contents = [_content(part, place) for part in texts]
    text = "\n".join(map(_unfolded, texts, (one.text for one in contents)))
    doubts = tuple(doubt for one in contents for doubt in one.doubts)
    if pages and len(text.strip()) < _STUB:
        html, unsure = _content(pages[0], place)
        page = plain(html, place)
        text, doubts = (page, unsure) if len(page) > len(text) else (text, doubts)
    if not text.strip():
        raise ReadError(f"{place}: the mail itself has no text")
    meta = Metadata(
        title=subject,
        author=_sender(mail),
        url=_header(mail, "archived-at"),
        published=dates.of_header(_header(mail, "date") or ""),
        language=languages.tag(_header(mail, "content-language") or ""),
    )
    return article(under(subject, text), meta, place, doubts)


def _attached(
    parts: list[EmailMessage], place: str, within: inside.Within
) -> Iterator[Incoming | Refused]:
    for number, part in enumerate(filter(_is_attached, parts), 1):
        given = _filename(part)
        name = f"{number} {Path(given.replace(chr(92), '/')).name}"[-100:] if given else str(number)
        inner = f"{place}, attachment {inside.shown(given) or number}"
        if part.get_content_maintype() in ("image", "audio", "video"):
            continue
        try:
            raw, suffix = _bytes(part)
        except _STUMBLES:
            yield Refused(inner, "it is nested too deeply, or damaged")
            continue
        with TemporaryDirectory(prefix="standfirst-") as folder:
            # The name is the sender's: only its suffix is taken, to tell what it is.
            file = Path(folder, f"attachment{suffix or inside.suffix_of(name)}")
            file.write_bytes(raw)
            yield from inside.read(file, inner, within)


def _bytes(part: EmailMessage) -> tuple[bytes, str]:
    """Return what is attached, and a suffix if its kind tells one."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return bytes(cast("list[EmailMessage]", part.get_payload())[0]), ".eml"
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b"", ""


def _is_attached(part: EmailMessage) -> bool:
    try:
        told = part.get_content_disposition() == "attachment"
    except (ValueError, TypeError, AttributeError, LookupError):
        told = False
    kind = part.get_content_type()
    return (
        told or kind == "message/rfc822" or (not kind.startswith("text/") and bool(_filename(part)))
    )


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, TypeError, AttributeError, LookupError):
        return ""


def _content(part: EmailMessage, place: str) -> Decoded:
    raw = part.get_payload(decode=True)
    text, doubts = decoded(
        raw if isinstance(raw, bytes) else b"", place, part.get_content_charset() or None
    )
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), doubts)


def _unfolded(part: EmailMessage, text: str) -> str:
    """Join the lines that the mail program broke, where it says so (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    text = text.replace("\n-- \n", "\n--\n")
    return re.sub(r"(?<=[^ \n]) \n(?=[^\n>])", " ", text)


def _header(mail: EmailMessage, name: str) -> str | None:
    for key, raw in mail.raw_items():
        if key.lower() == name:
            value = str(raw)
            with suppress(Exception):  # its parsers stumble over hostile headers in many ways
                value = str(make_header(decode_header(value)))
            with suppress(Exception):
                value = str(_SHORT.header_fetch_parse(key, str(raw)))
            return " ".join(value.encode("utf-8", "replace").decode().split()) or None
    return None


def _sender(mail: EmailMessage) -> str | None:
    header = _header(mail, "from")
    if not header:
        return None
    try:
        name, address = parseaddr(header)
    except RecursionError:
        return header
    return name or address or header
