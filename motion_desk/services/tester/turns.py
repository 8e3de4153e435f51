"""Turns: in which order many accounts are tested, so that no server ever sees two logins at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint


@dataclass(frozen=True, slots=True)
class Turn:
    """One probe: of the account with a number, in one protocol, on one server."""

    number: int
    protocol: Protocol
    server: str


def server_of(account: Account, protocol: Protocol, number: int) -> str:
    """What counts as one server: the host's name, whatever the port and the protocol.

    IMAP and SMTP of one host mostly check the same passwords, so they count their failures
    together. An account without a host has a server of its own: it goes no further anyway.
    """
    host = endpoint(account, protocol).host.strip().rstrip(".").casefold()
    return host or f"none {number}"


class Turns:
    """Says which turn may begin next. No clock, no thread: whoever calls says what happens.

    At any time at most ``at_once`` turns have begun and not ended, and at most one on each server.
    Servers with the most turns left come first, so that the longest queue does not end alone; on
    one server, turns keep the order of the accounts. Every turn begins once.
    """

    def __init__(self, turns: Sequence[Turn], at_once: int) -> None:
        if at_once < 1:
            raise ValueError("at least one at once")
        self._at_once = at_once
        self._queues: dict[str, deque[Turn]] = {}
        for turn in turns:
            self._queues.setdefault(turn.server, deque()).append(turn)
        self._busy: set[str] = set()

    @property
    def left(self) -> int:
        """How many turns have not begun."""
        return sum(map(len, self._queues.values()))

    @property
    def under_way(self) -> int:
        """How many have begun and not ended."""
        return len(self._busy)

    def begin(self) -> Turn | None:
        """The turn that begins now, or nothing where none may: a later ``end`` may change that."""
        if len(self._busy) >= self._at_once:
            return None
        free = [name for name, turns in self._queues.items() if turns and name not in self._busy]
        if not free:
            return None
        name = max(free, key=lambda each: len(self._queues[each]))
        self._busy.add(name)
        return self._queues[name].popleft()

    def end(self, turn: Turn) -> None:
        """Note that a turn ended. Raises ``KeyError`` for one that is not under way."""
        self._busy.remove(turn.server)

    def drop(self) -> None:
        """Begin no more."""
        self._queues.clear()
