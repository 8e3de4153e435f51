"""Messages: those that a person has opened for trial and timeline, by account, while the window is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from motion_desk.models.incoming import Incoming


class Messages(QObject):
    """What was opened from files, read from mailboxes or sent here from a conversation.

    ``changed`` tells of which account (its id) there are others now. A message is there once,
    however often it is added. Nothing of it is kept beyond the window.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: dict[str, tuple[Incoming, ...]] = {}
        self._chosen: dict[str, str] = {}
        self._choices: dict[str, int] = {}

    def of(self, account: str) -> tuple[Incoming, ...]:
        """The messages of an account, in the order in which they came."""
        return self._messages.get(account, ())

    def chosen(self, account: str) -> Incoming | None:
        """The message that the timeline of an account shows: the one last chosen, or the first."""
        messages = self.of(account)
        digest = self._chosen.get(account)
        return next(
            (each for each in messages if each.digest == digest), messages[0] if messages else None
        )

    def choice(self, account: str) -> tuple[int, str]:
        """How often a message of an account was chosen, and the digest of the last; or 0 and ""."""
        return self._choices.get(account, 0), self._chosen.get(account, "")

    def add(self, account: str, messages: Iterable[Incoming]) -> int:
        """Add messages; gives how many of them are new."""
        known = {each.digest: each for each in self.of(account)}
        before = len(known)
        for each in messages:
            known.setdefault(each.digest, each)
        self._messages[account] = tuple(known.values())
        self.changed.emit(account)
        return len(known) - before

    def choose(self, account: str, digest: str) -> None:
        """Choose the message that trial and timeline show next."""
        self._chosen[account] = digest
        self._choices[account] = self._choices.get(account, 0) + 1
        self.changed.emit(account)

    def remove(self, account: str, digests: Iterable[str]) -> None:
        """Take messages out again."""
        gone = {*digests}
        self._messages[account] = tuple(e for e in self.of(account) if e.digest not in gone)
        self.changed.emit(account)
