"""The table of :mod:`desktop.shell.menus` made live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from desktop.menu import Menu
from desktop.shell.menus import DIGITS, MENUS, SIDES, SPECS, ActionSpec, Scope, plain, tr


class Actions(QObject):
    """The table made live: one ``QAction`` a line, enabled by facts."""

    def __init__(self, window: QWidget, panes: Iterable[QWidget], article: QWidget) -> None:
        super().__init__(window)
        self._menus: dict[str, QMenu] = {}
        homes = {Scope.WINDOW: [window], Scope.PANES: list(panes), Scope.ARTICLE: [article]}
        self._homes = homes
        self._letters: dict[str, QAction] = {}
        self._press: Callable[[str], object] = lambda _letter: None
        self._actions: dict[str, QAction] = {}
        self._facts = set[str]()
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
        menu = self._menus[spec.id] = Menu()
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
        if facts != self._facts:  # as after most keys: nothing new can be done
            self._facts = facts
            for spec in SPECS:
                self._actions[spec.id].setEnabled(spec.needs <= facts)

    def on_letter(self, press: Callable[[str], object]) -> None:
        """Do this with a letter that a label has as its key: see :meth:`name_labels`."""
        self._press = press

    def name_labels(self, names: dict[str, str]) -> None:
        """Say what each label's key does now; those that do nothing are not shown.

        Labels may have letters besides the digits of the table, but none that the table has.
        """
        self.name_digits(names)
        for key in names.keys() - self._letters.keys():
            if key.isalpha() and owner_of(key) is None:
                action = QAction(self.parent())
                action.setShortcut(QKeySequence(key.upper()))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                action.triggered.connect(lambda _=False, letter=key: self._press(letter))
                for home in self._homes[Scope.PANES]:
                    home.addAction(action)
                self._letters[key] = action
        for key, action in self._letters.items():
            action.setText(names.get(key, ""))
            action.setEnabled(key in names)

    def name_digits(self, names: dict[str, str]) -> None:
        """Say what each digit does now; those that do nothing are not shown."""
        for spec in DIGITS:
            action = self._actions[spec.id]
            action.setText(names.get(spec.keys[0], ""))
            action.setVisible(spec.keys[0] in names)

    def name_sides(self, names: Sequence[str]) -> None:
        """Say which stance each key takes on what is pointed at; the rest are not shown."""
        for at, spec in enumerate(SIDES):
            named = at < len(names)
            words = tr("Stance on this: {}").format(names[at]) if named else tr(spec.text)
            self._actions[spec.id].setText(words)
            self._actions[spec.id].setVisible(named)

    def enabled(self) -> list[ActionSpec]:
        """Return the lines that can be done now, in the table's order."""
        return [spec for spec in SPECS if spec.needs <= self._facts]

    def reach(self) -> set[Scope]:
        """Return the scopes whose keys work where the keys are now."""
        here = QApplication.focusWidget()
        if here is None:  # nobody looks: as in the article, which gets them first
            return set(Scope)
        letters = not _keeps_letters(here)
        return {
            scope
            for scope, homes in self._homes.items()
            if any(home is here or home.isAncestorOf(here) for home in homes)
            and (letters or scope is Scope.WINDOW)
        }

    def fill(self, bar: QMenuBar) -> None:
        """Fill the menus of the bar, which has one for each of :data:`MENUS`."""
        for menu, named in zip(MENUS, bar.actions(), strict=True):
            shown: QMenu = named.menu()  # pyright: ignore[reportAssignmentType]
            # Alt and the letter open it; the letter is not underlined, to keep the header calm.
            letter = QKeySequence.mnemonic(tr(menu.text))
            opens = QShortcut(letter, bar)
            opens.activated.connect(partial(bar.setActiveAction, named))
            for spec in menu.items:
                if spec is None:
                    shown.addSeparator()
                else:
                    shown.addAction(self._actions[spec.id])


def _keeps_letters(widget: QWidget) -> bool:
    """Tell whether what is typed here stays here; a field says so before any action is asked."""
    none = Qt.KeyboardModifier.NoModifier
    letter = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_X, none, "x")
    letter.ignore()
    QApplication.sendEvent(widget, letter)
    return letter.isAccepted()


def owner_of(key: str) -> str | None:
    """Return what an action of the table that has this very key does, or None; not for digits."""
    keyed = (spec for spec in SPECS if spec not in DIGITS)
    found = next((spec for spec in keyed if key.upper() in spec.keys), None)
    return plain(tr(found.text)) if found else None
