"""Whether colours can be read and told apart: contrast, colour blindness, differences; Qt-free.

- Contrast is that of WCAG 2.1 (relative luminance of sRGB).
- Colour blindness is simulated after Machado, Oliveira and Fernandes, "A Physiologically-based
  Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009: their matrices of
  severity 1.0, applied to linear RGB.
- Differences are CIEDE2000 (Sharma, Wu and Dalal, Color Research and Application 30 (1), 2005) in
  CIELAB under D65.

A colour is ``#RRGGBB``; sRGB components are 0 to 1.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import product
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

RGB = tuple[float, float, float]

ON_FILL, ON_PAGE = 7.0, 4.5
"""Contrasts that text on a fill, and a line or chip on the page, must reach."""
APART = 6.0
"""CIEDE2000 from which we take two thin lines to be told apart at a glance: our own choice, some
three times what is just noticeable between large patches side by side."""

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_WHITE = (0.95047, 1.0, 1.08883)  # D65, 2°


class Sight(Enum):
    """Whose eyes: full sight, without the red-sensitive cones, without the green-sensitive."""

    FULL = "full"
    PROTAN = "protanopia"
    DEUTAN = "deuteranopia"


_MACHADO = {
    Sight.PROTAN: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Sight.DEUTAN: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour such as ``#2F6FDB``."""
    return _COLOUR.fullmatch(text) is not None


def rgb(colour: str) -> RGB:
    """Return a colour's sRGB components.

    Raises:
        ValueError: if it is none.
    """
    if not is_colour(colour):
        raise ValueError(f"not a colour: {colour}")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def written(components: RGB) -> str:
    """Return sRGB components as a colour; what lies outside is brought to the edge."""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, one))):02X}" for one in components)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.1 has it: 0 for black, 1 for white."""
    red, green, blue = map(_linear, rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, sight: Sight) -> str:
    """Return how a colour looks to such eyes."""
    if sight is Sight.FULL:
        return colour
    linear = [_linear(one) for one in rgb(colour)]
    red, green, blue = (
        _gamma(sum(weight * one for weight, one in zip(row, linear, strict=True)))
        for row in _MACHADO[sight]
    )
    return written((red, green, blue))


