"""The window's side of the engine, with the real process at the other end."""

import hashlib
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QAbstractEventDispatcher
from pytestqt.qtbot import QtBot

import resources
from db.values import Annotation, Article, Entity, Issue, Metadata, Zone
from desktop.shell import engine
from desktop.shell.engine import EngineClient
from desktop.suggest.protocol import Message, issue_to_row

ROOT = Path(__file__).parents[2]


def article(text: str) -> Article:
    return Article(
        uuid4(), text, hashlib.sha256(text.encode()).hexdigest(), Metadata(language="en")
    )


class Heard:
    """All a client said, in order."""

    def __init__(self, client: EngineClient) -> None:
        self.client = client
        self.zones: dict[UUID, list[Zone]] = {}
        self.found: dict[UUID, list[Annotation]] = {}
        self.done: list[UUID] = []
        self.failed: list[tuple[UUID | None, str]] = []
        self.deaths = self.restarts = 0
        client.zones_found.connect(self._on_zones)
        client.suggestions_found.connect(self._on_suggestions)
        client.failed.connect(lambda article, message: self.failed.append((article, message)))
        client.died.connect(self._on_death)
        client.restarted.connect(self._on_restart)

    def _on_zones(self, article: UUID, _sha256: str, zones: list[Zone]) -> None:
        self.zones[article] = zones

    def _on_suggestions(
        self, article: UUID, _sha256: str, found: list[Annotation], done: bool
    ) -> None:
        self.found.setdefault(article, []).extend(found)
        if done:
            self.done.append(article)

    def _on_death(self) -> None:
        self.deaths += 1

    def _on_restart(self) -> None:
        self.restarts += 1

    def names(self, article: Article) -> list[str]:
        found = self.found.get(article.id, [])
        return [a.span.of(article.text) for a in found if isinstance(a, Entity)]


@pytest.fixture
def heard(qtbot: QtBot, tmp_path: Path) -> Iterator[Heard]:
    """A client not yet started, and what it says."""
    client = EngineClient(log=tmp_path / "log" / "engine.log")
    yield Heard(client)
    client.stop()


@pytest.fixture
def child_of() -> Callable[[EngineClient], int]:
    return lambda client: client._process.processId()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_an_article_comes_back_with_zones_and_names(heard, qtbot):
    calais = article("Port reopens\n\nThe port of Calais reopened on Monday.\n")
    heard.client.request(calais)  # before the engine is up: it waits its turn
    with qtbot.waitSignal(heard.client.ready) as ready:
        heard.client.start()
    assert set(ready.args[0]) == {"name", "version"}
    qtbot.waitUntil(lambda: calais.id in heard.done)
    assert heard.zones[calais.id]
    assert "Calais" in heard.names(calais)


def test_stray_prints_go_to_the_log_and_hurt_nothing(heard, qtbot, odd_pipeline):
    calais = article("Calais PRINTS its own news.\n")
    heard.client.start(odd_pipeline)
    heard.client.request(calais)
    qtbot.waitUntil(lambda: calais.id in heard.done)
    assert heard.names(calais) == ["Calais"]
    assert heard.client.model == {"name": "en_odd", "version": "1.0"}
    heard.client.stop()
    log = (heard.client._log).read_text()
    for stray in ("while loading", "to descriptor 1", "by a child", "while working"):
        assert stray in log


def test_the_article_in_front_goes_first_and_the_others_are_not_forgotten(
    heard, qtbot, odd_pipeline
):
    long = article("Calais DAWDLES here.\n\n" * 200)
    later, front = article("Calais later.\n"), article("Calais now.\n")
    heard.client.start(odd_pipeline)
    heard.client.request(long)
    heard.client.request(later, front=False)
    qtbot.waitUntil(lambda: long.id in heard.zones)
    heard.client.request(front)
    qtbot.waitUntil(lambda: len(heard.done) == 3)
    assert heard.done == [front.id, long.id, later.id]
    assert heard.names(front) == ["Calais"]
    assert heard.names(long) == ["Calais"] * 200  # though it was begun twice


def test_of_a_cancelled_article_nothing_more_is_heard(heard, qtbot, odd_pipeline):
    long, other = article("Calais DAWDLES here.\n\n" * 1000), article("Calais.\n")
    heard.client.start(odd_pipeline)
    heard.client.request(long)
    heard.client.request(other, front=False)
    qtbot.waitUntil(lambda: long.id in heard.zones)
    heard.client.cancel(long.id)
    before = len(heard.found.get(long.id, []))
    qtbot.waitUntil(lambda: other.id in heard.done)  # long before the long one could be through
    assert heard.done == [other.id]
    assert len(heard.found.get(long.id, [])) == before


