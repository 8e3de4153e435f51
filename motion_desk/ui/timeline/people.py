"""People: a table of the agents and queues that can be asked, and how each takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QWidget

from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.turns import Turns, polished
from motion_desk.ui.timeline.seconds_box import SecondsBox
from motion_desk.ui.timeline.situations import MOST, QUICK, Person

NEVER, ANSWERS, REJECTS = range(3)
AROUND = 48
"""Pixels of a box beside its words: its border and its arrow."""
EMPTY = "Nobody can be asked: the plan has no agent and no queue, and the account has no agents."


class PeopleTable(QWidget):
    """Shows people; ``changed`` brings the ``Availability`` that a person chose.

    ``made`` tells that there are rows which were not there before.
    """

    changed = Signal(object)
    made = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:people")
        self._rows: list[PersonRow] = []
        self._people: tuple[Person, ...] = ()
        self._chosen = Situation()
        self._turns = Turns("timeline-people", self)
        self._note = wrapped("", "muted")
        self._note.setObjectName("timeline:people-note")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.addWidget(self._note, 0, 0)

    @property
    def is_drawn(self) -> bool:
        """Whether everybody has a row."""
        return self._turns.are_over

    def show_people(self, people: tuple[Person, ...], chosen: Situation) -> None:
        """Show people as the situation has them; rows are made a few at a time."""
        self._people, self._chosen = people[:MOST], chosen
        for row, person in zip(self._rows, self._people, strict=False):
            row.show_person(person, chosen.of(person.name))
            row.show()
        for row in self._rows[len(self._people) :]:
            row.hide()
        if len(self._people) > len(self._rows) and self._turns.are_over:
            self._turns.take(self._missing(), self.made.emit)
        beyond = len(people) - len(self._people)
        said = tr("{} more agents are not listed: they are on line and never answer.")
        self._note.setText(said.format(beyond) if beyond > 0 else "" if people else tr(EMPTY))
        self._note.setVisible(beyond > 0 or not people)

    def _missing(self) -> Iterator[None]:
        # All together into the layout: each time, the whole page is laid out anew.
        made: list[PersonRow] = []
        while len(self._rows) + len(made) < len(self._people):
            row = PersonRow(self._people[len(self._rows) + len(made)], self)
            row.hide()
            row.changed.connect(self.changed)
            made.append(row)
            yield from polished(row)
        for row in made:
            self._rows.append(row)
            self._grid.addWidget(row, len(self._rows), 0)
        for row, person in zip(self._rows, self._people, strict=False):
            row.show_person(person, self._chosen.of(person.name))
            row.show()

    def finish(self) -> None:
        """Make nothing more."""
        self._turns.close()


class PersonRow(QWidget):
    """One agent or queue: presence, and whether and when it answers or rejects."""

    changed = Signal(object)

    def __init__(self, person: Person, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = Availability(person.name)
        self._agent = IconLabel("user-round", "muted")
        self._queue = IconLabel("users", "muted")
        self._name = wrapped()
        self.presence = self._combo([tr(each.label) for each in Presence])
        self.reaction = self._combo([tr("never answers"), tr("answers after"), tr("rejects after")])
        self.seconds = SecondsBox("", self)
        self.presence.activated.connect(self._choose_presence)
        self.reaction.activated.connect(self._choose_reaction)
        self.seconds.valueChanged.connect(self._choose_seconds)
        editors = QWidget(self)
        flow = Flow(editors, 5)
        for part in (self.presence, self.reaction, self.seconds):
            flow.addWidget(part)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._agent, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._queue, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._name, 0, 1)
        # From the left on, for beside the worst case there is no room for a seconds' box else.
        grid.addWidget(editors, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _combo(self, words: list[str]) -> Combo:
        combo = Combo(self)
        combo.addItems(words)
        combo.setFixedWidth(max(map(combo.fontMetrics().horizontalAdvance, words)) + AROUND)
        return combo

    def show_person(self, person: Person, shown: Availability) -> None:
        """Show somebody as a situation has them."""
        self._shown = shown
        name = person.name
        self._name.setText(breakable(name))
        self._agent.setVisible(not person.is_queue)
        self._queue.setVisible(person.is_queue)
        for part, what, word in (
            (self.presence, tr("{}: presence"), "presence"),
            (self.reaction, tr("{}: reaction"), "reaction"),
            (self.seconds, tr("{}: after how many seconds"), "seconds"),
        ):
            part.setAccessibleName(what.format(name))
            part.setObjectName(f"timeline:{word}:{name}")
        self.presence.setCurrentIndex(list(Presence).index(shown.presence))
        kind = _reaction(shown)
        self.reaction.setCurrentIndex(kind)
        model = self.reaction.model()
        if isinstance(model, QStandardItemModel):  # who is away can come back, but not reject
            model.item(REJECTS).setEnabled(shown.presence is Presence.ON_LINE)
        self.seconds.setVisible(kind != NEVER)
        seconds = shown.rejects if kind == REJECTS else shown.answers
        if seconds is not None:
            self.seconds.show_seconds(seconds)

    def _choose_presence(self, place: int) -> None:
        presence = list(Presence)[place]
        rejects = self._shown.rejects if presence is Presence.ON_LINE else None
        self.changed.emit(replace(self._shown, presence=presence, rejects=rejects))

    def _choose_reaction(self, place: int) -> None:
        kind, before = place, self._shown
        seconds = before.answers if before.answers is not None else before.rejects
        seconds = QUICK if seconds is None else seconds
        self.changed.emit(
            replace(
                before,
                answers=seconds if kind == ANSWERS else None,
                rejects=seconds if kind == REJECTS else None,
            )
        )

    def _choose_seconds(self, seconds: int) -> None:
        if _reaction(self._shown) == REJECTS:
            self.changed.emit(replace(self._shown, rejects=seconds))
        else:
            self.changed.emit(replace(self._shown, answers=seconds))


def _reaction(shown: Availability) -> int:
    """What happens first where somebody both rejects and answers."""
    if shown.answers is None and shown.rejects is None:
        return NEVER
    if shown.rejects is None:
        return ANSWERS
    if shown.answers is None or shown.rejects < shown.answers:
        return REJECTS
    return ANSWERS
