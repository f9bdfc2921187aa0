"""Everything the analyst can do, in one table.

Menus, tooltips, the page of keys (F1), the command field (Ctrl+K) and the footer read this table;
:mod:`desktop.bindings` has a handler for each id. An action can be done when all its ``needs`` are
among the facts of the moment (:mod:`desktop.facts`), such as "article", "focus" or "undo".
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class Scope(Enum):
    """Where an action's keys work: plain letters are never taken from a field."""

    WINDOW = "everywhere"
    PANES = "in the article, the library and the inspector"
    ARTICLE = "in the article"


class ActionSpec(NamedTuple):
    """One line of the table; ``hint`` is the footer's short word, ``""`` keeps it out of there."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    scope: Scope = Scope.WINDOW
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, text) of a choice of one; the handler gets the value."""


class Menu(NamedTuple):
    """A menu of the menu bar; ``None`` is a separator."""

    text: str
    items: tuple[ActionSpec | None, ...]


def _needs(*facts: str) -> frozenset[str]:
    return frozenset(facts)


READY, ARTICLE, FOCUS = _needs("ready"), _needs("ready", "article"), _needs("ready", "focus")
STANCE, SELECTION = _needs("ready", "stance"), _needs("ready", "article", "selection")
FRAME, WORDS = _needs("ready", "frame"), _needs("ready", "words")
MENTION = _needs("ready", "mention")
LOOKING = _needs("article")  # what decides nothing needs no name
IN_ARTICLE, IN_PANES = Scope.ARTICLE, Scope.PANES

DIGIT = "Label, or stance"
DIGITS = tuple(ActionSpec(f"digit-{n}", DIGIT, (str(n),), ARTICLE, IN_PANES) for n in range(1, 10))
"""What they do depends on the focus and on the scheme; :meth:`Actions.name_digits` says it."""

SIDE = "Stance on the selection, or on the name"
SIDES = tuple(
    ActionSpec(f"side-{n}", SIDE, (f"Alt+{n}",), _needs("ready", "pointed"), IN_PANES)
    for n in range(1, 6)
)
"""Which side each takes depends on the scheme; :meth:`Actions.name_sides` says it."""

WIDTHS = (
    ("narrow", "&Narrow"),
    ("normal", "N&ormal"),
    ("wide", "&Wide"),
    ("window", "As wide as the w&indow"),
)
SPACINGS = (("tight", "&Tight"), ("normal", "&Normal"), ("airy", "&Airy"))
FONTS = (
    ("serif", "&Serif"),
    ("sans", "S&ans serif"),
    ("mono", "&Monospaced"),
    ("other", "&Other…"),
)
SORTS = (
    ("newest", "&Newest first"),
    ("oldest", "&Oldest first"),
    ("title", "By &title"),
    ("publication", "By &publication"),
    ("uncertain", "Most &uncertain first"),
    ("relevance", "Most &relevant first"),
    ("random", "In r&andom order…"),
)
MARKS = (("done", "&Done"), ("flagged", "&Unsure"), ("todo", "&To do"))
LINES = (("focus", "Of the stance in &focus"), ("all", "Of &all stances"))

