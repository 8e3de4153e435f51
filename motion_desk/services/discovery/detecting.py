"""Detecting: all sources asked side by side, within a time, and their candidates ranked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar

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
from motion_desk.services.jobs import SLICE, THREAD_PREFIX, Stopped, wait_for

T = TypeVar("T")

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
    """Settings that may belong to an address, the best first: the last of ``detections``."""
    *_, found = detections(request, stop)
    return found


def detections(request: Request, stop: threading.Event) -> Iterator[Detection]:
    """What is known each time that a source has ended; the last says all.

    Ends within ``request.patience`` (seconds) and a little, and within 100 ms of ``stop``, with
    what was found by then. No password is sent anywhere, for none is known here. Raises nothing
    that a server or a person can cause; every source says how it ended.
    """
    address = request.address.strip()
    try:
        local_part, domain = parts(address)
    except ValueError as error:
        yield Detection(address[:254], "", problem=str(error))
        return
    asking = Asking(monotonic() + request.patience, stop)
    search = Search(address, local_part, domain, request, asking)
    ended: SimpleQueue[tuple[Source, Looked | BaseException]] = SimpleQueue()

    def look(source: Source) -> None:
        try:
            ended.put((source, _look(source, search)))
        except BaseException as error:  # whatever it is, the asking thread must hear of it
            ended.put((source, error))

    threads = [
        threading.Thread(
            target=look, args=(each,), name=f"{THREAD_PREFIX}{each.value}", daemon=True
        )
        for each in _LOOKS
    ]
    for thread in threads:
        thread.start()
    looked: dict[Source, Looked] = {}
    failure: BaseException | None = None
    for _ in _LOOKS:
        source, found = _next(ended)
        if isinstance(found, BaseException):
            failure = found
            continue
        looked[source] = found
        yield _known(search, looked)
    wait_for(threads)
    if failure is not None:
        raise failure


def _next(ended: SimpleQueue[T]) -> T:
    """What comes next, waited for in slices; see ``wait_for``."""
    while True:
        try:
            return ended.get(timeout=SLICE)
        except Empty:
            continue


def _known(search: Search, looked: Mapping[Source, Looked]) -> Detection:
    """What the sources that have ended say, in the order in which people read them."""
    results = [looked[source] for source in _LOOKS if source in looked]
    candidates = (judged(each, search.domain) for found, _ in results for each in found)
    ended = tuple(result for _, result in results)
    return Detection(search.address, search.domain, ranked(candidates), ended)


def _look(source: Source, search: Search) -> Looked:
    begun = monotonic()
    found: tuple[Candidate, ...] = ()
    try:
        found, ending, sentence = _LOOKS[source](search)
    except SourceEnded as ended:
        ending, sentence = ended.ending, ended.sentence
    except Stopped:
        ending, sentence = Ending.STOPPED, "It was stopped."
    return found, SourceResult(source, ending, sentence, monotonic() - begun, len(found))
