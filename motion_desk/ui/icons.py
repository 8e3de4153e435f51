"""Icons: drawn from bundled vectors in the palette's text colour, sharp at every scale."""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from motion_desk.services import bundled


class _Engine(QIconEngine):
    """Draws one vector in the colour that the palette has at the moment of drawing."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._colour
        if not colour:
            group = (
                QPalette.ColorGroup.Disabled
                if mode is QIcon.Mode.Disabled
                else QPalette.ColorGroup.Active
            )
            colour = QGuiApplication.palette().color(group, QPalette.ColorRole.Text).name()
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        ratio = painter.device().devicePixelRatioF()
        picture = _picture(self._name, colour, side, ratio)
        painter.drawPixmap(square.topLeft(), picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if size.isEmpty():  # asked for while a layout has not given a widget its place yet
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)


def _picture(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """A vector drawn in a colour, kept for the next time: lists draw the same ones again and again."""
    key = f"{name} {colour} {side} {ratio}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        pixels = math.ceil(side * ratio)
        picture = QPixmap(pixels, pixels)
        picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        _renderer(name, colour).render(painter, QRectF(0, 0, side, side))
        painter.end()
        QPixmapCache.insert(key, picture)
    return picture


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = bundled.icon(name).replace(b"currentColor", colour.encode())
    return QSvgRenderer(QByteArray(source))


def icon(name: str, colour: str = "") -> QIcon:
    """The icon with a name of the bundled set, in the text's colour unless one is given."""
    return QIcon(_Engine(name, colour))
