"""IMAP: the commands of a test, on a wire, by imapclient; only ``delete`` changes anything."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, ProtocolError

from motion_desk.services.mail.errors import Closed, MailError, Nonsense, Refused
from motion_desk.services.mail.wire import Wire
from motion_desk.services.mail.xoauth2 import MECHANISM, initial_response

T = TypeVar("T")

HEADERS = "BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT MESSAGE-ID)]"
NOT_LOGGED_IN = "not logged in"
"""The code of a refusal that imaplib itself gives before a login; no server's has spaces."""
_NO = re.compile(rb"[A-Z]+\d+ (NO|BAD) ?([^\r\n]*)")
_BYE = re.compile(rb"\* BYE ?([^\r\n]*)")
_CODE = re.compile(r"\[([A-Z][A-Z0-9-]*)[^\]]*\] ?")


@dataclass(frozen=True, slots=True)
class Folder:
    """A mailbox of the server's list."""

    name: str
    delimiter: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A mailbox that was opened read-only: its messages, and how many of them are unseen."""

    messages: int
    unseen: int | None
    uid_validity: int | None
    read_only: bool


@dataclass(frozen=True, slots=True)
class Header:
    """What a message says of itself: bytes as sent. ``received`` is when the server got it."""

    uid: int
    received: datetime | None
    header: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A message that was looked for: where it is, and its whole header.

    ``others`` are the UIDs of further copies in the same mailbox.
    """

    mailbox: str
    validity: int | None
    header: Header
    others: tuple[int, ...] = ()


@dataclass(slots=True)
class _Heard:
    """What the server said that no library hands on as it was said."""

    no: bytes = b""
    code: str = ""
    bye: bytes = b""
    challenge: bytes = b""


class _OnWire(imaplib.IMAP4):
    """imaplib's protocol on a wire in place of a socket."""

    def __init__(self, wire: Wire, heard: _Heard) -> None:
        self._wire = wire
        self._heard = heard
        super().__init__()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Nothing to do: the wire is connected."""

    def read(self, size: int) -> bytes:
        return self._wire.read(size)

    def readline(self) -> bytes:
        """The next line; what it refuses is noted, for imaplib's errors quote it in many ways."""
        line = self._wire.readline()
        if found := _NO.match(line):
            self._heard.no = found[2]
            self._heard.code = "BAD" if found[1] == b"BAD" else ""
        elif found := _BYE.match(line):
            self._heard.bye = found[1]
        return line

    def send(self, data: Any) -> None:
        self._wire.send(data)

    def shutdown(self) -> None:
        """Nothing to do: who made the wire closes it."""


class _Client(IMAPClient):  # type: ignore[misc]  # it has no types
    def __init__(self, wire: Wire, heard: _Heard) -> None:
        self._on_wire = wire, heard
        super().__init__("", ssl=False)
        self._imap.debug = 0  # nothing of what is said goes to any log

    def _create_IMAP4(self) -> imaplib.IMAP4:
        return _OnWire(*self._on_wire)

    def _set_read_timeout(self) -> None:
        """The wire has its own."""


