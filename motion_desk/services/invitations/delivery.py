"""Delivery: many messages by as few SMTP sessions as it takes, none of them twice."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sent import Outcome
from motion_desk.services.invitations.delivered import (
    AGAIN_AFTER,
    Delivered,
    GivenUpError,
    Happened,
    Waiting,
)
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError, Refused
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.tester import round_trip_steps as shared
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.probing import session_of
from motion_desk.services.tester.reading import explained
from motion_desk.services.tester.run import Order as Login
from motion_desk.services.tester.session import Session
from motion_desk.services.tester.smtp_steps import take_back
from motion_desk.services.tester.steps import (
    Finding,
    Renewed,
    State,
    Step,
    StepName,
)
from motion_desk.services.tester.tokens import Tokens

LAST_WAIT = 600.0
"""Seconds that a server may take to answer a message (RFC 5321 §4.5.3.2.6)."""

_IN_DOUBT = (
    "The connection ended after the message was handed over and before the server answered. "
    "Whether it arrived is unknown, so it was not sent again."
)
_OWN_WORDS = {
    Failure.RECIPIENT_REFUSED: "The server does not know this address, or takes no mail for it.",
    Failure.REFUSED: "The server refused this message.",
    Failure.TOO_LARGE: "The message is larger than the server takes.",
    Failure.OVER_QUOTA: "The recipient's mailbox is full.",
}
"""What a refusal means for one of many messages; the tester's words are about an account's own."""
_FOR_ALL = (Failure.LOGIN_NEEDED, Failure.LOGIN_NEEDS_ENCRYPTION, Failure.SENDER_REFUSED)
"""Refusals that every other recipient would get, too."""


class _Unwritten(Transcript):
    """A transcript that notes nothing: what is sent holds personal links."""

    def said(self, side: str, data: bytes) -> None:
        pass


class Delivery:
    """Sends messages one after the other, and connects and logs in when it must.

    Belongs to one thread; ``stop`` may be set by any other, and ends whatever is waited for within
    100 ms. A message is tried again only where the server cannot have taken it: where the
    connection ends between its last dot and the answer, nobody knows. ``close`` it in the end.
    """

    def __init__(
        self,
        login: Login,
        stop: threading.Event,
        again_after: Sequence[float] = AGAIN_AFTER,
    ) -> None:
        self._login = login
        self._stop = stop
        self._again_after = again_after
        self._renewed: list[Renewed] = []
        self._tokens = Tokens(login.tokens, self._note_renewed)
        self._session: Session | None = None
        self._was_in = False
        self.sender = endpoint(login.account, Protocol.SMTP).address

    def send(self, to: str, content: bytes) -> Generator[Happened, None, Delivered]:
        """Send one message to an address in ASCII; returns what became of it.

        Raises ``GivenUpError`` where no other message could be sent either, and ``Stopped`` where
        a person asked for the end before the server can have taken the message.
        """
        pauses = iter(self._again_after)
        while True:
            trouble: Finding | Step
            session = self._session
            if session is None:
                failed = yield from self._connect()
                if failed is None:
                    continue
                trouble = failed
            else:
                done = self._tried(session, to, content)
                if isinstance(done, Delivered):
                    return done
                trouble = done
            pause = next(pauses, None)
            if pause is None:
                raise _given_up(trouble)
            if pause:
                yield Waiting(pause, f"{_title(trouble)}: the next try follows.")
            if self._stop.wait(pause):
                raise Stopped

    def close(self) -> None:
        """Say goodbye, as far as the server still listens, and close the connection."""
        if self._session is not None and not self._stop.is_set():
            take_back(self._session)
        self._drop()

    def _note_renewed(self, cache: str) -> None:
        if self._login.tokens:
            self._renewed.append(Renewed(self._login.tokens.provider.id, cache))

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None and session.wire is not None:
            session.wire.close()

    def _connect(self) -> Generator[Happened, None, Step | None]:
        """Connect and log in; returns the step that failed where another try can help."""
        session = session_of(self._login, Protocol.SMTP, self._stop, self._tokens)
        session.transcript = _Unwritten()
        self._session = session
        try:
            failed = yield from shared.connected(session)
        except BaseException:
            self._drop()
            raise
        while self._renewed:
            yield self._renewed.pop(0)
        if failed is None:
            self._was_in = True
            return None
        self._drop()
        if failed.state is State.STOPPED:
            raise Stopped
        # Before the first login the settings may be wrong; and no password is tried twice.
        if not self._was_in or failed.name in (StepName.INPUTS, StepName.TOKEN, StepName.LOGIN):
            raise _given_up(failed)
        return failed

    def _tried(self, session: Session, to: str, content: bytes) -> Delivered | Finding:
        """Send a message once; a ``Finding`` says why it is to be tried again."""
        smtp = session.smtp
        if smtp is None:
            raise RuntimeError("the steps before make the client")
        step = StepName.SENDER
        try:
            session.answering()
            smtp.sender(self.sender)
            step = StepName.RECIPIENT
            session.answering()
            smtp.recipient(to)
            step = StepName.LOGOUT  # no refusal is about the recipient any more
            session.connected.allow(LAST_WAIT)
            words = smtp.message(content)
        except Refused as refused:
            return self._refused(session, step, refused, to)
        except (MailError, Stopped) as error:
            self._drop()
            if smtp.in_doubt:
                return Delivered(Outcome.UNKNOWN, meaning=_IN_DOUBT)
            if isinstance(error, Stopped):
                raise
            return shared.of_error(session, step, error)
        return Delivered(Outcome.SENT, words)

    def _refused(
        self, session: Session, step: StepName, refused: Refused, to: str
    ) -> Delivered | Finding:
        finding = _finding(session, step, refused, to)
        if refused.code.startswith("421"):
            self._drop()  # the server closes the connection with this code (RFC 5321 §3.8)
            return finding
        for_all = step is StepName.SENDER or finding.failure in _FOR_ALL
        if for_all and not refused.code.startswith("4"):
            raise _given_up(finding)
        try:
            session.answering()
            assert session.smtp is not None  # noqa: S101 - it has just answered
            session.smtp.take_back()
        except MailError:
            self._drop()  # the next message gets a new connection
        if for_all:
            return finding
        said = f"{refused.code} {finding.words}".strip()
        return Delivered(Outcome.REFUSED, said, _OWN_WORDS.get(finding.failure, finding.cause))


def _finding(session: Session, step: StepName, refused: Refused, to: str) -> Finding:
    failed = explained(session, step, refused)
    values = dict(failed.values)
    if step is StepName.RECIPIENT and "address" in values:
        values["address"] = to
    return Finding(failed.failure, values, failed.code, failed.words, failed.key)


def _title(trouble: Finding | Step) -> str:
    return trouble.summary if isinstance(trouble, Step) else trouble.title


def _given_up(trouble: Finding | Step) -> GivenUpError:
    if isinstance(trouble, Step):
        name = trouble.name.title
        return GivenUpError(f"{trouble.protocol.label}, {name}: {trouble.summary}.", trouble)
    words = f" The server said: “{trouble.code} {trouble.words}”." if trouble.words else ""
    return GivenUpError(f"{trouble.title}. {trouble.cause}{words}")
