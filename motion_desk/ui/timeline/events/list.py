"""Event list: the card of the timeline: how it ends, its player, and its events one below another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.models.choices import Ending
from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.events import Event, Timeline
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.turns import polished
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.events.marks import TEXTS, lasting, moment
from motion_desk.ui.timeline.events.player import Player
from motion_desk.ui.timeline.events.row import EventRow, Shown
from motion_desk.ui.timeline.held import held
from motion_desk.ui.timeline.scale import longest_whole

MOST = 120
"""Events that are listed; a plan with more is shown in part, and says so."""
TOGETHER = 4
"""Rows that come into the layout at once: each time, the whole page is laid out anew."""
SIGN = 24
ENDINGS = {
    Ending.ANSWERED: ("circle-check", "success"),
    Ending.REJECTED: ("mail-x", "error"),
    Ending.CLOSED: ("circle-minus", "accent"),
    Ending.UNREAD: ("inbox", "warning"),
    Ending.ENDLESS: ("infinity", "error"),
}
"""The sign of each ending; a test holds that none is missing."""
MODEL = "A mark says where Motion may do otherwise."


class EventList(QFrame):
    """Shows a timeline. ``wanted`` names a setting, ``reached`` the row that is played now.

    ``missing`` makes the rows that an event still lacks. ``label`` gives the words for a
    setting's key, and ``text`` an event's text as far as it is rendered: ``None`` while it is not.
    """

    wanted = Signal(str)
    reached = Signal(QWidget)

    def __init__(
        self,
        theme: Theme,
        label: Callable[[str], str],
        text: Callable[[Event], str | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:events")
        self.setProperty("role", "card")
        self._theme, self._label, self._text = theme, label, text
        self._timeline: Timeline | None = None
        self._rows: list[EventRow] = []
        self._newest = -1
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIGN, SIGN)
        self.ending = wrapped("", "heading")
        self.ending.setObjectName("timeline:ending")
        self.asked = wrapped("", "")
        self.asked.setObjectName("timeline:asked")
        about = wrapped(tr(MODEL), "muted")
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.ending)
        said.addWidget(self.asked)
        said.addWidget(about)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(said, 1)
        self.player = Player(self)
        self.player.moved.connect(self._draw)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._more = wrapped("", "muted")
        self._more.setObjectName("timeline:more")
        self._more.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.player)
        layout.addLayout(self._column)
        layout.addWidget(self._more)
        theme.changed.connect(self._draw_head)

    @property
    def rows(self) -> tuple[EventRow, ...]:
        """The rows of the events, from top to bottom."""
        return tuple(row for row in self._rows if not row.isHidden())

    @property
    def timeline(self) -> Timeline | None:
        """What is shown."""
        return self._timeline

    def show_timeline(self, timeline: Timeline) -> None:
        """Show a timeline; rows of which nothing changed are left alone."""
        if timeline == self._timeline:
            return
        self._timeline = timeline
        self._draw_head()
        self.player.show_timeline(timeline)
        beyond = len(timeline.events) - MOST
        self._more.setVisible(beyond > 0)
        self._more.setText(tr("{} more events follow.").format(beyond))
        self._draw()

    def _draw_head(self) -> None:
        timeline = self._timeline
        if timeline is None:
            return
        self.ending.setText(ending_in_words(timeline))
        self.asked.setText(asked_in_words(timeline))
        name, colour = ENDINGS[timeline.ending]
        shade = getattr(self._theme.colours, colour)
        self._sign.setPixmap(icon(name, shade).pixmap(SIGN, SIGN))

    def _draw(self) -> None:
        """Show the events in the rows that there are."""
        shown = self._shown()
        with held(self):
            for row, each in zip(self._rows, shown, strict=False):
                self._show(row, each)
            for row in self._rows[len(shown) :]:
                row.hide()
        newest = self.player.newest
        if newest != self._newest:
            self._newest = newest
            if self.player.is_playing and 0 <= newest < len(self._rows):
                self.reached.emit(self._rows[newest])

    def missing(self) -> Iterator[None]:
        """Make the rows that are missing, a few milliseconds in each turn."""
        while len(self._rows) < (count := self._count()):
            made: list[EventRow] = []
            while len(made) < TOGETHER and len(self._rows) + len(made) < count:
                row = EventRow(len(self._rows) + len(made) + 1, self._theme, self)
                row.hide()
                row.wanted.connect(self.wanted)
                row.unfolded.connect(self.show_texts)
                made.append(row)
                yield from polished(row)
            for row, each in zip(made, self._shown()[len(self._rows) :], strict=False):
                row.show_event(each)
            yield
            with held(self):
                for row in made:
                    self._column.addWidget(row)
                self._rows += made
                for row, each in zip(self._rows, self._shown(), strict=False):
                    self._show(row, each)
            yield

    def _count(self) -> int:
        """How many events are listed."""
        return min(MOST, len(self._timeline.events)) if self._timeline else 0

    def _show(self, row: EventRow, shown: Shown) -> None:
        row.show_event(shown)
        row.show()
        if row.is_open and shown.event.kind in TEXTS:
            row.show_text(self._text(shown.event))

    def _shown(self) -> list[Shown]:
        timeline = self._timeline
        if timeline is None:
            return []
        events = timeline.events[:MOST]
        whole = longest_whole([lasting(each) for each in events])
        newest = self.player.newest
        return [
            Shown(
                event,
                self._label(event.key) if event.key else "",
                whole,
                events[place + 1].at - event.at if place + 1 < len(events) else None,
                ahead=newest >= 0 and place > newest,
                now=place == newest,
            )
            for place, event in enumerate(events)
        ]

    def show_texts(self) -> None:
        """Show the texts of the events that are unfolded, as far as they are rendered."""
        for row in self.rows:
            if row.is_open and row.shown is not None:
                row.show_text(self._text(row.shown.event))

    def finish(self) -> None:
        """Play nothing more."""
        self.player.stop()


def asked_in_words(timeline: Timeline) -> str:
    """Who is asked first, and when, in a sentence."""
    if timeline.asked is None:
        return tr("Nobody is asked.")
    said = tr("Asked first: {who}, {when}.")
    return said.format(who=timeline.first_asked, when=moment(timeline.asked))


def ending_in_words(timeline: Timeline) -> str:
    """How a timeline ends, and when, in a sentence."""
    after = in_words(timeline.ended)
    if timeline.ending is Ending.ANSWERED:
        if not timeline.ended:
            return tr("A person accepts the message at once.")
        return tr("A person accepts the message after {}.").format(after)
    if timeline.ending is Ending.REJECTED:
        return tr("A header filter rejects the message. Nobody sees it.")
    if timeline.ending is Ending.CLOSED:
        return tr("The plan closes the interaction after {}.").format(after)
    if timeline.ending is Ending.ENDLESS:
        return tr("The plan never ends: after {} it goes round.").format(after)
    return tr("The message waits as unread from {} after arrival on.").format(after)
