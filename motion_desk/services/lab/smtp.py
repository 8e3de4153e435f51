"""The lab's SMTP server: aiosmtpd, with the fault in place of its answers where it has one."""

from __future__ import annotations

import asyncio
import base64
import logging
import ssl
from collections import defaultdict
from typing import Any

from aiosmtpd.smtp import MISSING, SMTP, Session, TLSSetupException
from aiosmtpd.smtp import Envelope as Draft

from motion_desk.services.lab import sasl
from motion_desk.services.lab.common import HOST, Common
from motion_desk.services.lab.delivery import deliver
from motion_desk.services.lab.faults.behaviour import After, Fault, Handshake, Starttls
from motion_desk.services.lab.identity import bearer
from motion_desk.services.lab.identity.bearer import Verdict
from motion_desk.services.lab.seen import Envelope
from motion_desk.services.lab.voice import Voice
from motion_desk.services.lab.wire import LONGEST_LINE

LONGEST_TOKEN_LINE = 12_288
"""Bytes of a token in base64: a line need not be longer (RFC 4954 §4), and IMAP has no such limit."""

# It would print, on a console without logging, what clients say where a command is expected; after
# a log-in that went wrong that may be a password.
logging.getLogger("mail.log").disabled = True


class Server(SMTP):
    """Serves one client. Nothing of a secret outlives the command that brought it.

    It is its own protocol: give it to ``connect_accepted_socket``, with TLS or without, and wait
    for ``ended``.
    """

    # Long enough for any password in base64; the usual 512 are not (RFC 4954 asks for 12,288).
    line_length_limit = LONGEST_LINE

    def __init__(self, common: Common, fault: Fault, context: ssl.SSLContext, *, tls: bool) -> None:
        # Otherwise one for all servers of the process, which the constructor clears.
        self.command_size_limits = defaultdict(lambda: LONGEST_LINE)
        self._rules = _Rules(common, fault)
        super().__init__(
            self._rules,
            data_size_limit=fault.size_limit,
            enable_SMTPUTF8=True,
            hostname=HOST,  # or it would ask the network for this computer's name
            ident="ESMTP Motion Desk lab",
            tls_context=None if tls else context,
            # What it takes for TLS is STARTTLS only; who may log in is decided here instead.
            auth_require_tls=False,
            loop=asyncio.get_running_loop(),
        )
        self._common = common
        self._fault = fault
        self._tls = tls
        self._voice = Voice(self._write, fault, common.scale)
        self._has_greeted = False
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def is_encrypted(self) -> bool:
        """Whether TLS is on, from the first byte or by STARTTLS."""
        return self._tls or (self.session is not None and self.session.ssl is not None)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        if not self.ended.done():
            self.ended.set_result(None)

    async def push(self, status: str | bytes) -> None:
        """Say a reply; the first one is the greeting."""
        reply = (status.encode("utf-8") if isinstance(status, str) else status) + b"\r\n"
        if self._has_greeted:
            await self._voice.say(reply)
        else:
            self._has_greeted = True
            await self._greet(reply)
        if reply.startswith(b"421 ") and self.transport:
            self.transport.close()

    async def handle_exception(self, error: Exception) -> str:
        """Note a mistake of the lab; a handshake that failed and a lost connection are none."""
        if not isinstance(error, TLSSetupException | OSError):
            self._common.seen.error(error)
        return "451 4.3.0 The lab made a mistake"

    async def smtp_HELO(self, hostname: str) -> None:
        self._note("HELO", hostname)
        await super().smtp_HELO(hostname)

    async def smtp_EHLO(self, hostname: str) -> None:
        self._note("EHLO", hostname)
        await super().smtp_EHLO(hostname)

    async def smtp_NOOP(self, arg: str) -> None:
        self._note("NOOP", arg)
        await super().smtp_NOOP(arg)

    async def smtp_RSET(self, arg: str) -> None:
        self._note("RSET", arg)
        await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        self._note("QUIT", arg)
        await super().smtp_QUIT(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        self._note("MAIL", arg)
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        self._note("RCPT", arg)
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        self._note("DATA", arg)
        await super().smtp_DATA(arg)

    async def smtp_STARTTLS(self, arg: str) -> None:
        self._note("STARTTLS", arg)
        if self.is_encrypted or self._fault.starttls is Starttls.MISSING:
            await self.push("502 5.5.1 Command not implemented")
        elif self._fault.starttls is Starttls.STRIPPED:
            await self.push("454 4.7.0 TLS is not available here")
        elif (
            self._fault.starttls is Starttls.BROKEN or self._fault.handshake is Handshake.BROKEN
        ) and self.transport:
            await self.push("220 2.0.0 Ready to start TLS")
            await self._reader.read(LONGEST_LINE)
            self.transport.close()
        else:
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        mechanism, _, initial = (arg or "").partition(" ")
        mechanism = mechanism.upper()
        self._note("AUTH", mechanism if mechanism in sasl.MECHANISMS else "?")
        reply = self._refusal(mechanism)
        if self._fault.echo:
            self._common.seen.login(mechanism if mechanism in sasl.MECHANISMS else "?")
            reply = await self._echo(arg, waits=not initial)
        if not reply:
            try:
                first = sasl.decoded(initial.strip().encode()) if initial else None
                reply = await self._judged(mechanism, await sasl.claim(mechanism, first, self._ask))
            except sasl.SaslError as error:
                reply = f"501 5.5.2 {error}"
        await self.push(reply)

    @property
    def received(self) -> str:
        """What the server notes in a message of whom it had it from, and how (RFC 5321 §4.4)."""
        name = self.session.host_name if self.session else None
        transport = self.transport
        tls = transport.get_extra_info("ssl_object") if transport else None
        how, cipher = "ESMTP", ""
        if tls is not None:
            how = "ESMTPS"
            cipher = f" (using {tls.version()} with cipher {(tls.cipher() or '?')[0]})"
        if self.session is not None and self.session.authenticated:
            how += "A"  # RFC 3848
        return (
            f"from {name or 'nobody'} ([127.0.0.1]){cipher} by {HOST} (Motion Desk lab) with {how}"
        )

    def _refusal(self, mechanism: str) -> str:
        """What a log-in is refused with before anything secret is asked for."""
        if self.session is None or not self.session.host_name:
            return "503 5.5.1 Say EHLO first"
        if self.session.authenticated:
            return "503 5.5.1 Already logged in"
        if not self._fault.smtp_mechanisms:
            return "503 5.5.1 Authentication is not enabled"
        if not self.may_log_in:
            return "530 5.7.0 Must issue a STARTTLS command first"
        if mechanism not in self._fault.smtp_mechanisms:
            return "504 5.5.4 This mechanism is not offered"
        return ""

    @property
    def may_log_in(self) -> bool:
        """Whether the connection is good enough to log in."""
        return self.is_encrypted or self._fault.clear_login

    async def _ask(self, challenge: bytes) -> bytes:
        await self.push(b"334 " + base64.b64encode(challenge))
        return sasl.decoded((await self._line()).strip())

    async def _line(self) -> bytes:
        try:
            return await self._reader.readline()
        except ValueError:
            raise sasl.SaslError("this line is too long") from None

    async def _judged(self, mechanism: str, claim: sasl.Claim) -> str:
        """The reply to an attempt to log in, after which the client may be in."""
        self._common.seen.login(mechanism)
        await asyncio.sleep(self._fault.login_delay * self._common.scale)
        if claim.token is not None and len(claim.token) * 4 / 3 > LONGEST_TOKEN_LINE:
            return "500 5.5.6 Authentication exchange line is too long"
        verdict = self._common.verdict(claim, self._fault, "smtp")
        is_right = verdict is Verdict.SOUND
        if self._fault.smtp_refusal and not (self._fault.right_password and is_right):
            return self._fault.smtp_refusal
        if not is_right or self.session is None:
            if claim.token is not None:
                await self._ask(bearer.challenge("smtp"))
            expired = verdict is Verdict.EXPIRED
            return "535 5.7.8 " + ("Access token expired" if expired else "Authentication failed")
        self.session.authenticated = True
        self._rules.user = claim.user
        return "235 2.7.0 Authentication succeeded"

    async def _echo(self, arg: str | None, *, waits: bool) -> str:
        """Refuse a log-in in the client’s own words."""
        said = f"AUTH {arg or ''}"
        if waits:
            await self.push("334 ")
            said = (await self._line()).strip().decode("utf-8", "replace")
        return f"500 5.5.2 unknown command: {said}"

    async def _greet(self, usual: bytes) -> None:
        after = self._fault.after_smtp_greeting or self._fault.after_greeting
        greeting = self._fault.smtp_greeting
        said = greeting.encode("ascii") + b"\r\n" if greeting else usual
        await self._voice.greet(said)
        match after:
            case After.SILENCE:
                await asyncio.get_running_loop().create_future()  # cancelled with the connection
            case After.CLOSE if self.transport:
                self.transport.close()

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def _note(self, verb: str, rest: str | None) -> None:
        self._common.seen.command("smtp", f"{verb} {rest}" if rest else verb)


class _Rules:
    """What the server answers where aiosmtpd leaves the answer to its owner."""

    def __init__(self, common: Common, fault: Fault) -> None:
        self._common = common
        self._fault = fault
        self.user = ""
        """Who has logged in, if anybody has."""

    async def handle_EHLO(
        self,
        server: Server,
        session: Session,
        envelope: Draft,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        offers = [HOST, f"SIZE {self._fault.size_limit}", "8BITMIME", "SMTPUTF8"]
        if not server.is_encrypted and self._fault.starttls is not Starttls.MISSING:
            offers.append("STARTTLS")
        if server.may_log_in and self._fault.smtp_mechanisms:
            offers.append("AUTH " + " ".join(self._fault.smtp_mechanisms))
        offers.append("ENHANCEDSTATUSCODES")
        # One string, so that all lines leave in one packet.
        return ["\r\n".join([*(f"250-{offer}" for offer in offers), "250 HELP"])]

    async def handle_MAIL(
        self, server: Server, session: Session, envelope: Draft, sender: str, options: list[str]
    ) -> Any:
        if not server.may_log_in:
            return "530 5.7.0 Must issue a STARTTLS command first"
        if self._fault.sender_refusal:
            return self._fault.sender_refusal
        if self._fault.own_address_only and sender.casefold() != self.user.casefold():
            user = self.user or "nobody"
            return f"553 5.7.1 <{sender}>: Sender address rejected: not owned by user {user}"
        return MISSING

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Draft, recipient: str, options: list[str]
    ) -> Any:
        if self._fault.recipient_refusal:
            return self._fault.recipient_refusal
        if self._fault.relays_for_known and not self.user:
            return f"554 5.7.1 <{recipient}>: Relay access denied"
        if self._fault.greylisting and self._is_put_off(envelope.mail_from or "", recipient):
            return "451 4.7.1 Greylisted, please try again in 60 seconds"
        return MISSING

    async def handle_DATA(self, server: Server, session: Session, envelope: Draft) -> str:
        content = envelope.original_content or b""
        accepted = Envelope(envelope.mail_from or "", tuple(envelope.rcpt_tos), content)
        self._common.seen.message(accepted)
        deliver(self._common, self._fault, accepted, server.received)
        return "250 2.0.0 OK: accepted"

    def _is_put_off(self, sender: str, recipient: str) -> bool:
        now = asyncio.get_running_loop().time()
        first = self._common.put_off.setdefault((sender, recipient), now)
        return now < first + self._fault.greylisting * self._common.scale
