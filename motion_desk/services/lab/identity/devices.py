"""Device codes: sign-ins that a person approves elsewhere (RFC 8628)."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from enum import Enum

from motion_desk.services.lab.identity.grants import Grant
from motion_desk.services.lab.identity.refusals import Refused

LIFE = 900
"""Seconds that a person has, as with Microsoft."""

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
_CODE_LENGTH = 9
# A client that asks for one code after another loses the oldest.
_MOST_KEPT = 1_000


class _State(Enum):
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class _Pending:
    user_code: str
    grant: Grant
    ends: float
    polls: int = 0
    state: _State = _State.WAITING


class Devices:
    """The sign-ins that wait. May be used on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending_by_code: dict[str, _Pending] = {}

    def begin(self, grant: Grant, now: float) -> tuple[str, str]:
        """A device code for the client and a user code for the person; now in seconds."""
        code = secrets.token_urlsafe(64)
        user_code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
        with self._lock:
            while len(self._pending_by_code) >= _MOST_KEPT:
                del self._pending_by_code[next(iter(self._pending_by_code))]
            self._pending_by_code[code] = _Pending(user_code, grant, now + LIFE)
        return code, user_code

    def approve(self, user_code: str, person: str) -> None:
        """Let the client sign in as a person. Raises ``KeyError`` for an unknown code."""
        self._settle(user_code, _State.APPROVED, person)

    def decline(self, user_code: str) -> None:
        """Refuse it. Raises ``KeyError`` for an unknown code."""
        self._settle(user_code, _State.DECLINED, "")

    def redeem(
        self, code: str, client: str, now: float, person: str, after: int | None = None
    ) -> Grant:
        """The grant of a code that was approved; each is given out once.

        ``person`` approves by themselves once the client has asked ``after`` times. Raises
        ``Refused`` while the sign-in waits, and where it will come to nothing.
        """
        with self._lock:
            pending = self._pending_by_code.get(code)
            if pending is None or pending.grant.client != client:
                raise Refused(70018)
            if now > pending.ends:
                raise Refused(70020)
            if pending.state is _State.DECLINED:
                raise Refused(65004)
            if pending.state is _State.APPROVED:
                return self._pending_by_code.pop(code).grant
            if after is not None and pending.polls >= after:
                return replace(self._pending_by_code.pop(code).grant, person=person)
            self._pending_by_code[code] = replace(pending, polls=pending.polls + 1)
        raise Refused(70016)

    def _settle(self, user_code: str, state: _State, person: str) -> None:
        wanted = user_code.strip().upper().replace("-", "")
        with self._lock:
            for code, pending in self._pending_by_code.items():
                if pending.user_code == wanted and pending.state is _State.WAITING:
                    grant = replace(pending.grant, person=person)
                    self._pending_by_code[code] = replace(pending, state=state, grant=grant)
                    return
        raise KeyError(wanted)
