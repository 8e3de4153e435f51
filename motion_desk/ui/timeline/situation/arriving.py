"""Arriving: which message arrives, from whom, and the conversation that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from motion_desk.models.choices import Conversation
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.situation.fields import Fields, NamesBox


class Arriving(Fields):
    """Shows what arrives. ``changed`` brings the situation that a person makes of it.

    ``message`` brings the key of another message, ``opening`` asks for a file.
    """

    changed = Signal(object)
    message = Signal(str)
    opening = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = Situation()
        self._messages: tuple[tuple[str, str], ...] = ()
        self.messages = self.combo("message", tr("Message"))
        self.messages.activated.connect(
            lambda place: self.message.emit(str(self.messages.itemData(place)))
        )
        self._open = QPushButton(tr("Open…"), self)
        self._open.setObjectName("timeline:open")
        self._open.setProperty("compact", "true")
        self._open.setToolTip(tr("Open a message from a file (.eml or mbox)"))
        self._open.clicked.connect(self.opening)
        self.add(tr("Message"), self.messages, self._open)
        self.known = QCheckBox(tr("The sender is a known contact"), self)
        self.known.setObjectName("timeline:known")
        self.known.setProperty("role", "tick")
        self.known.clicked.connect(lambda on: self._change(known=on))
        self.add("", self.known)
        self.conversation = self.combo("conversation", tr("Conversation"))
        self.conversation.addItems([tr(each.label) for each in Conversation])
        self.conversation.activated.connect(
            lambda place: self._change(conversation=list(Conversation)[place])
        )
        self.add(tr("Conversation"), self.conversation)
        self.agent = NamesBox("agent", tr("Assigned agent"), self)
        self.agent.picked.connect(lambda name: self._change(agent=name))
        self.queue = NamesBox("queue", tr("Assigned queue"), self)
        self.queue.picked.connect(lambda name: self._change(queue=name))
        self._assigned = (
            self.agent,
            self.add(tr("Assigned agent"), self.agent),
            self.queue,
            self.add(tr("Assigned queue"), self.queue),
        )

    def show_arriving(
        self,
        chosen: Situation,
        messages: tuple[tuple[str, str], ...],
        message: str,
        agents: Sequence[str],
        queues: Sequence[str],
    ) -> None:
        """Show what arrives in a situation, and what could."""
        self._shown = chosen
        if messages != self._messages:
            self._messages = messages
            self.messages.clear()
            for key, name in messages:
                self.messages.addItem(name, key)
        self.messages.setCurrentIndex(self.messages.findData(message))
        self.messages.setToolTip(self.messages.currentText())
        self.known.setChecked(chosen.known)
        self.conversation.setCurrentIndex(list(Conversation).index(chosen.conversation))
        is_open = chosen.conversation is Conversation.OPEN
        if is_open:
            self.agent.offer(agents, chosen.agent)
            self.queue.offer(queues, chosen.queue)
        for part in self._assigned:
            part.setVisible(is_open)

    def _change(self, **values: object) -> None:
        self.changed.emit(replace(self._shown, **values))  # type: ignore[arg-type]  # each caller names a field and its value
