"""One command, from its arguments to its exit code."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from importlib import import_module

from db.project_file import ProjectError
from desktop.cli import VERBS
from desktop.cli.output import CommandError, say
from desktop.corpus.errors import CorpusError
from desktop.library.readers.incoming import ReadError


def run(arguments: list[str]) -> int:
    """Run a verb with its arguments and return the exit code."""
    # Being ended from outside cleans up as any other failure does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    given = _parser(arguments[:1]).parse_args(arguments)
    try:
        code = given.run(given)
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
    except CorpusError as error:
        return _refuse(f"{error}; correct that line or take it out")
    except OSError as error:
        return _refuse(f"{error.filename or 'disk'}: {error.strerror or error}")
    else:
        return code or 0
    return 0


def _parser(verb: list[str]) -> argparse.ArgumentParser:
    """Return what parses a command line with this verb, or with any where it is none of ours."""
    parser = argparse.ArgumentParser(prog="standfirst")
    verbs = parser.add_subparsers(required=True, metavar="|".join(VERBS))
    # What the other verbs need is not imported: it takes longer than many a command.
    for name in VERBS.keys() & verb or VERBS:
        import_module(f"desktop.cli.{VERBS[name]}").add_to(verbs)
    return parser


def _refuse(words: str) -> int:
    say(words)
    return 2
