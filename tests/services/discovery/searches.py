"""Searches for tests: what is detected within a zone, led to servers on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from motion_desk.services.discovery.candidates import Candidate, Detection, Ending, Source
from motion_desk.services.discovery.detecting import detect
from motion_desk.services.discovery.search import Request
from motion_desk.services.lab import Lab
from motion_desk.services.mail.names import Route
from tests.servers.authority import Certificate
from tests.services.discovery.web import Web, web_server
from tests.services.domain.name_server import Manner, Zone, name_server

SHOP: Zone = {"shop.test": ["MX 10 mx.shop.test."], "mx.shop.test": ["A 192.0.2.1"]}


def nowhere(host: str, port: int) -> tuple[tuple[str, int], ...]:
    """There is no host at all."""
    raise LookupError(host)


def found(
    zone: Zone,
    address: str = "care@shop.test",
    *,
    route: Route | None = nowhere,
    manners: Mapping[str, Manner] | None = None,
    **more: object,
) -> Detection:
    """What is detected within a zone."""
    with name_server(zone, manners) as names:
        request = Request(address, names.resolver, route=route)
        return detect(replace(request, **more), threading.Event())  # type: ignore[arg-type]


def to_mail(lab: Lab) -> Route:
    """The way to a lab's mail servers; no web site is there."""

    def route(host: str, port: int) -> tuple[tuple[str, int], ...]:
        return nowhere(host, port) if port == 443 else lab.route(host, port)

    return route


def ending(detection: Detection, source: Source) -> Ending:
    return next(each.ending for each in detection.sources if each.source is source)


def places(candidates: tuple[Candidate, ...]) -> list[tuple[str, int]]:
    return [(each.host, each.port) for each in candidates]


def with_web(
    answer: Callable[[str, str], bytes],
    kind: Certificate = Certificate.SOUND,
    **more: object,
) -> tuple[Detection, Web]:
    """What is detected where a web server answers."""
    with web_server(answer, kind) as web:
        values = {"route": web.route, "given": (web.authority,), **more}
        return found(SHOP, **values), web  # type: ignore[arg-type]
