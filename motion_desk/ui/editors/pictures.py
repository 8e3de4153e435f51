"""Pictures: embedded in a text as data, checked when they come in, drawn when they are shown."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter, QTextDocument

from motion_desk.models.engines.html_blocks import Picture

MOST_BYTES = 1_000_000
WIDEST = 600
"""Pixels: the width that mail programs show without scrolling."""

_MOST_PIXELS = 40_000_000
# What mail programs show, by how the data begins. The file's name proves nothing.
_BEGINNINGS = {
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpeg": rb"\xff\xd8\xff",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF....WEBP",
}
_DATA = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)


class UnfitPictureError(ValueError):
    """A picture that cannot be taken; its text says why and what to do, for a person."""


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("Pictures", text)


def read_file(path: Path) -> tuple[str, QSize]:
    """A picture file as a ``data:`` address, and its size in pixels.

    PNG, JPEG, GIF and WebP of at most 1 MB; raises ``UnfitPictureError`` for all else.
    """
    try:
        length = path.stat().st_size
        data = path.read_bytes() if length <= MOST_BYTES else b""
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnfitPictureError(tr("“{}” cannot be read: {}.").format(path.name, reason)) from error
    return _embedded(path.name, data, length)


def from_image(image: QImage) -> tuple[str, QSize]:
    """A copied picture as a ``data:`` address of a PNG, and its size in pixels."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return _embedded(tr("The copied picture"), bytes(data.data()), data.size())


def fitted(source: str, alt: str, size: QSize) -> Picture:
    """A picture of a natural size, made narrower where mail programs would have to scroll."""
    width, height = size.width(), size.height()
    if width > WIDEST:
        width, height = WIDEST, max(round(height * WIDEST / width), 1)
    return Picture(source, alt, width, height)


def words(path: Path) -> str:
    """A picture's alternative text, as its file's name suggests it."""
    return " ".join(re.split(r"[-_\s]+", path.stem)).strip()


def _embedded(name: str, data: bytes, length: int) -> tuple[str, QSize]:
    if length > MOST_BYTES:
        raise UnfitPictureError(
            tr("“{}” has {:.1f} MB; at most 1 MB can stand in a mail. Make it smaller.").format(
                name, max(length / 1_000_000, 1.1)
            )
        )
    kind = _kind(data)
    if not kind:
        raise UnfitPictureError(
            tr("“{}” is no PNG, JPEG, GIF or WebP picture. Save it as one of these.").format(name)
        )
    image = _decoded(data)
    if image is None:
        raise UnfitPictureError(tr("“{}” is damaged and cannot be shown.").format(name))
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    return source, image.size()


def _kind(data: bytes) -> str:
    for kind, beginning in _BEGINNINGS.items():
        if re.match(beginning, data, re.DOTALL):
            return kind
    return ""


def _decoded(data: bytes) -> QImage | None:
    kind = _kind(data)
    if not kind:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    size = reader.size()
    # A small file can claim to be huge and fill the memory when it is drawn.
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    image = reader.read()
    return None if image.isNull() else image


def is_embedded(source: str) -> bool:
    """Whether a picture's source is a whole, sound picture itself, of at most 1 MB."""
    return _drawn(source) is not None


@lru_cache(maxsize=24)
def _drawn(source: str) -> QImage | None:
    found = _DATA.match(source)
    if not found or len(source) > MOST_BYTES * 4 // 3 + 100:
        return None
    try:
        data = base64.b64decode("".join(source[found.end() :].split()), validate=True)
    except ValueError:
        return None
    return _decoded(data)


class Pictures:
    """The pictures of one document, under short names: Qt looks at a name at every layout.

    Nothing is ever fetched, neither from a file nor from the network: what is not embedded is
    drawn as a box that names its source.
    """

    def __init__(self) -> None:
        self._sources: list[str] = []
        self._names: dict[str, str] = {}

    def name(self, source: str) -> str:
        """The name of a source in documents."""
        if source not in self._names:
            self._names[source] = f"picture:{len(self._sources)}"
            self._sources.append(source)
        return self._names[source]

    def source(self, name: str) -> str:
        """The source that has a name; empty for a foreign name."""
        prefix, _, number = name.partition(":")
        known = prefix == "picture" and number.isdecimal() and int(number) < len(self._sources)
        return self._sources[int(number)] if known else ""

    def offer(self, document: QTextDocument, source: str, size: QSize) -> str:
        """Let a document draw a source; gives its name. ``size`` is for what cannot be drawn."""
        name = self.name(source)
        url = QUrl(name)
        kind = int(QTextDocument.ResourceType.ImageResource)
        # Always: a document that is cleared forgets, and asking it would make it look elsewhere.
        document.addResource(kind, url, _drawn(source) or _box(source, size))
        return name


def _box(source: str, size: QSize) -> QImage:
    """A box in a picture's place, with the end of its address."""
    width = min(max(size.width() or 200, 24), 1200)
    height = min(max(size.height() or 48, 20), 800)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(128, 128, 128, 40))
    painter = QPainter(image)
    # A grey that can be read on white and on black.
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(0, 0, width - 1, height - 1)
    embedded = source.startswith("data:")
    text = tr("damaged picture") if embedded else source.rpartition("/")[2] or source
    room = QRect(6, 2, width - 12, height - 4)
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
    return image
