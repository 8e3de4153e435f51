"""The colours of HTML source: tags, attributes, values, comments, entities and variables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)

_IN_TEXT, _IN_COMMENT, _IN_TAG = 0, 1, 2
_LONGEST = 20_000
"""Characters: a longer line, such as one just pasted, is left plain."""

_TEXT = re.compile(
    r"(?P<comment><!--|<!|<\?)|(?P<tag></?[A-Za-z][\w:-]*)|(?P<entity>&#?\w+;)"
    r"|(?P<variable>\{\{[^{}\n]*\}\}|\{%[^{}%\n]*%\})"
)
_TAG = re.compile(
    r"(?P<end>/?>)|(?P<attribute>[^\s=<>\"'/]+)|=\s*(?P<value>\"[^\"]*\"?|'[^']*'?|[^\s\"'>]+)"
)
_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}%\n]*%\}")


@dataclass(frozen=True, slots=True)
class _Colours:
    tag: str
    attribute: str
    value: str
    comment: str
    entity: str
    variable: str


# Each reaches a contrast of 4.5 : 1 on a white, and on a dark grey, page.
_ON_LIGHT = _Colours("#1d4fb8", "#7a3e9d", "#21703a", "#6a737d", "#9a5b00", "#b0235f")
_ON_DARK = _Colours("#82b1ff", "#d3a6f5", "#8fd19e", "#9aa4b2", "#f0bd6a", "#ff9ac1")


def is_dark(palette: QPalette) -> bool:
    """Whether a palette has light text on a dark page."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


class HtmlColours(QSyntaxHighlighter):
    """Colours the blocks from ``first`` to ``last``; of others it keeps only where tags end.

    What is far from view is coloured when it comes near: 10,000 lines would take 0.3 s.
    """

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._first, self._last = 0, 60
        self._formats: dict[str, QTextCharFormat] = {}
        self._wide = False
        self._choose(palette)

    def show_palette(self, palette: QPalette) -> None:
        """Take the colours for light or dark pages."""
        self._choose(palette)
        self.rehighlight()

    def show_blocks(self, first: int, last: int) -> None:
        """Colour these blocks, which are in view."""
        if first >= self._first and last <= self._last:
            return
        margin = 30
        self._first, self._last = first - margin, last + margin
        block = self.document().findBlockByNumber(max(self._first, 0))
        while block.isValid() and block.blockNumber() <= self._last:
            self.rehighlightBlock(block)
            block = block.next()

    def _choose(self, palette: QPalette) -> None:
        colours = _ON_DARK if is_dark(palette) else _ON_LIGHT
        for name in _Colours.__slots__:
            form = QTextCharFormat()
            form.setForeground(QColor(getattr(colours, name)))
            self._formats[name] = form
        self._formats["comment"].setFontItalic(True)
        self._formats["variable"].setFontWeight(QFont.Weight.DemiBold)

    def highlightBlock(self, text: str) -> None:
        state = max(self.previousBlockState(), _IN_TEXT)
        if len(text) > _LONGEST:
            self.setCurrentBlockState(state)
            return
        # Qt counts UTF-16 units: an emoji is two.
        self._wide = not text.isascii() and max(text) > "\uffff"
        near = self._first <= self.currentBlock().blockNumber() <= self._last
        if not near and state == _IN_TEXT and text.count("<") == text.count(">"):
            # A line far from view that ends as it began, by all that can be seen in a moment.
            self.setCurrentBlockState(_IN_COMMENT if _opens_comment(text) else _IN_TEXT)
            return
        position = 0
        while position < len(text):
            if state == _IN_COMMENT:
                end = text.find("-->", position)
                end = len(text) if end < 0 else end + 3
                if near:
                    self._colour(text, position, end, "comment")
                state = _IN_COMMENT if end == len(text) and not text.endswith("-->") else _IN_TEXT
                position = end
            elif state == _IN_TAG:
                found = _TAG.search(text, position)
                if found is None:
                    break
                if near:
                    self._in_tag(text, found)
                if found["end"]:
                    state = _IN_TEXT
                position = found.end()
            else:
                found = _TEXT.search(text, position)
                if found is None:
                    break
                position = found.end()
                if found["comment"]:
                    position, state = self._special(text, found, near)
                    continue
                kind = str(found.lastgroup)
                if near:
                    self._colour(text, found.start(), position, kind)
                if kind == "tag":
                    state = _IN_TAG
        self.setCurrentBlockState(state)

    def _special(self, text: str, found: re.Match[str], near: bool) -> tuple[int, int]:
        """Where a comment or declaration ends in this block, and the state behind it."""
        is_comment = found[0] == "<!--"
        close = text.find("-->" if is_comment else ">", found.end())
        end = len(text) if close < 0 else close + (3 if is_comment else 1)
        if near:
            self._colour(text, found.start(), end, "comment")
        return end, _IN_COMMENT if is_comment and close < 0 else _IN_TEXT

    def _in_tag(self, text: str, found: re.Match[str]) -> None:
        kind = str(found.lastgroup)
        self._colour(text, found.start(kind), found.end(kind), "tag" if kind == "end" else kind)
        for variable in _VARIABLE.finditer(text, found.start(), found.end()):
            self._colour(text, variable.start(), variable.end(), "variable")

    def _colour(self, text: str, start: int, end: int, kind: str) -> None:
        if self._wide:
            before = sum(character > "\uffff" for character in text[:start])
            end += before + sum(character > "\uffff" for character in text[start:end])
            start += before
        self.setFormat(start, end - start, self._formats[kind])


def _opens_comment(text: str) -> bool:
    """Whether the last comment that begins in a line does not end there."""
    begins = text.rfind("<!--")
    return begins >= 0 and text.find("-->", begins) < 0
