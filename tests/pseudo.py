"""A language nobody speaks: what was put through ``tr()`` shows itself, and is as long as German.

“Accept” becomes “[Åççéþţ ~~~]”. Placeholders, mnemonics and key names in it stay what they are.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QTranslator

LONGER = 0.4
OPEN, CLOSE = "[", "]"
_KEPT = re.compile(r"\{[^}]*\}|%\w+|&\w|\(\*[^)]*\)|\*\.\w+|;;|\n|\t")
_LETTERS = str.maketrans("aceiounyACEIOUNY", "åçéîöûñýÅÇÉÎÖÛÑÝ")


def pseudo(text: str) -> str:
    """Return a text as it is in that language, at least :data:`LONGER` than it was."""
    parts, at = list[str](), 0
    for kept in _KEPT.finditer(text):
        parts += [text[at : kept.start()].translate(_LETTERS), kept[0]]
        at = kept.end()
    parts.append(text[at:].translate(_LETTERS))
    more = "~" * max(1, round(len(text) * LONGER) - 1)
    return f"{OPEN}{''.join(parts)} {more}{CLOSE}"


class Pseudo(QTranslator):
    """Translates everything it is asked for; ``asked`` is all of that."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked = set[str]()

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the pseudo text; file dialogs' filters are Qt's to read and stay as they are."""
        del context, disambiguation, n
        self.asked.add(text)
        return pseudo(text) if text.strip() else text
