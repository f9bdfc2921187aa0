"""Mails come in with sender and date; what is attached to them comes in beside them."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop.library.readers.incoming import Incoming, ReadError, Refused
from desktop.library.readers.reading import read

FILES = Path("tests/data/import")
BODY = "The board voted – “by five to three” – on Tüesday.\n\nIngrid Halcrow was in the chair.\n"


@pytest.fixture
def mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Märta Reuter <desk@alerts.example>"
    mail["To"] = "press@office.example"
    mail["Subject"] = "Nachtfähre bleibt – Hafenrat stimmt zu"
    mail["Date"] = "Wed, 04 Mar 2026 07:30:00 +0100"
    mail["Message-ID"] = "<1@alerts.example>"
    return mail


def saved(mail: EmailMessage, path: Path) -> Path:
    path.write_bytes(mail.as_bytes())
    return path


@pytest.mark.parametrize(
    ("charset", "way"), [("utf-8", "quoted-printable"), ("utf-8", "base64"), ("cp1252", "8bit")]
)
def test_a_mail_is_its_subject_and_its_text(mail, tmp_path, charset, way):
    mail.set_content(BODY, charset=charset, cte=way)
    (article,) = read(saved(mail, tmp_path / "alert.eml"))
    assert isinstance(article, Incoming)
    assert article.text == f"Nachtfähre bleibt – Hafenrat stimmt zu\n{BODY}"
    assert article.meta.title == "Nachtfähre bleibt – Hafenrat stimmt zu"
    assert article.meta.author == "Märta Reuter"
    assert article.meta.published == "2026-03-04T07:30:00+01:00"


def test_lines_the_mail_program_broke_are_joined_where_it_says_so(mail, tmp_path):
    mail.set_content("The board voted \nby five to three.\n> quoted \n> words\n")
    mail.set_param("format", "flowed")
    (article,) = read(saved(mail, tmp_path / "alert.eml"))
    assert isinstance(article, Incoming)
    assert "The board voted by five to three.\n> quoted" in article.text


def test_a_mail_in_html_comes_in_as_its_words(mail, tmp_path):
    mail.set_content("This mail needs a program that shows HTML.")
    page = "".join(
        f"<tr><td><p>Story {n}: the board <b>voted</b>.</p></td></tr>" for n in range(20)
    )
    mail.add_alternative(f"<style>p {{}}</style><table>{page}</table>", subtype="html")
    (article,) = read(saved(mail, tmp_path / "newsletter.eml"))
    assert isinstance(article, Incoming)
    assert article.text.split("\n")[1:3] == [
        "Story 0: the board voted.",
        "Story 1: the board voted.",
    ]


def test_attachments_come_in_as_articles(mail, tmp_path):
    mail.set_content(BODY)
    for name in ("ferry_vote.docx", "scan.pdf"):
        raw = (FILES / name).read_bytes()
        mail.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = "a@b.example", "Forwarded"
    forwarded.set_content("What the rival paper says.")
    mail.add_attachment(forwarded)
    own, document, scan, inner = read(saved(mail, tmp_path / "alert.eml"))
    assert isinstance(own, Incoming)
    assert isinstance(document, Incoming)
    assert document.place == "alert.eml, attachment ferry_vote.docx"
    assert document.meta.title == "Ferry vote splits the harbour board"
    assert isinstance(scan, Refused)
    assert scan.place == "alert.eml, attachment scan.pdf"
    assert scan.why.startswith("its pages are pictures")
    assert isinstance(inner, Incoming)
    assert inner.text == "Forwarded\nWhat the rival paper says.\n"


def test_an_attachments_name_is_never_a_path(mail, tmp_path):
    mail.set_content(BODY)
    evil = "../../../../../../../tmp/standfirst-evil.txt"
    mail.add_attachment("Hello, harbour.", filename=evil)
    places = [one.place for one in read(saved(mail, tmp_path / "alert.eml"))]
    assert places == ["alert.eml", f"alert.eml, attachment {evil}"]
    assert not Path("/tmp/standfirst-evil.txt").exists()


def test_a_mail_of_nothing_but_an_attachment_keeps_the_attachment(mail, tmp_path):
    mail.add_attachment("The board voted.", filename="story.txt")
    refused, story = read(saved(mail, tmp_path / "alert.eml"))
    assert refused == Refused("alert.eml", "the mail itself has no text")
    assert isinstance(story, Incoming)


def test_a_page_saved_as_one_file_is_a_page(tmp_path):
    mail = EmailMessage()
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = "https://skerrycourier.example/news/night-ferry"
    mail["Subject"] = "Harbour board votes to keep the night ferry"
    mail["MIME-Version"] = "1.0"
    mail.make_related()
    page = EmailMessage()
    page.set_content((FILES / "sources/night_ferry.html").read_text("utf-8"), subtype="html")
    mail.attach(page)
    (article,) = read(saved(mail, tmp_path / "ferry.mhtml"))
    assert isinstance(article, Incoming)
    assert article.meta.url == "https://skerrycourier.example/news/night-ferry"
    assert "Most read" not in article.text


def test_what_is_no_mail_is_refused(tmp_path):
    path = tmp_path / "no.eml"
    path.write_text("\nJust words.\n")
    with pytest.raises(ReadError, match=r"no\.eml: this is no mail"):
        list(read(path))
