"""What Debian's and the desktop's own checkers say of the package."""

from __future__ import annotations

import subprocess

import pytest

pytestmark = pytest.mark.timeout(600)


def said(*command: object) -> str:
    """Return what a checker has to say, and nothing if all is well."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return (done.stdout + done.stderr) if done.returncode else ""


def test_the_desktop_entry_is_valid(tree):
    assert not said("desktop-file-validate", tree / "usr/share/applications/standfirst.desktop")


def test_the_description_for_software_centres_is_valid(tree):
    metainfo = tree / "usr/share/metainfo/standfirst.metainfo.xml"
    assert not said("appstreamcli", "validate", "--no-net", metainfo)


def test_lintian_has_no_error_that_is_not_explained(deb):
    # What is overridden is explained in packaging/linux/lintian-overrides.
    assert not said("lintian", "--no-cfg", "--allow-root", "--fail-on", "error", deb)


def test_the_manual_page_reads_without_a_warning(tree):
    page = tree / "usr/share/man/man1/standfirst.1.gz"
    done = subprocess.run(["man", "--warnings", "-l", str(page)], capture_output=True, text=True)
    assert not done.stderr
    assert "standfirst" in done.stdout


def test_a_project_is_known_by_its_name_and_by_its_first_bytes(
    tree, project, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tree / "usr" / "share"))
    subprocess.run(["update-mime-database", str(tree / "usr" / "share" / "mime")], check=True)
    nameless = tmp_path / "nameless"
    nameless.write_bytes(project.read_bytes())

    for file in (project, nameless):
        told = subprocess.run(
            ["gio", "info", "-a", "standard::content-type", str(file)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert "application/x-standfirst" in told


def test_every_size_of_the_icons_is_there(tree):
    icons = tree / "usr/share/icons/hicolor"
    for name in ("apps/standfirst", "mimetypes/application-x-standfirst"):
        sizes = {file.parents[1].name for file in icons.glob(f"*/{name}.*")}
        assert {"16x16", "32x32", "48x48", "128x128", "256x256", "scalable"} <= sizes


def test_nothing_is_under_the_gpl(tree):
    names = {file.name for file in tree.rglob("*") if file.is_file()}
    assert not [name for name in names if name.startswith(("libreadline", "readline", "libgdbm"))]
    assert not [name for name in names if "virtualkeyboard" in name.lower()]


def test_what_is_bundled_brings_its_licence(tree):
    inside = tree / "usr/lib/standfirst/_internal"
    licences = (inside / "resources/licences.txt").read_text("utf-8")

    for known in inside.glob("*.dist-info"):
        name, _, version = known.stem.rpartition("-")
        if name != "standfirst":
            assert f"{name} {version}".lower() in licences.lower().replace("-", "_")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licences
    assert "Attribution-ShareAlike 4.0 International" in licences
    assert (inside / "resources/model/README.md").exists()
