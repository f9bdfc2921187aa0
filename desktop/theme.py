"""The colours, type and measures of the window, light and dark.

The tokens are those of a label's ``colour`` column and of the stances. :func:`current` gives the
theme now in force; it follows the system (``QStyleHints.colorScheme``) and changes live:
:func:`install` sets the application's palette and style sheet again, so that every widget gets
its ``changeEvent(PaletteChange)`` and may ask :func:`current` anew. Nobody keeps a theme.
"""

from __future__ import annotations

from functools import cache
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources

if TYPE_CHECKING:
    from desktop import colours

INTERFACE_SIZE = 13  # pixels
ARTICLE_SIZE = 17  # pixels, at 100 % zoom
_CHOSEN, _WORN = "standfirst.scheme", "standfirst.dark"  # properties of the application

# token: (line light, line dark, fill light, fill dark). The lines of entities are told apart
# without red and without green too, and so are those of stances (tests/test_colours.py).
_PAIRS = {
    "person": ("#2F6FDB", "#8AB4FF", "#DCE8FD", "#20314F"),
    "org": ("#A65F00", "#F0B45A", "#FBE7C8", "#453418"),
    "place": ("#138064", "#66D4A8", "#D5F0E4", "#173B30"),
    "norp": ("#6F46B6", "#A58FDD", "#E9DFFA", "#322648"),
    "law": ("#B03A5B", "#E58AA8", "#F9DDE4", "#462530"),
    "number": ("#5F6875", "#AAB3BF", "#E8EAED", "#2B3138"),
    "favor": ("#116E5E", "#4ED6CB", "#E2F4F2", "#14302F"),
    "against": ("#C2410C", "#FF9466", "#FCEBE2", "#3A2419"),
    "neutral": ("#5F6875", "#B2B2B2", "#E8EAED", "#2B3138"),
    "mixed": ("#6F46B6", "#A58FDD", "#E9DFFA", "#322648"),
    "unclear": ("#707070", "#9AA3AE", "#F0F0EE", "#262B31"),
    "focus": ("#2457D6", "#7FA6FF", "#EEF3FE", "#20293A"),
    "found": ("#8A6A00", "#E3C655", "#FFF1A8", "#443C12"),
}
_ALIASES = {
    "gpe": "place",
    "loc": "place",
    "fac": "place",
    "event": "law",
    "date": "number",
    "time": "number",
    "money": "number",
    "percent": "number",
    "quantity": "number",
    "ordinal": "number",
    "cardinal": "number",
    "for": "favor",
}


TOKENS = tuple(token for token in _PAIRS if token != "focus")
"""The tokens a label may have as its colour."""


class Theme(NamedTuple):
    """One set of colours; attributes are ``QColor``, ``line`` and ``fill`` take a token."""

    dark: bool
    page: QColor
    """Behind the article."""
    panel: QColor
    """Behind library, inspector, header and footer."""
    card: QColor
    """A card or field upon a panel."""
    key: QColor
    """Behind the name of a key."""
    ink: QColor
    muted: QColor
    rule: QColor
    """Thin lines between things."""
    on_focus: QColor
    """Text upon the focus colour."""

    def line(self, token: str) -> QColor:
        """Return a token's full colour, for underlines, marks and chips; unknown is ``number``.

        A free colour, ``#2F6FDB`` or ``#2F6FDB/#8AB4FF`` for light and dark, is a token as well.
        """
        return self._pair(token)[0]

    def fill(self, token: str) -> QColor:
        """Return a token's pale colour, on which ``ink`` keeps at least 7:1."""
        return self._pair(token)[1]

    @property
    def focus(self) -> QColor:
        """The one accent: the ring, the primary button, the chosen row."""
        return self.line("focus")

    def _pair(self, token: str) -> tuple[QColor, QColor]:
        return _pair(token.lower(), self.dark)


@cache
def _pair(token: str, dark: bool) -> tuple[QColor, QColor]:
    if token.startswith("#"):
        four = quartet(token)
        pair = (four.line, four.dark_line, four.fill, four.dark_fill)
    else:
        pair = _PAIRS.get(_ALIASES.get(token, token), _PAIRS["number"])
    return QColor(pair[dark]), QColor(pair[2 + dark])


def quartet(token: str) -> colours.Quartet:
    """Return the four colours of a token, or of a free colour; an unknown one is ``number``."""
    from desktop import colours  # the first paint has little use for it

    line, _, dark = token.partition("/")
    if colours.is_colour(line):
        return colours.quartet(line, dark if colours.is_colour(dark) else None, *papers())
    line, dark, fill, dark_fill = _PAIRS.get(_ALIASES.get(token, token), _PAIRS["number"])
    return colours.Quartet(line, dark, fill, dark_fill)


