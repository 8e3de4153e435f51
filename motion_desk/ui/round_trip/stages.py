"""Stages: the card that says how a round trip goes, or went: its sentence, and its stages."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import State
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.round_trip.course import LOOK, NAMES, SEND, SIGNATURE, Stage
from motion_desk.ui.round_trip.trips import Trip
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import STATES
from motion_desk.ui.test.showing import Phase
from motion_desk.ui.theme import Theme

UNDER_WAY = {
    Protocol.IMAP.value: "Logging in by IMAP…",
    Protocol.SMTP.value: "Logging in by SMTP…",
    SEND: "Handing the message over…",
    LOOK: "Waiting for the message…",
    SIGNATURE: "Looking at its signature…",
}
"""What is said above a stage that runs, by its name."""
SIGN, SMALL = 24, 16
MOST = 300
"""Characters of a server's words in one line."""


class StagesCard(QFrame):
    """Shows one round trip; ``count`` draws anew what counts down."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("round-trip:course")
        self.setProperty("role", "card")
        self._theme = theme
        self._trip: Trip | None = None
        self._drawn: tuple[object, ...] = ()
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIGN, SIGN)
        self.sentence = wrapped("", "heading")
        self.sentence.setObjectName("round-trip:sentence")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = wrapped("", "muted")
        self._about.setObjectName("round-trip:when")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.sentence)
        said.addWidget(self._about)
        head.addLayout(said, 1)
        self._rows = {name: _Row(name, theme, self) for name in NAMES}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for number, row in enumerate(self._rows.values()):
            row.add_to(grid, number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(grid)
        theme.changed.connect(self._draw_anew)

    def show_trip(self, trip: Trip) -> None:
        """Show how far a round trip is, or what came of it."""
        self._trip = trip
        self._draw()

    def count(self) -> None:
        """Show how many seconds are left of what is under way."""
        self._draw()

    def _draw_anew(self) -> None:
        self._drawn = ()
        for row in self._rows.values():
            row.forget()
        self._draw()

    def _draw(self) -> None:
        trip = self._trip
        if trip is None:
            return
        left = trip.course.left(monotonic()) if trip.under_way else None
        for stage in trip.course.stages:
            running = stage.state is State.RUNNING
            self._rows[stage.name].show_stage(stage, left if running else None)
        drawn = (_sentence(trip), _about(trip), _mark(trip))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        sentence, about, (name, colour) = drawn
        self.sentence.setText(breakable(sentence))
        self._about.setText(breakable(about))
        shade = getattr(self._theme.colours, colour)
        self._sign.setPixmap(icon(name, shade).pixmap(SIGN, SIGN))


class _Row:
    """One stage: sign, title, detail, time, in the cells of a grid's row."""

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        self._theme = theme
        self._drawn: tuple[object, ...] = ()
        self._sign = QLabel(parent)
        self._sign.setFixedSize(SMALL, SMALL + 2)
        self._title = QLabel(parent)
        self._detail = wrapped("", "muted")
        self._detail.setParent(parent)
        self._detail.setObjectName(f"round-trip:stage:{name}")
        self._time = QLabel(parent)
        self._time.setProperty("role", "muted")

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Take the cells of a row."""
        top = Qt.AlignmentFlag.AlignTop
        for column, label in enumerate((self._sign, self._title)):
            grid.addWidget(label, row, column, top)
        grid.addWidget(self._detail, row, 2)
        grid.addWidget(self._time, row, 3, top | Qt.AlignmentFlag.AlignRight)

    def forget(self) -> None:
        """Draw all of it the next time."""
        self._drawn = ()

    def show_stage(self, stage: Stage, left: int | None) -> None:
        """Show what became of the stage; nothing happens where that is drawn already."""
        if (stage, left) == self._drawn:
            return
        self._drawn = (stage, left)
        (name, colour), state = STATES[stage.state.value]
        shade = getattr(self._theme.colours, colour)
        self._sign.setPixmap(icon(name, shade).pixmap(SMALL, SMALL))
        self._title.setText(stage.title)
        said = wording.one_line(stage.detail, MOST) or ("" if _is_plain(stage) else tr(state))
        self._detail.setText(breakable(said))
        self._detail.setAccessibleName(f"{stage.title}: {tr(state)}. {said}")
        self._time.setText(tr("{} s left").format(left) if left is not None else stage.time)


def _is_plain(stage: Stage) -> bool:
    """Whether the sign says enough."""
    return stage.state in (State.WAITING, State.PASSED, State.RUNNING)


def _sentence(trip: Trip) -> str:
    if trip.phase is Phase.PREPARING:
        return tr("Getting the passwords from the keyring…")
    if trip.result is not None:
        return wording.one_line(tr(trip.result.sentence), MOST)
    if trip.phase is Phase.DONE:
        return trip.trouble
    running = [each for each in trip.course.stages if each.state is State.RUNNING]
    return tr(UNDER_WAY[running[-1].name]) if running else tr("Connecting…")


def _about(trip: Trip) -> str:
    parts = [words.moment(trip.at)]
    own = trip.account.settings.address
    parts.append(tr("to {}").format(trip.to or own))
    parts.append(tr("in the lab") if trip.lab else tr("from this workstation"))
    return " · ".join(parts)


def _mark(trip: Trip) -> tuple[str, str]:
    """The sign of how it ended."""
    result = trip.result
    if trip.under_way:
        return "loader-circle", "accent"
    if result is None or result.stopped:
        return "circle-stop", "muted"
    if result.arrived is None:
        return "circle-x", "error"
    return ("triangle-alert", "warning") if result.finding else ("circle-check", "success")
