"""The statements table: one row a decided stance, as read by people and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session

from db.rows import ref_from_row, spans_from_row
from db.transactions import snapshot
from db.values import Position, Ref, RefKind, Span

COLUMNS = (
    "date",
    "publication",
    "headline",
    "holder",
    "affiliation",
    "target",
    "stance",
    "quote",
    "certainty",
    "coder",
)
_ROWS = """
SELECT article.published, article.publication, article.title, article_text.text,
    holder, target, position, evidence, certainty, coder.name AS coder,
    holding.name AS holder_name, body.name AS affiliation,
    held.name AS target_name, issue.name AS issue_name
FROM json_each(?) AS wanted
JOIN article ON article.number = wanted.value
JOIN article_text ON article_text.number = article.number
JOIN stance ON stance.article_id = article.id
    AND stance.status IN ('accepted', 'corrected', 'added')
LEFT JOIN coder ON coder.id = stance.coder_id
LEFT JOIN actor AS holding ON holding.id = stance.holder_actor
LEFT JOIN actor AS body ON body.id = holding.affiliation_id
LEFT JOIN actor AS held ON held.id = stance.target_actor
LEFT JOIN issue ON issue.id = stance.target_issue
WHERE NOT article.removed
ORDER BY wanted.key, json_extract(evidence, '$[0][0]'), stance.decided_at, stance.id
"""
_MORE = " […] "  # between stretches of evidence that do not meet


def statement_rows(session: Session, numbers: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the decided stances of articles, in their order here, as texts of :data:`COLUMNS`.

    A side is what is taken toward the target as it is called here: “not ” stands before one that
    is negated. An article's overall stance has no quote. All are read from one state.
    """
    with snapshot(session) as connection:
        rows = connection.exec_driver_sql(_ROWS, (json.dumps(list(numbers)),))
        for row in rows.mappings():
            yield _told(row)


def _told(row: Any) -> tuple[str, ...]:
    text: str = row["text"]
    holder, target = (ref_from_row(json.loads(row[slot])) for slot in ("holder", "target"))
    named = row["issue_name"] or row["target_name"] or _words(target, text)
    return (
        row["published"] or "",
        row["publication"] or "",
        row["title"] or "",
        row["holder_name"] or _words(holder, text),
        row["affiliation"] or "",
        f"not {named}" if target.negated else named,
        _SIDES[Position(row["position"])],
        _MORE.join(_line(span, text) for span in spans_from_row(json.loads(row["evidence"]))),
        row["certainty"] or "",
        row["coder"] or "",
    )


_SIDES = {
    Position.FAVOR: "for",
    Position.AGAINST: "against",
    Position.NEUTRAL: "neutral",
    Position.MIXED: "mixed",
    Position.UNCLEAR: "unclear",
}


def _words(ref: Ref, text: str) -> str:
    if ref.span is not None:
        return _line(ref.span, text)
    return "the writer" if ref.kind is RefKind.WRITER else ""


def _line(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())
