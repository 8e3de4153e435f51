"""Scripted SMTP: a server that takes mail, and does what a test wants in between."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from motion_desk.services.mail.names import Route
from tests.services.mail import scripted

PORT = 587
DOT = "."
"""The verb of a message's end."""
HANG_UP, STAY_SILENT = "hang up", "stay silent"

React = Callable[["Script", str, str], str]
"""From the verb and the rest of a command, what is answered; empty for the usual answer."""

_USUAL = {
    "EHLO": "250-here\r\n250 AUTH PLAIN",
    "AUTH": "235 2.7.0 in",
    "DATA": "354 go on",
    "QUIT": "221 2.0.0 out",
}


@dataclass
class Script:
    """What a scripted server has seen, on all its connections.

    ``whole`` are the recipients of messages that came to their last dot, whatever was answered;
    ``accepted`` those of messages that were answered with 250.
    """

    react: React
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    whole: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    reached_end: threading.Event = field(default_factory=threading.Event)

    def play(self, connection: socket.socket) -> None:
        """Serve one client."""
        self.connections += 1
        to = ""
        with connection.makefile("rwb") as wire:

            def say(line: str) -> None:
                wire.write(line.encode() + b"\r\n")
                wire.flush()

            say(self.react(self, "GREETING", "") or "220 here")
            while line := wire.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                self.commands.append(verb)
                if verb == "RCPT":
                    to = rest.partition("<")[2].partition(">")[0]
                answer = self.react(self, verb, rest) or _USUAL.get(verb, "250 2.0.0 ok")
                if answer == HANG_UP:
                    return
                say(answer)
                if verb == "DATA" and answer.startswith("354"):
                    self.contents.append(_content(wire.readline))
                    self.whole.append(to)
                    answer = self.react(self, DOT, to) or "250 2.0.0 taken"
                    self.reached_end.set()
                    if answer == HANG_UP:
                        return
                    if answer == STAY_SILENT:
                        wire.readline()
                        return
                    if answer.startswith("250"):
                        self.accepted.append(to)
                    say(answer)
                elif verb == "QUIT" or answer.startswith("421"):
                    return


def _content(readline: Callable[[], bytes]) -> bytes:
    lines = []
    while (line := readline()) not in (b".\r\n", b""):
        lines.append(line.removeprefix(b"."))
    return b"".join(lines)


@contextmanager
def smtp(react: React = lambda *_: "") -> Iterator[tuple[Script, Route]]:
    """A server that reacts so, and the way to it."""
    script = Script(react)
    with scripted.server(script.play) as place:

        def route(_host: str, port: int) -> tuple[tuple[str, int], ...]:
            if port != PORT:  # where a tester looks whether there is TLS
                raise LookupError
            return (place,)

        yield script, route


def once(verb: str, answer: str, *, at: int = 1) -> React:
    """Answer so the ``at``-th time that a verb comes, and usually otherwise."""
    seen = 0

    def react(_script: Script, said: str, _rest: str) -> str:
        nonlocal seen
        seen += said == verb
        return answer if said == verb and seen == at else ""

    return react
