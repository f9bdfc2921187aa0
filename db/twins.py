"""Near duplicates in a project, such as one wire story in several papers: sought and listed.

They are sought in steps that can end anywhere: articles that came since are sketched, some at a
time, and at last compared with all others. What is known of them is no act: it follows from texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlmodel import Session

from db import annotations as saved
from db import articles
from db.models import TABLES
from db.rows import LISTED
from db.transactions import snapshot, transaction
from db.twin_offers import offered
from db.values import Annotation, Article, ArticleRow

_article, _text = TABLES["article"], TABLES["article_text"]
_sketch, _twin = TABLES["sketch"], TABLES["twin"]
_AT_ONCE = 250  # articles sketched in one transaction, which others may wait for
_ROWS = 20_000
_MOST = 12  # twins whose decisions are offered


def unsought(session: Session) -> bool:
    """Tell whether articles came whose twins were not looked for yet."""
    with snapshot(session) as connection:
        last = connection.scalar(select(func.max(_text.c.number))) or 0
        sketched, compared = _last(connection)
    return last > sketched or not compared


def seek(session: Session, stop: Callable[[], bool] = lambda: False) -> int:
    """Find the twins of all articles that came since; return how many articles have some now.

    Once ``stop`` says so it ends, and goes on from there when it is called again.

    Raises:
        ProjectError: if the file cannot be written.
    """
    while not stop() and _sketch_some(session):
        pass
    if not stop():
        _compare(session)
    return len(counts(session))


def sketched(session: Session) -> Iterator[tuple[str | None, str | None, bytes]]:
    """Yield title, place and sketch of each article that is not in the bin, and store nothing."""
    from db.sketches import sketch

    asked = (
        select(_article.c.title, _article.c.place, _sketch.c.signature, _text.c.number)
        .join(_text, _text.c.number == _article.c.number)
        .outerjoin(_sketch, _sketch.c.number == _article.c.number)
        .where(_article.c.removed.is_(False))
    )
    with snapshot(session) as connection:
        for rows in connection.execute(asked).partitions(_AT_ONCE):
            for row in rows:
                signature = row.signature
                if signature is None:
                    mine = select(_text.c.text).where(_text.c.number == row.number)
                    (signature,) = sketch([connection.scalar(mine) or ""])
                yield row.title, row.place, signature


def counts(session: Session) -> dict[int, int]:
    """Return how many twins articles have, by their number, where they have any.

    What is in the bin is left out.
    """
    here = select(_twin.c.number, _twin.c.first).join(_article, _article.c.number == _twin.c.number)
    with snapshot(session) as connection:
        rows = connection.execute(here.where(_article.c.removed.is_(False))).all()
    many = Counter(first for _, first in rows)
    return {number: many[first] - 1 for number, first in rows if many[first] > 1}


def twins_of(session: Session, article: UUID) -> list[ArticleRow]:
    """Return an article's twins, the oldest first; what is in the bin is left out."""
    own, first = _twin.alias("own"), select(_twin.c.first).join(_article)
    mine = first.where(_article.c.id == str(article)).scalar_subquery()
    found = (
        select(*(_article.c[name] for name in LISTED))
        .join(own, own.c.number == _article.c.number)
        .where(own.c.first == mine, _article.c.removed.is_(False), _article.c.id != str(article))
        .order_by(_article.c.published, _article.c.number)
    )
    with snapshot(session) as connection:
        return [ArticleRow(*row) for row in connection.execute(found)]


def offers(session: Session, article: Article) -> Iterator[list[Annotation]]:
    """Yield what each twin of an article has to offer: see :mod:`db.twin_offers`."""
    for twin in twins_of(session, article.id)[:_MOST]:
        if twin.decided:
            decided = saved.decisions(session, twin.id)
            yield offered(decided, articles.get(session, twin.id).text, article)


def _last(connection: Connection) -> tuple[int, bool]:
    """Return the number up to which articles are sketched, and whether all these are compared.

    Numbers only grow: articles are sketched in their order, and compared all at once.
    """
    newest = select(_sketch.c.number, _sketch.c.compared).order_by(_sketch.c.number.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return (row.number, row.compared) if row else (0, True)


def _sketch_some(session: Session) -> int:
    from db.sketches import sketch

    with snapshot(session) as connection:
        new = _text.c.number > _last(connection)[0]
        asked = select(_text.c.number, _text.c.text).where(new).order_by(_text.c.number)
        rows = connection.execute(asked.limit(_AT_ONCE)).all()
    if not rows:
        return 0
    made = zip((row.number for row in rows), sketch([row.text for row in rows]), strict=True)
    with transaction(session) as connection:
        connection.execute(
            _sketch.insert().prefix_with("OR IGNORE"),  # two programs may be at it
            [{"number": n, "signature": one, "compared": False} for n, one in made],
        )
    return len(rows)


def _compare(session: Session) -> None:
    import numpy as np

    from db.sketches import gather, join

    with snapshot(session) as connection:
        last, compared = _last(connection)
        if compared:
            return
        of_words = func.length(_sketch.c.signature) > 0
        asked = select(_sketch.c.number, _sketch.c.compared, _sketch.c.signature)
        numbers, known, sketches = list[int](), list[bool](), list[bytes]()
        for rows in connection.execute(asked.where(of_words).order_by(_sketch.c.number)).partitions(
            _ROWS
        ):
            for number, compared, signature in rows:
                numbers.append(number)
                known.append(compared)
                sketches.append(signature)
        twins = {row.number: row.first for row in connection.execute(select(_twin))}
    at = {number: row for row, number in enumerate(numbers)}
    before = [
        at[twins.get(number, number)] if compared else -1
        for number, compared in zip(numbers, known, strict=True)
    ]
    groups = defaultdict[int, list[int]](list)
    for row, first in enumerate(gather(join(sketches), np.array(before, np.int64)).tolist()):
        groups[numbers[first]].append(numbers[row])
    new = [
        {"number": number, "first": first}
        for first, members in groups.items()
        if len(members) > 1
        for number in members
        if number not in twins
    ]
    with transaction(session) as connection:
        if new:
            connection.execute(_twin.insert().prefix_with("OR IGNORE"), new)
        these = _sketch.c.number <= last
        connection.execute(_sketch.update().where(these).values(compared=True))
