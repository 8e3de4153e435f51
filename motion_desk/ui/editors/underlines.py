"""Underlines: waves below the variables that people should look at, with a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from motion_desk.models.engines.names import Finding, findings
from motion_desk.ui.editors.html_colours import is_dark
from motion_desk.ui.form.words import tr

PAUSE = 150
"""Milliseconds without a key press before the text is looked through: it takes 4 ms for 50 kB."""
MOST = 50
"""Underlines of one text, as many as the problems that are listed below it."""
LONGEST = 1_000_000
"""Characters that are looked through."""
_NEAR = 24
"""Pixels beside a variable at which the mouse still points to it."""

# The colours of warnings in motion_desk/ui/theme.py: that is what these findings are.
_ON_LIGHT, _ON_DARK = "#8a5300", "#f0bd6a"


@dataclass(frozen=True, slots=True)
class Place:
    """A finding and where in the view it stands, in the UTF-16 units that Qt counts."""

    start: int
    end: int
    finding: Finding

    @property
    def sentence(self) -> str:
        """What is to be looked at, without the line and column of a source."""
        said = tr(self.finding.remark).format_map(self.finding.values)
        return said[:1].upper() + said[1:]


Placing = Callable[[Iterable[Finding]], list[Place]]
Scanned = tuple[str, Placing]
"""What stands for a view's content, and a function that finds the places of what is found there."""


class Underlines(QObject):
    """Keeps the underlines of one text view; ``scanned`` says what is to be looked through there.

    All of it happens on the window's thread, in one go after a pause.
    """

    def __init__(self, view: QTextEdit | QPlainTextEdit, scanned: Callable[[], Scanned]) -> None:
        super().__init__(view)
        self._view = view
        self._scanned = scanned
        self._names: Collection[str] = ()
        self._shown: list[tuple[QTextCursor, Place]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        view.textChanged.connect(self._wait)
        view.viewport().installEventFilter(self)

    def show_names(self, names: Collection[str]) -> None:
        """Take these names for known; where there are none, nothing is underlined."""
        self._names = names
        self._wait()

    def _wait(self) -> None:
        if self._names or self._shown:
            self._pause.start()

    def look(self) -> None:
        """Look through the text now, and underline what is found."""
        self._pause.stop()
        places: list[Place] = []
        if self._names:
            text, placed = self._scanned()
            if "{" in text or "}" in text:
                found = findings(text[:LONGEST], self._names)
                places = placed(islice(found, MOST))
        if places == [place for _, place in self._shown] and self._in_place():
            return
        dark = is_dark(self._view.palette())
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(QColor(_ON_DARK if dark else _ON_LIGHT))
        self._shown = []
        selections = []
        for place in places:
            cursor = QTextCursor(self._view.document())
            cursor.setPosition(place.start)
            cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format = wave
            selections.append(selection)
            self._shown.append((cursor, place))
        self._view.setExtraSelections(selections)

    def _in_place(self) -> bool:
        return all(
            (cursor.selectionStart(), cursor.selectionEnd()) == (place.start, place.end)
            for cursor, place in self._shown
        )

    @property
    def places(self) -> tuple[Place, ...]:
        """What is underlined, as it was when the text was last looked through."""
        return tuple(place for _, place in self._shown)

    def at(self, point: QPoint) -> str:
        """The sentence of what is underlined at a point of the viewport; empty for none."""
        cursor = self._view.cursorForPosition(point)
        if abs(self._view.cursorRect(cursor).center().x() - point.x()) > _NEAR:
            return ""
        # The cursors move along while a person types.
        for mark, place in self._shown:
            if mark.selectionStart() <= cursor.position() <= mark.selectionEnd():
                return place.sentence
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if sentence := self.at(event.pos()):
                # Rich text breaks its lines; plain text would be one long one.
                QToolTip.showText(event.globalPos(), f"<p>{escape(sentence)}</p>", self._view)
                return True
        elif event.type() == QEvent.Type.PaletteChange:
            self._shown = []  # the colour of what is underlined has changed
            self._wait()
        return False
