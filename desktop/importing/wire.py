"""Records as they go from the process that reads to the one that stores: JSON, and back.

The frames are those of :mod:`desktop.suggest.protocol`. An article on which nothing lies goes as
its fields; an annotated one as its line of a corpus, which can be read back anyway. Texts follow
behind the frame of their records, as they are: JSON would spell them out, character by character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import IO
from uuid import UUID, uuid4

from db.rows import METADATA, Row
from db.scheme_values import Scheme
from db.values import Article, ArticleStatus, Loaded, Metadata, Zone, ZoneKind
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import Parsed, parse
from desktop.corpus.records import record
from desktop.corpus.shape import validate
from desktop.library.readers.incoming import Incoming
from desktop.refused import Refused
from desktop.suggest.protocol import LIMIT, ProtocolError

_NO_SCHEME = Scheme(UUID(int=0), "", 0, ())


def to_row(read: Incoming | Parsed | Refused) -> Row:
    """Return what a reader yielded as it goes through the pipe."""
    match read:
        case Refused():
            return {"place": read.place, "why": read.why}
        case Incoming():
            meta, doubts = _whole(read.meta, read.doubts)
            row = _article(read.text, meta, read.zones, read.place, doubts)
            return row | {"id": str(uuid4()), "sha256": sha256(read.text.encode()).hexdigest()}
        case Parsed():
            loaded = read.loaded
            article = loaded.article
            meta, doubts = _whole(article.meta, read.doubts)
            if not (loaded.decisions or loaded.suggestions or loaded.checked or loaded.model):
                row = _article(article.text, meta, article.zones, read.place, doubts)
                told = {"id": str(article.id), "sha256": article.sha256, "status": article.status}
                return row | told
            loaded = replace(loaded, article=replace(article, meta=meta))
            line = jsonl.line(record(loaded, _NO_SCHEME, read.issues)).decode()
            return {"place": read.place, "doubts": doubts, "line": line}


def _whole(meta: Metadata, doubts: tuple[str, ...]) -> tuple[Metadata, tuple[str, ...]]:
    """Return metadata without halves of characters (lone surrogates), which nothing can store."""
    broken: dict[str, str] = {}
    for name in METADATA:
        value: str | None = getattr(meta, name)
        if value is not None and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                broken[name] = value.encode(errors="replace").decode()
    if not broken:
        return meta, doubts
    told = (f"half a character in its {name} was left out" for name in broken)
    return replace(meta, **broken), (*doubts, *told)


def _article(
    text: str, meta: Metadata, zones: tuple[Zone, ...], place: str, doubts: tuple[str, ...]
) -> Row:
    known = {name: value for name in METADATA if (value := getattr(meta, name)) is not None}
    stretches = [(zone.start, zone.end, zone.kind) for zone in zones]
    return {"place": place, "doubts": doubts, "text": text, "meta": known, "zones": stretches}


def take_texts(rows: Sequence[Row]) -> tuple[list[int], bytes]:
    """Take the texts out of rows; return the size of each in bytes, 0 for none, and all of them."""
    texts = [row.pop("text", "").encode() for row in rows]
    return [len(text) for text in texts], b"".join(texts)


def put_texts(rows: Sequence[Row], sizes: Sequence[int], texts: IO[bytes]) -> None:
    """Put back what :func:`take_texts` took out.

    Raises:
        ProtocolError: if that is not what follows.
    """
    whole = sum(sizes)
    if not 0 <= whole <= LIMIT or len(raw := texts.read(whole)) != whole:
        raise ProtocolError("the texts are cut short")
    at = 0
    for row, size in zip(rows, sizes, strict=True):
        if size:
            row["text"] = raw[at : at + size].decode()
        at += size


def from_row(row: Row) -> Parsed | Refused:
    """Read what :func:`to_row` wrote."""
    if "why" in row:
        return Refused(row["place"], row["why"])
    place, doubts = row["place"], tuple(row["doubts"])
    if "line" in row:
        return replace(parse(validate(row["line"])), place=place, doubts=doubts)
    article = Article(
        id=UUID(row["id"]),
        text=row["text"],
        sha256=row["sha256"],
        meta=Metadata(**row["meta"]),
        status=ArticleStatus(row.get("status", ArticleStatus.TODO)),
        zones=tuple(Zone(start, end, ZoneKind(kind)) for start, end, kind in row["zones"]),
    )
    return Parsed(Loaded(article, [], [], [], [], None), (), place, doubts)
