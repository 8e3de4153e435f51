"""An IMAP session: one client from the greeting to its leaving (RFC 3501)."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable

from motion_desk.services.lab import sasl
from motion_desk.services.lab.common import HOST, Common
from motion_desk.services.lab.faults.behaviour import After, Fault, Handshake, Noise, Starttls
from motion_desk.services.lab.identity import bearer
from motion_desk.services.lab.identity.bearer import Verdict
from motion_desk.services.lab.imap.grammar import (
    LITERAL_MARK,
    GrammarError,
    Value,
    as_bytes,
    as_text,
    called,
    parsed,
)
from motion_desk.services.lab.imap.mail import NAMES, Mail
from motion_desk.services.lab.voice import Voice
from motion_desk.services.lab.wire import LONGEST_LINE, Wire

LONGEST_SECRET = 2**16
"""Bytes of a literal before logging in."""
IDLE_SECONDS = 0.2
"""Between two looks for new mail while a client waits for it."""

_TAG = re.compile(rb"[^\x00-\x20\x7f-\xff(){%*\"\\+]+")
_REFUSED = "NO [AUTHENTICATIONFAILED] Authentication failed."
_TOKEN_EXPIRED = "NO [AUTHENTICATIONFAILED] The access token has expired."


class _Left(Exception):  # noqa: N818  it is no fault of the program
    """The client has left, or is to be left."""


class Session:
    """Serves one client. Nothing of a secret outlives the command that brought it."""

    def __init__(self, common: Common, fault: Fault, wire: Wire) -> None:
        self._common = common
        self._fault = fault
        self._wire = wire
        self._voice = Voice(wire.write, fault, common.scale)
        self._mail: Mail | None = None
        self._untold: list[bytes] = []
        self._commands: dict[str, Callable[..., Awaitable[str]]] = {
            "CAPABILITY": self._capability,
            "NOOP": self._noop,
            "ID": self._id,
            "STARTTLS": self._starttls,
            "LOGIN": self._login,
            "AUTHENTICATE": self._authenticate,
            "IDLE": self._idle,
        }

    async def run(self) -> None:
        """Serve the client until it or the fault ends the connection.

        Raises ``OSError`` or ``EOFError`` where the client leaves in the middle of something.
        """
        usual = f"* OK [CAPABILITY {self._capabilities()}] {HOST} Motion Desk lab ready"
        greeting = (self._fault.imap_greeting or usual).encode("ascii") + b"\r\n"
        await self._voice.greet(greeting)
        match self._fault.after_greeting:
            case After.SILENCE:
                await self._wire.until_left()
            case After.TALK:
                try:
                    while command := await self._command():
                        await self._obey(command)
                except _Left:
                    pass

    async def _command(self) -> bytes:
        """The next command with the literals in it; empty where the client has left."""
        command = line = await self._wire.line()
        while found := LITERAL_MARK.search(line):
            size = int(found[1])
            if size > (self._fault.size_limit if self._mail else LONGEST_SECRET):
                tag = command.partition(b" ")[0]
                await self._wire.write(tag + b" NO [TOOBIG] The literal is too long\r\n")
                if found[2]:  # it comes all the same
                    return b""
                command = line = await self._wire.line()
                continue
            if not found[2]:
                await self._voice.say(b"+ Go on\r\n")
            command += await self._wire.exactly(size)
            line = await self._wire.line()
            command += line
            if len(command) > self._fault.size_limit + LONGEST_LINE:
                return b""
        return command if line else b""

    async def _obey(self, command: bytes) -> None:
        """Answer one command under its tag."""
        tag = _TAG.match(command)
        if tag is None:
            await self._voice.say(b"* BAD A command begins with a tag\r\n")
            return
        try:
            values = parsed(command[tag.end() :])
            name = as_text(values[0]).upper() if values else ""
            self._common.seen.command("imap", self._without_secrets(command[tag.end() :], values))
            answer = await self._answer(name, values[1:], command.rstrip(b"\r\n"))
        except GrammarError as error:
            name, answer = "", f"BAD {error}"
        strange = self._fault.noise is Noise.STRANGE_TAGS
        await self._say(b"%b %b\r\n" % (b"zz" + tag[0] if strange else tag[0], _encoded(answer)))
        if name == "LOGOUT":
            raise _Left
        if name == "STARTTLS" and answer.startswith("OK"):
            await self._encrypt()

    async def _answer(self, name: str, values: list[Value], command: bytes) -> str:
        """Do what a command asks for; its tagged reply, without the tag."""
        by_uid = name == "UID" and len(values) > 0
        if by_uid:
            name, values = as_text(values[0]).upper(), values[1:]
        if name == "LOGOUT":
            self._tell(b"* BYE See you\r\n")
            return "OK LOGOUT completed"
        if self._fault.echo and name in ("LOGIN", "AUTHENTICATE"):
            return await self._echo(name, values, command)
        if name in self._commands and not by_uid:
            return await called(self._commands[name], *values)
        if self._mail is None:
            return "BAD Unknown command, or log in first"
        if self._fault.huge_literal and name == "FETCH":
            await self._voice.endlessly(b"* 1 FETCH (BODY[HEADER] {4294967296}\r\n")
        return self._mail.answer(name, values, by_uid=by_uid)

    async def _capability(self) -> str:
        self._tell(f"* CAPABILITY {self._capabilities()}\r\n".encode("ascii"))
        return "OK CAPABILITY completed"

    def _capabilities(self) -> str:
        names = ["IMAP4rev1", "LITERAL+", "SASL-IR", "ID", "IDLE", "NAMESPACE"]
        if self._mail:
            return " ".join([*names, "UIDPLUS", "UNSELECT", "SPECIAL-USE", "QUOTA", "ACL"])
        if not self._wire.encrypted and self._fault.starttls is not Starttls.MISSING:
            names.append("STARTTLS")
        if not self._fault.login_command or not self._may_log_in():
            names.append("LOGINDISABLED")
        if self._may_log_in():
            names += [f"AUTH={mechanism}" for mechanism in self._fault.imap_mechanisms]
        return " ".join(names)

    def _may_log_in(self) -> bool:
        return self._wire.encrypted or self._fault.clear_login

    async def _noop(self) -> str:
        if self._mail:
            self._mail.news()
        return "OK NOOP completed"

    async def _id(self, _client: Value = "NIL") -> str:
        self._tell(b'* ID ("name" "Motion Desk lab")\r\n')
        return "OK ID completed"

    async def _starttls(self) -> str:
        if self._wire.encrypted or self._fault.starttls is Starttls.MISSING:
            return "BAD Unknown command"
        if self._fault.starttls is Starttls.STRIPPED:
            return "BAD TLS is not available here"
        return "OK Begin TLS now"

    async def _encrypt(self) -> None:
        broken = self._fault.starttls is Starttls.BROKEN
        if broken or self._fault.handshake is Handshake.BROKEN:
            await self._wire.some()
            raise _Left
        context = self._common.certificates.context(self._fault.chain, self._fault.handshake)
        await self._wire.start_tls(context)

    async def _login(self, user: Value, password: Value) -> str:
        if not self._fault.login_command:
            return "NO LOGIN is disabled here"
        if not self._may_log_in():
            return "NO [PRIVACYREQUIRED] Logging in is refused without TLS"
        try:
            return await self._judged(
                "LOGIN", sasl.password_claim(as_bytes(user), as_bytes(password))
            )
        except sasl.SaslError as error:
            return f"NO [AUTHENTICATIONFAILED] {error}"

    async def _authenticate(self, mechanism: Value, initial: Value | None = None) -> str:
        name = as_text(mechanism).upper()
        if not self._may_log_in():
            return "NO [PRIVACYREQUIRED] Logging in is refused without TLS"
        if name not in self._fault.imap_mechanisms:
            return "NO [CANNOT] This mechanism is not offered"
        try:
            first = None if initial is None else sasl.decoded(as_bytes(initial))
            return await self._judged(name, await sasl.claim(name, first, self._ask))
        except sasl.SaslError as error:
            return f"BAD {error}"

    async def _ask(self, challenge: bytes) -> bytes:
        await self._voice.say(b"+ " + base64.b64encode(challenge) + b"\r\n")
        line = await self._wire.line()
        if not line:
            raise _Left
        return sasl.decoded(line.strip())

    async def _judged(self, mechanism: str, claim: sasl.Claim) -> str:
        """The reply to an attempt to log in, after which the client may be in."""
        if self._mail:
            return "BAD Already logged in"
        self._common.seen.login(mechanism)
        await asyncio.sleep(self._fault.login_delay * self._common.scale)
        verdict = self._common.verdict(claim, self._fault, "imap")
        is_right = verdict is Verdict.SOUND
        if self._fault.imap_refusal and not (self._fault.right_password and is_right):
            return self._fault.imap_refusal
        if not is_right:
            if claim.token is not None:
                await self._ask(bearer.challenge("imap"))
            return _TOKEN_EXPIRED if verdict is Verdict.EXPIRED else _REFUSED
        mailboxes = self._common.post.of(claim.user, self._fault.layout)
        self._mail = Mail(mailboxes, self._fault, self._tell)
        return f"OK [CAPABILITY {self._capabilities()}] Logged in"

    async def _echo(self, name: str, values: list[Value], command: bytes) -> str:
        """Refuse a log-in in the client’s own words."""
        mechanism = as_text(values[0]).upper() if name == "AUTHENTICATE" and values else name
        self._common.seen.login(mechanism if mechanism in sasl.MECHANISMS else "?")
        if name == "AUTHENTICATE" and len(values) == 1:
            await self._voice.say(b"+ \r\n")
            command = (await self._wire.line()).strip()
        # A literal's line ends would end this reply, too.
        flat = b" ".join(command.split(b"\r\n"))
        return "BAD unknown command: " + flat.decode("utf-8", "surrogateescape")

    async def _idle(self) -> str:
        if self._mail is None:
            return "BAD Log in first"
        await self._say(b"+ idling\r\n")
        line = asyncio.ensure_future(self._wire.line())
        try:
            while not line.done():
                await asyncio.wait({line}, timeout=IDLE_SECONDS)
                self._mail.news()
                await self._say()
        finally:
            line.cancel()
        return "OK IDLE completed" if line.result().strip().upper() == b"DONE" else "BAD Say DONE"

    def _tell(self, line: bytes) -> None:
        """Keep an untagged reply until the tagged one, so that both leave in one packet."""
        self._untold.append(line)

    async def _say(self, last: bytes = b"") -> None:
        reply = b"".join(self._untold) + last
        self._untold.clear()
        if reply:
            await self._voice.say(reply)

    def _without_secrets(self, command: bytes, values: list[Value]) -> str:
        """A command for the counts: of a log-in its verb and mechanism, nothing of an unknown one."""
        words = [as_text(value).upper() for value in values[:2] if isinstance(value, str)]
        match words:
            case ["LOGIN", *_]:
                return "LOGIN"
            case ["AUTHENTICATE", mechanism] if mechanism in sasl.MECHANISMS:
                return f"AUTHENTICATE {mechanism}"
            case ["AUTHENTICATE", *_]:
                return "AUTHENTICATE ?"
            case [name, *_] if name in {*self._commands, *NAMES, "LOGOUT"}:
                return command.partition(b"\r\n")[0].strip().decode("utf-8", "replace")
            case _:
                return "?"


def _encoded(answer: str) -> bytes:
    return answer.encode("utf-8", "surrogateescape")
