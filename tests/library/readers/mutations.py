"""Files gone wrong: real ones with bytes changed, cut, doubled and mixed, to see readers survive.

``PYTHONPATH=tests python tests/library/readers/mutations.py NUMBER [SEED [SUFFIX…]]`` tries many by
hand, of all kinds or some, brings what was read into a project, and prints what became of them.
"""

from __future__ import annotations

import json
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from corpus import spoilt

from db.arriving import Arriving
from db.engine import create, open_project, session
from db.imports import Import
from desktop.corpus.parsing import Parsed
from desktop.importing.reading import records
from desktop.importing.wire import from_row, to_row
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.refused import Refused

FILES = Path("tests/data/import")
MARKS = (
    b"<", b">", b"&", b'"', b"\0", b"\r", b"\n\n", b"\xff\xfe", b"\xed\xa0\x80", b"]]>", b"<!--",
    b"{\\", b"%PDF-", b"PK\x03\x04", b"=?utf-8?b?", b"\xef\xbb\xbf", b"<script>", b"9" * 40,
    b"\xe2\x80\xa8", b"'", b";", b",", b"-->", b"<table>", b"&#0;", b"&#xD800;",
)  # fmt: skip


def originals() -> list[tuple[str, bytes]]:
    """Return real files of every kind, each with its suffix."""
    found = [
        (path.suffix, path.read_bytes())
        for path in (*sorted(FILES.glob("*.*")), FILES / "sources/night_ferry.html")
        if path.suffix != ".md"
    ]
    found += [
        (path.suffix, path.read_bytes()) for path in sorted(FILES.glob("databases/*.[hrdo]*"))
    ]
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Märta <desk@alerts.example>", "Fähre – bleibt"
    mail["Date"] = "Wed, 04 Mar 2026 07:30:00 +0100"
    mail.set_content("The board voted – “by five to three”.\n")
    mail.add_alternative("<p>The board <b>voted</b>.</p>", subtype="html")
    mail.add_attachment("title,text\nOne,First\n", filename="rows.csv")
    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><item><title>A</title>"
        "<description>&lt;p&gt;B&lt;/p&gt;</description><pubDate>Wed, 04 Mar 2026 06:30:00 GMT"
        "</pubDate></item></channel></rss>"
    )
    sitemap = (
        "<urlset xmlns:n='x'><url><loc>https://a.example</loc><n:news><n:title>Ferry</n:title>"
        "</n:news></url></urlset>"
    )
    found += [
        (".eml", mail.as_bytes()),
        (".mbox", b"From a\n" + mail.as_bytes() + b"\nFrom b\n" + mail.as_bytes()),
        (".rss", feed.encode()),
        (".xml", sitemap.encode()),
        (".md", b"---\ntitle: Ferry\ndate: 2026-03-04\n---\n# Ferry\n\nIt sails.\n"),
        (".txt", "Ferry\n\nGrüße – “so”.\n".encode()),
        (".txt", "Ferry\n\nGrüße – “so”.\n".encode("utf-16-le")),
        (".zip", _packed({"a.txt": b"It sails.", "b/c.eml": mail.as_bytes()})),
    ]
    return [*found, *spoilt.originals()]


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return a file with one to eight things wrong; half of archives and JSON inside."""
    if raw[:4] == b"PK\x03\x04" and chance.random() < 0.5:
        return _repacked(raw, chance)
    if raw[:1] in (b"[", b"{") and raw[:2] != b"{\\" and chance.random() < 0.5:
        return spoilt.spoilt(raw, chance)
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 4, 50, 2000))
        match chance.randrange(6):
            case 0 if at < len(data):
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = chance.choice(MARKS) * chance.choice((1, 3, 400))
            case 3:
                data[at:at] = data[at : at + length] * chance.choice((1, 20))
            case 4 if chance.random() < 0.3:
                del data[at:]
            case _:
                other = chance.randrange(len(data) + 1)
                data[at : at + length] = data[other : other + length]
    return bytes(data)


def _repacked(raw: bytes, chance: random.Random) -> bytes:
    try:
        with ZipFile(BytesIO(raw)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except (BadZipFile, OSError, ValueError):
        return raw[: len(raw) // 2]
    spoilt = chance.choice(list(parts))
    return _packed(parts | {spoilt: mutated(parts[spoilt], chance)})


def outcome(path: Path, came: Callable[[Parsed], object] = id) -> Iterator[str]:
    """Read a file; yield what became of it. Whatever but a ReadError is raised is a fault.

    ``came`` is told of each article as it arrives in the process that stores.
    """
    try:
        for one in records(path):
            if isinstance(one, Incoming):
                assert "\r" not in one.text
            try:
                arrived = from_row(json.loads(json.dumps(to_row(one))))
            except ValueError as error:  # of a record of ours that does not hold together
                arrived = Refused(one.place, str(error))
            if isinstance(arrived, Parsed):
                text = arrived.loaded.article.text
                assert text.strip()
                text.encode()  # no half characters
                came(arrived)
                yield "article"
            else:
                assert arrived.why
                yield "record refused"
    except ReadError as error:
        assert path.name in str(error)
        yield "file refused"


class _Project:
    """Where what was read goes to, some at a time."""

    def __init__(self, path: Path) -> None:
        create(path, name="Mutations")
        self._session = session(open_project(path))
        self._import = Import(self._session, ["mutations"], "mutations")
        self._waiting: list[Arriving] = []

    def add(self, one: Parsed) -> None:
        self._waiting.append(Arriving(one.place, one.loaded, one.issues))
        if len(self._waiting) >= 50:
            self.store()

    def store(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._import.take(waiting)


def _hangs(*_: object) -> None:
    raise TimeoutError("it took longer than 10 s")


def main() -> None:
    """Try as many as were asked for."""
    signal.signal(signal.SIGVTALRM, _hangs)
    number, seed, *kinds = int(sys.argv[1]), *(sys.argv[2:] or ["1"])
    files = [one for one in originals() if not kinds or one[0] in kinds]
    seen, slowest = Counter[str](), (0.0, "")
    with TemporaryDirectory() as folder:
        project = _Project(Path(folder, "mutations.standfirst"))
        for turn in range(number):
            chance = random.Random(f"{seed}/{turn}")
            suffix, raw = chance.choice(files)
            path = Path(folder, f"file{suffix}")
            path.write_bytes(mutated(raw, chance))
            began = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, 10)
            try:
                seen.update(outcome(path, project.add))
            except Exception as error:
                seen[f"FAULT {seed}/{turn} {suffix} {type(error).__name__}: {error}"[:200]] += 1
            slowest = max(slowest, (time.process_time() - began, f"{suffix} {seed}/{turn}"))
        project.store()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{number} files, slowest {slowest}, {memory} MB at most")  # noqa: T201
    for what, times in seen.most_common():
        print(f"{times:8} {what}")  # noqa: T201


if __name__ == "__main__":
    main()
