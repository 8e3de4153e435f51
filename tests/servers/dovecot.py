"""One Dovecot of a test's own: IMAP and submission, each with STARTTLS and over TLS at once.

It needs no rights: as root it is run by nobody, else by whoever runs the tests.
"""

from __future__ import annotations

import base64
import os
import secrets
import socket
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.needs import program
from tests.servers.authority import Authority, Certificate
from tests.servers.people import fill
from tests.servers.ports import free_ports
from tests.servers.server import HOST, Owner, Server, give, ordinary_user

# Tokens are checked here, without asking whoever gave them out; "upn" is Microsoft's name of a user.
OAUTH2 = """\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = upn
"""
MECHANISMS = ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "OAUTHBEARER"]
SUBMISSION = Path("/usr/lib/dovecot/submission")
NAMED = """\
local_name {name} {{
  ssl_cert = <{folder}/tls/{name}.pem
  ssl_key = <{folder}/tls/{name}.key
}}
"""


def obstacle() -> str | None:
    """Why no Dovecot can run here, in words, or None."""
    dovecot = program("dovecot")
    if not (dovecot and SUBMISSION.exists()):
        return "Dovecot is not installed (on Debian: sudo scripts/setup servers)"
    version = subprocess.check_output([dovecot, "--version"], text=True)
    if not version.startswith("2.3."):
        return f"Dovecot {version.split()[0]} does not read the configuration of Dovecot 2.3"
    with socket.socket() as attempt:
        try:
            attempt.bind((HOST, 0))
        except OSError:
            return f"this machine has no address {HOST}"
    return None


class Dovecot(Server):
    """A Dovecot with people and their mail.

    It shows each kind of `Certificate` to clients that ask for its name (TLS's SNI), and
    `certificate` to those that name nothing or something else. Mail that is submitted goes no
    further than `submitted`.
    """

    def __init__(self, certificate: Certificate = Certificate.SOUND) -> None:
        super().__init__(Authority())
        self.certificate = certificate
        self.submitted: list[bytes] = []
        self.token_secret = secrets.token_bytes(32)
        """What access tokens are signed with by HS256."""
        self.imap = self.imaps = self.submission = self.submissions = 0
        self.auth = 0
        """Where another server on this machine may ask who may log in (127.0.0.1)."""
        self._sink = 0

    def prepare(self, stack: ExitStack) -> None:
        for name in ("tls", "run", "state"):
            (self.folder / name).mkdir()
        for kind in Certificate:
            identity = self.authority.identity(kind, also=("localhost", self.host))
            (self.folder / "tls" / f"{kind.value}.pem").write_bytes(identity.chain)
            (self.folder / "tls" / f"{kind.value}.key").write_bytes(identity.key)
        passwd = self.folder / "passwd"
        # In base64, for a colon would end a password.
        passwd.write_text(
            "".join(
                f"{user}:{{PLAIN.b64}}{base64.b64encode(password.encode()).decode()}\n"
                for user, password in self.people.items()
            )
        )
        # The file's path is whose key it is, for which algorithm, and its name.
        key = self.folder / "keys" / "default" / "HS256" / "default"
        key.parent.mkdir(parents=True)
        key.write_bytes(base64.b64encode(self.token_secret))
        (self.folder / "oauth2").write_text(OAUTH2.format(folder=self.folder), encoding="utf-8")
        for user in self.people:
            fill(self.folder / "mail" / user, user)
        (self._sink,) = free_ports("127.0.0.1", 1)
        sink = Controller(Sink(self.submitted), hostname="127.0.0.1", port=self._sink)
        sink.start()
        stack.callback(sink.stop)

    def configure(self) -> Sequence[int]:
        self.imap, self.imaps, self.submission, self.submissions = free_ports(self.host, 4)
        (self.auth,) = free_ports("127.0.0.1", 1)
        owner = ordinary_user()
        text = self.fill(
            "dovecot.conf",
            certificate=self.certificate.value,
            user=owner.user,
            group=owner.group,
            sink=self._sink,
            imap=self.imap,
            imaps=self.imaps,
            submission=self.submission,
            submissions=self.submissions,
            auth=self.auth,
        )
        text += "".join(NAMED.format(name=kind.value, folder=self.folder) for kind in Certificate)
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")
        give(self.folder, owner)
        # Asked to end while it still starts, Dovecot would take five seconds more for it.
        return self.imap, self.submission

    def command(self) -> list[str]:
        return [program("dovecot") or "dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]

    def runs_as(self) -> Owner | None:
        return ordinary_user() if os.geteuid() == 0 else None

    def stop(self) -> str:
        return "kill $server"


class Sink:
    """Takes in all mail and keeps its content."""

    def __init__(self, kept: list[bytes]) -> None:
        self._kept = kept

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self._kept.append(envelope.original_content or b"")
        return "250 2.0.0 Taken in"
