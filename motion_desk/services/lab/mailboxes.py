"""Mailboxes in memory: the folders of every person, and the messages in them."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from motion_desk.services.lab import messages
from motion_desk.services.lab.faults.behaviour import Layout

INBOX = "INBOX"
SEEN, DELETED = "\\Seen", "\\Deleted"

# How many of the sample messages lie in a mailbox; the others are empty.
_FILLED = {"Support": 4, "Support/Archive": 2, "Junk": 1, "Kunden & Service": 2}
_ASKED_FOR = 3


@dataclass(slots=True, eq=False)
class Message:
    """A message in a folder; its content never changes."""

    uid: int
    content: bytes
    received: datetime
    flags: set[str] = field(default_factory=set)


class Folder:
    """One mailbox: its messages in the order of their numbers.

    ``samples`` lie in it from the beginning, but are made when it is first looked at: a lab that
    gets mail for a thousand people would need 10 s and 50 MB for mailboxes that nobody opens.
    """

    def __init__(self, name: str, validity: int, samples: Iterable[messages.Written] = ()) -> None:
        self.name = name
        self.validity = validity
        self._samples: Iterable[messages.Written] | None = samples
        self._delivered: list[tuple[bytes, datetime]] = []
        self._next_uid = 1
        self._messages: list[Message] = []

    @property
    def next_uid(self) -> int:
        """The number that the next message gets."""
        self._fill()
        return self._next_uid

    @property
    def messages(self) -> list[Message]:
        """What lies in it."""
        self._fill()
        return self._messages

    @messages.setter
    def messages(self, left: list[Message]) -> None:
        self._messages = left

    def deliver(self, content: bytes, received: datetime) -> None:
        """Add an unread message behind all that is there, without looking at it."""
        if self._samples is None:
            self._add(content, received, ())
        else:
            self._delivered.append((content, received))

    def put(self, content: bytes, received: datetime, flags: Iterable[str] = ()) -> Message:
        """Add a message under the next number."""
        self._fill()
        return self._add(content, received, flags)

    def _fill(self) -> None:
        samples, self._samples = self._samples, None
        for written in samples or ():
            self._add(written.content, written.received, [SEEN] if written.is_read else [])
        while self._delivered:
            self._add(*self._delivered.pop(0), ())

    def _add(self, content: bytes, received: datetime, flags: Iterable[str]) -> Message:
        message = Message(self._next_uid, content, received, set(flags))
        self._next_uid += 1
        self._messages.append(message)
        return message

    def state(self) -> dict[str, Any]:
        """All of it as plain values that can be compared."""
        return {
            "validity": self.validity,
            "next": self.next_uid,
            "messages": [
                (each.uid, tuple(sorted(each.flags)), hashlib.sha256(each.content).hexdigest())
                for each in self.messages
            ],
        }


class Mailboxes:
    """The folders of one person under one layout. Used on the servers' thread only."""

    def __init__(self, person: str, layout: Layout) -> None:
        self.layout = layout
        self._person = person
        self._now = datetime.now(UTC)
        self._validities = itertools.count(int(self._now.timestamp()))
        self._folders = {name: self._made(name) for name in (INBOX, *layout.names)}
        # Under a layout with any name. Kept apart, for asking for one must leave no trace.
        self._asked: dict[str, tuple[Folder, dict[str, Any]]] = {}

    def folder(self, name: str) -> Folder | None:
        """The folder with a name, or ``None``; INBOX is found in capitals and small letters."""
        name = self._canonical(name)
        if name in self._folders or not name:
            return self._folders.get(name)
        if name not in self._asked and self.layout.any_name:
            folder = self._made(name)
            self._asked[name] = (folder, folder.state())
        return self._asked[name][0] if name in self._asked else None

    def names(self) -> list[str]:
        """The names of the folders that are listed, INBOX first."""
        return list(self._folders)

    def create(self, name: str) -> bool:
        """Make an empty folder; ``False`` where there is one, or the name can be none."""
        name = self._canonical(name)
        if not name or name in self._folders or name in self._asked:
            return False
        self._folders[name] = Folder(name, next(self._validities))
        return True

    def delete(self, name: str) -> bool:
        """Remove a folder with all that is in it; ``False`` where there is none, and for INBOX."""
        name = self._canonical(name)
        found = self._folders.pop(name, None) if name != INBOX else None
        return found is not None or self._asked.pop(name, None) is not None

    def state(self) -> dict[str, Any]:
        """Every folder as plain values, those too that were only asked for and then changed."""
        changed = {
            name: folder
            for name, (folder, before) in self._asked.items()
            if folder.state() != before
        }
        return {name: each.state() for name, each in {**self._folders, **changed}.items()}

    def _canonical(self, name: str) -> str:
        head, sign, rest = name.partition(self.layout.delimiter)
        return INBOX + sign + rest if head.upper() == INBOX else name

    def _made(self, name: str) -> Folder:
        return Folder(name, next(self._validities), self._samples(name))

    def _samples(self, name: str) -> Iterator[messages.Written]:
        if name == INBOX and self.layout.feed:
            return messages.feed(self._person, self._now)
        samples = messages.customers(self._person, self._now)
        if name == INBOX:
            return samples
        plain = name.removeprefix(INBOX + ".").replace(".", "/")
        filled = _FILLED.get(plain, 0) if name in self.layout.names else _ASKED_FOR
        return itertools.islice(samples, filled)


class Post:
    """The mailboxes of all people under every layout, made when first needed."""

    def __init__(self, people: Iterable[str] = ()) -> None:
        self._known = {person.casefold(): person for person in people}
        self._mailboxes: dict[tuple[str, Layout], Mailboxes] = {}

    def of(self, person: str, layout: Layout) -> Mailboxes:
        """The mailboxes of whoever logs in under a name; capitals make no difference."""
        name = self._known.setdefault(person.casefold(), person)
        if (name, layout) not in self._mailboxes:
            self._mailboxes[name, layout] = Mailboxes(name, layout)
        return self._mailboxes[name, layout]

    def addressed(self, address: str, layout: Layout) -> Mailboxes:
        """The mailboxes that mail for an address is put into.

        They are those of the login name that is the address, else that is its local part, else
        new ones.
        """
        local = address.rpartition("@")[0].casefold()
        known = local in self._known and address.casefold() not in self._known
        return self.of(local if known else address, layout)
