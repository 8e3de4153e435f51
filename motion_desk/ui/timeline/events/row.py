"""Row: one event of a timeline: when, its sign on the axis, what happens, and what decides."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.events import Basis, Event
from motion_desk.services import bundled
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.events.axis import Axis, Bar
from motion_desk.ui.timeline.events.marks import (
    SIGNS,
    TEXTS,
    lasting,
    moment,
    said,
    short,
    together,
)
from motion_desk.ui.timeline.held import held

WHEN = 82
"""Pixels for the time, in which “after 23 h 59 min 59 s” takes two lines."""
DOCUMENTED = "Motion's documentation says so: {}. A click opens the page in the browser."
MODEL = (
    "Model of the documentation: it does not say this in so many words. The nearest page is {}. A "
    "click opens it in the browser."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows: an event, what decides it, and its place on the axis.

    ``setting`` is the label of the field behind the event's key; ``whole`` the longest duration
    that is drawn in full, ``gap`` the seconds until the next event, ``None`` behind the last one.
    ``ahead`` and ``now`` say where the clock stands that plays the timeline.
    """

    event: Event
    setting: str
    whole: int
    gap: int | None
    ahead: bool = False
    now: bool = False


class EventRow(QFrame):
    """Shows one event after another; ``wanted`` names a setting, ``unfolded`` asks for the text."""

    wanted = Signal(str)
    unfolded = Signal()

    def __init__(self, number: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"timeline:event:{number}")
        self.setProperty("role", "event")
        self._shown: Shown | None = None
        self._when = wrapped("", "muted")
        self._when.setFixedWidth(WHEN)
        self._when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._when.setContentsMargins(0, 4, 0, 0)
        self._when.setObjectName(f"timeline:when:{number}")
        self._axis = Axis(theme, self)
        self.sentence = wrapped()
        self.sentence.setContentsMargins(0, 4, 0, 0)
        self.sentence.setObjectName(f"timeline:said:{number}")
        self._bar = Bar(theme, self)
        self._lasts = QLabel(self)
        self._lasts.setProperty("role", "muted")
        self._decides = QPushButton(self)
        self._decides.setObjectName(f"timeline:setting:{number}")
        self._decides.setProperty("role", "link")
        self._decides.setProperty("flush", "true")
        self._decides.setCursor(Qt.CursorShape.PointingHandCursor)
        self._decides.clicked.connect(self._go)
        self._mark = QPushButton(self)
        self._mark.setObjectName(f"timeline:basis:{number}")
        self._mark.setProperty("role", "chip")
        self._mark.clicked.connect(self._open_page)
        self.fold = QPushButton(self)
        self.fold.setObjectName(f"timeline:fold:{number}")
        self.fold.setProperty("role", "fold")
        self.fold.setIconSize(QSize(14, 14))
        self.fold.setIcon(icon("chevron-right"))
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._fold)
        self._number = number
        self._frame = QFrame(self)
        self._frame.setProperty("role", "card")
        self._frame.hide()
        self._text: Reading | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        duration = QWidget(self)
        line = QHBoxLayout(duration)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._bar)
        line.addWidget(self._lasts)
        line.addStretch(1)
        self._duration = duration
        below = QWidget(self)
        flow = Flow(below, 6)
        flow.addWidget(self._decides)
        flow.addWidget(self._mark)
        self._below = below
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(3)
        self._column.addWidget(self.sentence)
        self._column.addWidget(duration)
        self._column.addWidget(below)
        self._column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 0, 2, 0)
        grid.setHorizontalSpacing(4)
        grid.addWidget(self._when, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._axis, 0, 1)
        grid.addLayout(self._column, 0, 2)
        grid.setColumnStretch(2, 1)

    @property
    def shown(self) -> Shown | None:
        """What the row shows."""
        return self._shown

    @property
    def is_open(self) -> bool:
        """Whether the event's text is unfolded."""
        return self.fold.isChecked() and not self.fold.isHidden()

    def show_event(self, shown: Shown) -> None:
        """Show an event; only what differs from the last one is drawn."""
        before, self._shown = self._shown, shown
        if shown == before:
            return
        with held(self, self._duration, self._below):
            self._draw(shown, before)

    def _draw(self, shown: Shown, before: Shown | None) -> None:
        event = shown.event
        if before is None or before.event != event or before.setting != shown.setting:
            self._show_words(event, shown.setting)
        lasts = lasting(event)
        sign, colour = SIGNS[event.kind]
        self._duration.setVisible(lasts > 0)
        if lasts:
            self._bar.show_duration(lasts, shown.whole, "strong_border" if shown.ahead else colour)
            self._lasts.setText(in_words(lasts))
            cut = tr("This bar is broken: it would be longer than the others can be compared with.")
            self._bar.setToolTip(cut if self._bar.is_broken else "")
        self._axis.show_part(
            sign,
            colour,
            broken=shown.gap is not None and shown.gap > shown.whole > 0,
            last=shown.gap is None,
            dim=shown.ahead,
        )
        self.sentence.setEnabled(not shown.ahead)
        if self.property("now") is not shown.now:
            self.setProperty("now", shown.now)
            self.style().unpolish(self)
            self.style().polish(self)

    def _show_words(self, event: Event, setting: str) -> None:
        sentence = said(event)
        self._when.setText(moment(event.at))
        self.sentence.setText(together(breakable(sentence)))
        self.setAccessibleName(f"{moment(event.at)}: {sentence}")
        self._decides.setVisible(bool(setting))
        self._decides.setText(short(setting))
        self._decides.setToolTip(tr("Go to what decides this: {}").format(setting))
        marked = event.basis is not Basis.GIVEN
        self._mark.setVisible(marked)
        if marked:
            self._mark.setText(tr(event.basis.mark))
            about = DOCUMENTED if event.basis is Basis.DOCUMENTED else MODEL
            page = _page(event.source)
            self._mark.setToolTip(tr(about).format(f"“{page.title}”") if page else "")
        self._below.setVisible(marked or bool(setting))
        has_text = event.kind in TEXTS
        self.fold.setVisible(has_text)
        if has_text:
            self.fold.setText(tr(TEXTS[event.kind]))
        else:
            self._frame.hide()

    def show_text(self, text: str | None) -> None:
        """Show the event's text below it, or that it is being rendered; only while unfolded."""
        if not self.is_open:
            return
        if self._text is None:
            self._text = Reading(self.fold.text(), self)
            self._text.setObjectName(f"timeline:text:{self._number}")
            inner = QVBoxLayout(self._frame)
            inner.setContentsMargins(8, 5, 8, 5)
            inner.addWidget(self._text)
            self._column.addWidget(self._frame)
        shown = tr("Rendering…") if text is None else text
        if self._text.toPlainText() != shown:
            self._text.setPlainText(shown)
        self._text.setAccessibleName(self.fold.text())
        self._frame.show()

    def _fold(self, is_open: bool) -> None:
        self.fold.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if is_open:
            self.unfolded.emit()
        else:
            self._frame.hide()

    def _go(self) -> None:
        if self._shown is not None:
            self.wanted.emit(self._shown.event.key)

    def _open_page(self) -> None:
        """Open the page of Motion's documentation that the event is read from."""
        if self._shown is not None and (page := _page(self._shown.event.source)):
            QDesktopServices.openUrl(page.url)


def _page(source: str) -> bundled.Page | None:
    """The page that a source names, where its address is known."""
    try:
        return bundled.page(source)
    except KeyError:
        return None