class Imap:
    """One IMAP session on a wire whose greeting was not read yet.

    Every method raises the errors of ``Wire``, ``Refused`` with the server's code and words (the
    code is “BAD” where it calls the command itself wrong), and ``Nonsense`` for answers that are
    no IMAP. Making it reads the greeting and asks CAPABILITY.
    """

    def __init__(self, wire: Wire) -> None:
        self._heard = _Heard()
        self._client: _Client = self._asked(lambda: _Client(wire, self._heard))
        self._before = self._capabilities()

    @property
    def capabilities(self) -> tuple[str, ...]:
        """What the server said it can do before the login."""
        return self._before

    def _capabilities(self) -> tuple[str, ...]:
        return tuple(sorted({_text(each) for each in self._client.capabilities()}))

    def log_in(self, username: str, password: str) -> str:
        """Log in by LOGIN, as is inferred of Motion; returns the server's words.

        Only ASCII can be sent so (RFC 9051 §9: astring).
        """
        return self._words(self._asked(lambda: self._client.login(username, password)))

    def log_in_plain(self, username: str, password: str) -> str:
        """Log in by AUTHENTICATE PLAIN (RFC 4616), which takes all of Unicode."""
        return self._words(self._asked(lambda: self._client.plain_login(username, password)))

    def log_in_token(self, username: str, token: str) -> str:
        """Log in by AUTHENTICATE XOAUTH2; returns the server's words.

        A server that refuses says why in a challenge, which is answered by an empty line; it is
        in the ``Refused`` that follows. Raises ``ValueError`` for control characters.
        """
        said = [initial_response(username, token)]

        def answer(challenge: bytes) -> bytes:
            if said:
                return said.pop()
            self._heard.challenge = challenge
            return b""

        return self._words(self._asked(lambda: self._client.sasl_login(MECHANISM, answer)))

    def capabilities_now(self) -> tuple[str, ...]:
        """What the server can do after the login; asked for where it has not said so by itself."""
        return self._asked(self._capabilities)

    def examine(self, mailbox: str) -> Opened:
        """Open a mailbox read-only (EXAMINE) and count by STATUS, which also opens nothing."""

        def call() -> Opened:
            counted = self._client.folder_status(mailbox, ["MESSAGES", "UNSEEN"])
            found = self._client.select_folder(mailbox, readonly=True)
            return Opened(
                _whole(found.get(b"EXISTS")) or 0,
                _whole(counted.get(b"UNSEEN")),
                _whole(found.get(b"UIDVALIDITY")),
                bool(found.get(b"READ-ONLY", True)),
            )

        return self._asked(call)

    def folders(self) -> tuple[Folder, ...]:
        """All mailboxes that the server lists."""

        def call() -> tuple[Folder, ...]:
            return tuple(
                Folder(str(name), _text(delimiter or b""), tuple(_text(flag) for flag in flags))
                for flags, delimiter, name in self._client.list_folders()
            )

        return self._asked(call)

    def quota(self, mailbox: str) -> tuple[int, int] | None:
        """Kilobytes used and allowed (RFC 9208), where the mailbox has such a limit."""

        def call() -> tuple[int, int] | None:
            _, quotas = self._client.get_quota_root(mailbox)
            found = [each for each in quotas if _text(each.resource).upper() == "STORAGE"]
            return (found[0].usage, found[0].limit) if found else None

        return self._asked(call)

    def rights(self, mailbox: str) -> str:
        """The letters of what this user may do with a mailbox (RFC 4314 §3.5, MYRIGHTS)."""

        def call() -> str:
            kind, found = self._client._imap.myrights(self._client._normalise_folder(mailbox))
            if kind != "OK" or not found or not isinstance(found[-1], bytes):
                raise Refused("", _text(found[-1] if found else b""))
            return found[-1].rpartition(b" ")[2].decode("ascii", "replace")

        return self._asked(call)

    def newest(self, messages: int, count: int, part: str = HEADERS) -> tuple[Header, ...]:
        """The newest ``count`` of the open mailbox's ``messages``, newest first, left unseen.

        ``part`` is what of each is fetched, by BODY.PEEK.
        """
        return self.numbered(range(max(1, messages - count + 1), messages + 1), part)

    def since(self, day: date) -> tuple[int, ...]:
        """The numbers of the open mailbox's messages of a day and later, in their order.

        The day is that of the server's own date of arrival, without its time (RFC 9051 §6.4.4).
        """

        def call() -> tuple[int, ...]:
            self._client.use_uid = False
            return tuple(sorted(self._client.search(["SINCE", day])))

        return self._asked(call)

    def numbered(self, numbers: Sequence[int], part: str) -> tuple[Header, ...]:
        """Messages of the open mailbox by their numbers, the last first, as ``newest`` does."""
        if not numbers:
            return ()

        def call() -> tuple[Header, ...]:
            # By number, not by UID: the newest are the last, and no search is needed.
            self._client.use_uid = False
            found = self._client.fetch(numbers, ["UID", "INTERNALDATE", part])
            return tuple(_header(found[number]) for number in sorted(found, reverse=True))

        return self._asked(call)

    def found(self, mailbox: str, headers: Mapping[str, str]) -> Found | None:
        """The newest message with one of some headers in a mailbox, which is opened read-only.

        Raises ``Refused`` also where there is no such mailbox.
        """

        def call() -> Found | None:
            opened = self._client.select_folder(mailbox, readonly=True)
            uids = self._client.search(_either([*headers.items()]))
            if not uids:
                return None
            uid = max(uids)
            said = self._client.fetch([uid], ["INTERNALDATE", "BODY.PEEK[HEADER]"])
            if uid not in said:  # deleted in between
                return None
            validity = _whole(opened.get(b"UIDVALIDITY"))
            others = tuple(sorted({*uids} - {uid}))
            return Found(mailbox, validity, _header({**said[uid], b"UID": uid}), others)

        return self._asked(call)

    def message(self, found: Found, most: int) -> bytes | None:
        """All of a message that was found, left unseen; ``None`` beyond ``most`` bytes, or gone."""

        def call() -> bytes | None:
            self._client.select_folder(found.mailbox, readonly=True)
            return self.whole(found.header.uid, most)

        return self._asked(call)

    def whole(self, uid: int, most: int) -> bytes | None:
        """All of a message of the open mailbox, left unseen; ``None`` beyond ``most``, or gone."""

        def call() -> bytes | None:
            self._client.use_uid = True
            sized = self._client.fetch([uid], ["RFC822.SIZE"]).get(uid, {})
            size = _whole(sized.get(b"RFC822.SIZE"))
            if size is None or size > most:
                return None
            said = self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {})
            whole = said.get(b"BODY[]")
            return whole if isinstance(whole, bytes) else None

        return self._asked(call)

    def delete(self, mailbox: str, validity: int | None, uid: int) -> bool:
        """Delete one message for good, and no other; whether that could be done.

        By UID EXPUNGE (RFC 4315) where the server offers it. Else the message is only marked as
        deleted where other messages bear that mark, for EXPUNGE would delete them too. Raises
        ``Refused`` where the mailbox was made anew since, so that the UID may be another's.
        """

        def call() -> bool:
            opened = self._client.select_folder(mailbox)
            if _whole(opened.get(b"UIDVALIDITY")) != validity:
                raise Refused("", "the mailbox was made anew since")
            self._client.add_flags([uid], [b"\\Deleted"], silent=True)
            if "UIDPLUS" in self._capabilities():
                self._client.uid_expunge([uid])
            elif self._client.search(["DELETED"]) == [uid]:
                self._client.expunge()
            return not self._client.search(["UID", str(uid)])

        return self._asked(call)

    def log_out(self) -> None:
        """Say goodbye."""
        self._asked(self._client.logout)

    def _asked(self, call: Callable[[], T]) -> T:
        """The result of a call to imapclient, its errors translated."""
        try:
            return call()
        except ProtocolError as error:
            raise Nonsense(str(error)) from None
        except (IMAPClientError, imaplib.IMAP4.error) as error:
            raise self._explained(error) from None
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # The parsers of both libraries stumble so over answers that are no IMAP.
            raise Nonsense(f"{type(error).__name__}: {error}") from None

    def _explained(self, error: Exception) -> MailError:
        """What an error of imaplib or imapclient means."""
        heard, said = self._heard, str(error)
        if heard.no:
            words, heard.no = _text(heard.no), b""
            challenge = _text(heard.challenge)
            found = _CODE.match(words)
            if found:
                return Refused(found[1], words[found.end() :], challenge)
            return Refused(heard.code, words, challenge)
        if heard.bye:
            return Closed(_text(heard.bye))
        if "illegal in state" in said:
            return Refused(NOT_LOGGED_IN, "")
        return Nonsense(re.sub(r"^.*unexpected (?:tagged )?response: ", "", said))

    def _words(self, result: Any) -> str:
        return _text(result) if isinstance(result, bytes) else str(result or "")


def _either(headers: Sequence[tuple[str, str]]) -> list[str]:
    """What searches for one of some headers (RFC 9051 §6.4.4: OR takes two keys)."""
    (name, value), *rest = headers
    key = ["HEADER", name, value]
    return ["OR", *key, *_either(rest)] if rest else key


def _header(found: dict[bytes, Any]) -> Header:
    received = found.get(b"INTERNALDATE")
    header = next((value for key, value in found.items() if key.startswith(b"BODY[")), b"")
    return Header(
        _whole(found.get(b"UID")) or 0,
        received if isinstance(received, datetime) else None,
        header if isinstance(header, bytes) else b"",
    )


def _whole(value: object) -> int | None:
    if isinstance(value, Sequence) and value and not isinstance(value, str | bytes):
        value = value[0]
    return value if isinstance(value, int) else None


def _text(data: object) -> str:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
