"""What a report of a fault says: versions, settings and the logs, but no word of an article.

What somebody wrote can get into a log with the message of an error, so of the logs only what we
know the shape of is taken: when, how bad, what kind of error, and through which lines of code.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("PySide6-Essentials", "spacy", "onnxruntime", "SQLAlchemy", "numpy")
LONGEST = 200
"""Lines of each log, from its end."""

_KNOWN = re.compile(
    r"""
      Traceback\ \(most\ recent\ call\ last\):
    | \s+File\ ".*",\ line\ \d+(,\ in\ \S+)?
    | \s*File\ ".*",\ line\ \d+\ in\ \S+                   # as faulthandler has it
    | (Fatal\ Python\ error|Current\ thread|Thread)\b[\w\s():<>.-]*
    """,
    re.VERBOSE,
)
_RECORD = re.compile(r"(\d{4}-\d\d-\d\d [\d:,]+ [A-Z]+ (qt|standfirst): )(.*)")
_ERROR = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning))(?::.*)?")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’")
_PATH = re.compile(r'File "([^"]*)"')
_PARTS = 3  # of a path: more may name a person's folders


def compose(settings: Mapping[str, str], logs: list[Path]) -> str:
    """Return the report; ``settings`` are shown as they are."""
    lines = ["Standfirst: report of a problem", "", *_versions(), ""]
    lines += [f"{name}: {value}" for name, value in settings.items()]
    for log in logs:
        if log.exists():
            lines += ["", f"--- {log.name}", *_scrubbed(log)]
    return "\n".join(lines) + "\n"


def _versions() -> Iterator[str]:
    frozen = " (packaged)" if getattr(sys, "frozen", False) else ""
    yield f"Standfirst {_version('standfirst')}{frozen}"
    yield f"Python {platform.python_version()} on {platform.platform()}"
    for name in LIBRARIES:
        yield f"{name} {_version(name)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of unknown version"


def _scrubbed(log: Path) -> Iterator[str]:
    left_out = 0
    for line in log.read_text("utf-8", errors="replace").splitlines()[-LONGEST:]:
        kept = _without_words(line)
        if kept is None:
            left_out += 1
            continue
        if left_out:
            yield f"({left_out} lines left out)"
        left_out = 0
        yield kept
    if left_out:
        yield f"({left_out} lines left out)"


def _without_words(line: str) -> str | None:
    """Return a line of a log without what may be somebody's words; None if we do not know it."""
    if record := _RECORD.fullmatch(line):
        head, source, words = record.groups()
        if source == "qt":
            return head + _QUOTED.sub("“…”", words)
        return head + (words if words == "unexpected" else "…")
    if _KNOWN.fullmatch(line):
        return _PATH.sub(lambda found: f'File "{_end_of(found[1])}"', line)
    if error := _ERROR.fullmatch(line):
        return error[1]
    return None


def _end_of(path: str) -> str:
    return "/".join(re.split(r"[\\/]", path)[-_PARTS:])
