"""All that is done to an article, by keyboard alone, in the real window with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow.analyst import Analyst
from flow.corpus import frames_in, frames_meant, names_in, names_meant, record_of, spans_in
from flow.keyboard import Keyboard
from gold import Gold, read_gold
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget

from db.values import ArticleStatus, Certainty, Entity, Layer, Span, Stance, Status, ZoneKind
from desktop.article.commands import Slot
from desktop.article.places import main_span
from desktop.corpus.dialog import ExportDialog
from desktop.library.metadata_dialog import MetadataDialog

# Without a screen there is no window to raise and no keyboard to grab for a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GOLD = Path(__file__).parents[1] / "data" / "gold" / "oder_flood_deal.toml"


@pytest.fixture
def gold() -> Gold:
    return read_gold(GOLD)


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(standfirst.canvas.hasFocus)
    qtbot.waitUntil(standfirst.window.actions_table["export"].isEnabled)
    return Keyboard(standfirst)


@pytest.fixture
def suggestions(standfirst, qtbot) -> None:
    """Wait for all suggestions of the real engine."""
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.stops()))


def words(standfirst, quote: str) -> Span:
    start = standfirst.session.state.text.index(quote)
    return Span(start, start + len(quote))


def decision(standfirst):
    return standfirst.session.focused.decision


def dialog(qtbot, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    found = QApplication.activeModalWidget()
    assert found is not None
    qtbot.waitUntil(lambda: found.isAncestorOf(Keyboard.here()))
    return found


def back_in(standfirst, qtbot) -> None:
    """Wait until a dialog is gone; its window manager gives the keys back to the window."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    standfirst.window.activateWindow()
    qtbot.waitUntil(standfirst.canvas.hasFocus)


def export(keys: Keyboard, qtbot, corpus: Path) -> None:
    keys.press("Ctrl+E")
    asked = dialog(qtbot, ExportDialog)
    keys.type(str(corpus))
    keys.press("Return")
    outcome = asked.findChild(QLabel, "export-outcome")
    assert outcome is not None
    qtbot.waitUntil(lambda: "proven" in outcome.text())
    keys.press("Return")
    back_in(keys.app, qtbot)


def test_an_article_is_brought_to_our_own_reading_of_it(
    standfirst, keys, suggestions, gold, qtbot, tmp_path
):
    analyst = Analyst(keys, gold)
    assert analyst.state.text == gold.article.text
    analyst.decide_names()
    analyst.add_names()
    analyst.decide_stances()
    assert analyst.state.left() == 0

    # What is known of the article beside its text.
    keys.press("Ctrl+I")
    dialog(qtbot, MetadataDialog)
    keys.press("Tab", "Tab")
    keys.type("Helen Marchbank")
    keys.press("Return")
    qtbot.waitUntil(lambda: analyst.state.article.meta.author == "Helen Marchbank")

    back_in(standfirst, qtbot)

    # Done: the next one opens.
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: analyst.state.text != gold.article.text)

    export(keys, qtbot, tmp_path / "corpus.jsonl")
    record = record_of(tmp_path / "corpus.jsonl", gold.article.text)
    assert names_in(record) == names_meant(gold)
    assert frames_in(record) == frames_meant(gold)
    assert record["status"] == "done"
    assert record["meta"]["author"] == "Helen Marchbank"
    assert {each["layer"] for each in record["checked"]} == {"entities", "stances"}
    assert all(record["text"][s["start"] : s["end"]] == s["text"] for s in spans_in(record))


