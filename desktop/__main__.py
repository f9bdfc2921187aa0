"""Standfirst from the command line, by double click, and as its own engine."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--worker"]:
        # Before anything else: the engine's process has no use for Qt or the database.
        from desktop.suggest import worker

        worker.main()
        return 0
    if arguments[:1] == ["--reading"]:
        from desktop.importing import reading  # likewise

        reading.main()
        return 0
    from desktop import cli

    if arguments and arguments[0] in cli.VERBS:
        return cli.main(arguments)
    return _window(arguments)


def _window(arguments: list[str]) -> int:
    import argparse
    from pathlib import Path

    from desktop.cli import VERBS

    parser = argparse.ArgumentParser(
        prog="standfirst",
        usage=f"%(prog)s [PROJECT] [FILE …]\n       %(prog)s {'|'.join(VERBS)} …",
        description="Correct suggested labels on news articles, and make a corpus of them.",
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="a project, or texts to take in"
    )
    parser.add_argument("--sample", action="store_true", help="open the sample project")
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="open, suggest, decide, save, export and read back, in the window itself",
    )
    parser.add_argument("--fallen", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="store_true", help="print the version")
    given = parser.parse_args(arguments)
    if given.version:
        from importlib.metadata import version

        sys.stdout.write(f"standfirst {version('standfirst')}\n")
        return 0
    if given.self_test:
        from desktop import self_test

        return self_test.main()
    # Looking for garbage among fresh imports costs a tenth of the way to the first paint.
    gc.disable()
    leave_sources_unread()
    from desktop import running

    projects = [file for file in given.files if file.suffix == ".standfirst"]
    texts = [file for file in given.files if file.suffix != ".standfirst"]
    if len(projects) > 1:
        parser.error("one project at a time")
    project = projects[0] if projects else None
    return running.run(project, texts, sample=given.sample, fallen=given.fallen)


def leave_sources_unread() -> None:
    """Keep PySide from reading the source of whatever is imported after it.

    It looks there for the use of ``__feature__``, which nobody here makes: a tenth of the way to
    the first paint, and more from a cold disk.
    """
    from importlib import import_module

    import_module("PySide6.QtCore")
    vars(import_module("shibokensupport.feature"))["_mod_uses_pyside"] = lambda _module: False


if __name__ == "__main__":
    sys.exit(main())
