"""How large the package is, and how soon a double click has a window, beside a bare frozen one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.articles import article_of
from tests.bench.result import Result
from tests.bench.start import ROOT, passed, project_in

BUILD = ROOT / "build" / "package"
RUNS = 7
MEGABYTE = 1_000_000


def measure() -> Iterator[Result]:
    """Yield the sizes, and the starts of the folder ``make package`` has built."""
    packages = sorted(BUILD.glob("standfirst_*.deb"), key=lambda file: file.stat().st_mtime)
    if not packages:
        raise FileNotFoundError("there is no package in build/package: run `make package` first")
    package = packages[-1]
    yield Result("package.size", package.stat().st_size / MEGABYTE, "MB", at_most=140)
    yield Result("package.installed_size", _installed(package) / MEGABYTE, "MB", at_most=400)

    program, bare_program = BUILD / "standfirst" / "standfirst", _frozen_bare_window()
    article = article_of(900)
    with TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "article.txt"
        text.write_text(article.text, "utf-8")
        bare, ours, articles, shown = (list[float]() for _ in range(4))
        for run in range(RUNS + 1):  # turn by turn, so that a busy machine is busy for both
            at = passed(folder / f"bare{run}", [str(bare_program), str(text)])
            bare.append(at["first_paint"][0])
            home = folder / f"app{run}"
            command = [str(program), str(project_in(home, article))]
            at = passed(home, command, "suggestions_shown")
            ours.append(at["first_paint"][0])
            articles.append(at["article_painted"][0])
            shown.append(at["suggestions_shown"][0])
    # The first of each warms the disk.
    yield Result("package.bare_window", median(bare[1:]), "s")
    yield Result("package.first_paint", median(ours[1:]), "s")
    ratio = median(ours[1:]) / median(bare[1:])
    yield Result("package.first_paint_ratio", ratio, "x", at_most=1.5)
    yield Result("package.article_painted", median(articles[1:]), "s")
    ratio = median(articles[1:]) / median(bare[1:])
    yield Result("package.article_painted_ratio", ratio, "x")
    yield Result("package.suggestions_shown", median(shown[1:]), "s")


def _installed(package: Path) -> int:
    told = subprocess.run(["dpkg-deb", "--field", str(package), "Installed-Size"],
                          check=True, capture_output=True, text=True).stdout  # fmt: skip
    return int(told) * 1024


def _frozen_bare_window() -> Path:
    """Freeze a window with nothing but the text in it, as ours is frozen; return its program."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    folders = ["--distpath", str(BUILD), "--workpath", str(BUILD / "work")]
    recipe = str(Path(__file__).with_name("bare_window.spec"))
    environment = {**os.environ, "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"}
    freeze = [*command, *folders, recipe]
    subprocess.run(freeze, check=True, cwd=ROOT, env=environment, stdout=sys.stderr)
    return BUILD / "bare-window" / "bare-window"
