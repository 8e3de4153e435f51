"""Detecting: all sources asked side by side, within a time, and their candidates ranked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from time import monotonic

from motion_desk.services.discovery import guessing, sources
from motion_desk.services.discovery.candidates import (
    Candidate,
    Detection,
    Ending,
    Source,
    SourceEnded,
    SourceResult,
    judged,
    ranked,
)
from motion_desk.services.discovery.search import Request, Search, parts
from motion_desk.services.discovery.sources import Found
from motion_desk.services.domain.resolver import Asking
from motion_desk.services.jobs import THREAD_PREFIX, Stopped, wait_for

_LOOKS: Mapping[Source, Callable[[Search], Found]] = {
    Source.PRESET: sources.preset,
    Source.AUTOCONFIG: sources.autoconfig,
    Source.WELL_KNOWN: sources.well_known,
    Source.SRV: sources.srv,
    Source.MX: sources.mx,
    Source.ISPDB: sources.ispdb,
    Source.PROBING: guessing.probing,
}

Looked = tuple[tuple[Candidate, ...], SourceResult]


def detect(request: Request, stop: threading.Event) -> Detection:
    """Settings that may belong to an address, the best first.

    Ends within ``request.patience`` (seconds) and a little, and within 100 ms of ``stop``, with
    what was found by then. No password is sent anywhere, for none is known here. Raises nothing
    that a server or a person can cause; every source says how it ended.
    """
    address = request.address.strip()
    try:
        local_part, domain = parts(address)
    except ValueError as error:
        return Detection(address[:254], "", problem=str(error))
    asking = Asking(monotonic() + request.patience, stop)
    search = Search(address, local_part, domain, request, asking)
    looked: dict[Source, Looked | BaseException] = {}

    def look(source: Source) -> None:
        try:
            looked[source] = _look(source, search)
        except BaseException as error:  # whatever it is, the asking thread must hear of it
            looked[source] = error

    threads = [
        threading.Thread(
            target=look, args=(each,), name=f"{THREAD_PREFIX}{each.value}", daemon=True
        )
        for each in _LOOKS
    ]
    for thread in threads:
        thread.start()
    wait_for(threads)
    results: list[Looked] = []
    for source in _LOOKS:
        found = looked[source]
        if isinstance(found, BaseException):
            raise found
        results.append(found)
    candidates = (judged(each, domain) for found, _ in results for each in found)
    return Detection(address, domain, ranked(candidates), tuple(ended for _, ended in results))


def _look(source: Source, search: Search) -> Looked:
    begun = monotonic()
    found: tuple[Candidate, ...] = ()
    try:
        found, ending, sentence = _LOOKS[source](search)
    except SourceEnded as ended:
        ending, sentence = ended.ending, ended.sentence
    except Stopped:
        ending, sentence = Ending.STOPPED, "It was stopped."
    return found, SourceResult(source, ending, sentence, monotonic() - begun)
