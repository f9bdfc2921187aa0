"""``standfirst evaluate``: a pipeline scored on labelled texts, on stances, or on a corpus."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.opening import engine_with
from desktop.cli.output import CommandError, stdout_for_us_alone

if TYPE_CHECKING:
    from desktop.corpus.parsing import Parsed
    from desktop.suggest.engine import Engine


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    evaluate = verbs.add_parser("evaluate", help="score a pipeline on labelled texts, as JSON")
    evaluate.add_argument("files", type=Path, nargs="+", metavar="FILE.jsonl[.gz]")
    evaluate.add_argument(
        "--pipeline", help="an installed spaCy pipeline instead of the bundled one"
    )
    evaluate.add_argument(
        "--stance",
        action="store_true",
        help="score stances: the files are lines with a target and its stance, or corpora",
    )
    evaluate.add_argument(
        "--plain", action="store_true", help="the pipeline alone, without rules and document pass"
    )
    evaluate.add_argument(
        "--bounds-as-given",
        action="store_true",
        help="do not take articles, titles and possessives off the labelled names first",
    )
    evaluate.set_defaults(run=_evaluate)


def _evaluate(given: argparse.Namespace) -> None:
    from desktop.suggest.evaluation.records import RecordError

    with stdout_for_us_alone() as out:
        try:
            found = _stances(given) if given.stance else _names(given)
        except RecordError as error:
            raise CommandError(str(error)) from error
        out.write(json.dumps(found, indent=1).encode() + b"\n")


def _names(given: argparse.Namespace) -> dict[str, Any]:
    from desktop.suggest.evaluation.evaluate import report

    nlp = engine_with(given.pipeline).nlp
    return report(nlp, given.files, plain=given.plain, own_bounds=not given.bounds_as_given)


def _stances(given: argparse.Namespace) -> dict[str, Any]:
    from desktop.suggest.evaluation.evaluate import described

    for option in ("plain", "bounds_as_given"):
        if getattr(given, option):
            name = "--" + option.replace("_", "-")
            raise CommandError(f"{name}: is about names; leave it out where --stance is")
    corpora = {path for path in given.files if _is_corpus(path)}
    engine = engine_with(given.pipeline)
    return {
        "pipeline": described(engine.nlp),
        "files": [
            {"file": path.name, **(_corpus if path in corpora else _pairs)(engine, path)}
            for path in given.files
        ],
    }


def _is_corpus(path: Path) -> bool:
    """Tell a corpus by its first line; what is neither is told when it is read."""
    from desktop.suggest.evaluation.records import lines

    for _, line in lines(path):
        try:
            first = json.loads(line)
        except ValueError:
            return False
        return isinstance(first, dict) and "schema" in first
    return False


def _pairs(engine: Engine, path: Path) -> dict[str, Any]:
    from desktop.suggest.evaluation.pairs import read_answered
    from desktop.suggest.evaluation.records import lines
    from desktop.suggest.evaluation.sides import evaluate_pairs, reader_of

    figures = evaluate_pairs(reader_of(engine.nlp), read_answered(lines(path)))
    return {"kind": "pairs", **figures}


def _corpus(engine: Engine, path: Path) -> dict[str, Any]:
    from desktop.suggest.evaluation.articles import evaluate_articles
    from desktop.suggest.stances.issues import Issues

    # Stances are looked for toward all issues of a project, and its corpus names them line by line.
    issues = {issue.id: issue for one in _records(path) for issue in one.issues}
    engine.issues = Issues(issues.values())
    return {"kind": "corpus", **evaluate_articles(engine, (one.loaded for one in _records(path)))}


def _records(path: Path) -> Iterator[Parsed]:
    from desktop.corpus.errors import CorpusError
    from desktop.corpus.parsing import parse
    from desktop.corpus.proof import check
    from desktop.suggest.evaluation.records import lines

    for place, line in lines(path):
        try:
            yield parse(check(line))
        except ValueError as error:
            raise CorpusError(f"{place}: {error}") from error