MENUS = (
    Menu(
        "&File",
        (
            ActionSpec("new", "&New project…", ("Ctrl+N",)),
            ActionSpec("open", "&Open project or text…", ("Ctrl+O",)),
            ActionSpec("recent", "Open &recent project…", ("Ctrl+Shift+O",)),
            None,
            ActionSpec("paste", "&Paste article", ("Ctrl+V",), READY),
            ActionSpec("import", "I&mport…", ("Ctrl+Shift+E",), READY),
            ActionSpec("export", "&Export corpus…", ("Ctrl+E",), READY),
            None,
            ActionSpec("issues", "&Issues…", ("Ctrl+Shift+I",), READY),
            ActionSpec("actors", "&Actors…", ("Ctrl+Shift+P",), READY),
            ActionSpec("labels", "&Labels…", ("Ctrl+Shift+L",), READY),
            ActionSpec("project", "Project &settings…", (), READY),
            ActionSpec("quit", "&Quit", ("Ctrl+Q",)),
        ),
    ),
    Menu(
        "&Edit",
        (
            ActionSpec("undo", "&Undo", ("Ctrl+Z",), _needs("ready", "undo")),
            ActionSpec("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _needs("ready", "redo")),
            None,
            ActionSpec("find", "Find &in the article…", ("Ctrl+F",), ARTICLE),
            ActionSpec("find-next", "Find ne&xt", ("F3",), ARTICLE),
            ActionSpec("find-previous", "Find pre&vious", ("Shift+F3",), ARTICLE),
            None,
            ActionSpec("history", "&History…", ("Ctrl+H",), READY),
            ActionSpec("bin", "&Bin…", ("Ctrl+Shift+B",), READY),
            ActionSpec("now", "Back to &now", (), _needs("past")),
            None,
            ActionSpec("command", "&Find an article or command…", ("Ctrl+K",)),
        ),
    ),
    Menu(
        "A&nnotate",
        (
            ActionSpec("next", "&Next suggestion", ("Tab",), LOOKING, IN_ARTICLE, "next"),
            ActionSpec("previous", "&Previous suggestion", ("Shift+Tab",), LOOKING, IN_ARTICLE),
            ActionSpec("back", "&Back to the one before", ("Backspace",), LOOKING, IN_PANES),
            None,
            ActionSpec(
                "accept", "&Accept, and next", ("Return", "Enter"), FOCUS, IN_ARTICLE, "accept"
            ),
            ActionSpec("reject", "Re&ject, and next", ("X",), FOCUS, IN_PANES, "reject"),
            ActionSpec("why", "Reject because…", ("Shift+X",), ARTICLE, IN_PANES),
            ActionSpec("edit", "&Edit", ("E",), WORDS, IN_PANES, "edit"),
            ActionSpec("note", "N&ote", ("N",), FOCUS, IN_PANES),
            ActionSpec("delete", "&Delete", ("Del",), FOCUS, IN_PANES),
            None,
            ActionSpec("alike", "Same mention, all &here", ("M",), MENTION, IN_PANES, "all alike"),
            ActionSpec("everywhere", "Same mention, all articles", ("Shift+M",), MENTION, IN_PANES),
            ActionSpec(
                "accept-paragraph",
                "Accept the &paragraph, and next",
                ("Shift+Return", "Shift+Enter"),
                ARTICLE,
                IN_ARTICLE,
            ),
            ActionSpec("accept-all", "Accept a&ll…", ("Ctrl+Shift+A",), ARTICLE),
            None,
            ActionSpec("quote", "Next &quote", ("Q",), ARTICLE, IN_PANES, "next quote"),
            ActionSpec("quote-back", "Previous quote", ("Shift+Q",), ARTICLE, IN_PANES),
            ActionSpec("overlap", "What else lies here", ("O",), ARTICLE, IN_PANES),
            ActionSpec("select", "&Select the sentence, paragraph", ("Z",), ARTICLE, IN_PANES),
            None,
            ActionSpec("start-left", "Start one character earlier", ("[",), WORDS, IN_PANES),
            ActionSpec("start-right", "Start one character later", ("]",), WORDS, IN_PANES),
            ActionSpec("end-left", "End one character earlier", ("{",), WORDS, IN_PANES),
            ActionSpec("end-right", "End one character later", ("}",), WORDS, IN_PANES),
            ActionSpec("start-word-left", "Start one word earlier", ("Ctrl+[",), WORDS, IN_PANES),
            ActionSpec("start-word-right", "Start one word later", ("Ctrl+]",), WORDS, IN_PANES),
            ActionSpec("end-word-left", "End one word earlier", ("Ctrl+{",), WORDS, IN_PANES),
            ActionSpec("end-word-right", "End one word later", ("Ctrl+}",), WORDS, IN_PANES),
            ActionSpec(
                "start-sentence-left", "Start one sentence earlier", ("Alt+[",), WORDS, IN_PANES
            ),
            ActionSpec(
                "start-sentence-right", "Start one sentence later", ("Alt+]",), WORDS, IN_PANES
            ),
            ActionSpec(
                "end-sentence-left", "End one sentence earlier", ("Alt+{",), WORDS, IN_PANES
            ),
            ActionSpec("end-sentence-right", "End one sentence later", ("Alt+}",), WORDS, IN_PANES),
        ),
    ),
    Menu(
        "&Labels",
        (
            ActionSpec("add", "&Add the selection as…", ("A",), SELECTION, IN_PANES, "add"),
            ActionSpec("relabel", "&Relabel…", ("L",), _needs("ready", "entity"), IN_PANES),
            ActionSpec("this-is", "This &is…", ("P",), FOCUS, IN_PANES, "who"),
            ActionSpec("affiliate", "&Belongs to…", ("I",), FOCUS, IN_PANES),
            None,
            *DIGITS,
            None,
            *SIDES,
            None,
            ActionSpec("stance", "New &stance", ("S",), ARTICLE, IN_PANES),
            ActionSpec("holder", "Set the &holder", ("H",), FRAME, IN_PANES, "holder"),
            ActionSpec("nested", "Set the &reporter", ("R",), STANCE | FRAME, IN_PANES),
            ActionSpec("unreported", "Nobody reports it", ("Shift+R",), STANCE | FRAME, IN_PANES),
            ActionSpec("target", "Set the &target", ("T",), FRAME, IN_PANES, "target"),
            ActionSpec("negate", "Target is ne&gated", ("G",), STANCE | FRAME, IN_PANES),
            ActionSpec("cue", "Set the c&ue", ("U",), FRAME, IN_PANES, "cue"),
            ActionSpec("cue-more", "Add to the cue", ("Shift+U",), FRAME | SELECTION, IN_PANES),
            ActionSpec("evidence", "Set the e&vidence", ("V",), FRAME, IN_PANES, "evidence"),
            ActionSpec(
                "evidence-more", "Add to the evidence", ("Shift+V",), FRAME | SELECTION, IN_PANES
            ),
            ActionSpec("certainty", "Certaint&y", ("Y",), STANCE, IN_PANES),
        ),
    ),
    Menu(
        "A&rticle",
        (
            ActionSpec("done", "Mark &done, and next", ("Ctrl+Return",), ARTICLE, hint="done"),
            ActionSpec("unsure", "Mark &unsure", ("Ctrl+Shift+Return",), ARTICLE),
            ActionSpec("todo", "Mark to d&o", (), ARTICLE),
            ActionSpec("checked", "Nothing more in this &paragraph", ("C",), ARTICLE, IN_PANES),
            ActionSpec(
                "checked-sentence",
                "Nothing more in this se&ntence",
                ("Shift+C",),
                ARTICLE,
                IN_PANES,
            ),
            ActionSpec(
                "checked-article",
                "Nothing more in this &article",
                ("Ctrl+Alt+C",),
                ARTICLE,
                IN_PANES,
            ),
            None,
            ActionSpec("details", "Article &details…", ("Ctrl+I",), ARTICLE),
            ActionSpec("remove", "Re&move the article", (), ARTICLE),
            ActionSpec("suggest", "&Suggest again", ("Ctrl+R",), ARTICLE),
            None,
            ActionSpec("twins", "T&wins and versions…", ("W",), ARTICLE, IN_PANES),
            ActionSpec("moved", "Mo&ved and vanished…", ("Shift+W",), ARTICLE, IN_PANES),
            None,
            ActionSpec("next-article", "&Next article", ("Alt+Down",)),
            ActionSpec("previous-article", "&Previous article", ("Alt+Up",)),
        ),
    ),
    Menu(
        "Librar&y",
        (
            ActionSpec("search", "&Search the library…", ("Ctrl+Shift+F",), READY),
            ActionSpec("filters", "Show or hide the &filters", ("Ctrl+Alt+F",), READY),
            ActionSpec("sort", "S&ort the list", needs=READY, choices=SORTS),
            ActionSpec("search-clear", "Show &all articles again", (), READY),
            None,
            ActionSpec("save-search", "Sa&ve this search…", (), READY),
            ActionSpec("saved-searches", "Saved sear&ches…", ("Ctrl+Shift+S",), READY),
            None,
            ActionSpec("contexts", "&Keyword in context…", ("Ctrl+Shift+K",), READY),
            ActionSpec("statements", "Save statements as a &table…", (), READY),
            None,
            ActionSpec(
                "suggest-all",
                "Suggest on the &whole library, or pause",
                ("Ctrl+Shift+R",),
                READY,
            ),
            ActionSpec("mark-shown", "&Mark all that are listed", needs=READY, choices=MARKS),
            ActionSpec("remove-shown", "&Remove all that are listed", (), READY),
        ),
    ),
    Menu(
        "&View",
        (
            ActionSpec("library", "Show or hide the &library", ("F9",)),
            ActionSpec("inspector", "Show or hide the &inspector", ("F10",)),
            ActionSpec("pane", "Go to the next &pane", ("F6",)),
            None,
            ActionSpec("zoom-in", "Zoom &in", ("Ctrl++", "Ctrl+=")),
            ActionSpec("zoom-out", "Zoom &out", ("Ctrl+-",)),
            ActionSpec("zoom-reset", "Zoom to &100 %", ("Ctrl+0",)),
            ActionSpec("column", "Line &width", choices=WIDTHS),
            ActionSpec("spacing", "Line &spacing", choices=SPACINGS),
            ActionSpec("font", "&Font", choices=FONTS),
            None,
            ActionSpec("boilerplate", "Fold or unfold &boilerplate", ("B",), ARTICLE, IN_PANES),
            ActionSpec("stance-lines", "S&tance lines", choices=LINES),
            None,
            ActionSpec(
                "appearance",
                "&Appearance",
                choices=(("system", "As the &system"), ("light", "&Light"), ("dark", "&Dark")),
            ),
        ),
    ),
    Menu(
        "&Help",
        (
            ActionSpec("help", "&Help", ("Shift+F1",)),
            ActionSpec("keys", "All &keys", ("F1",), hint="all keys"),
            ActionSpec("tour", "&Tour, or its next step", ("F4",)),
            ActionSpec("tour-skip", "&Skip the tour", ("Shift+F4",)),
            None,
            ActionSpec("report", "&Report a problem…"),
            ActionSpec("logs", "Show the &log file"),
            ActionSpec("about", "&About Standfirst"),
        ),
    ),
)
SPECS = tuple(spec for menu in MENUS for spec in menu.items if spec)


def tr(text: str) -> str:
    """Return a text of the table in the analyst's language."""
    return QCoreApplication.translate("Actions", text)


def plain(text: str) -> str:
    """Return a menu text as it reads elsewhere: without mnemonic and dots."""
    return text.replace("&", "").rstrip("…")


def key_name(key: str) -> str:
    """Return a key as the footer and the page of keys show it."""
    from PySide6.QtGui import QKeySequence  # the first paint, which names no keys, does without

    names = {"Return": "↵", "Ctrl+Return": "Ctrl ↵", "Ctrl+Shift+Return": "Ctrl Shift ↵"}
    names["Shift+Return"] = "Shift ↵"
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return names.get(key) or re.sub(r"(?<=\w)\+", " ", native)
