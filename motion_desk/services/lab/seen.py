"""What the lab's servers have seen: counts and commands for tests, without any secret."""

from __future__ import annotations

import threading
import traceback
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

# Enough for any test; a lab that runs for days forgets what is older.
_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message that SMTP accepted: whom it is from, whom it is for, and itself."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class Seen:
    """Every property is a snapshot and may be read on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._connections = 0
            self._logins: Counter[str] = Counter()
            self._commands: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=_KEPT))
            self._messages: deque[Envelope] = deque(maxlen=_KEPT)
            self._errors: deque[str] = deque(maxlen=_KEPT)

    @property
    def connections(self) -> int:
        """How many connections were accepted."""
        with self._lock:
            return self._connections

    @property
    def logins(self) -> Mapping[str, int]:
        """How many log-ins were tried, by mechanism; IMAP's LOGIN command counts as LOGIN."""
        with self._lock:
            return dict(self._logins)

    @property
    def commands(self) -> Mapping[str, list[str]]:
        """The commands of clients, in order, by protocol: “imap”, “smtp”, “pop3”, “https”.

        A log-in is there as its verb and mechanism only, and what is no known command as “?”. Of
        HTTPS there is the method, the end of the path, and which kind of token was asked for.
        """
        with self._lock:
            return {protocol: list(said) for protocol, said in self._commands.items()}

    @property
    def messages(self) -> tuple[Envelope, ...]:
        """What SMTP accepted, in order."""
        with self._lock:
            return tuple(self._messages)

    @property
    def errors(self) -> tuple[str, ...]:
        """Mistakes of the lab itself: the kind of error and where, never its text."""
        with self._lock:
            return tuple(self._errors)

    def connection(self) -> None:
        """Count a connection."""
        with self._lock:
            self._connections += 1

    def login(self, mechanism: str) -> None:
        """Count an attempt to log in."""
        with self._lock:
            self._logins[mechanism] += 1

    def command(self, protocol: str, said: str) -> None:
        """Note a command, which the caller has freed of secrets."""
        with self._lock:
            self._commands[protocol].append(said)

    def message(self, envelope: Envelope) -> None:
        """Note an accepted message."""
        with self._lock:
            self._messages.append(envelope)

    def error(self, error: BaseException) -> None:
        """Note a mistake of the lab by its kind and place; its text may hold what was sent."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
        with self._lock:
            self._errors.append(type(error).__name__ + place)
