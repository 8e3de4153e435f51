"""A wire to a scripted server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from motion_desk.services.mail.names import Place
from motion_desk.services.mail.sockets import connect
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.mail.wire import Wire
from tests.services.mail.scripted import Play, server


@contextmanager
def wired(play: Play, stop: threading.Event | None = None) -> Iterator[Wire]:
    """A wire to a server that plays."""
    stop = stop or threading.Event()
    with server(play) as (address, port):
        connected, _ = connect([Place(address, port)], until=monotonic() + 5, stop=stop)
        wire = Wire(connected, Transcript(), stop)
        try:
            yield wire
        finally:
            wire.close()
