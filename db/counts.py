"""How much of an article, and of the project, is decided.

The counts lie in the article's row, so that a library of ten thousand reads no annotations. They
are counted anew, from what is there, in every transaction that adds or takes away a suggestion or
a decision. Entities and stances count: a statement is decided along with the stance on it. A row
that only bears a note on a suggestion is no decision yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Table,
    Update,
    bindparam,
    exists,
    false,
    func,
    literal,
    select,
    union_all,
)
from sqlmodel import Session

from db.models import TABLES
from db.transactions import snapshot
from db.values import ArticleStatus, Layer, Status

COUNTED = (Layer.ENTITY, Layer.STANCE)


@dataclass(frozen=True, slots=True)
class Stats:
    """Articles by status, and annotations decided and pending, of all that is not in the bin."""

    todo: int
    in_progress: int
    done: int
    flagged: int
    decided: int
    pending: int

    @property
    def articles(self) -> int:
        """All articles of the project."""
        return self.todo + self.in_progress + self.done + self.flagged


def stats(session: Session) -> Stats:
    """Return the project's counts, as for "412 of 1,908 reviewed": ``done`` of ``articles``."""
    article = TABLES["article"]
    with snapshot(session) as connection:
        rows = connection.execute(
            select(
                article.c.status,
                func.count(),
                func.sum(article.c.decided),
                func.sum(article.c.pending),
            )
            .where(article.c.removed.is_(False))
            .group_by(article.c.status)
        ).all()
    number = {status: count for status, count, _, _ in rows}
    return Stats(
        todo=number.get(ArticleStatus.TODO, 0),
        in_progress=number.get(ArticleStatus.IN_PROGRESS, 0),
        done=number.get(ArticleStatus.DONE, 0),
        flagged=number.get(ArticleStatus.FLAGGED, 0),
        decided=sum(decided for _, _, decided, _ in rows),
        pending=sum(pending for _, _, _, pending in rows),
    )


def recount(connection: Connection, articles: Iterable[str] | None = None) -> None:
    """Write how many annotations of these articles, or of all, are decided and pending.

    And the mean score of what is pending, where it has scores.
    """
    counted, of_one = _recounting(tuple(_unwanted(connection)))
    if articles is None:
        connection.execute(counted)
    for identifier in articles or ():
        connection.execute(of_one, {"this": identifier})


@cache
def _recounting(unwanted: tuple[str, ...]) -> tuple[Update, Update]:
    """Return what counts all articles and what counts one, made once: it is done in every act."""
    article, suggestion = TABLES["article"], TABLES["suggestion"]
    decided, pending, scores = list[_Number](), list[_Number](), list[Select[Any]]()
    for layer in COUNTED:
        row = TABLES[layer.value]
        here = row.c.article_id == article.c.id
        undecided = [here, row.c.status == Status.SUGGESTED]
        untouched = [
            suggestion.c.article_id == article.c.id,
            suggestion.c.layer == layer.value,
            ~exists().where(row.c.id == suggestion.c.id).correlate(suggestion),
        ]
        if layer.value in unwanted:
            untouched.append(false())
        elif layer is Layer.ENTITY and unwanted:
            untouched.append(suggestion.c.value["label"].as_string().not_in(unwanted))
        decided.append(_number(here, row.c.status != Status.SUGGESTED))
        pending += [_number(*undecided), _number(*untouched)]
        scores += [_scores(row, *undecided), _scores(suggestion, *untouched)]
    all_scores = union_all(*scores).subquery()
    counted = article.update().values(
        decided=_sum(decided),
        pending=_sum(pending),
        score=select(func.avg(all_scores.c.score)).scalar_subquery(),
    )
    return counted, counted.where(article.c.id == bindparam("this"))


_Number = ScalarSelect[int]


def _number(*which: ColumnElement[bool]) -> _Number:
    article = TABLES["article"]
    return select(func.count()).where(*which).correlate(article).scalar_subquery()


def _scores(table: Table, *which: ColumnElement[bool]) -> Select[Any]:
    return select(table.c.score).where(*which).correlate(TABLES["article"])


def _sum(numbers: list[_Number]) -> ColumnElement[int]:
    total: ColumnElement[int] = literal(0)
    for number in numbers:
        total = total + number
    return total


def _unwanted(connection: Connection) -> list[str]:
    """Return the engine's names whose suggestions are not shown: nobody is to decide on them."""
    scheme, project = TABLES["scheme"], TABLES["project"]
    found = connection.scalar(select(scheme.c.unwanted).join(project))
    return found or []
