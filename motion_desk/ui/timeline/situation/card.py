"""Situation card: who is there, which message arrives, and what happens afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.words import tr
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.held import held
from motion_desk.ui.timeline.situation.afterwards import Afterwards
from motion_desk.ui.timeline.situation.arranged import ARRANGED, Person, with_availability
from motion_desk.ui.timeline.situation.arriving import Arriving
from motion_desk.ui.timeline.situation.conditions import Conditions
from motion_desk.ui.timeline.situation.people import People


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

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:situation")
        self.setProperty("role", "card")
        self._shown = Situation()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 14)
        self._column.setSpacing(8)
        self._caption(tr("Who is there"))
        self._buttons = self._made_arranged()
        self.people = People(theme, self)
        self.people.changed.connect(
            lambda made: self.changed.emit(with_availability(self._shown, made))
        )
        self._column.addWidget(self.people)
        self._caption(tr("What arrives"))
        self.arriving = Arriving(self)
        self.arriving.changed.connect(self.changed)
        self.arriving.message.connect(self.message)
        self.arriving.opening.connect(self.opening)
        self._column.addWidget(self.arriving)
        self.conditions = Conditions(self)
        self.conditions.changed.connect(
            lambda those: self.changed.emit(replace(self._shown, conditions=those))
        )
        self._column.addWidget(self.conditions)
        self._caption(tr("After somebody accepts"))
        self.afterwards = Afterwards(self)
        self.afterwards.changed.connect(self.changed)
        self._column.addWidget(self.afterwards)

    def _caption(self, text: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", "caption")
        label.setContentsMargins(0, 6 if self._column.count() else 0, 0, 0)
        self._column.addWidget(label)

    def _made_arranged(self) -> dict[str, QPushButton]:
        """The buttons of the one-click situations."""
        line = QWidget(self)
        flow = Flow(line, 6)
        buttons = {}
        for each in ARRANGED:
            button = QPushButton(tr(each.words), line)
            button.setObjectName(f"timeline:arranged:{each.name}")
            button.setProperty("compact", "true")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._arrange, each.name))
            flow.addWidget(button)
            buttons[each.name] = button
        self._column.addWidget(line)
        return buttons

    def show_setting(self, setting: Setting) -> None:
        """Show a situation and what can be chosen in it."""
        chosen = self._shown = setting.chosen
        for name, button in self._buttons.items():
            button.setChecked(name in setting.arranged)
        with held(self, self.people, self.arriving, self.conditions, self.afterwards):
            self.people.show_people(setting.people, chosen)
            self.arriving.show_arriving(
                chosen, setting.messages, setting.message, setting.agents, setting.queues
            )
            self.conditions.show_conditions(setting.conditions, chosen.conditions)
            self.afterwards.show_afterwards(chosen, setting.agents, setting.queues)

    @property
    def arrangement(self) -> str:
        """What the one-click situation on screen is called; empty where it is none."""
        shown = (button.text() for button in self._buttons.values() if button.isChecked())
        return next(shown, "")

    def _arrange(self, name: str, _: bool = False) -> None:
        self.arranged.emit(name)
