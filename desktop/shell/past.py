"""The page of the past: an article as it was, under a banner that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.values import Annotation
from desktop.article.past import PastCanvas, PastSession
from desktop.history.wording import named, then_and_now, tr, when

if TYPE_CHECKING:
    from db.acts import Act
    from db.past import Past
    from desktop.article.session import ArticleSession


@dataclass(frozen=True)
class Moment:
    """An article after ``act``: ``changed`` is what is otherwise now and how, ``around`` the
    entries of the acts before and after, ``coders`` the names of those who decided.
    """

    past: Past
    act: Act
    by: UUID | None
    changed: Mapping[UUID, Annotation | None]
    around: tuple[int | None, int | None]
    coders: Mapping[UUID, str]


class PastPage(QWidget):
    """Shows one moment of one article; it asks for others, and to go back to now."""

    left = Signal()
    step_wanted = Signal(int)
    """To the act before (-1) or after (1) this moment."""
    told = Signal(str)

    def __init__(self, session: ArticleSession) -> None:
        super().__init__()
        self._now = session
        self._coders: Mapping[UUID, str] = {}
        self.session = PastSession(session.scheme)
        self.canvas = PastCanvas()
        self.canvas.set_session(self.session)
        self.canvas.left.connect(self.left)
        self.session.told.connect(self.told)
        self.session.focus_changed.connect(lambda _: self._tell())
        self.setFocusProxy(self.canvas)
        self._build()

    @property
    def text(self) -> str:
        """What the banner says."""
        return f"{self._title.text()}\n{self._words.text()}"

    def show_moment(self, moment: Moment, zoom: int) -> None:
        """Show an article as it was, as large (in per cent) as it is now."""
        session, here, past = self.session, self.session.state, moment.past
        place = self.canvas.place
        same = here is not None and here.article.id == past.article.id
        self._coders = moment.coders
        self.canvas.changed = moment.changed
        self.canvas.zoom = zoom
        session.scheme, session.issues = self._now.scheme, self._now.issues
        there = {each.id for each in (*past.suggestions, *past.decisions)}
        focus = next((each.id for each in moment.act.changes if each.id in there), None)
        focus = focus or (session.focus if same else self._now.focus)
        session.load(past.article, past.suggestions, past.decisions, past.checked, focus)
        if same:
            self.canvas.place = place
        name = self._coders.get(moment.by) if moment.by else None
        by = f" · {name}" if name else ""
        self._title.setText(tr("As it was: {}").format(when(past.at)))
        self._after.setText(tr("after “{}”").format(moment.act.title) + by)
        self.earlier.setEnabled(moment.around[0] is not None)
        self.later.setEnabled(moment.around[1] is not None)
        self._tell()

    def forget(self) -> None:
        """Let go of what is shown."""
        self.canvas.changed = {}
        self.session.close()

    def _tell(self) -> None:
        """Say how what is in focus stands now, or what the marks mean."""
        focused = self.session.focused
        state, now = self.session.state, self._now.state
        if focused is None or state is None or now is None:
            words = tr(
                "Dashed frame: otherwise now. Dotted line: came since. Struck through: rejected."
            )
        else:
            current = self.canvas.changed.get(focused.id, focused)
            words = then_and_now(focused, current, now, self._coders)
            words = f"{named(state, focused)}. {words}"
        self._words.setText(words)

    def _build(self) -> None:
        banner = QFrame()
        banner.setObjectName("past")
        self._title, self._after, self._words = QLabel(), QLabel(), QLabel()
        for label, role in ((self._title, "title"), (self._after, "muted"), (self._words, "muted")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            label.setMinimumWidth(60)
        self.earlier = _step("‹", tr("The act before (Alt+Left)"))
        self.later = _step("›", tr("The act after (Alt+Right)"))
        self.earlier.setShortcut("Alt+Left")
        self.later.setShortcut("Alt+Right")
        self.earlier.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.later.clicked.connect(lambda: self.step_wanted.emit(1))
        back = QPushButton(tr("Back to now (Esc)"))
        back.setObjectName("back-to-now")
        back.clicked.connect(self.left)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addWidget(self._after, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(self._words)
        row = QHBoxLayout(banner)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(6)
        row.addLayout(words, 1)
        for button in (self.earlier, self.later, back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(banner)
        layout.addWidget(self.canvas, 1)


def _step(sign: str, name: str) -> QPushButton:
    button = QPushButton(sign)
    button.setProperty("chip", True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
