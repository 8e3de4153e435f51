"""Sending: letters and lists leave the page: to trial and timeline, and into files."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from motion_desk.models.account import Account
from motion_desk.services.interactions.query import Conversation, Query
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.kept import Kept
from motion_desk.ui.interactions.letters import Shown
from motion_desk.ui.interactions.passing import incoming
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.models.incoming import Incoming

LONGEST_NAME = 60
"""Characters of a file's name that is offered."""
_NO_NAME = re.compile(r"[^\w .@()-]+")


class Sending(QObject):
    """Does what the page's buttons ask; what is slow runs on the archive's or a job's thread."""

    def __init__(self, tools: PanelTools, kept: Kept, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._kept = tools, kept
        self._following: Following[int] = Following(
            "interactions-export", self, self._note_written, self._fail, self._end
        )
        self._path: Path | None = None
        self._rows = -1
        self._stopped = False

    def pass_on(
        self, account: Account, conversation: Conversation, shown: Shown | None, panel: str
    ) -> None:
        """Open a letter as a message on another panel of the account."""
        to = account.settings.address

        def read(message: Incoming) -> None:
            self._tools.messages.add(account.id, (message,))
            self._tools.messages.choose(account.id, message.digest)
            self._tools.open(account.id, panel)
            name = " ".join(message.name.split())[:LONGEST_NAME]
            said = tr("“{}” is here now.").format(name)
            if shown is None:
                made = tr("Made from the list’s columns: it has From, To, Subject and Date only.")
                said = f"{said} {made}"
            self._tools.tell(said)

        self._kept.ask(lambda _: incoming(conversation, shown, to), read, self._warn)

    def save_letter(self, shown: Shown) -> None:
        """Write a letter as it was sent into a file that a person chooses."""
        content = shown.letter.raw
        if content is None:
            return
        path = self._tools.questions.save_message(f"{_name(shown.letter.subject)}.eml")
        if path is not None:
            told = tr("The message is in {}.").format(path)
            self._tools.session.ask(
                lambda _: path.write_bytes(content), lambda _: self._tools.tell(told), self._warn
            )

    def save_list(self, query: Query, account: str) -> None:
        """Write what a query lists as CSV into a file that a person chooses."""
        archive = self._kept.path
        if archive is None or self._following.running:
            return
        path = self._tools.questions.save_interactions(f"{_name(account)} interactions.csv")
        if path is None:
            return
        self._path, self._rows, self._stopped = path, -1, False
        self._tools.tell(tr("Writing {}…").format(path.name))
        self._following.follow(
            Job("interactions-export", lambda stop: _export(archive, query, path, stop))
        )

    def _note_written(self, rows: int) -> None:
        self._rows = rows

    def _end(self) -> None:
        if self._path is not None and self._rows >= 0:
            said = tr("{} conversations are in {}.")
            if self._rows == 1:
                said = tr("{} conversation is in {}.")
            self._tools.tell(said.format(f"{self._rows:,}", self._path))
        elif self._stopped:
            self._tools.tell(tr("Stopped: nothing was written."))

    def _fail(self, error: Exception) -> None:
        self._rows, self._stopped = -1, False
        if self._path is not None:
            self._tools.tell(tr("{} was not written.").format(self._path.name))
        self._warn(error)

    def _warn(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self._tools.warn(tr("The file was not written: {}.").format(error.strerror or error))
        elif sentence := getattr(error, "sentence", ""):
            self._tools.warn(sentence)
        else:
            self._tools.session.failed.emit(error)

    def stop(self) -> None:
        """Stop writing a list; no file of it is left."""
        if self._following.running:
            self._stopped = True
            self._following.stop()

    def finish(self) -> None:
        """Stop writing, for the window closes."""
        self._following.close()


def _name(text: str) -> str:
    """What a file can be called after a text."""
    return _NO_NAME.sub(" ", text).strip(" .")[:LONGEST_NAME].strip() or "message"


def _export(archive: Path, query: Query, path: Path, stop: threading.Event) -> Iterator[int]:
    """Write a list; yields once, when it is written, how many rows it has. On the job's thread."""
    from motion_desk.services.interactions.archive import Archive
    from motion_desk.services.interactions.export import export

    with Archive(archive) as opened:
        [rows] = deque(export(opened, query, path, stop), maxlen=1)
    yield rows
