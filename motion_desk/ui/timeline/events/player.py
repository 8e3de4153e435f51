"""Player: plays a timeline in ten seconds, or lets a slider stand for its clock."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.timeline.scale import Course
from motion_desk.ui.timeline.waits.slider import QuietSlider

WHOLE = 10_000
"""Milliseconds that a timeline takes, however long it is."""
TICK = 40
"""Milliseconds between two places of the clock."""
PLACES = 1000


def is_calm() -> bool:
    """Whether the system asks for less motion: its style then animates nothing."""
    from PySide6.QtWidgets import QStyle  # whose constants cost milliseconds to import

    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0


class Player(QWidget):
    """The button, the clock and its slider. ``moved`` tells that the clock stands elsewhere.

    ``share`` is where: from 0 to 1, where everything has happened. Each event takes the same
    time, for in seconds most of them would happen at once.
    """

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._course = Course((), 0)
        self.button = QPushButton(self)
        self.button.setObjectName("timeline:play")
        self.button.setProperty("compact", "true")
        self.button.setIconSize(QSize(14, 14))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.toggle)
        self._clock = QLabel(self)
        self._clock.setObjectName("timeline:clock")
        self._clock.setProperty("role", "muted")
        self.slider = QuietSlider(self)
        self.slider.setObjectName("timeline:scrub")
        self.slider.setRange(0, PLACES)
        self.slider.setSingleStep(PLACES // 50)
        self.slider.setPageStep(PLACES // 10)
        self.slider.setAccessibleName(tr("The timeline's clock"))
        self.slider.setValue(PLACES)
        self.slider.valueChanged.connect(self._scrubbed)
        self._timer = QTimer(self)
        self._timer.setObjectName("timeline-player")
        self._timer.timeout.connect(self._tick)
        self._passed = 0.0
        self._space = QShortcut(QKeySequence(Qt.Key.Key_Space), self)
        self._space.setContext(Qt.ShortcutContext.WindowShortcut)
        self._space.activated.connect(self.stop)
        self._space.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.button)
        row.addWidget(self.slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._clock)
        self._draw()

    @property
    def share(self) -> float:
        """How much of the timeline has happened."""
        return self.slider.value() / PLACES

    @property
    def is_playing(self) -> bool:
        """Whether the clock runs."""
        return self._timer.isActive()

    @property
    def newest(self) -> int:
        """The position of the event that happens now; -1 where the clock stands at the end."""
        return -1 if self.share >= 1 else self._course.newest(self.share)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Let the clock be that of another timeline; it goes on where it stands."""
        events = timeline.events if timeline else ()
        self._course = Course(events, timeline.lasts if timeline else 0)
        self._events = len(events)
        self.setEnabled(bool(events))
        self._draw()

    def toggle(self) -> None:
        """Play, from the start where the clock stands at the end; or stop where it is."""
        if self.is_playing:
            self.stop()
            return
        if self.share >= 1:
            self.slider.setValue(0)
        self._passed = self.share * WHOLE
        self._timer.start(WHOLE // max(1, self._events) if is_calm() else TICK)
        self._space.setEnabled(True)
        self._draw()
        self.moved.emit()

    def stop(self) -> None:
        """Let the clock stand where it is."""
        self._timer.stop()
        self._space.setEnabled(False)
        self._draw()

    def _tick(self) -> None:
        self._passed += self._timer.interval()
        self.slider.setValue(min(PLACES, round(self._passed / WHOLE * PLACES)))
        if self.share >= 1:
            self.stop()

    def _scrubbed(self) -> None:
        if self.is_playing and self.slider.isSliderDown():
            self.stop()
        self._draw()
        self.moved.emit()

    def _draw(self) -> None:
        playing = self.is_playing
        self.button.setIcon(icon("circle-stop" if playing else "play"))
        self.button.setText(tr("Stop") if playing else tr("Play"))
        self.button.setToolTip(
            tr("Escape or the space bar stops it.")
            if playing
            else tr("Let the events happen one after another, in ten seconds.")
        )
        seconds = self._course.clock(self.share)
        if self.share >= 1:
            said = tr("Everything has happened, {} after arrival.").format(in_words(seconds))
        else:
            said = tr("{} after arrival").format(in_words(seconds))
        self._clock.setText(said)
        self.slider.setAccessibleDescription(said)
