"""The look of the visual view: links, variables, headings, readable colours; drawn, not kept."""

from __future__ import annotations

import re

from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)

_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}%\n]*%\}")
_LEAST_CONTRAST = 4.5
_TIMES = (2, 1.5, 1.17, 1, 0.83, 0.67)
"""How large headings are, as browsers have them."""


def _luminance(colour: QColor) -> float:
    """The relative luminance as WCAG 2 defines it, 0 to 1."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: QColor, page: QColor) -> QColor:
    """The colour, or the nearest lightness of its hue that can be read on the page."""
    step = 12 if page.lightness() < 128 else -12
    tried = QColor(colour)
    while contrast(tried, page) < _LEAST_CONTRAST and 0 < tried.lightness() + step < 255:
        hue, saturation = max(tried.hslHue(), 0), tried.hslSaturation()
        tried.setHsl(hue, saturation, tried.lightness() + step)
    return tried


class VisualColours(QSyntaxHighlighter):
    """Draws what has no colour of its own in the value, or one that the page would swallow.

    A mail is made for white paper: its dark grey is lightened on a dark page, and only there.
    """

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._choose(palette)

    def show_palette(self, palette: QPalette) -> None:
        """Take the colours of a palette."""
        self._choose(palette)
        self.rehighlight()

    def _choose(self, palette: QPalette) -> None:
        self._page = palette.color(QPalette.ColorRole.Base)
        self._link = readable(palette.color(QPalette.ColorRole.Link), self._page)
        ground = QColor(palette.color(QPalette.ColorRole.Highlight))
        ground.setAlphaF(0.16)
        self._ground = ground
        self._shown: dict[str, QColor] = {}

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        start = block.position()
        variables = list(_VARIABLE.finditer(text)) if "{" in text else []
        size = self._heading_size(block.blockFormat().headingLevel())
        each = block.begin()
        while not each.atEnd():
            fragment = each.fragment()
            each += 1
            form = fragment.charFormat()
            link = form.isAnchor()
            coloured = form.hasProperty(QTextCharFormat.Property.ForegroundBrush)
            if not (link or coloured or size):
                continue
            drawn = QTextCharFormat()
            if coloured:
                drawn.setForeground(self._readable(form.foreground().color()))
            elif link:
                drawn.setForeground(self._link)
            if link or coloured:
                drawn.setFontUnderline(link or form.fontUnderline())
            if size and not _has_size(form):
                drawn.setProperty(QTextCharFormat.Property.FontPixelSize, size)
            self.setFormat(fragment.position() - start, fragment.length(), drawn)
        for found in variables:
            before = units(text[: found.start()])
            for index in range(before, before + units(found[0])):
                drawn = QTextCharFormat(self.format(index))
                drawn.setBackground(self._ground)
                self.setFormat(index, 1, drawn)

    def _heading_size(self, level: int) -> int:
        """The pixels that mail programs give to the text of a heading; 0 for other text."""
        if not level:
            return 0
        return round(QFontInfo(self.document().defaultFont()).pixelSize() * _TIMES[level - 1])

    def _readable(self, colour: QColor) -> QColor:
        name = colour.name()
        if name not in self._shown:
            self._shown[name] = readable(colour, self._page)
        return self._shown[name]


def _has_size(form: QTextCharFormat) -> bool:
    known = (QTextCharFormat.Property.FontPixelSize, QTextCharFormat.Property.FontPointSize)
    return any(map(form.hasProperty, known))


def units(text: str) -> int:
    """The length of a text as Qt counts it, in UTF-16 units."""
    beyond = 0 if text.isascii() else sum(character > "\uffff" for character in text)
    return len(text) + beyond
