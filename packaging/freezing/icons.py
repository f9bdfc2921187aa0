"""The icons in every size a desktop asks for, from the drawings in ``resources/icons``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def draw(drawing: Path, size: int, out: Path) -> Path:
    """Write an SVG as a PNG of ``size`` × ``size`` pixels, and return its path.

    Raises:
        ValueError: if the drawing cannot be read.
        OSError: if the picture cannot be written.
    """
    renderer = QSvgRenderer(QByteArray(drawing.read_bytes()))
    if not renderer.isValid():
        raise ValueError(f"{drawing} is no SVG that Qt can draw")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    out.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(out)):
        raise OSError(f"{out} could not be written")
    return out


def theme(drawing: Path, name: str, context: str, out: Path, sizes: Iterable[int] = SIZES) -> None:
    """Write a drawing under ``out`` as an icon theme has it: each size, and the drawing itself."""
    for size in sizes:
        draw(drawing, size, out / f"{size}x{size}" / context / f"{name}.png")
    scalable = out / "scalable" / context / f"{name}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(drawing.read_bytes())
