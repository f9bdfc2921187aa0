"""How the analyst likes to read: what of it is kept from day to day, and how it is written down."""

from __future__ import annotations

from dataclasses import asdict, dataclass

COLUMNS = {"narrow": 520, "normal": 640, "wide": 800, "window": 4_000}
"""How wide the text may run, in pixels at 100 %; ``window`` is as wide as there is room."""
SPACINGS = {"tight": 1.6, "normal": 1.8, "airy": 2.1}
"""How far lines of the body lie apart, as a multiple of its letters' size."""
FACES = ("serif", "sans", "mono")


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """``family`` is one of :data:`FACES`, or the name of a font the system has."""

    column: str = "normal"
    family: str = "serif"
    spacing: str = "normal"
    folded: bool = False
    """Boilerplate is folded away."""
    stance_lines: bool = False
    """All stances have a line from holder to target, not the one in focus alone."""

    @property
    def width(self) -> int:
        """The column's width in pixels at 100 %."""
        return COLUMNS[self.column]

    @property
    def leading(self) -> float:
        """How far lines lie apart, 1.0 being what they do by default."""
        return SPACINGS[self.spacing] / SPACINGS["normal"]

    def to_texts(self) -> dict[str, str]:
        """Return what is to be kept, by name."""
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def of_texts(cls, texts: dict[str, str]) -> ViewSettings:
        """Read what :meth:`to_texts` wrote; what makes no sense is as it is by default."""
        column, spacing = texts.get("column", ""), texts.get("spacing", "")
        return cls(
            column if column in COLUMNS else cls().column,
            texts.get("family") or cls().family,
            spacing if spacing in SPACINGS else cls().spacing,
            texts.get("folded") == "True",
            texts.get("stance_lines") == "True",
        )
