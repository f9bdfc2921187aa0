"""What goes into the frozen program, and what stays out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from shutil import copy2

from PyInstaller.utils.hooks import collect_data_files

Entry = tuple[str, str, str]
"""Where a file goes in the folder, where it comes from, and PyInstaller's word for its kind."""

OURS = frozenset({"db", "desktop", "resources"})

FOUND_BY_NAME = ("db", "desktop", "spacy_legacy")
"""Packages of which any module may be asked for by its name; spaCy's own are known to PyInstaller.

``spacy_legacy`` is what somebody else's pipeline may be made of."""

EXCLUDED = [
    # Under the GPL, and what we ship is not.
    "readline",
    "_gdbm",
    # Named by something, used by nothing we run.
    "tkinter",
    "spacy.cli",
    "spacy.tests",
    "thinc.tests",
    "numpy.f2py",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "cupy",
    "huggingface_hub",
    "hypothesis",
    "IPython",
    "lxml.isoschematron",  # some of its files say nothing of their licence
    "markdown_it",
    "matplotlib",
    "pip",
    "pygments",
    "pytest",
    "rich",
    "setuptools",
    "tensorflow",
    "torch",
    "typer",
    "weasel",
]
"""Modules that are left out, whoever imports them."""

_ON_LINUX = sys.platform == "linux"
_UNWANTED = re.compile(
    r"""
      \.(pyx|pxd|pyi|pxi|c|cc|cpp|h|hpp|md|rst|sh|typed)$  # what libraries are made from
    | (^|/)(tests?|__pycache__)/
    | \.dist-info/(?!METADATA$|entry_points\.txt$)
    | ^(onnxruntime|spacy)/[^/]+/.*\.(txt|jinja|json|cfg)$ # of their command lines
    | ^babel/(locale-data/|global\.dat$)                # courlan's, for links of the web
    | ^lxml/isoschematron/
    | VirtualKeyboard | qtvirtualkeyboard               # under the GPL
    | /plugins/(designer|egldeviceintegrations|generic|networkinformation|printsupport|qmllint
               |qmltooling|sqldrivers|tls|vectorimageformats|xcbglintegrations
               |wayland-graphics-integration-\w+)/
    | /platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.
    | /platformthemes/libqgtk3
    | /imageformats/\w*q(gif|icns|pdf|tga|tiff|wbmp|webp)\.
    | libQt6(Egl|Pdf|Qml|Quick|Sql|Test|WaylandEgl)
    | /Qt/translations/(?!qtbase_(de|en|es|fr)\.qm$)
    """,
    re.VERBOSE,
)
# PyInstaller's own scripts that would run first. One imports Qt, in the command and the engine too,
# and has what we start load our Qt plugins; on Linux Qt finds them without. The other takes 17 ms,
# for a library nobody uses.
_NOT_AT_START = {"pyi_rth_multiprocessing", *(["pyi_rth_pyside6"] if _ON_LINUX else [])}
_METADATA = ("METADATA", "entry_points.txt")
_LIBRARY = re.compile(r"\.(so|dylib|dll|pyd)\b")
_SYSTEM = re.compile(r"(/usr)?/lib(64)?/(?!.*python3)")  # Python is ours, also where it is Debian's
# Stripping breaks them ("address not page-aligned"), or has been done.
_NOT_TO_STRIP = re.compile(r"\.libs/|openblas|gfortran|quadmath|PySide6|shiboken6")


def beside_the_archive() -> dict[str, str]:
    """Return which modules are files of their own: those of libraries, but for Qt's.

    Before anything else PyInstaller reads the names of all modules in its archive, which takes as
    long as there are many, and the window opens with ours, Qt's and Python's alone. On Windows
    thousands of files would each be looked through, and macOS wants no such files among libraries.
    """
    if not _ON_LINUX:
        return {}
    others = packages_distributions().keys() - OURS - {"PySide6", "shiboken6"}
    return dict.fromkeys(sorted(others), "pyc")


def our_data(root: Path) -> list[tuple[str, str]]:
    """Return our plain files, and the migrations, which Alembic reads: (source, folder)."""
    migrations = (root / "db" / "migrations").rglob("*.py")
    return [
        (str(root / "resources"), "resources"),
        *((str(file), str(file.parent.relative_to(root))) for file in migrations),
    ]


def wanted(entry: Entry) -> bool:
    """Tell whether a file belongs into the folder."""
    place, source, _ = entry
    place = place.replace("\\", "/")
    if place.startswith("resources/"):
        return "__pycache__" not in place
    return not _UNWANTED.search(place) and not from_the_system(source)


def from_the_system(source: str) -> bool:
    """Tell whether a library is Debian's own: the package depends on it instead of copying it."""
    return _ON_LINUX and _SYSTEM.match(source) is not None


def libraries(names: Iterable[str]) -> list[str]:
    """Return the installed packages among what PyInstaller found, such as ``spacy``."""
    known = packages_distributions().keys() - OURS
    return sorted({re.split(r"[./]", name, maxsplit=1)[0] for name in names} & known)


def distributions(packages: Iterable[str]) -> list[Distribution]:
    """Return what was installed to bring these packages, by name."""
    providers = packages_distributions()
    names = {name for package in packages for name in providers[package]}
    return [distribution(name) for name in sorted(names, key=str.lower)]


def at_start(scripts: Iterable[Entry]) -> list[Entry]:
    """Return what is to run when the program starts."""
    return [script for script in scripts if script[0] not in _NOT_AT_START]


def lean(binaries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return the libraries without the symbols nobody reads: two thirds of their size on Linux.

    Nor do those of Python tell where it lay on the machine that built them.
    """
    if not _ON_LINUX:
        return list(binaries)
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda entry: _lean(entry, folder), binaries))


def _lean(entry: Entry, folder: Path) -> Entry:
    place, source, kind = entry
    if kind == "SYMLINK" or _NOT_TO_STRIP.search(place):
        return entry
    copy = folder / place
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy2(source, copy)
    subprocess.run(["strip", "--strip-unneeded", str(copy)], check=True)
    if source.startswith(sys.base_prefix) and "site-packages" not in source:
        subprocess.run(["chrpath", "--delete", str(copy)], check=True, stdout=subprocess.DEVNULL)
    return place, str(copy), kind


def data_of(packages: Iterable[str]) -> Iterator[Entry]:
    """Yield the plain files of libraries; Qt's are known to PyInstaller, and are many."""
    for package in packages:
        if package not in ("PySide6", "shiboken6"):
            for source, folder in collect_data_files(package):
                if not _LIBRARY.search(source):
                    yield f"{folder}/{Path(source).name}", source, "DATA"


def metadata(found: Iterable[Distribution]) -> Iterator[Entry]:
    """Yield what distributions say of themselves: versions and entry points are read from it."""
    for each in found:
        for file in each.files or ():
            if file.parent.suffix == ".dist-info" and file.name in _METADATA:
                yield file.as_posix(), str(each.locate_file(file)), "DATA"
