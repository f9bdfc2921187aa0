"""What is told of the program outside it is true, also where it cannot be built here."""

import plistlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

import resources
from db.project_file import APPLICATION_ID, SUFFIX
from desktop.cli import VERBS

ROOT = Path(__file__).parents[1]
PACKAGING, LINUX = ROOT / "packaging", ROOT / "packaging" / "linux"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_the_file_manager_is_told_what_a_project_begins_with():
    kinds = resources.path("mime", "packages", "standfirst.xml")
    kind = ElementTree.parse(kinds).getroot().find(f"{MIME}mime-type")
    assert kind is not None
    glob, match = kind.find(f"{MIME}glob"), kind.find(f".//{MIME}match/{MIME}match")
    assert glob is not None and match is not None

    assert glob.get("pattern") == f"*{SUFFIX}"
    assert int(match.get("value", ""), 16) == APPLICATION_ID
    entry = (LINUX / "standfirst.desktop").read_text("utf-8")
    assert f"MimeType={kind.get('type')};" in entry


def test_the_manual_page_knows_every_command_and_option():
    page = (LINUX / "standfirst.1").read_text("utf-8").replace("\\-", "-")
    assert set(re.findall(r'^\.BI (\w+) "', page, re.M)) == set(VERBS)

    command = [sys.executable, "-m", "desktop", "--help"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[\w-]+", told)) - {"--help"}
    assert options == set(re.findall(r"^\.B (--[\w-]+)$", page, re.M))


def test_windows_and_macos_are_told_of_the_same_suffix(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    from freezing import mac

    types = mac.INFORMATION["UTExportedTypeDeclarations"]
    extension = types[0]["UTTypeTagSpecification"]["public.filename-extension"]
    assert [f".{each}" for each in extension] == [SUFFIX]
    assert plistlib.dumps(mac.INFORMATION)
    assert plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    installer = (PACKAGING / "windows" / "standfirst.iss").read_text("utf-8")
    assert f'Software\\Classes\\{SUFFIX}"' in installer


def test_the_installer_packs_what_pyinstaller_writes():
    script = (PACKAGING / "windows" / "standfirst.iss").read_text("utf-8")
    sources = re.findall(r'^Source: "([^"]+)"', script, re.M)
    assert sources == [r"..\..\build\package\standfirst\*"]
    spec = (PACKAGING / "standfirst.spec").read_text("utf-8")
    assert spec.count('name="standfirst"') == 2  # the program and its folder
    license_file = re.search(r"^LicenseFile=(.+)$", script, re.M)
    assert license_file
    assert (PACKAGING / "windows" / license_file[1].replace("\\", "/")).exists()


@pytest.mark.parametrize("script", ["linux/system-libraries", "macos/make-dmg"])
def test_shell_scripts_are_sound(script: str):
    subprocess.run(["sh", "-n", str(PACKAGING / script)], check=True)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_name_files_that_are_there(workflow: Path):
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    named = {
        word.replace("\\", "/")
        for command in commands
        for word in re.findall(r"(?:packaging|\.ci)[\\/][\w\\/.-]+", command)
    }
    assert not [name for name in named if not (ROOT / name).exists()]
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    asked = {found[1] for command in commands if (found := re.match(r"make ([\w-]+)", command))}
    assert asked <= targets
    assert all(set(job.get("needs", ())) <= set(jobs) for job in jobs.values())


def test_the_icons_can_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    from freezing import icons
    from PySide6.QtGui import QImage

    for drawing in resources.path("icons").glob("*.svg"):
        image = QImage(str(icons.draw(drawing, 64, tmp_path / f"{drawing.stem}.png")))
        assert image.pixelColor(0, 0).alpha() == 0
        colours = {
            image.pixelColor(x, 26 * 64 // 64 + y).name() for x in range(64) for y in range(9)
        }
        assert len(colours) >= 3


def test_every_library_we_ask_for_may_be_shipped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    from importlib.metadata import distribution

    from freezing import licences

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=!~;\[ ]", asked, maxsplit=1)[0] for asked in project["dependencies"]]
    told = licences.collected(ROOT, [distribution(name) for name in names])
    told_names = told.lower().replace("-", "_")
    assert not [name for name in names if name.lower().replace("-", "_") not in told_names]
    parts = {part.split()[0]: part for part in told.split("=" * 80)}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in parts["PySide6_Essentials"]
    # lxml is linked with iconv, and does not bring its licence.
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in parts["lxml"]
    assert "Sources: https://github.com/lxml/lxml" in parts["lxml"]


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ("MIT", "MIT"),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", "MPL-1.1"),
        ("GPL-2.0-only OR LGPL-3.0-only", "LGPL-3.0-only"),
        ("GPL-3.0-or-later", None),
        ("MIT AND GPL-3.0-only", None),
        ("GNU Affero General Public License v3 (AGPLv3)", None),
    ],
)
def test_of_several_licences_one_is_taken_and_none_under_the_gpl(
    offered: str, taken: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.syspath_prepend(str(PACKAGING))
    from importlib.metadata import PathDistribution

    from freezing import licences

    about = tmp_path / "thing-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Name: thing\nVersion: 1.0\nLicense: {offered}\n")
    (about / "LICENSE").write_text("You may.")
    (about / "RECORD").write_text("thing-1.0.dist-info/LICENSE,,\n")
    thing = PathDistribution(about)
    if taken is None:
        with pytest.raises(licences.LicenceError, match=r"thing 1\.0 is under .*GPL"):
            licences.collected(ROOT, [thing])
    else:
        told = licences.collected(ROOT, [thing])
        assert "You may." in told and taken in told
        assert (f"here under {taken}" in told) is (taken != offered)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("resources/help/start.md", True),
        ("resources/model/reader/reader.onnx", True),
        ("docx/templates/default.docx", True),
        ("spacy-3.8.7.dist-info/entry_points.txt", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so", True),
        # Under the GPL.
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
        ("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", False),
        # Of no use to whoever runs it.
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("spacy/tokens/doc.pyx", False),
        ("numpy-2.0.0.dist-info/RECORD", False),
        ("babel/locale-data/gsw.dat", False),
        ("lxml/isoschematron/resources/xsl/XSD2Schtrn.xsl", False),
    ],
)
def test_what_goes_in_and_what_stays_out(place: str, wanted: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    from freezing import contents

    assert contents.wanted((place, f"/site-packages/{place}", "DATA")) is wanted


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is the system's")
def test_what_debian_has_is_not_copied(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    from freezing import contents

    def copied(source: str) -> bool:
        return contents.wanted((Path(source).name, source, "BINARY"))

    assert not copied("/lib/x86_64-linux-gnu/libz.so.1")
    assert not copied("/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0")
    # Python is, wherever it comes from: the version must be the one that was tested.
    assert copied("/usr/local/lib/libpython3.11.so.1.0")
    assert copied("/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0")
    assert copied("/usr/lib/python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so")
