"""Writes the exports in this folder, in the layouts of the databases; every word of them is ours.

Run from the repository's root; README.md says how those of LibreOffice are made from these.
"""

# ruff: noqa: E501 (lines as long as in the exports)
from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

HERE = Path(__file__).parent

TOLL = {
    "headline": "Harwick drops the bridge toll after a year of protest",
    "publication": "The Harwick Courier (England)",
    "date": "January 11, 2024 Thursday 10:50 AM GMT",
    "edition": "Edition 1;\nNational Edition",
    "byline": "Ada Lowe, Transport correspondent",
    "section": "NEWS; Pg. 3",
    "standfirst": "The council gives way; hauliers call it a good day for the town.",
    "body": [
        "The council of Harwick will stop charging drivers for crossing the Old Bridge, its leader "
        "Xavier Moreau said on Wednesday, after a year in which the toll brought in less than its "
        "cameras cost.",
        "“We listened, and we were wrong,” Mr Moreau told the chamber — to cheers from the gallery, "
        "where hauliers had hung a banner: no toll, no traffic. \N{FIRE ENGINE} Even the fire "
        "brigade’s crew had signed.",
        "Length: that was the word of the evening. The debate went on past midnight.",
        "Greta Olsen, of the residents’ group Quiet Banks, said the decision was “a gift to lorries "
        "and to nobody else”.",
    ],
    "graphic": "Xavier Moreau at the Old Bridge, where the cameras come down in March.",
    "copyright": "Copyright 2024 Harwick Courier Newspapers Ltd All Rights Reserved",
    "loaded": "January 12, 2024",
    "language": "ENGLISH",
}
FERRY = {
    "headline": "Ferry workers vote for a strike in May",
    "publication": "Coastal Evening Post",
    "date": "March 5, 2024 Tuesday",
    "edition": "",
    "byline": "",
    "section": "",
    "standfirst": "",
    "body": [
        "Crews on the Harwick ferries have voted by nine to one to stop work in the first week of "
        "May, their union said. It wants 6% more pay; the company offers 2.5%.",
        "“Nobody wants this,” said Ingrid Halloran, the union’s secretary.",
    ],
    "graphic": "",
    "copyright": "Copyright 2024 Post Media All Rights Reserved",
    "loaded": "March 5, 2024",
    "language": "ENGLISH",
}
PHOTO = FERRY | {
    "headline": "In pictures: the last night of the toll",
    "body": [],
    "date": "March 6, 2024",
}


def uni(document: Document, article: dict) -> None:
    heading = document.add_paragraph()
    heading.add_run(article["headline"]).bold = True
    for line in (article["publication"], article["date"], *article["edition"].split("\n")):
        document.add_paragraph(line)
    document.add_paragraph(article["copyright"])
    for name in ("section", "byline", "standfirst"):
        if article[name]:
            shown = {"section": "Section", "byline": "Byline", "standfirst": "Highlight"}[name]
            document.add_paragraph(f"{shown}:\N{NO-BREAK SPACE}{article[name]}")
        if name == "section":
            words = sum(len(paragraph.split()) for paragraph in article["body"])
            document.add_paragraph(f"Length:\N{NO-BREAK SPACE}{words} words")
    document.add_paragraph("Body")
    document.add_paragraph("")
    for paragraph in article["body"]:
        document.add_paragraph(paragraph)
    if article["graphic"]:
        document.add_paragraph("Graphic")
        document.add_paragraph("\N{NO-BREAK SPACE}")
        document.add_paragraph(article["graphic"])
    document.add_paragraph("Classification")
    for line in (
        f"Language:\N{NO-BREAK SPACE}{article['language']}",
        "Publication-Type:\N{NO-BREAK SPACE}Newspaper",
        "Journal Code:\N{NO-BREAK SPACE}HAR",
        "Subject:\N{NO-BREAK SPACE}ROAD TOLLS (90%); CITY GOVERNMENT (78%)",
        f"Load-Date:\N{NO-BREAK SPACE}{article['loaded']}",
    ):
        document.add_paragraph(line)
    document.add_paragraph("")
    document.add_paragraph("End of Document")
    document.add_page_break()


