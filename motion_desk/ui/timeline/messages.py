"""Messages: reads pinned headers and opened files on a thread, each once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from motion_desk.models.incoming import Incoming
from motion_desk.services.jobs import Job, Stopped
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr

MOST = 200
"""Messages that are taken from one file; a mailbox in a file may hold thousands."""


class MessageReading(QObject):
    """Reads messages; ``read`` tells that pinned ones are known, ``opened`` brings those of files.

    ``refused`` brings a sentence on a file that cannot be read.
    """

    read = Signal()
    opened = Signal(object)
    refused = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[str, Incoming] = {}
        self._waiting: dict[str, None] = {}
        self._pinned: Following[tuple[str, Incoming]] = Following(
            "timeline-pinned", self, self._note, self._fail, self._go_on
        )
        self._files: Following[tuple[Incoming, ...] | str] = Following(
            "timeline-files", self, self._take, self.failed.emit
        )

    @property
    def is_busy(self) -> bool:
        """Whether a message is still to come."""
        return self._pinned.running or self._files.running

    def pinned(self, headers: str) -> Incoming | None:
        """The message of a pinned header, or ``None`` until ``read`` tells that it is known."""
        if headers not in self._known and headers not in self._waiting:
            self._waiting[headers] = None
            if not self._pinned.running:
                self._go_on()
        return self._known.get(headers)

    def open(self, paths: tuple[Path, ...]) -> None:
        """Read the messages of files."""
        self._files.follow(Job("timeline-files", lambda stop: _opened(paths, stop)))

    def _note(self, found: tuple[str, Incoming]) -> None:
        text, incoming = found
        self._waiting.pop(text, None)
        self._known[text] = incoming

    def _fail(self, error: Exception) -> None:
        self._waiting.clear()
        self.failed.emit(error)

    def _go_on(self) -> None:
        if self._waiting:
            texts = tuple(self._waiting)
            self._pinned.follow(Job("timeline-pinned", lambda stop: _pinned(texts, stop)))
        else:
            self.read.emit()

    def _take(self, found: tuple[Incoming, ...] | str) -> None:
        if isinstance(found, str):
            self.refused.emit(found)
        else:
            self.opened.emit(found)

    def close(self) -> None:
        """Read nothing more."""
        self._pinned.close()
        self._files.close()


def _pinned(texts: tuple[str, ...], stop: threading.Event) -> Iterator[tuple[str, Incoming]]:
    from motion_desk.services.messages.reading import Unreadable, read_headers

    for text in texts:
        if stop.is_set():
            raise Stopped
        try:
            yield text, read_headers(text)
        except Unreadable:
            # The section says what is wrong with it; here it is a message that has no header.
            digest = sha256(text.encode("utf-8", "replace")).hexdigest()
            yield text, Incoming(tr("A message without a header"), (), text, digest)


def _opened(paths: tuple[Path, ...], stop: threading.Event) -> Iterator[tuple[Incoming, ...] | str]:
    """The messages of each file together, or why it cannot be read."""
    from motion_desk.services.messages.reading import Unreadable, read_file

    for path in paths:
        found: list[Incoming] = []
        try:
            for incoming in read_file(path):
                if stop.is_set():
                    raise Stopped
                if len(found) == MOST:
                    said = tr("Of {} only the first {} messages were taken.")
                    yield said.format(path.name, MOST)
                    break
                found.append(incoming)
        except Unreadable as error:
            yield error.sentence
        if found:
            yield tuple(found)
