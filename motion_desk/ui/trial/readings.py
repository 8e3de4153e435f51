"""Readings: messages from files, from the mailbox or from the samples, in a job that can be ended."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.models.incoming import Incoming
from motion_desk.services.jobs import Job, Stopped
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.preparing import keep_sign_in, prepare
from motion_desk.ui.trial.lines import MOST

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed

TOGETHER = 100
"""Messages that are brought to the window at once."""
SAMPLES_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""When the newest sample arrived: always then, so that a pinned sample is known again."""
_BOUNDARY = re.compile(rb"={15}\d+==")


@dataclass(slots=True)
class Read:
    """What has been read: some messages, and sentences on what could not be."""

    messages: list[Incoming] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


class Readings(QObject):
    """Reads for one account at a time; what is read goes to ``PanelTools.messages``.

    ``changed`` tells that ``said``, ``trouble`` or ``busy`` are others. Beginning another reading
    ends the one before; what that has read stays.
    """

    changed = Signal()

    def __init__(self, tools: PanelTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.account = ""
        self.said = ""
        self.trouble: tuple[str, ...] = ()
        self._what = ""
        self._count = 0
        self._new = 0
        self._preparing: object | None = None
        self._following: Following[Read | Renewed] = Following(
            "trial-reading", self, self._note, self._fail, self._end
        )
        self._stopped = self._full = False
        self._in_lab = False

    @property
    def busy(self) -> bool:
        """Whether something is being read, or about to be."""
        return self._preparing is not None or self._following.running

    # Beginning

    def read_files(self, account: str, paths: Sequence[Path]) -> None:
        """Read messages from .eml and mbox files."""
        names = paths[0].name if len(paths) == 1 else tr("{} files").format(len(paths))
        chosen = tuple(paths)
        self._begin(account, names)
        self._following.follow(Job("reading", lambda stop: _from_files(chosen, stop)))
        self.changed.emit()

    def read_samples(self, account: Account) -> None:
        """Read the lab's feed for header filters, addressed to the account."""
        address = account.settings.address
        self._begin(account.id, tr("the samples"))
        self._following.follow(Job("reading", lambda stop: _samples(address, stop)))
        self.changed.emit()

    def read_mailbox(self, account: Account, count: int) -> None:
        """Read the newest headers of the account's mailbox, read-only, or of the lab's."""
        from motion_desk.services.tester.run import Order

        tools = self._tools
        lab = tools.lab.shown
        self._begin(account.id, tr("the mailbox"))
        self._in_lab = lab is not None
        asked = self._preparing = object()
        order = Order(
            account, tools.desk.workspace, lab=lab is not None, protocols=(Protocol.IMAP,)
        )

        def ready(complete: Order) -> None:
            if self._preparing is not asked:  # it was stopped, or another was begun
                return
            self._preparing = None
            if tools.lab.shown != lab:
                self._give_up(tr("The lab was switched meanwhile; nothing was read."))
                return
            self._following.follow(
                Job("reading", lambda stop: _from_mailbox(complete, count, stop))
            )
            self.changed.emit()

        def failed(error: Exception) -> None:
            if self._preparing is asked:
                tools.session.failed.emit(error)
                self._give_up(tr("It could not be prepared."))

        prepare(order, tools.session, tools.lab, ready, failed)
        self.changed.emit()

    def _begin(self, account: str, what: str) -> None:
        self._following.close()
        self._preparing = None
        self.account, self._what = account, what
        self._count = self._new = 0
        self._stopped = self._full = False
        self.trouble = ()
        self.said = tr("Reading {}…").format(what)

    # Ending

    def stop(self) -> None:
        """End what is being read; what was read stays."""
        if self._preparing is not None:
            self._give_up(tr("Stopped before anything was read."))
        elif self._following.running:
            self._stopped = True
            self._following.stop()

    def forget(self) -> None:
        """Say no more of what was read."""
        self.said, self.trouble = "", ()
        self.changed.emit()

    def close(self) -> None:
        """End what is being read, for the window closes."""
        self._preparing = None
        self._following.close()

    # What comes

    def _note(self, event: Read | Renewed) -> None:
        if not isinstance(event, Read):
            keep_sign_in(event, self._tools.session, in_lab=self._in_lab)
            return
        if self._full:  # what came before the job noticed that it is to end
            return
        known = self._tools.messages.of(self.account)
        digests = {each.digest for each in known}
        fresh = {e.digest: e for e in event.messages if e.digest not in digests}
        taken = tuple(fresh.values())[: max(0, MOST - len(known))]
        if taken:
            self._new += self._tools.messages.add(self.account, taken)
        self._count += len(event.messages) - len(fresh) + len(taken)
        self.trouble = (*self.trouble, *event.trouble)[:20]
        if len(taken) < len(fresh):
            text = tr("No more than {} messages are tried at once; the rest was left out.")
            self.trouble = (*self.trouble, text.format(f"{MOST:,}"))
            self._full = True
            self._following.stop()
        said = tr("Reading {what}: {count} so far…")
        self.said = said.format(what=self._what, count=f"{self._count:,}")
        self.changed.emit()

    def _give_up(self, said: str) -> None:
        self._preparing = None
        self.said = said
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        sentence = str(getattr(error, "sentence", ""))
        if not sentence:
            self._tools.session.failed.emit(error)
            sentence = tr("It ended by a mistake of this program.")
        elif hasattr(error, "finding"):  # mailbox.NotRead, which comes with both mail clients
            sentence += " " + tr("“Test connection” says what can be done.")
        self.trouble = (*self.trouble, sentence)

    def _end(self) -> None:
        if self._stopped:
            said = tr("Stopped: {count} read from {what}.")
        elif not self._count:
            said = tr("No message was found in {what}.") if not self.trouble else ""
        elif self._count == 1:
            said = tr("1 message read from {what}.")
        else:
            said = tr("{count} messages read from {what}.")
        self.said = said.format(count=f"{self._count:,}", what=self._what)
        known = self._count - self._new
        if known and self._new:
            self.said += " " + tr("{} of them were here already.").format(f"{known:,}")
        elif known:
            self.said += " " + tr("They were here already.")
        self.changed.emit()


def _bundled(messages: Iterator[Incoming], stop: threading.Event) -> Iterator[Read]:
    """Messages, some together; what was read before an error comes before it."""
    read, ended = Read(), False
    while not ended and not stop.is_set():
        failure: Exception | None = None
        try:
            read.messages.append(next(messages))
        except StopIteration:
            ended = True
        except Exception as error:  # it is raised again, behind what was read
            failure, ended = error, True
        if read.messages and (ended or len(read.messages) == TOGETHER):
            yield read
            read = Read()
        if failure is not None:
            raise failure
    if read.messages:
        yield read
    if stop.is_set():
        raise Stopped


def _from_files(paths: Sequence[Path], stop: threading.Event) -> Iterator[Read]:
    """The messages of files; one that cannot be read does not keep the others from it."""
    from motion_desk.services.messages.reading import Unreadable, read_file

    for path in paths:
        try:
            yield from _bundled(read_file(path), stop)
        except Unreadable as error:
            yield Read(trouble=[error.sentence])  # which names the file


def _samples(address: str, stop: threading.Event) -> Iterator[Read]:
    """The lab's feed, the newest first."""
    from motion_desk.services.lab import messages
    from motion_desk.services.messages.reading import read_headers

    written = [*messages.feed(address, SAMPLES_AT)]
    # Python makes boundaries up anew each time; the rest of a sample is always the same.
    contents = [_BOUNDARY.sub(b"=sample=", each.content) for each in reversed(written)]
    yield from _bundled((read_headers(content) for content in contents), stop)


def _from_mailbox(order: Order, count: int, stop: threading.Event) -> Iterator[Read | Renewed]:
    """The newest headers of a mailbox, and the renewals of its sign-in."""
    from motion_desk.services.messages.mailbox import newest

    for event in newest(order, count, stop):
        yield Read([event]) if isinstance(event, Incoming) else event