def nexis_uni() -> None:
    document = docx.Document()
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(10)
    document.sections[0].footer.paragraphs[0].text = "About LexisNexis | Privacy Policy"
    articles = [TOLL, FERRY, PHOTO, FERRY]
    for line in (
        "User Name: Library Services", "Date and Time: Friday, 15 March 2024 16:51:00 GMT",
        "Job Number: 219473102", f"Documents ({len(articles)})",
    ):  # fmt: skip
        document.add_paragraph(line)
    for number, article in enumerate(articles, 1):
        document.add_paragraph(f"{number}. {article['headline']}")
        document.add_paragraph("Client/Matter: -None-")
        document.add_paragraph("Search Terms: harwick AND (toll OR ferry)")
        document.add_paragraph("Search Type: Terms and Connectors")
        document.add_paragraph("Narrowed by:")
        table = document.add_table(2, 2)
        for cell, text in zip(
            [cell for row in table.rows for cell in row.cells],
            ["Content Type", "Narrowed by", "News", "Timeline: 01 Jan, 2024 to 15 Mar, 2024"],
            strict=True,
        ):
            cell.text = text
    document.add_page_break()
    for article in articles:
        uni(document, article)
    document.save(str(HERE / "nexis_uni.docx"))


def centred(text: str) -> str:
    return "\n".join(line.center(78).rstrip() for line in text.split("\n"))


def old_text(number: str, article: dict, names: dict[str, str], tail: list[str]) -> str:
    parts = [centred(number), "\n" + centred(article["publication"])]
    parts.append(
        centred(article["date"] + ("\n" + article["edition"] if article["edition"] else ""))
    )
    parts.append(textwrap.fill(article["headline"], 78))
    for name in ("byline", "section", "length", "standfirst"):
        value = article.get(name)
        if name == "length":
            value = f"{sum(len(p.split()) for p in article['body'])} {names['words']}"
        if value:
            parts.append(textwrap.fill(f"{names[name]}: {value}", 78))
    parts += [textwrap.fill(paragraph, 78) for paragraph in article["body"]]
    if article["graphic"]:
        parts.append(textwrap.fill(f"{names['graphic']}: {article['graphic']}", 78))
    parts += tail
    parts.append("\n" + centred(article["copyright"].replace(" All Rights", "\nAll Rights")))
    return "\n\n".join(parts) + "\n\n"


ENGLISH = {
    "byline": "BYLINE", "section": "SECTION", "length": "LENGTH", "words": "words",
    "standfirst": "HIGHLIGHT", "graphic": "GRAPHIC",
}  # fmt: skip
GERMAN = {
    "byline": "AUTOR", "section": "RUBRIK", "length": "LÄNGE", "words": "Wörter",
    "standfirst": "HIGHLIGHT", "graphic": "GRAFIK",
}  # fmt: skip
FRENCH = {
    "byline": "AUTEUR", "section": "RUBRIQUE", "length": "LONGUEUR", "words": "mots",
    "standfirst": "ENCART", "graphic": "GRAPHIQUE",
}  # fmt: skip
SPANISH = {
    "byline": "AUTOR", "section": "SECCIÓN", "length": "LONGITUD", "words": "palabras",
    "standfirst": "RESUMEN", "graphic": "GRÁFICO",
}  # fmt: skip


