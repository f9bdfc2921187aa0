"""The licences of all that is in the frozen program, written from what is in it."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution
from pathlib import Path

_RULE = "\n\n" + "=" * 80 + "\n"
_TEXT = re.compile(r"(^|/)(licen[cs]es?|copying|notices?|thirdpartynotices|authors)\b[^/]*$", re.I)
_LONGEST = 80  # characters of a licence's name; some put its whole text there
_IN_METADATA = re.compile(r"\.dist-info/(licenses|license_files)/")
# Some distributions name a licence and leave its text out.
_STANDARD = {
    "apache": ("resources/model/LICENSE.Apache-2.0",),
    "bsd": ("packaging/licences/BSD-3-Clause.txt",),
    "lgpl-3": ("packaging/licences/LGPL-3.0.txt", "packaging/licences/GPL-3.0.txt"),
    "mit": ("packaging/licences/MIT.txt",),
}
_NOT_WITH_OURS = re.compile(r"\bA?GPL")
_ABOUT_QT = """
Qt and PySide6 are used under the LGPL version 3. They are ordinary shared libraries in the folder
PySide6, so you may put others of the same interface in their place. Their sources, and the notices
of what is inside Qt (among it ICU, HarfBuzz, FreeType, PCRE2, zlib), are at
https://download.qt.io/official_releases/ and https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""
_ABOUT_ICONV = """
Inside lxml is iconv, under the LGPL version 2.1, whose text follows. To put another one in its
place, build lxml anew from the sources named above, and lay its libraries into the folder lxml.
"""
# What is to be told of some beside what they tell themselves, and the texts that go with it.
_BESIDES: dict[str, tuple[str, tuple[str, ...]]] = {
    "lxml": (_ABOUT_ICONV, ("packaging/licences/LGPL-2.1.txt",)),
    "PySide6_Essentials": (_ABOUT_QT, ()),
    "shiboken6": (_ABOUT_QT, ()),
}
# How a link to the sources is called, the best first.
_OF_SOURCES = ("source", "repository", "code", "home")


class LicenceError(Exception):
    """Something would be shipped without its licence."""


def collected(root: Path, bundled: Iterable[Distribution]) -> str:
    """Return all licences as one plain text: ours, the model's, Python's, and each library's.

    Raises:
        LicenceError: if a library has none, or none we may ship it under.
    """
    parts = [
        _part("Standfirst", "MIT", [root / "LICENSE"]),
        _part(
            "The bundled model",
            "CC BY-SA 4.0",
            [root / "resources" / "model" / name for name in ("NOTICE", "LICENSE")],
        ),
        _part(f"Python {sys.version.split()[0]}", "PSF-2.0", [_of_python()]),
        *(_of_library(root, each) for each in bundled),
    ]
    return _RULE.join(parts)


def _of_library(root: Path, found: Distribution) -> str:
    name, offered = f"{found.name} {found.version}", _named(found)
    licence = _taken(offered)
    if _NOT_WITH_OURS.search(licence):
        raise LicenceError(f"{name} is under {licence}: it may not be shipped with ours")
    texts = list(_texts(found))
    if not texts:
        keys = [key for key in _STANDARD if key in licence.lower()]
        texts = [root / file for key in keys for file in _STANDARD[key]]
    if not texts:
        raise LicenceError(f"{name} ({licence}) brings no text of its licence, and we have none")
    told, more = _BESIDES.get(found.name, ("", ()))
    heading = [offered if licence == offered else f"{offered}; here under {licence}"]
    heading += [f"By {holder}" for holder in [_holder(found)] if holder]
    heading += [f"Sources: {place}" for place in [_sources(found)] if place]
    heading += [told.strip()] if told else []
    return _part(name, "\n\n".join(heading), [*texts, *(root / file for file in more)])


def _taken(offered: str) -> str:
    """Return the one of several licences that we take: the first we may ship ours with."""
    if " AND " in offered:
        return offered
    choices = offered.split(" OR ")
    return next((one for one in choices if not _NOT_WITH_OURS.search(one)), offered)


def _sources(found: Distribution) -> str:
    """Return where the sources of a library are, as several licences ask us to tell."""
    told = [line.partition(", ") for line in found.metadata.get_all("Project-URL") or ()]
    links = {label.lower(): link for label, _, link in told}
    ranked = (link for word in _OF_SOURCES for label, link in links.items() if word in label)
    return next(ranked, next(iter(found.metadata.get_all("Home-page") or ()), ""))


def _holder(found: Distribution) -> str:
    """Return who made a library, for those whose licence does not say."""
    about = found.metadata
    fields = ("Author", "Author-email", "Maintainer", "Maintainer-email")
    return next((about[field] for field in fields if field in about), "")


def _named(found: Distribution) -> str:
    about = found.metadata
    for field in ("License-Expression", "License"):
        if field in about and len(about[field]) < _LONGEST:
            return about[field]
    kinds = [one for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    return ", ".join(kind.rpartition(" :: ")[2] for kind in kinds) or "see below"


def _texts(found: Distribution) -> Iterator[Path]:
    for file in sorted(found.files or (), key=str):
        place = file.as_posix()
        if _IN_METADATA.search(place) or (_TEXT.search(place) and place.count("/") == 1):
            yield Path(str(found.locate_file(file)))


def _of_python() -> Path:
    library = Path(sysconfig.get_path("stdlib"))
    for place in (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"):
        if place.exists():
            return place
    raise LicenceError(f"Python's own licence is not in {library}")


def _part(name: str, licence: str, texts: Iterable[Path]) -> str:
    bodies = [text.read_text("utf-8", errors="replace").strip() for text in texts]
    return "\n\n".join([f"{name}\n{licence}", *bodies]) + "\n"
