"""The window's verbs without a window: import, suggest, export; and evaluate. No Qt here.

Data goes to standard output, all that is said about it to standard error. A command ends with 0,
or with 2 and one line that tells what is wrong, where, and what to do; it leaves nothing half done.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from db.project_file import ProjectError, ProjectReadOnlyError
from db.values import Article, Loaded, Model
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import Parsed, parse
from desktop.corpus.proof import check
from desktop.corpus.records import record
from desktop.corpus.save import Proof, pour, save
from desktop.corpus.shape import Record
from desktop.library.readers.text import Incoming, ReadError, read

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.presence import Presence
    from desktop.suggest.engine import Engine

VERBS = ("import", "suggest", "export", "evaluate")
BATCH = 100
"""Articles stored in one transaction: a window beside us must not wait long for its turn."""


class CommandError(Exception):
    """A command that cannot be done as asked; the text begins with the file and says what to do."""


def main(arguments: list[str]) -> int:
    """Run one command, such as ``["export", "a.standfirst", "a.jsonl"]``; return the exit code."""
    # Being ended from outside cleans up as any other failure does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read our output has enough. Nothing more may go there, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ProjectError as error:
        return _refuse(f"{error.path}: {error}")
    except (CommandError, ReadError) as error:
        return _refuse(str(error))
    except jsonl.CorpusError as error:
        return _refuse(f"{error}; correct that line or take it out")
    except OSError as error:
        return _refuse(f"{error.filename or 'disk'}: {error.strerror or error}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="standfirst")
    verbs = parser.add_subparsers(required=True, metavar="|".join(VERBS))

    bring = verbs.add_parser("import", help="bring articles or corpus records into a project")
    bring.add_argument("project", type=Path, help="made if there is none")
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE", help="text, or .jsonl")
    bring.add_argument("--suggest", action="store_true", help="make suggestions too")
    bring.set_defaults(run=_import)

    suggest = verbs.add_parser("suggest", help="write suggestions to standard output as JSON Lines")
    suggest.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a text file")
    suggest.add_argument(
        "--pipeline", help="an installed spaCy pipeline instead of the bundled one"
    )
    suggest.set_defaults(run=_suggest)

    export = verbs.add_parser("export", help="write a project's corpus as JSON Lines")
    export.add_argument("project", type=Path)
    export.add_argument("out", type=Path, metavar="OUT.jsonl", help="- for standard output")
    export.add_argument(
        "--progress", action="store_true", help="tell of the progress as JSON on standard error"
    )
    export.set_defaults(run=_export)

    evaluate = verbs.add_parser("evaluate", help="score a pipeline on labelled texts, as JSON")
    evaluate.add_argument("files", type=Path, nargs="+", metavar="FILE.jsonl[.gz]")
    evaluate.add_argument(
        "--pipeline", help="an installed spaCy pipeline instead of the bundled one"
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
    return parser


def _import(given: argparse.Namespace) -> None:
    # All faults of the files show before anything is written; then they are read again, so that
    # no corpus has to fit into memory.
    for path in given.files:
        for _ in _read(path):
            pass
    engine = None
    if given.suggest and not given.project.exists():
        engine = _engine(None)
    with _writing(given.project) as session:
        arrivals = ((path, one) for path in given.files for one in _read(path))
        ids, new = _store(session, arrivals)
    _say(f"{new} of {len(ids)} articles are new in {given.project}")
    if given.suggest:
        with _opened(given.project) as session:
            _add_suggestions(session, engine, ids)


def _read(path: Path) -> Iterator[Incoming | Parsed]:
    if path.suffix.lower() == ".jsonl":
        yield from map(parse, jsonl.read(path))
    else:
        yield read(path)


def _store(
    session: Session, arrivals: Iterator[tuple[Path, Incoming | Parsed]]
) -> tuple[list[UUID], int]:
    """Store what is not there yet; return all ids, and how many are new."""
    from db.exchange import ClashError
    from db.transactions import transaction

    ids, new = list[UUID](), 0
    while batch := list(islice(arrivals, BATCH)):
        with transaction(session):
            for path, one in batch:
                try:
                    identifier, added = _add(session, one)
                except ClashError as error:
                    raise CommandError(f"{path}: {error}") from error
                if not added:
                    _say(f"{path}: is in the project already and stays as it is")
                ids.append(identifier)
                new += added
    return ids, new


def _add(session: Session, one: Incoming | Parsed) -> tuple[UUID, bool]:
    """Store an article if it is not there yet; return its id, and whether it is new."""
    from db import articles, exchange

    if isinstance(one, Parsed):
        return one.loaded.article.id, exchange.bring_in(session, one.loaded, one.issues)
    known = articles.find_by_sha256(session, articles.text_sha256(one.text))
    if known is not None:
        return known, False
    return articles.add(session, one.text, one.meta).id, True


def _add_suggestions(session: Session, engine: Engine | None, ids: Iterable[UUID]) -> None:
    """Suggest on the articles that no model has looked at yet, each in a transaction of its own."""
    from db import annotations, articles, precedents, projects
    from db.transactions import transaction
    from desktop.suggest.reconcile import worth_keeping

    remembered = False
    for identifier in ids:
        loaded = annotations.load(session, identifier)
        if loaded.model is not None:
            continue
        article = loaded.article
        engine = engine or _engine(projects.get(session).pipeline)
        if not remembered:
            engine.precedents.learn(precedents.forms(session).all_learnt(), anew=True)
            remembered = True
        found = engine.suggest(identifier, article.text, article.meta.language)
        name, version = engine.model["name"], engine.model["version"]
        with transaction(session):
            articles.set_zones(session, identifier, found.zones)
            new = worth_keeping(found.annotations, annotations.decisions(session, identifier))
            annotations.set_suggestions(session, identifier, article.sha256, new, name, version)


@contextmanager
def _writing(path: Path) -> Iterator[Session]:
    """Open a project to add to; one that is not there yet appears whole, or not at all."""
    from db.engine import create, sync_folder

    if path.exists():
        with _opened(path) as session:
            yield session
        return
    if not path.parent.is_dir():
        raise CommandError(f"{path}: there is no folder {path.parent}; make it first")
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        create(unfinished, name=path.stem)
        with _opened(unfinished) as session:
            yield session
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[Session]:
    """Open a project to write to, beside whoever else has it open."""
    from db.engine import open_project, session
    from db.presence import Presence

    engine = open_project(path)
    try:
        with Presence(path) as presence, session(engine) as own:
            _warn(path, presence)
            yield own
    finally:
        engine.dispose()  # folds SQLite's log into the file


@contextmanager
def _readable(path: Path) -> Iterator[Session]:
    """Open a project to read from, be it on a disk that cannot be written."""
    from db.engine import open_project, session

    try:
        engine = open_project(path)
    except ProjectReadOnlyError:
        engine = open_project(path, read_only=True)
    try:
        with session(engine) as own:
            yield own
    finally:
        engine.dispose()


def _warn(path: Path, presence: Presence) -> None:
    if presence.others():
        _say(f"{path}: is open in another program; nothing is lost")


def _suggest(given: argparse.Namespace) -> None:
    from db import schemes

    # All are read before the first line goes out.
    arrivals = [(path, read(path)) for path in given.files]
    with _stdout_for_us_alone() as out:
        engine, scheme = _engine(given.pipeline), schemes.bundled("news")
        for path, one in arrivals:
            line = jsonl.line(record(_suggested(engine, one), scheme))
            try:
                check(line)
            except ValueError as error:
                raise CommandError(
                    f"{path}: {error}; this is a fault of Standfirst, report it"
                ) from error
            out.write(line)
            out.flush()


def _suggested(engine: Engine, one: Incoming) -> Loaded:
    from db import articles

    sha256 = articles.text_sha256(one.text)
    # The same text has the same id each time, and so have its suggestions.
    identifier = uuid5(NAMESPACE_URL, f"urn:sha256:{sha256}")
    found = engine.suggest(identifier, one.text, one.meta.language)
    return Loaded(
        Article(identifier, one.text, sha256, one.meta, zones=tuple(found.zones)),
        suggestions=found.annotations,
        decisions=[],
        checked=[],
        actors=[],
        model=Model(**engine.model),
    )


@contextmanager
def _stdout_for_us_alone() -> Iterator[BinaryIO]:
    """Give standard output to the data; whatever a pipeline prints goes to standard error."""
    sys.stdout.flush()
    kept, usual = os.dup(1), sys.stdout
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    try:
        with os.fdopen(os.dup(kept), "wb") as out:
            yield out
    finally:
        sys.stdout = usual
        os.dup2(kept, 1)
        os.close(kept)


def _engine(pipeline: str | None) -> Engine:
    from desktop.suggest.engine import Engine
    from desktop.suggest.pipeline import PipelineError

    try:
        return Engine(pipeline)
    except PipelineError as error:
        raise CommandError(str(error)) from error


def _evaluate(given: argparse.Namespace) -> None:
    from desktop.suggest.evaluation.evaluate import report
    from desktop.suggest.evaluation.records import RecordError

    with _stdout_for_us_alone() as out:
        nlp = _engine(given.pipeline).nlp
        own_bounds = not given.bounds_as_given
        try:
            found = report(nlp, given.files, plain=given.plain, own_bounds=own_bounds)
        except RecordError as error:
            raise CommandError(str(error)) from error
        out.write(json.dumps(found, indent=1).encode() + b"\n")


def _export(given: argparse.Namespace) -> None:
    from db.counts import stats
    from desktop.corpus.project import records

    project, out = given.project, given.out
    same = out.exists() and project.exists() and out.samefile(project)
    if same or out.suffix == ".standfirst":
        raise CommandError(f"{out}: is a project, not a corpus; give the export another name")
    if not out.parent.is_dir():
        raise CommandError(f"{out}: there is no folder {out.parent}; make it first")
    with _readable(project) as session:
        corpus = records(session)
        if given.progress:  # then it is the window itself that asks
            corpus = _told(corpus, stats(session).articles)
        else:
            _warn_of_window(project)
        proof = _deliver(corpus, out)
    if given.progress:
        _tell(articles=proof.articles, annotations=proof.annotations)
    else:
        _say(f"{out}: {proof.articles} articles, {proof.annotations} annotations, proven")


def _warn_of_window(project: Path) -> None:
    from db.presence import Presence

    with suppress(OSError), Presence(project) as presence:  # a disk that cannot be written
        _warn(project, presence)


def _told(corpus: Iterator[Record], total: int) -> Iterator[Record]:
    """Pass records on and tell of every hundredth part."""
    step = max(1, total // 100)
    for done, one in enumerate(corpus):
        if done % step == 0:
            _tell(done=done, of=total)
        yield one


def _deliver(corpus: Iterator[Record], out: Path) -> Proof:
    if str(out) == "-":
        return pour(corpus, sys.stdout.buffer)
    if out.exists() and not out.is_file():  # a pipe or a device keeps its place
        with out.open("wb") as stream:
            return pour(corpus, stream)
    return save(corpus, out)


def _say(words: str) -> None:
    sys.stderr.write(f"standfirst: {words}\n")


def _tell(**numbers: int) -> None:
    sys.stderr.write(f"{json.dumps(numbers)}\n")
    sys.stderr.flush()


def _refuse(words: str) -> int:
    _say(words)
    return 2
