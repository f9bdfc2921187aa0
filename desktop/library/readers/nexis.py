"""LexisNexis: exports of Nexis Uni and Nexis Advance, and those of Nexis as it was before.

New ones name the headline, the publication, the date and a copyright, then fields ("Length: 543
words"), "Body" and what follows it, and "End of Document"; a cover page and a list of all headlines
stand before. Old ones count ("3 of 120 DOCUMENTS"), set the publication and the date in the middle
and end in fields in capitals and a copyright. Field names are known in English, German, French and
Spanish; dates in those and more (:mod:`desktop.dates`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from desktop import dates, languages
from desktop.library.readers.bundle import Pieces, first_where, taken
from desktop.library.readers.incoming import Incoming, Refused

_NAMES = {
    "byline": "byline autor autoren auteur auteurs autora firma",
    "section": "section rubrik ressort rubrique sección seccion",
    "length": "length länge laenge longueur longitud extensión extension",
    "dateline": "dateline ortsmarke lieu",
    "standfirst": "highlight highlights zusammenfassung encart insert résumé resumen",
    "language": "language sprache langue idioma",
    "load": "load-date ladedatum update date-chargement date-de-chargement fecha-de-carga",
    "url": "url",
    "other": "publication-type document-type journal-code type type-publication"
    " publication-code subject sujet thema company société societe organization organisation person"
    " industry geographic ticker stock-symbol graphic grafik photo distribution series column"
    " correction correction-date edition ausgabe édition name notes acc-no dateline-city city"
    " state country region tip isbn issn program show anchor guests city",
}
_FIELD = {name: field for field, names in _NAMES.items() for name in names.split()}
_LINE = re.compile(r"(?P<name>[^\W\d_]{2,}(?:[ -][^\W\d_]+){0,3}) ?: *(?P<value>.*)", re.DOTALL)
_END = re.compile(
    r"(?:end of document|ende des dokuments|dokumentende|fin du document|fin de document|"
    r"fin del documento|einde van (?:het )?document)\W*$",
    re.I,
)
_COUNT = re.compile(
    r"(?:(?:document|dokument|documento) +\d{1,5} (?:of|von|de) \d{1,5}"
    r"|\d{1,5} (?:of|von|de) \d{1,5} (?:documents?|dokumenten?|documentos?))\s*$",
    re.I,
)
_BODY = re.compile(
    r"(?:body|full text|text|textkörper|haupttext|corps|texte|cuerpo|texto)\s*$", re.I
)
_AFTER = re.compile(
    r"(?:classification|klassifi\w+|clasificación|graphic|grafik|graphique)\s*$", re.I
)
_RIGHTS = re.compile(
    r"copyright\b|©|\(c\) ?\d{4}|all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos",
    re.I,
)
_COVER = re.compile(
    r"(?:user name|date and time|job number|documents? ?\(\d+\)|client/matter|search terms|"
    r"search type|narrowed by|content type|benutzername|datum und uhrzeit|auftragsnummer|"
    r"dokumente? ?\(\d+\)|kunde/mandat|suchbegriffe|suchtyp|eingegrenzt|date et heure|"
    r"numéro de la tâche|client/dossier|"
    r"termes de recherche|type de recherche|restreint par|fecha y hora|número de trabajo|"
    r"documentos? ?\(\d+\)|términos de búsqueda|tipo de búsqueda)\b|-none-|\d+\. +\S",
    re.I,
)
_ANNOUNCED = re.compile(r"(?:documents?|dokumente?|documentos?) ?\((\d+)\)", re.I)
_BESIDE_DATE = re.compile(r"\b(?:edition|ausgabe|édition|edición)\b|;$|^\d{1,2}[:.]\d\d\b", re.I)
_BROKEN = re.compile(r"we are sorry but there is an error in this document", re.I)
_TOP = 8  # blocks above the fields in which the publication, date and headline are


def looks_like(blocks: Sequence[str]) -> bool:
    """Tell an export of LexisNexis by the marks between its articles and its fields."""
    marks = any(_END.match(block) or _COUNT.match(block) for block in blocks)
    return marks and any(_field(block)[0] in ("length", "load") for block in blocks)


def articles(blocks: Sequence[str], name: str) -> Iterator[Incoming | Refused]:
    """Yield the articles of an export that is read already, named ``name`` in their places."""
    new = any(map(_END.match, blocks))
    parts = _new_parts(blocks) if new else _old_parts(blocks)
    yield from taken((_new(part) if new else _old(part) for part in parts), name)
    announced = next((found for block in blocks[:40] if (found := _ANNOUNCED.match(block))), None)
    if new and announced and int(announced[1]) != len(parts):
        yield Refused(name, f"its cover names {announced[1]} documents, but {len(parts)} are in it")


def _new_parts(blocks: Sequence[str]) -> list[Sequence[str]]:
    """Return the blocks of each article between two ends, the first without the cover."""
    parts, start = list[Sequence[str]](), 0
    for at, block in enumerate(blocks):
        if _END.match(block):
            parts.append(blocks[start:at])
            start = at + 1
    if any(_field(block)[0] == "length" for block in blocks[start:]):
        parts.append(blocks[start:])  # cut off before its end
    if parts:
        parts[0] = _uncovered(parts[0])
    return parts


def _uncovered(blocks: Sequence[str]) -> Sequence[str]:
    """Return the first article's blocks, without what stands before it."""
    top = first_where(blocks, _BODY)
    if top is None:
        top = next((at for at, block in enumerate(blocks) if _field(block)[0] == "length"), 0)
    covers = [at for at in range(top) if _COVER.match(blocks[at]) or "\t" in blocks[at]]
    return blocks[covers[-1] + 1 :] if covers else blocks


