"""Afterwards: how long the agent who accepts works on it, and whether it is transferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from motion_desk.models.choices import PassedOn
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.situation.fields import Fields, NamesBox


class Afterwards(Fields):
    """Shows what follows an acceptance; ``changed`` brings the situation that a person makes."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = Situation()
        self.handling = self.seconds("handling", tr("Handling, in seconds"))
        self.handling.valueChanged.connect(lambda value: self._change(handling=value))
        self.add(tr("Handling"), self.handling)
        self.disposing = self.seconds("disposing", tr("Disposing, in seconds"))
        self.disposing.valueChanged.connect(lambda value: self._change(disposing=value))
        self.add(tr("Disposing"), self.disposing)
        self.passed_on = self.combo("passed-on", tr("Transfer"))
        self.passed_on.addItems([tr(each.label) for each in PassedOn])
        self.passed_on.activated.connect(self._pass_on)
        self.add(tr("Transfer"), self.passed_on)
        self.passed_after = self.seconds("passed-after", tr("Transfer after, in seconds"))
        self.passed_after.valueChanged.connect(lambda value: self._change(passed_after=value))
        self._passing = (
            self.passed_after,
            self.add(tr("Transfer after"), self.passed_after),
        )
        self.passed_to = NamesBox("passed-to", tr("Transfer to"), self)
        self.passed_to.picked.connect(lambda name: self._change(passed_to=name))
        self._naming = (self.passed_to, self.add(tr("Transfer to"), self.passed_to))

    def show_afterwards(
        self, chosen: Situation, agents: Sequence[str], queues: Sequence[str]
    ) -> None:
        """Show what follows in a situation, and to whom a message can be transferred."""
        self._shown = chosen
        self.handling.show_seconds(chosen.handling)
        self.disposing.show_seconds(chosen.disposing)
        way = chosen.passed_on
        self.passed_on.setCurrentIndex(list(PassedOn).index(way))
        self.passed_after.show_seconds(chosen.passed_after)
        names_one = way in (PassedOn.QUEUE, PassedOn.AGENT)
        if names_one:
            self.passed_to.offer(queues if way is PassedOn.QUEUE else agents, chosen.passed_to)
        for parts, visible in ((self._passing, way is not PassedOn.NOT), (self._naming, names_one)):
            for part in parts:
                part.setVisible(visible)

    def _pass_on(self, place: int) -> None:
        way = list(PassedOn)[place]
        if way is not self._shown.passed_on:
            self._change(passed_on=way, passed_to="")

    def _change(self, **values: object) -> None:
        self.changed.emit(replace(self._shown, **values))  # type: ignore[arg-type]  # each caller names a field and its value