def test_a_text_the_pipeline_refuses_is_named_and_the_next_one_is_served(
    heard, qtbot, odd_pipeline
):
    bad, good = article("This RAISES an error.\n"), article("Calais.\n")
    heard.client.start(odd_pipeline)
    heard.client.request(bad)
    heard.client.request(good, front=False)
    qtbot.waitUntil(lambda: good.id in heard.done)
    ((failed, message),) = heard.failed
    assert failed == bad.id
    assert "not to my taste" in message
    assert heard.deaths == 0
    assert "Traceback" in heard.client._log.read_text()


def test_killed_from_outside_it_comes_back_and_goes_on(heard, qtbot, odd_pipeline, child_of):
    long = article("Calais DAWDLES here.\n\n" * 100)
    heard.client.start(odd_pipeline)
    heard.client.request(long)
    qtbot.waitUntil(lambda: long.id in heard.zones)
    with qtbot.waitSignal(heard.client.died):
        os.kill(child_of(heard.client), signal.SIGKILL)
    qtbot.waitUntil(lambda: long.id in heard.done)
    assert (heard.deaths, heard.restarts, heard.failed) == (1, 1, [])


def test_it_is_told_the_issues_whenever_it_starts(
    heard, qtbot, odd_pipeline, child_of, monkeypatch
):
    toll, said = Issue(uuid4(), "Bridge toll"), list[Message]()
    send = EngineClient._send
    monkeypatch.setattr(EngineClient, "_send", lambda self, m: (said.append(m), send(self, m)))

    def told() -> list[Message]:
        return [message["issues"] for message in said if message["type"] == "issues"]

    heard.client.use_issues([toll])  # before it is up
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start(odd_pipeline)
    assert told() == [[issue_to_row(toll)]]
    with qtbot.waitSignal(heard.client.restarted):
        os.kill(child_of(heard.client), signal.SIGKILL)
    assert told() == [[issue_to_row(toll)]] * 2
    heard.client.use_issues([])
    assert told()[-1] == []


def test_an_article_that_crashed_it_once_is_asked_about_again(
    heard, qtbot, odd_pipeline, tmp_path, monkeypatch
):
    monkeypatch.setenv("ODD_PIPELINE_MARK", str(tmp_path / "died"))
    unlucky = article("Calais DIES_ONCE only.\n")
    heard.client.start(odd_pipeline)
    heard.client.request(unlucky)
    qtbot.waitUntil(lambda: unlucky.id in heard.done)
    assert heard.deaths == 1
    assert heard.names(unlucky) == ["Calais"]
    assert "Fatal Python error: Aborted" in heard.client._log.read_text()  # where it happened


def test_an_article_that_kills_it_twice_is_given_up_and_the_others_are_served(
    heard, qtbot, odd_pipeline
):
    poison, good = article("Whoever reads this DIES .\n"), article("Calais.\n")
    heard.client.start(odd_pipeline)
    heard.client.request(poison)
    heard.client.request(good, front=False)
    qtbot.waitUntil(lambda: good.id in heard.done)
    assert [failed for failed, _ in heard.failed] == [poison.id]
    assert heard.deaths == 2


def test_an_engine_that_hangs_is_ended_and_begun_again(heard, qtbot, odd_pipeline, monkeypatch):
    stuck, good = article("It HANGS here.\n"), article("Calais.\n")
    heard.client.start(odd_pipeline)
    with qtbot.waitSignal(heard.client.ready):
        pass
    monkeypatch.setattr(engine, "PATIENCE", 2000)
    heard.client.request(stuck)
    heard.client.request(good, front=False)
    qtbot.waitUntil(lambda: good.id in heard.done)
    assert [failed for failed, _ in heard.failed] == [stuck.id]


def test_an_engine_that_cannot_even_start_is_left_be_and_may_be_tried_again(
    heard, qtbot, monkeypatch
):
    monkeypatch.setattr(engine, "FIRST_DELAY", 1)
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/no/such/python")
        with qtbot.waitSignal(heard.client.failed) as given_up:
            heard.client.start()
        assert given_up.args[0] is None
        assert heard.deaths == engine.IDLE_DEATHS
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start()


