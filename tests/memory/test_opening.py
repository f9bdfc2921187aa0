"""Opening a project: whatever is wrong is told plainly, and the file stays as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session

from db import articles, project_file, projects, schemes, update
from db import engine as door
from db.glance import glance
from db.project_file import (
    NotAProjectError,
    ProjectBusyError,
    ProjectDamagedError,
    ProjectError,
    ProjectExistsError,
    ProjectMissingError,
    ProjectNewerError,
    ProjectReadOnlyError,
    UpdateError,
)
from db.values import Article, Metadata

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.standfirst"))


def _refused(path: Path, error: type[ProjectError], message: str) -> None:
    """Both ways in refuse the file, and leave it and its folder as they were."""
    bytes_before = path.read_bytes() if path.is_file() else None
    beside_before = set(path.parent.iterdir())
    for way_in in (door.open_project, glance):
        with pytest.raises(error, match=message) as caught:
            way_in(path)
        assert type(caught.value) is error
        assert caught.value.path == path
    assert (path.read_bytes() if path.is_file() else None) == bytes_before
    assert set(path.parent.iterdir()) == beside_before


def test_a_new_project_is_one_whole_file_with_its_scheme(path: Path, session: Session) -> None:
    project = projects.get(session)
    assert (project.name, project.pipeline, project.last_article) == ("Ferry pact study",) + (
        None,
    ) * 2
    assert schemes.current(session) == schemes.bundled("news")
    session.close()
    session.get_bind().engine.dispose()
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes()[68:72] == b"SFND"


def test_what_is_committed_is_on_the_disk(session: Session) -> None:
    with door.snapshot(session) as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2 is FULL


def test_a_new_project_never_takes_the_place_of_a_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ProjectExistsError, match="another name"):
        door.create(path, name="Again")
    assert path.read_bytes() == before


def test_a_project_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProjectReadOnlyError, match="cannot be made"):
        door.create(tmp_path / "no folder" / "a.standfirst", name="a")
    with pytest.raises(FileNotFoundError):
        door.create(tmp_path / "a.standfirst", name="a", scheme="no such scheme")
    assert list(tmp_path.iterdir()) == []


def test_a_project_whose_making_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(schemes, "store", break_off)
    with pytest.raises(KeyboardInterrupt):
        door.create(tmp_path / "a.standfirst", name="a")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    _refused(tmp_path / "gone.standfirst", ProjectMissingError, "moved or renamed")


def test_a_file_the_system_will_not_look_for_is_refused(tmp_path: Path) -> None:
    hidden = tmp_path / f"{'long' * 100}.standfirst"
    with pytest.raises(ProjectReadOnlyError, match="cannot be read"):
        glance(hidden)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.standfirst").mkdir()
    _refused(tmp_path / "folder.standfirst", NotAProjectError, "is a folder")


@pytest.mark.parametrize("content", [b"", b"SQLite", b"Dear editor,\n" * 900, bytes(4096)])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.standfirst"
    path.write_bytes(content)
    _refused(path, NotAProjectError, "not a Standfirst project")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contacts.standfirst"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE project (id)")
    _refused(path, NotAProjectError, "not a Standfirst project")


def test_a_project_of_a_newer_version_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    _refused(path, ProjectNewerError, "newer version of Standfirst")


def test_a_newer_project_its_program_died_with_keeps_its_log(path: Path) -> None:
    """Folding the log of a crashed newer version into the file would change the file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    crashed = path.with_name("crashed.standfirst")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE project SET name = 'in the log'")
        connection.commit()
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{end}", f"{crashed}{end}")
    log = Path(f"{crashed}-wal").read_bytes()
    _refused(crashed, ProjectNewerError, "newer version")
    assert Path(f"{crashed}-wal").read_bytes() == log


def test_a_look_through_a_link_sees_what_only_the_log_holds_yet(
    path: Path, session: Session, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.standfirst"
    link.parent.mkdir()
    link.symlink_to(path)
    projects.set_name(session, "In the log")
    seen = glance(link)
    assert seen is not None
    assert seen.project_name == "In the log"


def test_a_project_cut_short_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])
    _refused(path, ProjectDamagedError, "damaged")


def test_a_project_whose_tables_are_overwritten_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    _refused(path, ProjectDamagedError, "damaged")


def test_a_project_whose_first_bytes_are_overwritten_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:16] + bytes(8) + whole[24:])  # what SQLite knows a database by
    _refused(path, ProjectDamagedError, "damaged")


def test_a_project_without_its_own_rows_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM project")
    _refused(path, ProjectDamagedError, "damaged")


@pytest.fixture
def holed(path: Path, session: Session, article: Article) -> Path:
    """A project with damage where opening it does not look by itself."""
    articles.add(session, article.text * 200, Metadata())
    session.close()
    session.get_bind().engine.dispose()
    whole = bytearray(path.read_bytes())
    for page in range(0, len(whole), 4096):
        if whole[page : page + 4096].count(b"Lindqvist") > 50:  # nothing but text
            whole[page : page + 4096] = bytes(4096)
    path.write_bytes(whole)
    return path


def test_a_hole_deep_in_the_file_is_found_before_anything_is_written(holed: Path) -> None:
    before = holed.read_bytes()
    with pytest.raises(ProjectDamagedError, match="damaged"):
        door.open_project(holed)
    assert holed.read_bytes() == before


