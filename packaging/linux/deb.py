"""``make package`` on Debian: the frozen folder and what a desktop needs to know, as a ``.deb``."""

from __future__ import annotations

import argparse
import gzip
import os
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from shutil import copytree, rmtree
from time import time

LINUX = Path(__file__).parent
ROOT = LINUX.parents[1]
sys.path.insert(0, str(LINUX.parent))

from freezing import icons  # noqa: E402

# Whoever publishes a package says who they are as for any Debian package.
NAME = os.environ.get("DEBFULLNAME", "The Standfirst authors")
ADDRESS = os.environ.get("DEBEMAIL", "standfirst@localhost.localdomain")
DESCRIPTION = """\
turn news articles into a training corpus
 Standfirst opens a news article, suggests who and what is named in it,
 who is quoted, and who is for or against what. Each suggestion is
 accepted or corrected by keyboard or mouse, and the result leaves as
 JSON Lines.
 .
 All of it works on this machine, without a network.
"""


def main() -> None:
    """Build ``standfirst_VERSION_ARCHITECTURE.deb`` in ``--out``, and print its path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frozen", type=Path, required=True, help="PyInstaller's folder")
    parser.add_argument("--licences", type=Path, required=True, help="of all that is in it")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--level", type=int, default=1, help="of compression: 6 for a release")
    given = parser.parse_args()

    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    day = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or _committed()), UTC)
    tree = given.out.resolve() / "tree"
    rmtree(tree, ignore_errors=True)
    _lay_out(tree, given.frozen, given.licences, f"{version}-1", day)
    architecture = _said("dpkg", "--print-architecture")
    _describe(tree, f"{version}-1", architecture)
    package = given.out / f"standfirst_{version}-1_{architecture}.deb"
    _run(
        "dpkg-deb", "--root-owner-group", "-Zxz", f"-z{given.level}", "--threads-max=4",
        "--build", str(tree), str(package),
    )  # fmt: skip
    sys.stdout.write(f"{package}\n")


def _lay_out(tree: Path, frozen: Path, licences: Path, version: str, day: datetime) -> None:
    """Put every file where Debian has files of its kind."""
    share, documents = tree / "usr" / "share", tree / "usr" / "share" / "doc" / "standfirst"
    copytree(frozen, tree / "usr" / "lib" / "standfirst", symlinks=True)
    command = tree / "usr" / "bin" / "standfirst"
    command.parent.mkdir()
    command.symlink_to("../lib/standfirst/standfirst")

    def write(template: str, place: Path) -> None:
        text = (LINUX / template).read_text("utf-8")
        text = text.replace("@VERSION@", version.partition("-")[0])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace("@DATE@", f"{day:%Y-%m-%d}"), "utf-8")

    write("standfirst.desktop", share / "applications" / "standfirst.desktop")
    write("standfirst.metainfo.xml", share / "metainfo" / "standfirst.metainfo.xml")
    write("copyright", documents / "copyright")
    write("lintian-overrides", share / "lintian" / "overrides" / "standfirst")
    write("standfirst.1", share / "man" / "man1" / "standfirst.1")
    _squeeze(share / "man" / "man1" / "standfirst.1")
    kinds = Path("mime", "packages", "standfirst.xml")  # the program itself reads it too
    (share / kinds).parent.mkdir(parents=True)
    (share / kinds).write_bytes((ROOT / "resources" / kinds).read_bytes())
    (documents / "licences.txt").write_bytes(licences.read_bytes())
    (documents / "changelog").write_bytes((ROOT / "CHANGELOG.md").read_bytes())
    (documents / "changelog.Debian").write_text(
        f"standfirst ({version}) unstable; urgency=medium\n\n"
        "  * What changes for those who use it is in changelog.gz.\n\n"
        f" -- {NAME} <{ADDRESS}>  {format_datetime(day)}\n",
        "utf-8",
    )
    for name in ("licences.txt", "changelog", "changelog.Debian"):
        _squeeze(documents / name)

    drawings, hicolor = ROOT / "resources" / "icons", share / "icons" / "hicolor"
    icons.theme(drawings / "standfirst.svg", "standfirst", "apps", hicolor)
    icons.theme(drawings / "project.svg", "application-x-standfirst", "mimetypes", hicolor)
    for place in tree.rglob("*"):
        if not place.is_symlink():
            program = place.is_dir() or place == tree / "usr" / "lib" / "standfirst" / "standfirst"
            place.chmod(0o755 if program else 0o644)


def _describe(tree: Path, version: str, architecture: str) -> None:
    """Write what dpkg is told, the system's libraries among it, of which none is copied."""
    files = [place for place in tree.rglob("*") if place.is_file() and not place.is_symlink()]
    kilobytes = sum(-(-place.stat().st_size // 1024) for place in files)
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    depends = ", ".join([_libraries(tree), "fontconfig-config", "fonts-dejavu-core"])
    control.write_text(
        f"Package: standfirst\nVersion: {version}\nArchitecture: {architecture}\n"
        f"Maintainer: {NAME} <{ADDRESS}>\nInstalled-Size: {kilobytes}\nDepends: {depends}\n"
        f"Section: text\nPriority: optional\nDescription: {DESCRIPTION}",
        "utf-8",
    )


def _libraries(tree: Path) -> str:
    """Return the Debian packages whose libraries ours ask for, with the versions they need."""
    binaries = [
        str(place)
        for place in (tree / "usr" / "lib").rglob("*")
        if place.is_file() and not place.is_symlink() and place.open("rb").read(4) == b"\x7fELF"
    ]
    work = tree.parent / "shlibs"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    paragraphs = "Source: standfirst\n\nPackage: standfirst\nArchitecture: any\n"
    (work / "debian" / "control").write_text(paragraphs, "utf-8")
    private = {str(Path(binary).parent) for binary in binaries if ".so." in binary}
    told = _said(
        "dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0",
        *(f"-l{folder}" for folder in sorted(private)), *binaries, cwd=work,
    )  # fmt: skip
    found = re.search(r"shlibs:Depends=(.*)", told)
    if not found:
        raise RuntimeError(f"dpkg-shlibdeps named no library:\n{told}")
    return found[1]


def _squeeze(file: Path) -> None:
    """Replace a file by its gzip, the same from one build to the next."""
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    file.unlink()


def _committed() -> int:
    """Return when the newest commit was made, in seconds since 1970; now, outside a repository."""
    try:
        return int(_said("git", "-C", str(ROOT), "log", "-1", "--format=%ct"))
    except (OSError, subprocess.CalledProcessError):
        return int(time())


def _said(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
