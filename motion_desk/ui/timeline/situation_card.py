"""Situation card: the message, what it belongs to, who is there, and what happens afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.choices import Conversation, PassedOn
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.conditions import Conditions
from motion_desk.ui.timeline.people import PeopleTable
from motion_desk.ui.timeline.seconds_box import SecondsBox
from motion_desk.ui.timeline.situations import ARRANGED, Person, with_availability


@dataclass(frozen=True, slots=True)
class Setting:
    """What the card shows: the situation, and all that can be chosen in it.

    ``messages`` are pairs of a key and a name, ``message`` the key of the chosen one;
    ``conditions`` are the plan's GotoIf actions in words, by id; ``arranged`` are the names of
    the one-click situations that are what is on screen.
    """

    chosen: Situation
    people: tuple[Person, ...]
    messages: tuple[tuple[str, str], ...]
    message: str
    agents: tuple[str, ...]
    queues: tuple[str, ...]
    conditions: Mapping[str, str]
    arranged: Collection[str] = ()


class SituationCard(QFrame):
    """Shows a situation. ``changed`` brings the one that a person makes of it.

    ``message`` brings the key of another message, ``opening`` asks for a file, ``arranged`` for
    the one-click situation of a name.
    """

    changed = Signal(object)
    message = Signal(str)
    opening = Signal()
    arranged = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:situation")
        self.setProperty("role", "card")
        self._shown = Situation()
        self._messages: tuple[tuple[str, str], ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 14)
        self.column.setSpacing(8)
        title = QLabel(tr("Situation"), self)
        title.setProperty("role", "caption")
        self.column.addWidget(title)
        self._buttons = self._made_arranged()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.messages = self._combo("message", tr("Message"))
        self.messages.activated.connect(self._choose_message)
        self._open = QPushButton(tr("Open…"), self)
        self._open.setObjectName("timeline:open")
        self._open.setProperty("compact", "true")
        self._open.setToolTip(tr("Open a message from a file (.eml or mbox)"))
        self._open.clicked.connect(self.opening)
        self._row(tr("Message"), self.messages, self._open)
        self.known = QCheckBox(tr("The sender is a known contact"), self)
        self.known.setObjectName("timeline:known")
        self.known.setProperty("role", "tick")
        self.known.clicked.connect(lambda on: self._change(known=on))
        self._row("", self.known)
        self.conversation = self._combo("conversation", tr("Conversation"))
        self.conversation.addItems([tr(each.label) for each in Conversation])
        self.conversation.activated.connect(
            lambda place: self._change(conversation=list(Conversation)[place])
        )
        self._row(tr("Conversation"), self.conversation)
        self.agent, self._agent_label = self._names("agent", tr("Assigned agent"))
        self.queue, self._queue_label = self._names("queue", tr("Assigned queue"))
        self.column.addLayout(self._grid)
        self._caption(tr("Who is there"))
        self.people = PeopleTable(self)
        self.people.changed.connect(
            lambda changed: self.changed.emit(with_availability(self._shown, changed))
        )
        self.column.addWidget(self.people)
        self.conditions = Conditions(self)
        self.conditions.changed.connect(lambda held: self._change(conditions=held))
        self.column.addWidget(self.conditions)
        self._caption(tr("After somebody accepts"))
        self._after = QGridLayout()
        self._after.setHorizontalSpacing(10)
        self._after.setVerticalSpacing(6)
        self._after.setColumnStretch(1, 1)
        self.column.addLayout(self._after)
        self._make_after()

    # Making

    def _made_arranged(self) -> dict[str, QPushButton]:
        line = QWidget(self)
        flow = Flow(line, 6)
        buttons = {}
        for name, words, _ in ARRANGED:
            button = QPushButton(tr(words), line)
            button.setObjectName(f"timeline:arranged:{name}")
            button.setProperty("compact", "true")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._arrange, name))
            flow.addWidget(button)
            buttons[name] = button
        self.column.addWidget(line)
        return buttons

    def _arrange(self, name: str, _: bool = False) -> None:
        self.arranged.emit(name)

    def _combo(self, name: str, label: str) -> Combo:
        combo = Combo(self)
        combo.setObjectName(f"timeline:{name}")
        combo.setAccessibleName(label)
        combo.setMinimumContentsLength(6)
        return combo

    def _caption(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "caption")
        label.setContentsMargins(0, 6, 0, 0)
        self.column.addWidget(label)
        return label

    def _row(self, text: str, *editors: QWidget, grid: QGridLayout | None = None) -> QLabel:
        """Put editors beside their label below the last line of a grid."""
        grid = grid or self._grid
        row = grid.rowCount()
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        label.setBuddy(editors[0])
        grid.addWidget(label, row, 0)
        for place, editor in enumerate(editors, 1):
            grid.addWidget(editor, row, place, 1, 1 if len(editors) > 1 else 2)
        return label

    def _names(self, name: str, label: str) -> tuple[Combo, QLabel]:
        combo = self._combo(name, label)
        combo.activated.connect(lambda place: self._change(**{name: combo.itemData(place)}))
        return combo, self._row(label, combo)

    def _make_after(self) -> None:
        self.handling = SecondsBox(tr("Handling, in seconds"), self)
        self.handling.setObjectName("timeline:handling")
        self.handling.valueChanged.connect(lambda value: self._change(handling=value))
        self._row(tr("Handling"), self.handling, grid=self._after)
        self.disposing = SecondsBox(tr("Disposing, in seconds"), self)
        self.disposing.setObjectName("timeline:disposing")
        self.disposing.valueChanged.connect(lambda value: self._change(disposing=value))
        self._row(tr("Disposing"), self.disposing, grid=self._after)
        self.passed_on = self._combo("passed-on", tr("Transfer"))
        self.passed_on.addItems([tr(each.label) for each in PassedOn])
        self.passed_on.activated.connect(self._pass_on)
        self._row(tr("Transfer"), self.passed_on, grid=self._after)
        self.passed_after = SecondsBox(tr("Transfer after, in seconds"), self)
        self.passed_after.setObjectName("timeline:passed-after")
        self.passed_after.valueChanged.connect(lambda value: self._change(passed_after=value))
        self._after_label = self._row(tr("Transfer after"), self.passed_after, grid=self._after)
        self.passed_to = self._combo("passed-to", tr("Transfer to"))
        self.passed_to.activated.connect(
            lambda place: self._change(passed_to=self.passed_to.itemData(place))
        )
        self._to_label = self._row(tr("Transfer to"), self.passed_to, grid=self._after)

    # Showing

    def show_setting(self, setting: Setting) -> None:
        """Show a situation and what can be chosen in it."""
        chosen = self._shown = setting.chosen
        if setting.messages != self._messages:
            self._messages = setting.messages
            self.messages.clear()
            for key, name in setting.messages:
                self.messages.addItem(name, key)
        self.messages.setCurrentIndex(self.messages.findData(setting.message))
        self.messages.setToolTip(self.messages.currentText())
        for name, button in self._buttons.items():
            button.setChecked(name in setting.arranged)
        self.known.setChecked(chosen.known)
        self.conversation.setCurrentIndex(list(Conversation).index(chosen.conversation))
        is_open = chosen.conversation is Conversation.OPEN
        _offer(self.agent, setting.agents, chosen.agent)
        _offer(self.queue, setting.queues, chosen.queue)
        for editor in (self.agent, self._agent_label, self.queue, self._queue_label):
            editor.setVisible(is_open)
        self.people.show_people(setting.people, chosen)
        self.conditions.show_conditions(setting.conditions, chosen.conditions)
        self.handling.show_seconds(chosen.handling)
        self.disposing.show_seconds(chosen.disposing)
        self.passed_on.setCurrentIndex(list(PassedOn).index(chosen.passed_on))
        self.passed_after.show_seconds(chosen.passed_after)
        to_queue = chosen.passed_on is PassedOn.QUEUE
        _offer(self.passed_to, setting.queues if to_queue else setting.agents, chosen.passed_to)
        passes = chosen.passed_on is not PassedOn.NOT
        names = chosen.passed_on in (PassedOn.QUEUE, PassedOn.AGENT)
        parts: tuple[tuple[QWidget, bool], ...] = (
            (self.passed_after, passes),
            (self._after_label, passes),
            (self.passed_to, names),
            (self._to_label, names),
        )
        for part, visible in parts:
            part.setVisible(visible)

    @property
    def arrangement(self) -> str:
        """What the one-click situation on screen is called; empty where it is none."""
        shown = (button.text() for button in self._buttons.values() if button.isChecked())
        return next(shown, "")

    # What a person does

    def _choose_message(self, place: int) -> None:
        self.message.emit(str(self.messages.itemData(place)))

    def _pass_on(self, place: int) -> None:
        way = list(PassedOn)[place]
        if way is not self._shown.passed_on:
            self._change(passed_on=way, passed_to="")

    def _change(self, **values: object) -> None:
        self.changed.emit(replace(self._shown, **values))  # type: ignore[arg-type]  # each caller names a field and its value


def _offer(combo: Combo, names: Collection[str], chosen: str) -> None:
    """Offer nobody and these names, and show the chosen one, also where it is none of them."""
    offered = ["", *names] if chosen in ("", *names) else ["", *names, chosen]
    if [combo.itemData(place) for place in range(combo.count())] != offered:
        combo.clear()
        for name in offered:
            combo.addItem(name or tr("Nobody"), name)
    combo.setCurrentIndex(offered.index(chosen))