def test_a_hole_in_a_file_too_large_to_be_read_through_is_told_when_met(
    holed: Path, open_session: Callable[[], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_file, "CHECKED_SIZE", 0)
    session = open_session()
    with pytest.raises(ProjectDamagedError, match="damaged"):
        for row in articles.list_rows(session):
            articles.get(session, row.id)


@contextmanager
def _as_somebody_else() -> Iterator[None]:
    """Root may write everywhere, so the test becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(path: Path) -> Iterator[Path]:
    modes = {folder: folder.stat().st_mode for folder in path.parents}
    path.chmod(0o444)
    for folder, mode in modes.items():
        if not mode & 0o005:  # whoever else it is has to find the way, if we may show it
            folder.chmod(mode | 0o055)
    path.parent.chmod(0o555)
    with _as_somebody_else():
        yield path
    for folder, mode in modes.items():
        if folder.stat().st_mode != mode:
            folder.chmod(mode)


def test_a_read_only_project_is_refused_but_can_be_seen_and_exported(read_only: Path) -> None:
    before = read_only.read_bytes()
    with pytest.raises(ProjectReadOnlyError, match="Copy it to a folder of your own"):
        door.open_project(read_only)
    seen = glance(read_only)
    assert seen is not None
    assert seen.project_name == "Ferry pact study"
    engine = door.open_project(read_only, read_only=True)
    with door.session(engine) as session:
        assert projects.get(session).name == "Ferry pact study"
        with pytest.raises(ProjectReadOnlyError, match="cannot be changed"):
            projects.set_name(session, "Mine")
    engine.dispose()
    assert read_only.read_bytes() == before
    assert list(read_only.parent.iterdir()) == [read_only]


def test_a_project_nobody_may_read_is_refused(read_only: Path) -> None:
    somebody = os.geteuid()
    os.seteuid(os.getuid())
    read_only.chmod(0)
    os.seteuid(somebody)
    with pytest.raises(ProjectReadOnlyError, match="cannot be read: Permission denied"):
        glance(read_only)


def test_opened_for_reading_alone_a_project_cannot_be_written(
    path: Path, article: Article, session: Session
) -> None:
    engine = door.open_project(path, read_only=True)
    with door.session(engine) as reader:
        assert articles.get(reader, article.id) == article
        with pytest.raises(ProjectReadOnlyError, match="cannot be changed"):
            projects.set_name(reader, "Mine")
        projects.set_name(session, "Ours")
        assert projects.get(reader).name == "Ours"
    engine.dispose()


def test_a_project_others_keep_writing_to_says_so(
    path: Path, session: Session, coder: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with door.snapshot(session) as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(ProjectBusyError, match="Another program is writing"):
            articles.add(session, "Text.", Metadata(), coder=coder)
        other.execute("ROLLBACK")
    articles.add(session, "Text.", Metadata(), coder=coder)
    assert len(articles.list_rows(session)) == 1


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_project_of_every_version_opens(frozen: Path, tmp_path: Path) -> None:
    path = tmp_path / frozen.name
    shutil.copyfile(frozen, path)
    engine = door.open_project(path)
    with door.session(engine) as session:
        added = articles.add(session, "Text.", Metadata(title="T"))
        assert [row.id for row in articles.list_rows(session)] == [added.id]
        assert projects.get(session).name == f"Empty project of {frozen.stem}"
    engine.dispose()


def test_every_version_is_frozen() -> None:
    assert [path.stem for path in FROZEN] == [
        f"version {number:04}" for number in range(1, int(project_file.REVISION) + 1)
    ]


NOW, NEXT = project_file.REVISION, f"{int(project_file.REVISION) + 1:04}"
MIGRATION = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{NEXT}", "{NOW}"
def upgrade():
    op.add_column("project", sa.Column("motto", sa.String()))
    op.execute("UPDATE project SET motto = 'measure twice'")
"""


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this program one version newer, with a migration of the test's own."""

    def become(migration: str) -> None:
        migrations = tmp_path / "migrations 100%"
        shutil.copytree(update.MIGRATIONS, migrations)
        (migrations / "versions" / f"{NEXT}_next.py").write_text(migration)
        monkeypatch.setattr(update, "MIGRATIONS", migrations)
        for module in (project_file, door):
            monkeypatch.setattr(module, "REVISION", NEXT)

    return become


def test_an_older_project_is_backed_up_and_brought_up_to_date(
    path: Path, article: Article, session: Session, next_version: Callable[[str], None]
) -> None:
    session.close()
    session.get_bind().engine.dispose()
    before = _dump(path)
    next_version(MIGRATION)
    engine = door.open_project(path)
    with door.session(engine) as updated:
        assert articles.get(updated, article.id) == article
        with door.snapshot(updated) as connection:
            motto = connection.exec_driver_sql("SELECT motto FROM project").scalar()
    engine.dispose()
    assert motto == "measure twice"
    assert project_file.examine(path) == NEXT
    (backup,) = path.parent.glob(f"*(version {NOW}, *).standfirst")
    assert _dump(backup) == before


def test_an_update_that_fails_leaves_the_project_as_it_was(
    path: Path, next_version: Callable[[str], None]
) -> None:
    before = path.read_bytes()
    next_version(MIGRATION + "    op.execute('UPDATE no_such_table SET a = 1')\n")
    with pytest.raises(UpdateError, match="no_such_table"):
        door.open_project(path)
    assert path.read_bytes() == before
    assert project_file.examine(path) == NOW


def test_alembic_is_not_imported_to_open_a_project_of_today(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.engine import open_project;"
        "open_project(Path(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True)


def test_a_full_disk_is_told_with_what_to_do(path: Path, session: Session) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")  # no page more than there are
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("CREATE TABLE more AS SELECT randomblob(100000)")
    told = str(project_file.explained(path, caught.value))
    assert f"“{path.name}” lies on is full" in told and "make room" in told
