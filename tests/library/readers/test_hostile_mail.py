"""Mails made to harm, or gone wrong on their way: nothing hangs, and what can be read is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import read

HEAD = "From: Desk <desk@alerts.example>\nSubject: Vote\nMIME-Version: 1.0\n"
MIXED = HEAD + 'Content-Type: multipart/mixed; boundary="z"\n\n'
PART = "--z\nContent-Type: text/plain\n\nThe board voted.\n"


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    return tmp_path / "alert.eml"


def written(mail: Path, text: str | bytes) -> list[Incoming | Refused]:
    mail.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read(mail))


def only(mail: Path, text: str | bytes) -> Incoming:
    (article,) = written(mail, text)
    assert isinstance(article, Incoming)
    return article


def test_encoded_words_without_end_make_a_short_headline(mail):
    words = "\n ".join(["=?utf-8?b?" + "QUFB" * 15 + "?="] * 100_000)
    assert len(only(mail, f"From: a@b.example\nSubject: {words}\n\nIt sails.\n").text) < 1000


def test_encoded_words_within_encoded_words_are_read_once(mail):
    nested = "=?utf-8?b?PT91dGYtOD9iP1FVRkI/PQ==?="
    assert only(mail, f"From: a@b.example\nSubject: {nested}\n\nIt sails.\n").meta.title == (
        "=?utf-8?b?QUFB?="
    )


@pytest.mark.parametrize(
    "header",
    ["From: " + "(" * 500_000, "To: " + "<" * 300_000, "Content-Type: " + ";" * 300_000,
     "Content-Type: text/plain" + "".join(f"; n*{n}=a" for n in range(50_000)),
     "From: " + "=?utf-8?q?" * 100_000],
)  # fmt: skip
def test_headers_made_to_keep_a_parser_busy_cost_nothing_but_themselves(mail, header):
    head = "Subject: Vote\nMessage-ID: <1@alerts.example>\n"
    assert only(mail, f"{header}\n{head}\nIt sails.\n").text == "Vote\nIt sails.\n"


def test_a_header_cannot_bring_others_in(mail):
    subject = "=?utf-8?q?Vote=0D=0ADate=3A_Wed=2C_04_Mar_2026_06=3A30=3A00_GMT?="
    article = only(mail, f"From: a@b.example\nSubject: {subject}\n\nIt sails.\n")
    assert article.meta.title == "Vote Date: Wed, 04 Mar 2026 06:30:00 GMT"
    assert article.meta.published is None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/mixed", "The board voted.\n"),
        ('multipart/mixed; boundary="z"', "The board voted.\n"),
        ('multipart/mixed; boundary="z"', PART),
    ],
)
def test_parts_that_cannot_be_told_apart_are_one_text(mail, kind, body):
    article = only(mail, f"{HEAD}Content-Type: {kind}\n\n{body}")
    assert article.text.startswith("Vote\nThe board voted.")


def test_of_ten_thousand_parts_the_first_come_in_and_the_rest_is_told(mail):
    article, rest = written(mail, MIXED + PART * 10_000 + "--z--\n")
    assert isinstance(article, Incoming)
    assert article.text.count("The board voted.") == 1000
    assert rest == Refused("alert.eml", "it has more than 1,000 parts; the rest was not read")


@pytest.mark.parametrize(
    "text",
    [MIXED + "--z\n\n\n" * 300_000, MIXED + 'x: boundary="y"\n' * 10_000 + "\n" * 10_000],
)
def test_more_parts_than_any_mail_has_are_not_taken_apart(mail, text):
    with pytest.raises(ReadError, match=r"alert\.eml: it has too many parts for a mail"):
        written(mail, text)


def test_mails_within_mails_end_somewhere(mail):
    within = HEAD + "Content-Type: message/rfc822\n\n"
    *_, deep = written(mail, within * 500 + HEAD + "\nDeep.\n")
    assert deep == Refused("alert.eml, attachment 1", "it is nested too deeply, or damaged")


@pytest.mark.parametrize(
    ("declared", "used"),
    [("us-ascii", "utf-8"), ("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("no-such", "utf-8"),
     ("punycode", "utf-8"), ("utf-16", "utf-8"), ("utf-8", "utf-16-le")],
)  # fmt: skip
def test_a_wrong_charset_is_not_believed(mail, declared, used):
    head = (
        f"{HEAD}Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    body = "Fähre bleibt – Hafenrat für Grüße."
    assert only(mail, head.encode() + body.encode(used)).text == f"Vote\n{body}"


@pytest.mark.parametrize(
    "name",
    ["../../../../tmp/standfirst-evil.txt", "/tmp/standfirst-evil.txt", "..\\\\..\\\\evil.txt",
     "C:\\\\Windows\\\\evil.txt", "CON.txt", "x" * 5000 + ".txt", "..", ".", "evil.t\0xt"],
)  # fmt: skip
def test_an_attachment_s_name_leads_nowhere(mail, tmp_path, name):
    part = PART.replace("\n\n", f'\nContent-Disposition: attachment; filename="{name}"\n\n', 1)
    _, article = written(mail, MIXED + PART + part + "--z--\n")
    assert isinstance(article, Incoming)
    assert article.text.strip() == "The board voted."
    assert not Path("/tmp/standfirst-evil.txt").exists()
    assert list(tmp_path.iterdir()) == [mail]


def test_a_name_can_neither_turn_nor_break_the_line_it_is_told_in(mail):
    name = "=?utf-8?q?fdp=E2=80=AE=1B[2J=0Aexe.txt?="
    part = PART.replace("\n\n", f'\nContent-Disposition: attachment; filename="{name}"\n\n', 1)
    _, article = written(mail, MIXED + PART + part + "--z--\n")
    assert article.place.isprintable()