def test_a_key_right_behind_another_is_not_lost(standfirst, keys, qtbot):
    keys.go_to(words(standfirst, "Szczecin").start)
    for _ in "Szczecin":
        qtbot.keyClick(standfirst.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(standfirst.canvas, Qt.Key.Key_3)
    qtbot.keyClick(standfirst.canvas, Qt.Key.Key_X)
    keys.select(words(standfirst, "Szczecin"))
    qtbot.keyClick(standfirst.canvas, Qt.Key.Key_S)
    qtbot.keyClick(standfirst.canvas, Qt.Key.Key_G)
    assert standfirst.session.focused.target.negated
    qtbot.keyClick(standfirst.canvas, Qt.Key.Key_Y)
    assert standfirst.session.focused.certainty is Certainty.CERTAIN


def test_a_name_is_added_changed_noted_and_deleted(standfirst, keys, qtbot):
    session, text = standfirst.session, standfirst.session.state.text
    keys.select(words(standfirst, "Brandenburg politician"))
    keys.press("2")
    added = session.focus
    assert decision(standfirst).status is Status.ADDED

    def covered() -> str:
        return session.focused.span.of(text)

    for key, expected in (
        ("{", "Brandenburg politicia"),
        ("}", "Brandenburg politician"),
        ("Ctrl+{", "Brandenburg"),
        ("[", "r Brandenburg"),
        ("]", "Brandenburg"),
        ("Ctrl+[", "senior Brandenburg"),
        ("Ctrl+]", "Brandenburg"),
        ("Ctrl+}", "Brandenburg politician"),
        ("Ctrl+{", "Brandenburg"),
    ):
        keys.press(key)
        assert covered() == expected, key
    keys.press("3")
    assert session.focused.label == "GPE"
    keys.press("L")
    keys.type("norp")
    keys.press("Return")
    assert session.focused.label == "NORP"

    keys.press("N")
    keys.type("the state, not the city?")
    keys.press("Return")
    assert decision(standfirst).note == "the state, not the city?"
    assert standfirst.canvas.hasFocus()

    keys.press("Del")
    assert session.state.get(added) is None
    undo, redo = (standfirst.window.actions_table[name] for name in ("undo", "redo"))
    for name in ("delete", "note on", "relabel", "relabel", "move"):
        qtbot.waitUntil(lambda name=name: undo.text() == f"&Undo {name} ‘Brandenburg’")
        keys.press("Ctrl+Z")
        qtbot.waitUntil(lambda name=name: redo.text() == f"&Redo {name} ‘Brandenburg’")
    assert covered() == "Brandenburg politician"
    assert session.focus == added
    keys.press("Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: covered() == "Brandenburg")


def test_a_slot_is_filled_from_the_names_around_or_from_the_text(standfirst, keys, qtbot):
    session = standfirst.session
    keys.select(words(standfirst, "Jens Habermann"))
    keys.press("1")
    keys.select(words(standfirst, "the higher dams would push water into German streets"))
    keys.press("S")
    assert isinstance(session.focused, Stance)

    # With nothing selected and the caret nowhere in a name, the names around are offered.
    keys.press("H")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    keys.press("Return")
    assert session.focused.holder.span == words(standfirst, "Jens Habermann")
    assert standfirst.canvas.hasFocus()

    # Or the slot waits for a selection, which Escape calls off.
    keys.press("V")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    keys.press("Up", "Return")
    assert session.picking is Slot.EVIDENCE
    assert standfirst.canvas.hasFocus()
    keys.press("Escape")
    assert session.picking is None
    assert isinstance(session.focused, Stance)
    keys.press("V")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    keys.press("Up", "Return")
    keys.sweep(words(standfirst, "push water into German streets"))
    assert session.focused.evidence == (words(standfirst, "push water into German streets"),)

    keys.select(words(standfirst, "push water"))
    keys.press("U")
    keys.select(words(standfirst, "into German streets"))
    keys.press("Shift+U")
    assert session.focused.cue == (
        words(standfirst, "push water"),
        words(standfirst, "into German streets"),
    )
    for expected in (*Certainty, None):
        keys.press("Y")
        assert session.focused.certainty is expected


def test_a_suggestion_is_refused_with_a_reason_by_one_more_key(standfirst, keys, suggestions):
    session = standfirst.session
    while not isinstance(session.focused, Entity):
        keys.press("Tab")
    refused = session.focus
    keys.press("Shift+X", "2")
    assert session.state.row(refused).decision.reason == "type"
    assert session.focus != refused
    assert standfirst.canvas.hasFocus()
    while not isinstance(session.focused, Stance):
        keys.press("Tab")
    refused = session.focus
    keys.press("Shift+X", "3")
    assert session.state.row(refused).decision.reason == "polarity"


def test_who_said_it_is_corrected_on_a_quotation(standfirst, keys, suggestions):
    session = standfirst.session
    keys.press("Q")
    keys.select(words(standfirst, "Szczecin"))
    keys.press("H")
    assert session.focused.source.span == words(standfirst, "Szczecin")
    assert decision(standfirst).status is Status.CORRECTED


def test_who_reports_it_is_added_and_taken_away(standfirst, keys, qtbot):
    session = standfirst.session
    keys.select(words(standfirst, "a signed treaty is not a menu"))
    keys.press("S")
    for quote in ("Der Beobachter", "the Berlin weekly"):
        keys.select(words(standfirst, quote))
        keys.press("R")
    found = [ref.span for ref in session.focused.nested]
    assert found == [words(standfirst, quote) for quote in ("Der Beobachter", "the Berlin weekly")]
    keys.press("Shift+R")
    assert session.focused.nested == ()


def test_the_paragraph_in_focus_is_checked(standfirst, keys, suggestions):
    session = standfirst.session
    for _ in range(12):
        keys.press("Tab")
    span = main_span(session.focused)
    assert "\n" in session.state.text[: span.start]
    keys.press("C")
    checked = [Span(each.start, each.end) for each in session.state.checked.values()]
    assert len(checked) == 2
    assert all(stretch.covers(span) and stretch.start > 0 for stretch in checked)
    assert session.selection is None


def test_the_clients_own_article_all_the_way(standfirst, keys, shared_article, qtbot, tmp_path):
    session = standfirst.session
    keys.press("Ctrl+O")
    dialog(qtbot, QFileDialog)
    keys.type(str(shared_article))
    keys.press("Return")
    back_in(standfirst, qtbot)
    text = shared_article.read_text("utf-8").replace("\r\n", "\n")
    qtbot.waitUntil(lambda: session.state.text == text)
    qtbot.waitUntil(lambda: bool(session.state.article.zones))
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.waitUntil(lambda: session.state.left() > 40)

    zones = session.state.article.zones
    boilerplate = [zone for zone in zones if zone.kind is ZoneKind.BOILERPLATE]
    assert boilerplate
    for zone in boilerplate:
        assert not session.state.between(zone.start, zone.end, Layer.ENTITY)
        assert not session.state.between(zone.start, zone.end, Layer.STANCE)

    # The first is corrected, every seventh refused, the others accepted.
    keys.press("8" if isinstance(session.focused, Entity) else "5")
    suggested, met = session.state.left(), set()
    while session.state.left():
        focused = session.focused
        met.add(type(focused))
        if focused is None or focused.decision.decided:
            keys.press("Tab")
        elif session.state.left() % 7 == 0:
            keys.press("X")
        else:
            keys.press("Return")
    assert met >= {Entity, Stance}

    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: session.state.text != text)
    row = next(row for row in standfirst.articles.rows if row.status is ArticleStatus.DONE)
    assert (row.pending, row.decided >= suggested) == (0, True)
    export(keys, qtbot, tmp_path / "corpus.jsonl")
    record = record_of(tmp_path / "corpus.jsonl", text)
    spans = list(spans_in(record))
    assert len(spans) > suggested
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    statuses = {each["status"] for each in record["entities"] + record["stances"]}
    assert statuses == {"accepted", "rejected", "corrected"}
