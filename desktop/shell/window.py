"""The main window: where everything lies. It knows how things look, not what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.screens import FRAME
from desktop.shell import panes as panes_by_key
from desktop.shell.command_field import Choice, CommandField
from desktop.shell.footer import Footer
from desktop.shell.header import Header
from desktop.shell.invitation import Invitation
from desktop.shell.menus import DIGITS, SIDES, SPECS, key_name, plain, tr
from desktop.shell.message import MessageBar, NameBar, Toast
from desktop.shell.side_panes import SidePanes

if TYPE_CHECKING:
    from desktop.shell.actions import Actions

LIBRARY, INSPECTOR = 272, 348
_SIZE = QSize(1440, 900)
_PANES = (232, 320, 320)  # pixels, at least: library, article, inspector
_LEAST = QSize(sum(_PANES[1:]) + 1, 400)  # the library folds away where a screen has no room for it


class MainWindow(QMainWindow):
    """Header, three panes, footer; and what is said over them. The panes are empty at first."""

    painted = Signal()  # for the first time, and after :meth:`tell_when_painted`
    dropped = Signal(object)  # QMimeData
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Standfirst")
        self._told_painted = False
        self._facts: set[str] = set()
        self._library, self.inspector_pane = QWidget(), QWidget()
        self.inspector_pane.setObjectName("inspector")
        self._invitation = Invitation()
        self._article: QWidget = self._invitation
        self._instead: QWidget | None = None
        self._article_choices: Callable[[Sequence[str]], Iterable[Choice]] = lambda _words: ()
        self.field = CommandField(self._choices, "Ctrl K")
        self.field.left.connect(self.go_to_article)
        self.header = Header(self.field)
        self.footer = Footer()
        self.message = MessageBar()

        self._page = QStackedWidget()
        self._page.addWidget(self._invitation)
        self.toast = Toast(self._page)
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._panes.setHandleWidth(1)
        panes = (self._library, self._page, self.inspector_pane)
        for number, (pane, least) in enumerate(zip(panes, _PANES, strict=True)):
            pane.setMinimumWidth(least)
            self._panes.addWidget(pane)
            self._panes.setCollapsible(number, False)
            self._panes.setStretchFactor(number, int(pane is self._page))
        size = first_size(self.screen().availableSize())
        self._panes.setSizes([LIBRARY, size.width() - LIBRARY - INSPECTOR, INSPECTOR])

        self._middle = QWidget()
        self._rows = QVBoxLayout(self._middle)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        for part in (self.header, self.message):
            self._rows.addWidget(part)
        self._rows.addWidget(self._panes, 1)
        self._rows.addWidget(self.footer)
        self.setCentralWidget(self._middle)
        self._sides = SidePanes(self._page, self._library, self.inspector_pane)
        self.setMinimumSize(self._sides.least, _LEAST.height())
        self.resize(size)

    def fill(
        self,
        library: QWidget,
        article: QWidget,
        choices: Callable[[Sequence[str]], Iterable[Choice]],
    ) -> None:
        """Put library and article into their panes; the command field offers ``choices`` too."""
        # In a language with longer words a pane needs more.
        library.setMinimumWidth(max(_PANES[0], library.minimumSizeHint().width()))
        self._panes.replaceWidget(0, library)
        self._sides.replace(self._library, library)
        self._library.deleteLater()
        self.setMinimumSize(self._sides.least, _LEAST.height())
        self._page.addWidget(article)
        self._page.setCurrentWidget(article)
        self._library, self._article, self._article_choices = library, article, choices
        self.setAcceptDrops(True)  # from now on somebody takes what is dropped

    @cached_property
    def actions_table(self) -> Actions:
        """All that can be done; the first paint shows the names of the menus alone."""
        from desktop.shell.actions import Actions

        table = Actions(self, (self._library, self._article, self.inspector_pane), self._article)
        table.fill(self.header.menus)
        self.header.twins.clicked.connect(table["twins"].trigger)
        export, button = table["export"], self.header.export
        button.clicked.connect(export.trigger)
        export.enabledChanged.connect(button.setEnabled)
        for spec in SPECS:
            if spec.keys:
                keys = ", ".join(key_name(key) for key in spec.keys[:1])
                table[spec.id].setToolTip(f"{plain(tr(spec.text))} ({keys})")
        return table

    # What it shows

    def show_project(self, name: str) -> None:
        """Show which project it is on, in the title too."""
        self.header.show_project(name)
        self.setWindowTitle(name)

    def forget(self) -> None:
        """Say nothing more of a project that was open before."""
        self.footer.forget()
        for said in (self.message, self.toast, *self.findChildren(NameBar)):
            said.hide()

    def show_invitation(self, empty: bool, *, project: bool = True) -> None:
        """Show, instead of an article, how one comes in; without a project, how to get one."""
        self._invitation.ask_for(project=not project)
        self._page.setCurrentWidget(self._invitation if empty else self._instead or self._article)

    def show_instead(self, page: QWidget | None) -> None:
        """Show a page in the article's place; with None the article again."""
        self._instead = page
        if page and self._page.indexOf(page) < 0:
            self._page.addWidget(page)
        if self._page.currentWidget() is not self._invitation:
            self._page.setCurrentWidget(page or self._article)

    def know(self, facts: set[str]) -> None:
        """Enable what can be done now; the footer says so when it is told to."""
        self.actions_table.know(facts)
        self._facts = facts

    def show_keys(self) -> None:
        """Say which keys work; not while another window, a menu among them, has them all."""
        if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
            from desktop.shell.hints import hints

            table = self.actions_table
            self.footer.show_keys(hints(table.enabled(), self._facts, table.reach()))

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name what undo and redo would do."""
        self.footer.show_undo(undo)
        for identifier, verb, title in (
            ("undo", self.tr("&Undo"), undo),
            ("redo", self.tr("&Redo"), redo),
        ):
            named = f"{verb} {title.replace('&', '&&')}" if title else verb
            self.actions_table[identifier].setText(named)

    def ask_name(self, proposed: str, then: Callable[[str], object]) -> NameBar:
        """Ask once who is coding."""
        bar = NameBar(proposed)
        self._rows.insertWidget(1, bar)
        bar.named.connect(then)
        bar.named.connect(self.go_to_article)
        bar.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return bar

    def show_below(self, bar: QWidget) -> None:
        """Put a bar between the panes and the footer, where it moves no text."""
        self._rows.insertWidget(self._rows.indexOf(self.footer), bar)

    def go_to_article(self) -> None:
        """Give the article the keys."""
        if page := self._page.currentWidget():
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next_pane(self) -> None:
        """Move the keys one pane on: article, inspector, library, command field."""
        panes = [self._page.currentWidget(), self.inspector_pane, self._library, self.field]
        panes_by_key.go_on(panes)

    def fold(self, pane: QWidget) -> None:
        """Show or hide the library or the inspector; the article never goes."""
        if not pane.isVisible():
            self.unfold(pane)
            return
        if pane.isAncestorOf(self.focusWidget() or self):
            self.go_to_article()
        self._sides.fold(pane)

    def unfold(self, pane: QWidget) -> None:
        """Show the library or the inspector; where there is no room for both, the other goes."""
        self._sides.unfold(pane, self.width())

    def tell_when_painted(self) -> None:
        """Tell when what has changed is on screen, too."""
        self._told_painted = False
        self.update(0, 0, 1, 1)

    def bring_to_front(self) -> None:
        """Come forward, as when the same project is opened a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    # What it remembers

    def state(self) -> dict[str, QByteArray]:
        """Return size, place and panes, to be given to :meth:`restore`."""
        return {
            "geometry": self.saveGeometry(),
            "panes": self._panes.saveState(),
            "folded": QByteArray(self._sides.folded),
        }

    def restore(self, blob: Callable[[str], QByteArray]) -> None:
        """Take size, place and panes as they were."""
        self.restoreGeometry(blob("geometry"))
        self._panes.restoreState(blob("panes"))
        self._sides.fold_as(bytes(blob("folded").data()))
        self._sides.fit(self.width())

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._sides.fit(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told_painted:
            self._told_painted = True
            QTimer.singleShot(0, self.painted.emit)  # when all that lies in it is on screen too

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from_elsewhere = event.source() is None  # not words of the article itself
        if from_elsewhere and (event.mimeData().hasUrls() or event.mimeData().hasText()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _choices(self, words: Sequence[str]) -> Iterable[Choice]:
        for spec in self.actions_table.enabled():
            if spec.choices:
                for choice in self.actions_table[spec.id].menu().actions():  # type: ignore[union-attr]
                    text = f"{plain(tr(spec.text))}: {plain(choice.text())}"
                    yield Choice(text, "", "", choice.trigger)
            elif spec.id != "command" and self.actions_table[spec.id].isVisible():
                key = key_name(spec.keys[0]) if spec.keys else ""
                action = self.actions_table[spec.id]
                # Not "Undo import ‘…’": who looks for an article by its title must not undo it.
                text = action.text() if spec in (*DIGITS, *SIDES) else tr(spec.text)
                yield Choice(plain(text), "", key, action.trigger)
        yield from self._article_choices(words)


def first_size(available: QSize) -> QSize:
    """Return the size of a window that nobody has sized yet, on a screen with so much room."""
    return _SIZE.boundedTo(available - FRAME).expandedTo(_LEAST)