def nexis_old() -> None:
    head = (
        "\n\nDownload Request: Selected Items: 1-3\nTime Of Request: Friday, March 15, 2024  16:51:31\n\n"
        "Send To:\nLIBRARY SERVICES\nHARWICK\n\nTerms: (harwick and toll)\n\n"
        "Source: The Harwick Courier (England);Coastal Evening Post\nProject ID: None\n\n\n"
    )
    tail = ["LOAD-DATE: January 12, 2024", "LANGUAGE: ENGLISH", "PUBLICATION-TYPE: Newspaper"]
    text = head
    for number, article in enumerate((TOLL, FERRY, PHOTO), 1):
        text += old_text(f"{number} of 3 DOCUMENTS", article, ENGLISH, tail)
    (HERE / "nexis_old.txt").write_text(text.replace("\n", "\r\n"), "utf-8", newline="")
    brücke = FERRY | {
        "headline": "Brückenmaut wird abgeschafft",
        "publication": "Hafenzeitung",
        "date": "15. März 2024 Freitag\n5:00 PM GMT+1",
        "byline": "Jörg Überall",
        "section": "POLITIK; S. 2",
        "body": [
            "Der Rat von Harwick schafft die Maut ab. „Endlich“, sagte Bürgermeisterin Anke Groß."
        ],
        "copyright": "Copyright 2024 Hafen Verlag GmbH\nAlle Rechte vorbehalten",
    }
    tail = ["UPDATE: 15. März 2024", "SPRACHE: GERMAN; DEUTSCH", "PUBLICATION-TYPE: Zeitung"]
    text = old_text("Dokument 1 von 1", brücke, GERMAN, tail)
    (HERE / "nexis_old_german.txt").write_text(text, "cp1252")
    pont = FERRY | {
        "headline": "Le péage du pont est supprimé",
        "publication": "Le Courrier du port",
        "date": "vendredi 15 mars 2024",
        "byline": "Hélène Dûment",
        "section": "POLITIQUE; Pg. 4",
        "body": [
            "Le conseil de Harwick renonce au péage. « Enfin », a dit la maire, Aurélie Noël."
        ],
        "copyright": "Copyright 2024 Presse du port\nTous droits réservés",
    }
    tail = [
        "DATE-CHARGEMENT: 16 mars 2024",
        "LANGUE: FRENCH; FRANÇAIS",
        "TYPE-PUBLICATION: Journal",
    ]
    puente = FERRY | {
        "headline": "El puente deja de cobrar peaje",
        "publication": "El Correo del Puerto",
        "date": "15 de marzo de 2024 viernes",
        "byline": "Íñigo Peña",
        "section": "POLÍTICA; Pág. 4",
        "body": [
            "El consejo de Harwick renuncia al peaje. «Por fin», dijo la alcaldesa, Inés Muñoz."
        ],
        "copyright": "Copyright 2024 Prensa del Puerto\nTodos los derechos reservados",
    }
    text = old_text("Document 1 de 2", pont, FRENCH, tail)
    tail = ["FECHA-DE-CARGA: 16 de marzo de 2024", "IDIOMA: SPANISH; ESPAÑOL"]
    text += old_text("Documento 2 de 2", puente, SPANISH, tail)
    (HERE / "nexis_old_romance.txt").write_text(text, "utf-8")


def old_html() -> None:
    def block(text: str, kind: str = "c5") -> str:
        return f'<BR><DIV CLASS="{kind}"><P CLASS="c6"><SPAN CLASS="c2">{text}</SPAN></P>\n</DIV>\n'

    def named(name: str, value: str) -> str:
        return block(f'</SPAN><SPAN CLASS="c8">{name}: </SPAN><SPAN CLASS="c2">{escape(value)}')

    page = (
        '<HTML>\n<HEAD>\n<STYLE TYPE="text/css"><!--\n.c0 { text-align: center; }\n--></STYLE>\n'
        '<TITLE>&nbsp;</TITLE>\n<META TOPIC="null" DOCUMENTS="2" /></HEAD>\n<BODY>\n'
        '<DIV CLASS="c5"><P CLASS="c6"><IMG SRC="https://logo.example.invalid/logo.gif"><BR>'
        '<SPAN CLASS="c27">Download Request: Selected Items: 1-2<BR>Terms: toll<BR></SPAN></P></DIV>\n'
    )
    for number, article in enumerate((TOLL, FERRY), 1):
        page += f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->\n'
        page += block(f"{number} of 2 DOCUMENTS", "c0") + block(article["publication"], "c0")
        month, rest = article["date"].split(" ", 1)
        page += block(f'{month}</SPAN><SPAN CLASS="c2"> {rest}</SPAN><SPAN>&nbsp;', "c3")
        page += block(escape(article["headline"]))
        for name in ("byline", "section"):
            if article[name]:
                page += named(ENGLISH[name], article[name])
        page += named("LENGTH", "120 words")
        page += '<BR><DIV CLASS="c5">'
        for paragraph in article["body"]:
            page += f'<P CLASS="c10"><SPAN CLASS="c2">{escape(paragraph)}</SPAN></P>\n'
        page += "</DIV>\n" + named("LOAD-DATE", article["loaded"]) + named("LANGUAGE", "ENGLISH")
        page += block("MATP") + named("PUBLICATION-TYPE", "Newspaper")
        page += block(escape(article["copyright"]).replace(" All", "<BR>All"), "c0")
        page += "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"
    (HERE / "nexis_old.html").write_text(page + "</BODY></HTML>\n", "utf-8")


