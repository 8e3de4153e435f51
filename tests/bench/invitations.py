"""Invitations: how long many take to the lab, and how much more memory they take than a few."""

from __future__ import annotations

import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from motion_desk.services.lab import Lab
from tests.bench.figures import Figure
from tests.services.invitations.people import SENDER

COUNT = 200
"""Enough to see growth; 1,000 take five times as long: ``python -m tests.bench.invitations``."""
KILOBYTES = 20
"""HTML of each letter."""


def figures(count: int = COUNT) -> Iterator[Figure]:
    """The figures of ``count`` invitations, rendered, finished and sent to each by one session.

    The floor is the standard library's client with one of these letters as it left, again and
    again: nothing is rendered for it. The sender is a process of its own, for the lab keeps what
    it takes. Raises ``AssertionError`` where somebody got none, or two.
    """
    with tempfile.TemporaryDirectory() as folder, Lab(Path(folder)) as lab:
        place = [str(lab.ports[465]), str(lab.certificate_file)]
        sent, seconds, grown, _ = _sent(place, count)
        recipients = [each.recipients for each in lab.seen.messages]
        assert sent == len(set(recipients)) == len(recipients) == count
        floor = _by_hand(lab, count, lab.seen.messages[0].content)
    yield Figure(f"{count:,} invitations to the lab, against ready ones", seconds, floor, 4, "s")
    yield Figure(
        f"memory that {count:,} invitations take more than {count // 10}", grown / 1e6, 0, 8, "MB"
    )


def _sent(place: list[str], count: int) -> tuple[float, ...]:
    script = [sys.executable, "-m", "tests.services.invitations.many"]
    done = subprocess.run(
        [*script, *place, str(count), str(KILOBYTES)], capture_output=True, text=True, check=True
    )
    return tuple(map(float, done.stdout.split()))


def _by_hand(lab: Lab, count: int, letter: bytes) -> float:
    context = ssl.create_default_context(cafile=str(lab.certificate_file))
    context.check_hostname = False
    begun = perf_counter()
    with smtplib.SMTP_SSL("127.0.0.1", lab.ports[465], context=context) as client:
        # Or each letter of more than one TLS record waits 40 ms for an acknowledgement.
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # type: ignore[union-attr]  # connected
        client.login(SENDER, "any")
        for number in range(count):
            client.sendmail(SENDER, [f"floor{number}@meridia.example"], letter)
    return perf_counter() - begun


if __name__ == "__main__":
    for figure in figures(1_000):
        print(figure.line())
