"""Lines that ask for a stance, with the answer or without: one JSON object a line.

``{"text", "target": {"start", "end"}, "holder": {"start", "end"} or null}``, or flat, as our
training data have them: ``target_start``, ``target_end``, ``holder_start``, ``holder_end``. Offsets
are code points, half-open. Without a holder the position that the text itself conveys is asked for.
The answer is ``stance`` ("favor", "against", "neutral") or ``label`` ("supportive", "critical",
"neutral").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeVar, cast

from pydantic import BaseModel, ValidationError, model_validator

from db.values import Span
from desktop.suggest.evaluation.records import Stretch, check_stretch, faulty
from desktop.suggest.network.questions import Question

Side = Literal["favor", "against", "neutral"]
L = TypeVar("L", bound="_Line")
_LABELS = {"supportive": "favor", "critical": "against", "neutral": "neutral"}


def read_questions(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[Question, str]]:
    """Yield the question of each line, and the line.

    Args:
        lines: as :func:`desktop.suggest.evaluation.records.lines` yields them.

    Raises:
        RecordError: at the first line that is not as it should be.
    """
    for place, line in lines:
        yield _question(_read(_Line, line, place), place), line


def read_answered(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[Question, Side]]:
    """Yield the question of each line, and the side that is right.

    Raises:
        RecordError: at the first line that is not as it should be.
    """
    for place, line in lines:
        row = _read(_Answered, line, place)
        yield _question(row, place), row.stance


class _Line(BaseModel):
    text: str
    target: Stretch
    holder: Stretch | None = None

    @model_validator(mode="before")
    @classmethod
    def _nest(cls, row: Any) -> Any:
        """Give flat fields the shape of the others."""
        if not isinstance(row, dict):
            return row
        fields = dict(cast("dict[str, Any]", row))
        for slot in ("target", "holder"):
            start, end = fields.get(f"{slot}_start"), fields.get(f"{slot}_end")
            if start is not None or end is not None:
                fields[slot] = {"start": start, "end": end}
        if "stance" not in fields and "label" in fields:
            label = fields["label"]
            fields["stance"] = _LABELS.get(label, label) if isinstance(label, str) else label
        return fields


class _Answered(_Line):
    stance: Side


def _read(shape: type[L], line: str, place: str) -> L:
    try:
        return shape.model_validate_json(line)
    except ValidationError as error:
        raise faulty(error, place) from error


def _question(row: _Line, place: str) -> Question:
    for stretch in filter(None, (row.target, row.holder)):
        check_stretch(stretch, row.text, place)
    holder = Span(row.holder.start, row.holder.end) if row.holder else None
    return Question(row.text, Span(row.target.start, row.target.end), holder)
