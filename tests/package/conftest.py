"""The package that ``make package`` built, and where it is tried."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from package import bare_debian as bare
from package.permission import need_root

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "package"


@pytest.fixture(scope="session")
def deb() -> Path:
    """Return the newest package."""
    found = sorted(BUILD.glob("standfirst_*.deb"), key=lambda file: file.stat().st_mtime)
    if not found:
        pytest.fail("there is no package in build/package: run `make package` first")
    return found[-1]


@pytest.fixture(scope="session")
def tree(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with the package's files in it, not installed."""
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["dpkg-deb", "--extract", str(deb), str(folder)], check=True)
    yield folder
    rmtree(folder)


@pytest.fixture(scope="session")
def bare_debian(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bare.BareDebian]:
    """Return a Debian with the package in it, and what that asked for, and nothing else."""
    folder = tmp_path_factory.mktemp("debian")
    debian = bare.make(folder)
    debian.install(deb)
    yield debian
    rmtree(folder)


@pytest.fixture(scope="session")
def installed(deb: Path) -> Iterator[Path]:
    """Install the package on this machine, and take it away again; return the command's path."""
    need_root()
    apt = ["apt-get", "-y", "-q"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        [*apt, "install", "--reinstall", "--no-install-recommends", str(deb)],
        env=environment,
        check=True,
    )
    yield Path("/usr/bin/standfirst")
    subprocess.run([*apt, "purge", "standfirst"], env=environment, check=True)
