"""Mailboxes come in mail by mail."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import read


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Three mails as a mail program keeps them: one empty, one with a story attached."""
    path = tmp_path / "Press.mbox"
    kept = mailbox.mbox(path)
    for subject, text in (("Vote", "The board voted.\nFrom now on it sails.\n"), ("Empty", "")):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Märta <desk@alerts.example>", subject
        mail["Date"] = "Wed, 04 Mar 2026 07:30:00 +0100"
        mail["Message-ID"] = f"<{subject}@alerts.example>"
        mail.set_content(text)
        kept.add(mail)
    mail.add_attachment("The minister said yes.", filename="toll.txt")
    kept.add(mail)
    kept.close()
    return path


def told(one: Incoming | Refused) -> tuple[str, str]:
    return one.place, one.why if isinstance(one, Refused) else one.text.strip()


EXPECTED = [
    ("{}, mail 1", "Vote\nThe board voted.\nFrom now on it sails."),
    ("{}, mail 2", "the mail itself has no text"),
    ("{}, mail 3", "the mail itself has no text"),
    ("{}, mail 3, attachment toll.txt", "The minister said yes."),
]


@pytest.mark.parametrize("name", ["Press.mbox", "Inbox", "saved.eml"])
def test_a_mailbox_is_its_mails_whatever_it_is_called(box, name):
    path = box.rename(box.with_name(name))
    before = path.read_bytes()
    found = list(read(path))
    assert [told(one) for one in found] == [(place.format(name), text) for place, text in EXPECTED]
    assert isinstance(found[0], Incoming)
    assert (found[0].meta.author, found[0].meta.published) == ("Märta", "2026-03-04T07:30:00+01:00")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_what_is_no_mailbox_is_refused(box):
    box.write_text("Just words.\n")
    with pytest.raises(ReadError, match=r"Press\.mbox: there are no mails in it"):
        list(read(box))


@pytest.mark.parametrize("piece", [b"\nFrom x\n", b"x"])
def test_what_no_mailbox_holds_is_refused_before_it_fills_the_memory(box, piece):
    box.write_bytes(b"From x\n" + piece * (60_000_000 // len(piece)))
    with pytest.raises(ReadError, match="there is more in it than in any mailbox"):
        list(read(box))


def test_a_mail_gone_wrong_does_not_stop_the_others(box):
    box.write_bytes(b"From x\n\nno headers\n\nFrom y\n" + b"x: y\n" * 9 + b"\n" + box.read_bytes())
    places = [one.place for one in read(box) if isinstance(one, Incoming)]
    assert places[-1] == "Press.mbox, mail 5, attachment toll.txt"