def papers() -> tuple[colours.Paper, colours.Paper]:
    """Return what labels lie on in the light theme and in the dark one."""
    from desktop import colours

    light, dark = (colours.Paper(t.page.name(), t.ink.name()) for t in (LIGHT, DARK))
    return light, dark


LIGHT = Theme(
    dark=False,
    page=QColor("#FFFEFB"),
    panel=QColor("#FFFFFF"),
    card=QColor("#F5F4F1"),
    key=QColor("#ECEAE5"),
    ink=QColor("#1E2227"),
    muted=QColor("#6A717B"),
    rule=QColor("#E4E2DC"),
    on_focus=QColor("#FFFFFF"),
)
DARK = Theme(
    dark=True,
    page=QColor("#191D22"),
    panel=QColor("#1B1F24"),
    card=QColor("#21262C"),
    key=QColor("#2F363E"),
    ink=QColor("#E6E8EB"),
    muted=QColor("#9AA3AE"),
    rule=QColor("#2A3037"),
    on_focus=QColor("#10141A"),
)


_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def current(app: QGuiApplication | None = None) -> Theme:
    """Return the theme in force: the chosen one, else the system's, else the light one."""
    app = app or QGuiApplication.instance()  # pyright: ignore[reportAssignmentType]
    chosen = app.property(_CHOSEN) if app else None
    scheme = Qt.ColorScheme(chosen) if chosen else QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def install(app: QApplication) -> None:
    """Dress the application, now and whenever the system changes between light and dark."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(INTERFACE_SIZE)
    app.setFont(font)
    app.styleHints().colorSchemeChanged.connect(lambda: _dress(app))
    _dress(app)


def choose(appearance: str) -> None:
    """Be "light" or "dark" instead of what the system is; any other word follows it again.

    ``QStyleHints.setColorScheme`` would do, but does nothing on a desktop without a portal.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setProperty(_CHOSEN, _SCHEMES.get(appearance, Qt.ColorScheme.Unknown).value)
    _dress(app)


def _dress(app: QApplication) -> None:
    theme = current(app)
    if app.property(_WORN) == theme.dark:
        return
    app.setProperty(_WORN, theme.dark)
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


_ARTICLE_FACES = {
    "serif": (
        ["Noto Serif", "Source Serif 4", "Charter", "Georgia", "DejaVu Serif"],
        QFont.StyleHint.Serif,
    ),
    "sans": (["Inter", "Noto Sans", "DejaVu Sans", "Arial"], QFont.StyleHint.SansSerif),
    "mono": (["JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono"], QFont.StyleHint.Monospace),
}


def article_font(family: str, size: float) -> QFont:
    """Return the face at ``size`` pixels: the best serif, sans or mono here, or a named one."""
    serifs, _ = _ARTICLE_FACES["serif"]
    families, hint = _ARTICLE_FACES.get(family, ([family, *serifs], QFont.StyleHint.Serif))
    font = QFont()
    font.setFamilies(families)
    font.setStyleHint(hint)
    font.setPixelSize(round(size))
    return font


def serif(size: float) -> QFont:
    """Return the best serif this system has, at ``size`` pixels."""
    return article_font("serif", size)


def _palette(theme: Theme) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for name, colour in {
        role.Window: theme.panel,
        role.WindowText: theme.ink,
        role.Base: theme.panel,
        role.AlternateBase: theme.card,
        role.Text: theme.ink,
        role.Button: theme.panel,
        role.ButtonText: theme.ink,
        role.BrightText: theme.ink,
        role.ToolTipBase: theme.card,
        role.ToolTipText: theme.ink,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.focus,
        role.HighlightedText: theme.on_focus,
        role.Accent: theme.focus,
        role.Link: theme.focus,
        role.LinkVisited: theme.focus,
        role.Light: theme.panel,
        role.Midlight: theme.card,
        role.Mid: theme.rule,
        role.Dark: theme.muted,
        role.Shadow: theme.rule,
    }.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.muted)
    return palette


def _style_sheet(theme: Theme) -> str:
    template = Template(resources.path("theme.qss").read_text(encoding="utf-8"))
    named = {
        name: getattr(theme, name).name()
        for name in ("page", "panel", "card", "key", "ink", "muted", "rule", "focus", "on_focus")
    }
    return template.substitute(
        named,
        focus_fill=theme.fill("focus").name(),
        warn=theme.line("org").name(),
        warn_fill=theme.fill("org").name(),
        good=theme.line("place").name(),
        **{name: resources.path("icons", f"{name}.svg").as_posix() for name in ("arrow", "more")},
    )
