"""The table of :mod:`desktop.shell.menus` made live."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.shell.menus import DIGITS, MENUS, SPECS, ActionSpec, Scope, tr


class Actions(QObject):
    """The table made live: one ``QAction`` a line, enabled by facts."""

    def __init__(self, window: QWidget, panes: Iterable[QWidget], article: QWidget) -> None:
        super().__init__(window)
        self._menus: dict[str, QMenu] = {}
        homes = {Scope.WINDOW: [window], Scope.PANES: list(panes), Scope.ARTICLE: [article]}
        self._actions: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(tr(spec.text), window)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            if spec.scope is not Scope.WINDOW:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setEnabled(not spec.needs)
            for home in homes[spec.scope]:
                home.addAction(action)
            self._actions[spec.id] = action

    def __getitem__(self, identifier: str) -> QAction:
        return self._actions[identifier]

    def bind(self, handlers: dict[str, Callable[..., object]]) -> None:
        """Give every action its handler; choices pass the chosen value.

        Raises:
            KeyError: if a line of the table has no handler, or a handler no line.
        """
        for spec in SPECS:
            handler = handlers.pop(spec.id)
            if spec.choices:
                self._offer(spec, handler)
            else:
                self._actions[spec.id].triggered.connect(lambda _=False, do=handler: do())
        if handlers:
            raise KeyError(f"no such action: {', '.join(handlers)}")

    def _offer(self, spec: ActionSpec, handler: Callable[[str], object]) -> None:
        menu = self._menus[spec.id] = QMenu()
        group = QActionGroup(menu)
        for value, text in spec.choices:
            choice = menu.addAction(tr(text))
            choice.setCheckable(True)
            choice.setData(value)
            choice.triggered.connect(lambda _=False, chosen=value: handler(chosen))
            group.addAction(choice)
        self._actions[spec.id].setMenu(menu)

    def check(self, identifier: str, value: str) -> None:
        """Show which of an action's choices is in force."""
        for choice in self._menus[identifier].actions():
            choice.setChecked(choice.data() == value)

    def know(self, facts: set[str]) -> None:
        """Enable what can be done now."""
        for spec in SPECS:
            self._actions[spec.id].setEnabled(spec.needs <= facts)

    def name_digits(self, names: dict[str, str]) -> None:
        """Say what each digit does now; those that do nothing are not shown."""
        for spec in DIGITS:
            action = self._actions[spec.id]
            action.setText(names.get(spec.keys[0], ""))
            action.setVisible(spec.keys[0] in names)

    def enabled(self) -> list[ActionSpec]:
        """Return the lines that can be done now, in the table's order."""
        return [spec for spec in SPECS if self._actions[spec.id].isEnabled()]

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        for menu in MENUS:
            # Alt and the letter open it; the letter is not underlined, to keep the header calm.
            shown = bar.addMenu(tr(menu.text).replace("&", ""))
            letter = QKeySequence.mnemonic(tr(menu.text))
            opens = QShortcut(letter, bar)
            opens.activated.connect(partial(bar.setActiveAction, shown.menuAction()))
            for spec in menu.items:
                if spec is None:
                    shown.addSeparator()
                else:
                    shown.addAction(self._actions[spec.id])