@cache
def lab(colour: str) -> RGB:
    """Return a colour in CIELAB under D65."""
    red, green, blue = map(_linear, rgb(colour))
    x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = 0.0193339 * red + 0.1191920 * green + 0.9503041 * blue
    fx, fy, fz = (_cube_root(one / white) for one, white in zip((x, y, z), _WHITE, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@cache
def difference(one: str, other: str, sight: Sight = Sight.FULL) -> float:
    """Return CIEDE2000 between two colours as such eyes see them."""
    return ciede2000(lab(seen(one, sight)), lab(seen(other, sight)))


def ciede2000(one: RGB, other: RGB) -> float:
    """Return CIEDE2000 between two CIELAB colours, with all weights 1."""
    l1, a1, b1 = one
    l2, a2, b2 = other
    mean_chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = (degrees(atan2(b, a)) % 360 if a or b else 0.0 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0
    if c1 * c2:
        turn = (h2 - h1 + 180) % 360 - 180
        if abs(h2 - h1) == 180:
            turn = h2 - h1
    delta_h = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2
    if c1 * c2:
        far = abs(h1 - h2) > 180
        hue = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2 if far else (h1 + h2) / 2
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    s_l = 1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    r_c = 2 * sqrt(chroma**7 / (chroma**7 + 25.0**7))
    r_t = -sin(radians(60 * exp(-(((hue - 275) / 25) ** 2)))) * r_c
    dl, dc, dh = (l2 - l1) / s_l, (c2 - c1) / s_c, delta_h / s_h
    return sqrt(dl**2 + dc**2 + dh**2 + r_t * dc * dh)


# A label's four colours


@dataclass(frozen=True)
class Paper:
    """What a label's colours lie on, in light or in dark."""

    page: str
    ink: str


@dataclass(frozen=True)
class Quartet:
    """A label's colours: line and fill, on light and on dark."""

    line: str
    dark_line: str
    fill: str
    dark_fill: str


@cache
def quartet(line: str, dark_line: str | None, light: Paper, dark: Paper) -> Quartet:
    """Return a free colour's four: the dark line has its hue, the fills are pale of it."""
    if dark_line is None:
        hue, _, saturation = _hls(line)
        dark_line = _lit(hue, max(0.62, _hls(line)[1]), min(saturation, 0.95))
        for lightness in range(62, 96, 2):
            dark_line = _lit(hue, lightness / 100, min(saturation, 0.95))
            if contrast(dark_line, dark.page) >= ON_PAGE + 1.5:
                break
    fill = mixed(line, light.page, 0.16)
    dark_fill = mixed(dark_line, dark.page, 0.20)
    for share in (0.13, 0.10, 0.07):
        if contrast(fill, light.ink) < ON_FILL + 1:
            fill = mixed(line, light.page, share)
        if contrast(dark_fill, dark.ink) < ON_FILL + 1:
            dark_fill = mixed(dark_line, dark.page, share)
    return Quartet(line, dark_line, fill, dark_fill)


def mixed(colour: str, ground: str, share: float) -> str:
    """Return a ground with that share of a colour in it."""
    red, green, blue = (
        share * one + (1 - share) * other
        for one, other in zip(rgb(colour), rgb(ground), strict=True)
    )
    return written((red, green, blue))


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a label's colours: contrasts that fall short, and labels they pass for.

    ``on_fill`` and ``on_page`` are the lower of light and dark; ``dark_fails`` tells that it is
    dark which falls short. ``nearest`` is the label that is hardest to tell apart, to whose eyes,
    and how far off it is (CIEDE2000), None where there is no other.
    """

    on_fill: float
    on_page: float
    dark_fails: bool
    nearest: tuple[str, Sight, float] | None

    @property
    def readable(self) -> bool:
        """Whether both contrasts suffice, in light and in dark."""
        return self.on_fill >= ON_FILL and self.on_page >= ON_PAGE

    @property
    def apart(self) -> bool:
        """Whether everybody can tell it from every other label."""
        return self.nearest is None or self.nearest[2] >= APART

    @property
    def good(self) -> bool:
        """Whether there is nothing to do."""
        return self.readable and self.apart


def judge(mine: Quartet, others: Mapping[str, Quartet], light: Paper, dark: Paper) -> Verdict:
    """Return the verdict on a label's colours beside those of other labels, by their names."""
    fills = contrast(mine.fill, light.ink), contrast(mine.dark_fill, dark.ink)
    lines = contrast(mine.line, light.page), contrast(mine.dark_line, dark.page)
    nearest: tuple[str, Sight, float] | None = None
    for (name, other), sight in product(others.items(), Sight):
        if other == mine:
            continue  # one colour for several labels is meant so
        far = min(
            difference(mine.line, other.line, sight),
            difference(mine.dark_line, other.dark_line, sight),
        )
        if nearest is None or far < nearest[2]:
            nearest = name, sight, far
    dark_fails = (fills[1] < ON_FILL or lines[1] < ON_PAGE) and not (
        fills[0] < ON_FILL or lines[0] < ON_PAGE
    )
    return Verdict(min(fills), min(lines), dark_fails, nearest)


def suggest(others: Iterable[Quartet], light: Paper, dark: Paper) -> Iterator[str | None]:
    """Look for a free colour that can be read and is told apart best; None where none passes.

    Yields the best so far after every step, some tenths of a millisecond each: the last is it.
    It is looked for among 24 hues, in steps of lightness and saturation.
    """
    rest = {str(nth): other for nth, other in enumerate(dict.fromkeys(others))}
    best: tuple[float, str | None] = 0.0, None
    for hue, lightness, saturation in product(range(0, 360, 15), range(20, 50, 6), (40, 65, 90)):
        line = _lit(hue / 360, lightness / 100, saturation / 100)
        if contrast(line, light.page) >= ON_PAGE:
            verdict = judge(quartet(line, None, light, dark), rest, light, dark)
            far = verdict.nearest[2] if verdict.nearest else 100.0
            # Of those that are far enough the more colourful is liked better.
            if verdict.good and min(far, 2 * APART) + saturation / 15 > best[0]:
                best = min(far, 2 * APART) + saturation / 15, line
        yield best[1]


def _hls(colour: str) -> RGB:
    return colorsys.rgb_to_hls(*rgb(colour))


def _lit(hue: float, lightness: float, saturation: float) -> str:
    return written(colorsys.hls_to_rgb(hue, lightness, saturation))


def _linear(component: float) -> float:
    return component / 12.92 if component <= 0.04045 else ((component + 0.055) / 1.055) ** 2.4


def _gamma(component: float) -> float:
    component = min(1.0, max(0.0, component))
    return 12.92 * component if component <= 0.0031308 else 1.055 * component ** (1 / 2.4) - 0.055


def _cube_root(share: float) -> float:
    return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