def _old_parts(blocks: Sequence[str]) -> list[Sequence[str]]:
    starts = [at for at, block in enumerate(blocks) if _COUNT.match(block)]
    ends = [*starts[1:], len(blocks)]
    return [blocks[start + 1 : end] for start, end in zip(starts, ends, strict=True)]


def _new(part: Sequence[str]) -> Pieces:
    """Take an article apart that names its body."""
    if any(map(_BROKEN.search, part)):
        return Pieces(headline=part[0] if part else "")
    body = first_where(part, _BODY)
    fields = next(
        (
            at
            for at in range(2, len(part) if body is None else body)  # a headline may look like one
            if _RIGHTS.match(part[at]) or _field(part[at])[0]
        ),
        min(body or 0, _TOP),
    )
    top = part[:fields]
    pieces = Pieces(headline=top[0] if top else "")
    pieces.publication = top[1] if len(top) > 1 else None
    if body is None:
        body = _last_field(part, fields, _named) - 1
    for block in top[2:]:
        pieces.published = pieces.published or dates.iso(block)
    _read_fields(part[fields : body + 1], pieces)
    after = {part[at].lower(): at for at in range(body + 1, len(part)) if _AFTER.match(part[at])}
    end = min(after.values(), default=len(part))  # of each heading the last: one may be in a text
    _read_fields(part[end:], pieces)
    rest = part[body + 1 : end]
    pieces.body = list(rest) if after else _without_tail(rest, pieces, _named)
    return pieces


def _old(part: Sequence[str]) -> Pieces:
    """Take an article apart whose head is set in the middle."""
    fields = next((at for at, block in enumerate(part) if _capital(block)), min(len(part), 3))
    head = [
        line for block in part[:fields] for line in block.split("\n") if not _RIGHTS.match(line)
    ]
    pieces = Pieces()
    rest = list[str]()
    for line in head:
        moment = None if pieces.published else dates.iso(line)
        if moment and (pieces.publication or len(line) < 50):
            pieces.published = moment
        elif pieces.publication is None:
            pieces.publication = line
        elif not (pieces.published and not rest and _BESIDE_DATE.search(line)):
            rest.append(line)
    body = _last_field(part, fields, _capital)
    pieces.headline, pieces.standfirst = (rest[0], rest[1:]) if rest else ("", [])
    _read_fields(part[fields:body], pieces)
    pieces.body = _without_tail(part[body:], pieces, _capital)
    return pieces


def _field(block: str) -> tuple[str, str]:
    """Return a field's name among ours and its value; two empty texts if it is no field."""
    found = _LINE.match(block[:400])
    if not found:
        return "", ""
    field = _FIELD.get("-".join(found["name"].lower().split()), "")
    return field, " ".join(block[found.start("value") :].split()) if field else ""


def _named(block: str) -> bool:
    """Tell a field."""
    return bool(_field(block)[0])


def _capital(block: str) -> bool:
    """Tell a field of an old export, whose name is in capitals."""
    return bool(_field(block)[0]) and block.split(":", 1)[0].isupper()


def _last_field(part: Sequence[str], start: int, is_field: Callable[[str], bool]) -> int:
    """Return where the body begins: behind the fields and rights that follow on one another."""
    at = start
    while at < len(part) and (is_field(part[at]) or _RIGHTS.match(part[at])):
        at += 1
    return at


def _without_tail(
    rest: Sequence[str], pieces: Pieces, is_field: Callable[[str], bool]
) -> list[str]:
    """Return the body without the fields and rights behind it, which are read.

    A short line between two fields is a code; what stands behind the load date is no text.
    """
    end = len(rest)
    while end and (
        is_field(rest[end - 1])
        or _RIGHTS.match(rest[end - 1])
        or (end > 1 and len(rest[end - 1]) < 12 and is_field(rest[end - 2]))
    ):
        end -= 1
    loaded = (at for at in range(end) if is_field(rest[at]) and _field(rest[at])[0] == "load")
    cut = next((at for at in loaded if dates.iso(rest[at])), end)
    _read_fields(rest[cut:], pieces)
    return list(rest[:cut])


def _read_fields(blocks: Sequence[str], pieces: Pieces) -> None:
    for block in blocks:
        field, value = _field(block)
        if not value:
            continue
        if field == "byline" and not pieces.byline:
            pieces.byline = value
        elif field == "standfirst":
            pieces.standfirst.append(value)
        elif field == "section":
            pieces.section = pieces.section or value
        elif field == "language":
            pieces.language = pieces.language or languages.tag(value)
        elif field == "url" and "://" in value:
            pieces.url = value
        elif field == "load" and not pieces.published and (loaded := dates.iso(value)):
            pieces.published = loaded
            pieces.doubts.append("its date is the day it was loaded: none else could be read")
