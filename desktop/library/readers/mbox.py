"""Mailboxes (.mbox), as mail programs keep and export folders: many mails, one after another."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from pathlib import Path

from desktop.library.readers import inside, mail
from desktop.library.readers.article import refused
from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.limits import MB, check_stream

_MOST = 500_000  # mails
_QUOTED = re.compile(rb"^>(>*From )", re.M)  # a line of a text that would seem to begin a mail


def read(path: Path, within: inside.Within) -> Iterator[Incoming | Refused]:
    """Read all mails of a mailbox, each with what is attached to it.

    Raises:
        ReadError: if it cannot be read or there is no mail in it.
    """
    _check(path)
    box = mailbox.mbox(path, create=False)
    try:
        number = 0
        for number, key in enumerate(box.iterkeys(), 1):
            place = f"{path.name}, mail {number}"
            with box.get_file(key) as file:
                raw = file.read(mail.LARGEST + 1)
            try:
                yield from mail.mails(_QUOTED.sub(rb"\1", raw), place, within)
            except ReadError as error:
                yield refused(error, place)
        if not number:
            raise ReadError(f"{path}: there are no mails in it")
    finally:
        box.close()


def _check(path: Path) -> None:
    """Look at a mailbox before the library lists its mails, which it does in memory, line by line.

    Raises:
        ReadError: if it cannot be read, is too large, or is not made of lines.
    """
    check_stream(path)
    found = line = 0
    with path.open("rb") as file:
        while chunk := file.read(MB):
            found += chunk.count(b"\nFrom ")
            line = 0 if b"\n" in chunk else line + len(chunk)
            if found > _MOST or line > mail.LARGEST:
                raise ReadError(f"{path}: there is more in it than in any mailbox; split it")
