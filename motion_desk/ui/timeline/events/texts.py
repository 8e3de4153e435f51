"""Texts: what an automatic reply and a notification say, rendered as plain text on a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from motion_desk.models.incoming import Incoming
from motion_desk.models.surfaces import Surface
from motion_desk.models.workspace import Workspace
from motion_desk.services.jobs import Job, Stopped
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr

KEPT = 50
"""Texts that are kept for the next drawing."""


@dataclass(frozen=True, slots=True)
class Told:
    """A template to be read as text.

    ``incoming`` gives the values of its header where there is one; ``account``, ``address``,
    ``queue`` and ``agent`` are known values, empty where they are not. All others are made up.
    """

    source: str
    surface: Surface
    workspace: Workspace
    incoming: Incoming | None = None
    account: str = ""
    address: str = ""
    queue: str = ""
    agent: str = ""


class Texts(QObject):
    """Renders what is asked for, once; ``rendered`` tells that there is more to be shown."""

    rendered = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[Told, str] = {}
        self._waiting: list[Told] = []
        self._under_way: tuple[Told, ...] = ()
        self._following: Following[tuple[Told, str]] = Following(
            "timeline-texts", self, self._note, self._fail, self._go_on
        )

    @property
    def is_busy(self) -> bool:
        """Whether a text is still to come."""
        return self._following.running

    def text(self, told: Told) -> str | None:
        """The text, or a sentence on why there is none; ``None`` until ``rendered`` tells."""
        if told not in self._known and told not in (*self._waiting, *self._under_way):
            self._waiting.append(told)
            if not self._following.running:
                self._go_on()
        return self._known.get(told)

    def _note(self, found: tuple[Told, str]) -> None:
        told, text = found
        while len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[told] = text
        self.rendered.emit()

    def _fail(self, error: Exception) -> None:
        sentence = tr("The text could not be rendered: {}").format(error)
        for told in self._under_way:
            self._known.setdefault(told, sentence)
        self.rendered.emit()

    def _go_on(self) -> None:
        self._under_way, self._waiting = tuple(self._waiting), []
        if self._under_way:
            asked = self._under_way
            self._following.follow(Job("timeline-texts", lambda stop: _course(asked, stop)))

    def close(self) -> None:
        """Render nothing more; the process that renders ends with its thread."""
        self._waiting = []
        self._following.close()


def _course(asked: tuple[Told, ...], stop: threading.Event) -> Iterator[tuple[Told, str]]:
    from motion_desk.services.templates.finished.text import plain_text
    from motion_desk.services.templates.rendering import Renderer, RenderError

    with Renderer() as renderer:
        for told in asked:
            if stop.is_set():
                raise Stopped
            try:
                html = renderer.render(told.source, _values(told), stop, spans=False).html
            except RenderError as error:
                yield told, error.sentence
            else:
                yield told, _framed(told, plain_text(html).strip())


def _values(told: Told) -> dict[str, str | None]:
    """Made-up values, over them the message's, and over these what the situation says."""
    from motion_desk.services.templates.data import of_message, sets

    values = dict(sets(told.surface, told.workspace)[0].values)
    if told.incoming is not None:
        found = of_message(told.incoming.text.encode("utf-8", "surrogateescape")).values
        values.update({name: value for name, value in found.items() if value})
    known = {
        "account.name": told.account,
        "account.email": told.address,
        "queue.name": told.queue,
        "agent.name": told.agent,
    }
    values.update({name: value for name, value in known.items() if value and name in values})
    return values


def _framed(told: Told, text: str) -> str:
    """A notification with what its pop-up draws around it: a model of the documentation."""
    if told.surface is not Surface.NOTIFICATION:
        return text or tr("(The text is empty.)")
    body = text or tr("(The notification's template is empty.)")
    return f"Email · {told.account}\n\n{body}\n\n[ Accept ]  [ Reject ]"
