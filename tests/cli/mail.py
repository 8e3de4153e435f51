"""Mail for tests of the command line: documents of accounts, servers for them, and terminals."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from motion_desk.models.account import Account
from motion_desk.models.directory import Surroundings
from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.document import write
from motion_desk.services.lab import Lab
from tests.services.tester.orders import account, given

USER = "support@example.test"
CANARY = "canary-Zwitscher-‹9›-7f3b"
SOON = 20.0
"""Seconds within which what must happen has happened on any machine."""


def on(lab: Lab, **values: object) -> Account:
    """An account whose servers are a lab's real ports."""
    ports = {"imap__port": lab.ports[993], "smtp__port": lab.ports[465]}
    return account("127.0.0.1", USER, "", smtp__secure=True, **(ports | values))


def documents(folder: Path, tested: Account, workspace: Workspace) -> tuple[Path, Path]:
    """The files of an account and its workspace."""
    folder.mkdir(exist_ok=True)
    paths = folder / "account.yaml", folder / "workspace.yaml"
    surroundings = Surroundings(workspace)
    for path, document in zip(paths, (tested, workspace), strict=True):
        path.write_text(write(document, surroundings), encoding="utf-8")
    return paths


def known(lab: Lab) -> Workspace:
    """A workspace that says that Motion was given a lab's authority."""
    return given(lab.certificate)


def command(*arguments: object) -> list[str]:
    """What starts the program as people do."""
    return [sys.executable, "-m", "motion_desk", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """The environment of this process, and more."""
    return {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", **more}


class Terminal:
    """A process on a terminal of its own; ``text`` is all that it has shown."""

    def __init__(self, arguments: list[str], env: dict[str, str]) -> None:
        self._master, slave = os.openpty()
        self.process = subprocess.Popen(
            arguments, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
        )
        os.close(slave)
        self.text = ""

    def wait_for(self, words: str) -> None:
        """Read until it has shown some words."""
        until = monotonic() + SOON
        while words not in self.text:
            assert monotonic() < until, self.text
            assert self._read(), self.text

    def type(self, line: str) -> None:
        """Type a line."""
        os.write(self._master, f"{line}\n".encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        return self.process.wait(SOON)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], SOON)
        try:
            data = os.read(self._master, 65536) if ready else b""
        except OSError:  # how a terminal says that its last user is gone
            data = b""
        self.text += data.decode("utf-8", "replace")
        return bool(data)

    def close(self) -> None:
        """End the process, if it has not ended, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(SOON)
        os.close(self._master)


@contextmanager
def terminal(*arguments: object, **more: str) -> Iterator[Terminal]:
    """The program on a terminal of its own."""
    opened = Terminal(command(*arguments), environment(**more))
    try:
        yield opened
    finally:
        opened.close()
