"""Many: sends samples to a lab in another process, and prints how the memory of this one grows.

``python -m tests.services.invitations.many PORT CERTIFICATE COUNT KILOBYTES [traced]`` prints how
many were sent, the seconds that took, the bytes by which this process grew after the first tenth,
and, traced, the bytes of Python's own that the last tenth left behind.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import threading
import tracemalloc
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from motion_desk.models.sent import Outcome
from motion_desk.services.invitations.sending import Over, Progress, send
from tests.services.invitations.people import WELCOME, an_order, login, person
from tests.services.tester import orders

ROW = "<p>" + "Words that follow each other. " * 33 + "</p>"
"""A kilobyte of HTML."""


def main(port: int, certificate: str, count: int, kilobytes: int, *, traced: bool) -> None:
    """Send and print."""
    workspace = orders.given(Path(certificate).read_text("ascii"))
    reached = login(lambda *_: (("127.0.0.1", port),), workspace, smtp__port=465, smtp__secure=True)
    template = replace(WELCOME, html=WELCOME.html + ROW * kilobytes)
    people = [person(number) for number in range(count)]
    order = an_order(people, replace(reached, lab=True), template=template)
    early = 0
    begun = perf_counter()
    for event in send(order, threading.Event()):
        if isinstance(event, Progress) and event.number == max(1, count // 10):
            early = _resident()
        if isinstance(event, Progress) and event.number == count * 9 // 10 and traced:
            gc.collect()
            tracemalloc.start()
        if isinstance(event, Over):
            seconds = perf_counter() - begun
            re.purge()  # email compiles an expression for each boundary; 512 of them are kept
            gc.collect()
            left = tracemalloc.get_traced_memory()[0]
            sent = event.counts.get(Outcome.SENT, 0)
            sys.stdout.write(f"{sent} {seconds} {_resident() - early} {left}\n")


def _resident() -> int:
    """The bytes of this process that lie in memory: the second number, in pages (proc(5))."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


if __name__ == "__main__":
    PORT, CERTIFICATE, COUNT, KILOBYTES, *REST = sys.argv[1:]
    main(int(PORT), CERTIFICATE, int(COUNT), int(KILOBYTES), traced="traced" in REST)
