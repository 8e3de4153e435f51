"""One Postfix of a test's own: for mail from elsewhere, and for submission with Dovecot's users.

Only root can start a Postfix. Nothing outside its folder is changed.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Sequence
from contextlib import ExitStack

from tests.needs import program
from tests.servers.authority import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.people import DOMAIN, GREY
from tests.servers.ports import free_ports
from tests.servers.server import Server, give, ordinary_user


def obstacle() -> str | None:
    """Why no Postfix can run here, in words, or None."""
    if not program("postfix"):
        return "Postfix is not installed (on Debian: sudo scripts/setup servers)"
    if os.geteuid() != 0:
        return "only root can start Postfix"
    return None


class Postfix(Server):
    """A Postfix for the people of a running Dovecot, with its authority.

    `smtp` takes in mail for the domain's people and offers STARTTLS; `submission` wants STARTTLS
    before all else, `submissions` is TLS at once, and both let people log in, who then may write
    to anybody, but only under their own address. What is for the domain's people is delivered to
    them here (not in Dovecot's mailboxes), the rest vanishes. The address `GREY` is greylisted.
    """

    def __init__(self, dovecot: Dovecot) -> None:
        super().__init__(dovecot.authority)
        self.smtp = self.submission = self.submissions = 0
        self._auth = dovecot.auth

    def prepare(self, stack: ExitStack) -> None:
        for name in ("etc", "queue", "data", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        give(self.folder / "mail", ordinary_user())
        identity = self.authority.identity(Certificate.SOUND, also=("localhost", self.host))
        chain = self.folder / "etc" / "chain.pem"
        chain.touch(mode=0o600)
        chain.write_bytes(identity.key + identity.chain)
        self._table("mailboxes", {user: f"{user}/" for user in self.people})
        self._table("owners", {user: user for user in self.people})
        self._table("greylist", {GREY: "450 4.2.0 Greylisted, try again in 300 seconds"})

    def configure(self) -> Sequence[int]:
        self.smtp, self.submission, self.submissions = free_ports(self.host, 3)
        owner = ordinary_user()
        files = {
            "main.cf": self.fill(
                "main.cf", domain=DOMAIN, uid=owner.uid, gid=owner.gid, auth=self._auth
            ),
            "master.cf": self.fill(
                "master.cf",
                smtp=self.smtp,
                submission=self.submission,
                submissions=self.submissions,
            ),
        }
        for name, text in files.items():
            self._put(name, text)
        return self.smtp, self.submission

    def command(self) -> list[str]:
        return self._postfix("start-fg")

    def stop(self) -> str:
        # The process of `command` is only a script that waits for the one that serves.
        return shlex.join(self._postfix("stop"))

    def _postfix(self, verb: str) -> list[str]:
        return [program("postfix") or "postfix", "-c", str(self.folder / "etc"), verb]

    def _table(self, name: str, lines: dict[str, str]) -> None:
        self._put(name, "".join(f"{key} {value}\n" for key, value in lines.items()))

    def _put(self, name: str, text: str) -> None:
        path = self.folder / "etc" / name
        path.write_text(text, encoding="utf-8")
        # Each of Postfix's programs would wait until the file is two seconds old, in case that
        # somebody is still writing it: 2.5 s in all.
        os.utime(path, (0, 0))
