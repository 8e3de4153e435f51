"""What both mail servers have in common: a folder, ports, a certificate, people, a start, an end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Self

from tests.servers.authority import NAME, Authority, Certificate
from tests.servers.people import PEOPLE, state
from tests.servers.ports import StartError, wait_for_greetings

# Not 127.0.0.1, from where clients come: dovecot.conf says why.
HOST = "127.0.0.2"
ATTEMPTS = 3
STOP_SECONDS = 20.0

# Runs a server, and stops it when standard input ends: that also happens where the tests are
# killed, and no server is left behind. Its arguments are what stops the server, and what runs it.
KEEPER = """
exec 3<&0
"$@" &
server=$!
{ cat <&3; eval "$0"; } &
wait $server
"""


@dataclass(frozen=True)
class Owner:
    """An ordinary user of this machine, who owns mail and perhaps processes."""

    user: str
    group: str
    uid: int
    gid: int


def ordinary_user() -> Owner:
    """Who runs the tests, or nobody in place of root."""
    # There are neither on Windows.
    import grp
    import pwd

    entry = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    group = grp.getgrgid(entry.pw_gid).gr_name
    return Owner(entry.pw_name, group, entry.pw_uid, entry.pw_gid)


def give(folder: Path, owner: Owner) -> None:
    """Make a folder and all in it somebody's own."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.uid, owner.gid)


class Server(ABC):
    """A mail server with a folder and ports of its own: a context manager that starts and ends it.

    All that it writes lies in its folder and goes with it. It listens on loopback only.
    """

    host = HOST
    name = NAME
    people = PEOPLE

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.folder = Path()
        self._ending = ExitStack()

    @property
    def ca_pem(self) -> str:
        """The root that a client must trust, PEM."""
        return self.authority.pem

    @property
    def log(self) -> str:
        """What the server had to say so far."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def route(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Where a name of this server leads; raises `LookupError` for any other name."""
        if host in {"localhost", self.host, *(each.value for each in Certificate)}:
            return ((self.host, port),)
        raise LookupError(f"“{host}” is no name of the test servers")

    def state(self, user: str) -> dict[str, str]:
        """All that a client could have changed in a user's mail, to be compared."""
        return state(self.folder / "mail" / user)

    @abstractmethod
    def prepare(self, stack: ExitStack) -> None:
        """Put into the folder what does not depend on ports; `stack` ends what this starts."""

    @abstractmethod
    def configure(self) -> Sequence[int]:
        """Choose ports, write the configuration, and return the ports that greet in the clear."""

    @abstractmethod
    def command(self) -> list[str]:
        """What runs the server in the foreground."""

    @abstractmethod
    def stop(self) -> str:
        """What stops it, in the shell's language; `$server` is the process of `command`."""

    def runs_as(self) -> Owner | None:
        """Who runs the server, where it is not whoever runs the tests."""
        return None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            # A short path: that of a Unix socket may have 107 characters.
            self.folder = Path(tempfile.mkdtemp(prefix="motion-desk-server-"))
            stack.callback(shutil.rmtree, self.folder)
            # The server's own users must get through.
            self.folder.chmod(0o755)
            self.prepare(stack)
            self._start(stack)
            self._ending = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def _start(self, stack: ExitStack) -> None:
        """Start on free ports; on others, should somebody take one of them at the last moment."""
        for attempt in range(1, ATTEMPTS + 1):
            ports = self.configure()
            process = self._run()
            try:
                wait_for_greetings(process, self.host, ports)
            except StartError as error:
                self._end(process)
                if attempt == ATTEMPTS or "Address already in use" not in self.log:
                    raise StartError(f"{self.command()[0]}: {error}\n{self.log}") from None
            else:
                stack.callback(self._end, process)
                return

    def _run(self) -> subprocess.Popen[bytes]:
        owner = self.runs_as()
        return subprocess.Popen(
            ["sh", "-c", KEEPER, self.stop(), *self.command()],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl+C is for pytest, which then ends the server in good order.
            start_new_session=True,
            user=owner.uid if owner else None,
            group=owner.gid if owner else None,
            extra_groups=[] if owner else None,
        )

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Stop the server and wait until it is gone."""
        assert process.stdin
        process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def fill(self, template: str, **values: object) -> str:
        """The text of a template beside this module, with the server's names and values in it."""
        text = Template((Path(__file__).parent / template).read_text(encoding="utf-8"))
        return text.substitute(folder=self.folder, host=self.host, name=self.name, **values)
