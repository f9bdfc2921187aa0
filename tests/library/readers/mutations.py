"""Files gone wrong: real ones with bytes changed, cut, doubled and mixed, to see readers survive.

``python tests/library/readers/mutations.py NUMBER`` tries many by hand and prints what was tried.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.readers.reading import read

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
    found += [(path.suffix, path.read_bytes()) for path in sorted(FILES.glob("databases/*.[hrd]*"))]
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
    return found


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return a file with one to eight things wrong; half of zip archives within their parts."""
    if raw[:4] == b"PK\x03\x04" and chance.random() < 0.5:
        return _repacked(raw, chance)
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


def outcome(path: Path) -> Iterator[str]:
    """Read a file; yield what became of it. Whatever but a ReadError is raised is a fault."""
    try:
        for one in read(path):
            if isinstance(one, Incoming):
                assert one.text.strip()
                one.text.encode()  # no half characters
                assert "\r" not in one.text
                yield "article"
            else:
                assert one.why
                yield "record refused"
    except ReadError as error:
        assert path.name in str(error)
        yield "file refused"


def _hangs(*_: object) -> None:
    raise TimeoutError("it took longer than 10 s")


def main() -> None:
    """Try as many as were asked for."""
    signal.signal(signal.SIGVTALRM, _hangs)
    number, seed = int(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])
    files, seen, slowest = originals(), Counter[str](), (0.0, "")
    with TemporaryDirectory() as folder:
        for turn in range(number):
            chance = random.Random(f"{seed}/{turn}")
            suffix, raw = chance.choice(files)
            path = Path(folder, f"file{suffix}")
            path.write_bytes(mutated(raw, chance))
            began = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, 10)
            try:
                seen.update(outcome(path))
            except Exception as error:
                seen[f"FAULT {seed}/{turn} {suffix} {type(error).__name__}: {error}"[:200]] += 1
            slowest = max(slowest, (time.process_time() - began, f"{suffix} {seed}/{turn}"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{number} files, slowest {slowest}, {memory} MB at most")  # noqa: T201
    for what, times in seen.most_common():
        print(f"{times:8} {what}")  # noqa: T201


if __name__ == "__main__":
    main()
