"""A Debian 12 in a folder: no Python, no desktop, and no network where the machine permits that."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import copy2, copytree

from package.permission import need, need_root, refusal

ANALYST = "analyst"
HOME = Path("/home") / ANALYST
PATIENCE = 300  # s


class BareDebian:
    """The folder, with the package and what that asks for in it, and an ordinary user.

    ``not_apart`` says why a command in it shares the machine's network and has no ``/proc``; None
    where each has mounts and a network of its own, which are gone with it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.not_apart = refusal(
            "to give a process mounts and a network of its own",
            "unshare", "--mount", "--net", "mount", "--bind", folder, folder,
        )  # fmt: skip

    def install(self, package: Path) -> None:
        """Install a package with what it asks for, and make an ordinary user."""
        copy2(package, self.folder / "tmp")
        self._as_root("apt-get", "install", "-y", "-q", "--no-install-recommends",
                      f"/tmp/{package.name}")  # fmt: skip
        self._as_root("useradd", "--create-home", ANALYST)

    def bring(self, what: Path) -> Path:
        """Copy a folder into the user's home, and return where it is there."""
        copytree(what, self.folder / HOME.relative_to("/") / what.name)
        return HOME / what.name

    def run(self, *command: str | Path, display: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command as that user, on a display of ours."""
        inside = [
            "chroot", f"--userspec={ANALYST}", str(self.folder),
            "env", "--ignore-environment", f"--chdir={HOME}", f"HOME={HOME}", "PATH=/usr/bin:/bin",
            "LANG=C.UTF-8", f"DISPLAY={display}", *map(str, command),
        ]  # fmt: skip
        if not self.not_apart:
            screens, processes = self.folder / "tmp" / ".X11-unix", self.folder / "proc"
            screens.mkdir(exist_ok=True)
            mounts = (
                f"mount --bind /tmp/.X11-unix {screens} && mount -t proc proc {processes}"
                f" && mount --bind /dev {self.folder}/dev"
            )
            inside = ["unshare", "--mount", "--net", "sh", "-c", f'{mounts} && exec "$@"', "sh",
                      *inside]  # fmt: skip
        return subprocess.run(
            inside, capture_output=True, text=True, timeout=PATIENCE, check=False
        )  # fmt: skip

    def _as_root(self, *command: str) -> None:
        subprocess.run(["chroot", self.folder, *command], env=_environment(), check=True)


def make(folder: Path) -> BareDebian:
    """Make one in a folder, or skip the test and say what of it the machine refuses."""
    need_root()
    need("to give a process another root", "chroot", "/", "true")
    device = folder / "device"
    need("to make devices", "sh", "-c", 'mknod "$1" c 1 3 && : > "$1"', "sh", device)
    device.unlink()
    mirror = _mirror()
    for site in mirror:
        release = folder / "Release"
        fetch = ["/usr/lib/apt/apt-helper", "download-file", f"{site}/dists/bookworm/Release"]
        need("to reach a mirror", *fetch, release)
        release.unlink()
    command = ["debootstrap", "--variant=minbase", "bookworm", folder, *mirror]
    subprocess.run(command, env=_environment(), check=True)
    folder.chmod(0o755)  # whoever lives in it must be able to look around
    need("to reach that mirror from another root", "chroot", folder, "apt-get", "update")
    return BareDebian(folder)


def _environment() -> dict[str, str]:
    """Return what Debian's tools need: nothing of ours, but the way into the network."""
    proxies = {name: value for name, value in os.environ.items() if name.endswith("_proxy")}
    path = "/usr/sbin:/usr/bin:/sbin:/bin"
    return {"PATH": path, "DEBIAN_FRONTEND": "noninteractive", **proxies}


def _mirror() -> list[str]:
    """Return where this machine gets Debian 12 from; nothing if it is another one."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)"]
    indexes = [*asked, "Created-By: Packages"]
    told = subprocess.run(indexes, capture_output=True, text=True, check=True).stdout
    sites = [line.split() for line in told.splitlines()]
    return [site.rstrip("/") for site, *name in sites if name == ["bookworm"]][:1]