NUMBERS = ["HARCOU0020240111ek1b0001x", "COASTP0020240305ek350002m", "HAFENZ0020240315ek3f0003p"]
HAFEN = {
    "headline": "Brückenmaut wird abgeschafft", "byline": "Von Jörg Überall", "words": "14 Wörter",
    "date": "15 März 2024", "publication": "Hafenzeitung", "language": "Deutsch",
    "copyright": "(c) 2024, Hafen Verlag GmbH. Alle Rechte vorbehalten.",
    "body": ["Der Rat von Harwick schafft die Maut ab.", "„Endlich“, sagte Bürgermeisterin Anke Groß."],
}  # fmt: skip


def factiva_fields() -> list[list[tuple[str, list[str]]]]:
    return [
        [
            ("SE", ["News"]), ("HD", [TOLL["headline"]]), ("BY", ["By Ada Lowe"]), ("WC", ["1,112 words"]),
            ("PD", ["11 January 2024"]), ("ET", ["14:35"]), ("SN", ["The Harwick Courier"]), ("SC", ["HARCOU"]),
            ("ED", ["1; National"]), ("PG", ["3"]), ("LA", ["English"]),
            ("CY", ["© 2024 Harwick Courier Newspapers Ltd"]),
            ("LP", [TOLL["standfirst"]]), ("TD", TOLL["body"]),
            ("NS", ["grtran : Road/Rail Transport | gcat : Political/General News"]), ("RE", ["uk : United Kingdom"]),
            ("PUB", ["Harwick Courier Newspapers Ltd"]), ("AN", [f"Document {NUMBERS[0]}"]),
        ],
        [
            ("HD", [FERRY["headline"]]), ("WC", ["41 words"]), ("PD", ["5 March 2024"]), ("SN", ["Coastal Evening Post"]),
            ("SC", ["COASTP"]), ("LA", ["English"]), ("CY", ["Copyright 2024 Post Media. All Rights Reserved."]),
            ("LP", FERRY["body"][:1]), ("TD", FERRY["body"][1:]), ("AN", [f"Document {NUMBERS[1]}"]),
        ],
        [
            ("HD", [HAFEN["headline"]]), ("BY", [HAFEN["byline"]]), ("WC", [HAFEN["words"]]), ("PD", [HAFEN["date"]]),
            ("SN", [HAFEN["publication"]]), ("SC", ["HAFENZ"]), ("LA", [HAFEN["language"]]), ("CY", [HAFEN["copyright"]]),
            ("LP", HAFEN["body"][:1]), ("TD", HAFEN["body"][1:]), ("AN", [f"Document {NUMBERS[2]}"]),
        ],
    ]  # fmt: skip


def factiva_html() -> None:
    page = (
        '<!DOCTYPE html>\n<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>\n'
        "<title>Factiva</title><style>.article {page-break-after:always;}</style></head><body>\n"
        '<table><tr><td class="factivalogo"><h1>Factiva</h1></td><td><span>Dow Jones</span></td></tr></table>\n'
        '<form name="PageBaseForm"><div id="contentWrapper"><div id="contentLeft">\n'
    )
    for article in factiva_fields():
        page += '<div class="article enArticle"><table cellpadding="1" border="0">'
        for code, values in article:
            if code in ("LP", "TD"):
                cell = "".join(
                    f'<p class="articleParagraph enarticleParagraph">{escape(value)}</p>\n'
                    for value in values
                )
                page += f'<tr><td class="index"><p><b>{code}</b>&nbsp;</p></td><td>{cell}</td></tr>'
            else:
                page += f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{escape(values[0])}</td></tr>'
        page += "</table><br/></div>\n"
    page += "</div></div></form></body></html>\n"
    (HERE / "factiva_codes.html").write_text(page, "utf-8")


def factiva_docx() -> None:
    coded, display = docx.Document(), docx.Document()
    for article in factiva_fields():
        table = coded.add_table(0, 2)
        for code, values in article:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = code, values[0]
            for value in values[1:]:
                cells[1].add_paragraph(value)
        coded.add_paragraph("")
        for code, values in article:
            if code in ("NS", "RE", "PUB"):
                continue
            for value in values:
                paragraph = display.add_paragraph()
                paragraph.add_run(value).bold = code == "HD"
    table = display.add_table(0, 2)
    for name, value in (
        ("Text", "harwick and toll"),
        ("Date", "In the last 2 years"),
        ("Results Found", "3"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    coded.save(str(HERE / "factiva_codes.docx"))
    display.save(str(HERE / "factiva_display.docx"))


if __name__ == "__main__":
    nexis_uni()
    nexis_old()
    old_html()
    factiva_html()
    factiva_docx()