def test_a_pipeline_that_is_not_installed_is_named_and_another_can_be_chosen(heard, qtbot):
    calais = article("Calais.\n")
    with qtbot.waitSignal(heard.client.failed) as failed:
        heard.client.start("xx_no_such_pipeline")
        heard.client.request(calais)
    nobody, message = failed.args
    assert nobody is None
    assert "xx_no_such_pipeline" in message
    assert heard.deaths == 0
    heard.client.start(None)
    qtbot.waitUntil(lambda: calais.id in heard.done)


def test_a_new_start_begins_the_article_under_way_anew(heard, qtbot, odd_pipeline):
    long = article("Calais is quiet. " * 2000 + "\n\n" + "Calais DAWDLES here.\n\n" * 300)
    heard.client.start(odd_pipeline)
    heard.client.request(long)
    qtbot.waitUntil(lambda: "Calais" in heard.names(long))
    heard.found.clear()
    heard.client.start(odd_pipeline)
    qtbot.waitUntil(lambda: long.id in heard.done)
    assert heard.names(long) == ["Calais"] * 2300
    assert heard.deaths == 0


def test_it_works_from_a_folder_where_python_would_find_another_desktop(
    heard, qtbot, tmp_path, monkeypatch
):
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "__main__.py").write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start()
    assert heard.deaths == 0


def test_the_log_does_not_grow_for_ever(heard, qtbot, monkeypatch):
    log = heard.client._log
    log.parent.mkdir()
    log.write_bytes(b"x" * (engine.LOG_SIZE + 1))
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start()
    assert log.stat().st_size < engine.LOG_SIZE
    assert log.with_suffix(".1.log").stat().st_size > engine.LOG_SIZE


def test_stopping_takes_the_process_along_and_is_no_death(heard, qtbot, child_of):
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start()
    pid = child_of(heard.client)
    heard.client.stop()
    assert not alive(pid)
    assert heard.deaths == 0


def test_who_hears_of_a_death_may_leave_it_at_that(heard, qtbot, child_of):
    heard.client.died.connect(heard.client.stop)
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start()
    with qtbot.waitSignal(heard.client.died):
        os.kill(child_of(heard.client), signal.SIGKILL)
    with qtbot.assertNotEmitted(heard.client.ready, wait=2 * engine.FIRST_DELAY):
        pass
    assert child_of(heard.client) == 0


def test_a_long_article_comes_a_few_at_a_time_one_batch_a_turn(heard, qtbot):
    """What keeps the window fluent; how long a turn takes is for the bench to say."""
    samples = [path.read_text("utf-8") for path in resources.path("samples").glob("*.txt")]
    long = article("\n\n".join(samples * 4))  # 9,000 words
    with qtbot.waitSignal(heard.client.ready):
        heard.client.start()
    batches: list[tuple[int, int]] = []  # (turn of the event loop, suggestions in the batch)
    turns = count()
    turn = next(turns)

    def next_turn() -> None:
        nonlocal turn
        turn = next(turns)

    # Not a timer of no length: it would burn the core that the engine needs.
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.awake.connect(next_turn)
    heard.client.suggestions_found.connect(
        lambda _article, _sha, found, _done: batches.append((turn, len(found)))
    )
    heard.client.request(long)
    qtbot.waitUntil(lambda: long.id in heard.done)
    assert len(batches) > 10
    assert max(size for _, size in batches) <= 50
    assert max(Counter(turn for turn, _ in batches).values()) == 1


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.shell.engine import EngineClient
from desktop.suggest.protocol import Message, issue_to_row
from db.values import Article
from uuid import UUID

app = QCoreApplication([])
client = EngineClient(log=Path(sys.argv[1]))
client.zones_found.connect(lambda *_: print(client._process.processId(), flush=True))
client.start(sys.argv[2])
client.request(Article(UUID(int=1), sys.argv[3], ""))
app.exec()
"""


@pytest.mark.parametrize(
    "text", ["Calais DAWDLES .\n\n" * 1000, "Calais HANGS ."], ids=["at work", "stuck in C"]
)
@pytest.mark.skipif(sys.platform != "linux", reason="the second case is Linux's to solve")
def test_a_window_killed_outright_leaves_no_engine_behind(qtbot, tmp_path, odd_pipeline, text):
    command = [sys.executable, "-c", WINDOW, str(tmp_path / "log"), odd_pipeline, text]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as window:
        assert window.stdout
        pid = int(window.stdout.readline())
        assert alive(pid)
        window.kill()
    qtbot.waitUntil(lambda: not alive(pid))
