"""The package that ``make package`` built, and a Debian with nothing in it to try it on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copy2, rmtree

import pytest

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "package"
ANALYST = "analyst"


@pytest.fixture(scope="session")
def deb() -> Path:
    """Return the newest package."""
    found = sorted(BUILD.glob("standfirst_*.deb"), key=lambda file: file.stat().st_mtime)
    if not found:
        pytest.fail("there is no package in build/package: run `make package` first")
    return found[-1]


@pytest.fixture(scope="session")
def root() -> None:
    """Fail, and say why, where the machine may not be changed."""
    if os.geteuid() != 0:
        pytest.fail("installing packages needs root: run `make package-test` as root")


class BareDebian:
    """A Debian 12 in a folder: no Python, no desktop, no network while something runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, package: Path) -> None:
        """Install a package with what it asks for, and make an ordinary user."""
        copy2(package, self.folder / "tmp")
        self._as_root("apt-get", "install", "-y", "-q", "--no-install-recommends",
                      f"/tmp/{package.name}")  # fmt: skip
        self._as_root("useradd", "--create-home", ANALYST)

    def run(self, *command: str, display: str) -> subprocess.CompletedProcess[str]:
        """Run a command as that user, on a display of ours and without any network interface."""
        home, screens = f"/home/{ANALYST}", self.folder / "tmp" / ".X11-unix"
        screens.mkdir(exist_ok=True)
        inside = [
            "chroot", f"--userspec={ANALYST}", str(self.folder),
            "env", "--ignore-environment", f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
            f"DISPLAY={display}", *command,
        ]  # fmt: skip
        # Mounts and network are of this one command, and gone with it.
        mounts = (
            f"mount --bind /tmp/.X11-unix {screens} && mount -t proc proc {self.folder}/proc"
            f" && mount --bind /dev {self.folder}/dev"
        )
        return subprocess.run(
            ["unshare", "--mount", "--net", "sh", "-c", f'{mounts} && exec "$@"', "sh", *inside],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def _as_root(self, *command: str) -> None:
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["chroot", str(self.folder), *command], env=environment, check=True)


@pytest.fixture(scope="session")
def bare_debian(
    deb: Path, root: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BareDebian]:
    """Return a Debian with the package in it, and what that asked for, and nothing else."""
    folder = tmp_path_factory.mktemp("debian")
    command = ["debootstrap", "--variant=minbase", "bookworm", str(folder), *_mirror()]
    subprocess.run(command, check=True)
    folder.chmod(0o755)  # whoever lives in it must be able to look around
    debian = BareDebian(folder)
    debian.install(deb)
    yield debian
    rmtree(folder)


def _mirror() -> list[str]:
    """Return where this machine gets Debian 12 from, if it is one."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)"]
    indexes = [*asked, "Created-By: Packages"]
    told = subprocess.run(indexes, capture_output=True, text=True, check=True).stdout
    sites = [line.split() for line in told.splitlines()]
    return next(([site] for site, *name in sites if name == ["bookworm"]), [])


@pytest.fixture(scope="session")
def installed(deb: Path, root: None) -> Iterator[Path]:
    """Install the package on this machine, and take it away again; return the command's path."""
    apt = ["apt-get", "-y", "-q"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        [*apt, "install", "--reinstall", "--no-install-recommends", str(deb)],
        env=environment,
        check=True,
    )
    yield Path("/usr/bin/standfirst")
    subprocess.run([*apt, "purge", "standfirst"], env=environment, check=True)
