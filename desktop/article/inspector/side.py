"""The line that says, on a quotation, which stance its digits set or would make."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from db.values import Position
from desktop.article.session import ArticleSession
from desktop.article.wording import (
    POSITION_MARKS,
    position_name,
    ref_text,
    shortened,
    target_text,
    tr,
)

_LONGEST = 60  # code points of a holder or a target


class SideLine(QLabel):
    """Names holder and target of the stance on the quotation in focus, made or only prefilled."""

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._session = session

    def show_side(self) -> Position | None:
        """Say it; return the side that is taken or suggested, None where there is none yet."""
        state, quotes = self._session.state, self._session.quotes
        stance, draft = quotes.stance, quotes.draft
        frame = stance or draft
        if state is None or frame is None:
            self.setText("")
            return None
        holder = shortened(ref_text(state, frame.holder), _LONGEST)
        target = shortened(target_text(state, frame.target), _LONGEST)
        whose = f"{holder} → {target}"
        if stance is None:
            self.setText(tr("A side here is that of {}").format(whose))
            return None
        side = f"{POSITION_MARKS[stance.position]} {position_name(stance.position)}"
        words = tr("Stance: {}, {}") if stance.decision.decided else tr("Suggested: {}, {}")
        self.setText(words.format(side, whose))
        return stance.position
