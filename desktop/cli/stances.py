"""``standfirst stance``: which side is taken, for lines that name holder and target."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.opening import reader_with
from desktop.cli.output import CommandError, stdout_for_us_alone
from desktop.corpus.formats import jsonl

if TYPE_CHECKING:
    from desktop.suggest.evaluation.sides import Answerer
    from desktop.suggest.network.questions import Question

_STDIN = Path("standard input")


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    stance = verbs.add_parser(
        "stance", help="say which side is taken, for given holders and targets"
    )
    stance.add_argument("file", type=Path, metavar="FRAMES.jsonl[.gz]", help="- for standard input")
    stance.add_argument("--pipeline", help="a pipeline with a reader of its own, by name or folder")
    stance.set_defaults(run=_stance)


def _stance(given: argparse.Namespace) -> None:
    from desktop.suggest.evaluation.records import RecordError

    with stdout_for_us_alone() as out:
        try:
            if given.file.is_file():  # what can be read twice shows its faults before hours of work
                for _ in _asked(given.file):
                    pass
            judge = reader_with(given.pipeline)
            for batch in _batches(_asked(given.file)):
                out.writelines(_answered(judge, batch))
                out.flush()
        except RecordError as error:
            raise CommandError(str(error)) from error


def _asked(path: Path) -> Iterator[tuple[Question, str]]:
    from desktop.suggest.evaluation.pairs import read_questions
    from desktop.suggest.evaluation.records import lines

    if str(path) != "-":
        return read_questions(lines(path))
    stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    return read_questions(lines(_STDIN, stream))


def _batches(asked: Iterator[tuple[Question, str]]) -> Iterator[list[tuple[Question, str]]]:
    """Yield lines together; those before a faulty one still come, then the fault."""
    from desktop.suggest.evaluation.records import RecordError
    from desktop.suggest.evaluation.sides import AT_ONCE

    batch: list[tuple[Question, str]] = []
    fault: RecordError | None = None
    try:
        for one in asked:
            batch.append(one)
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
    except RecordError as error:
        fault = error
    if batch:
        yield batch
    if fault:
        raise fault


def _answered(judge: Answerer, batch: list[tuple[Question, str]]) -> Iterator[bytes]:
    from desktop.suggest.evaluation.sides import answers, likeliest

    scored = answers(judge, [question for question, _ in batch])
    for (question, line), scores in zip(batch, scored, strict=True):
        rounded = {side: round(score, 4) for side, score in scores.items()}
        row: Any = {**json.loads(line), "stance": likeliest(judge, question, scores)}
        yield jsonl.line(row | {"scores": rounded})
