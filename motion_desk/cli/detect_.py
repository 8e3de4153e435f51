"""detect: looks for the settings that belong to an address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from motion_desk.cli import in_lab, name_server
from motion_desk.cli.output import say

if TYPE_CHECKING:
    from motion_desk.services.discovery.candidates import Candidate, Detection
    from motion_desk.services.lab import Lab

NOTHING_FOUND = 1
NO_ADDRESS = 2
INTERRUPTED = 130


@click.command("detect", short_help="Look for the settings that belong to an address.")
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of lines.")
@click.option("--ispdb", is_flag=True, help="Ask Thunderbird's public list too, by the domain.")
@click.option("--lab", "fault", metavar="FAULT", help="Look in the lab, which shows this fault.")
@name_server.option
@click.pass_context
def command(
    context: click.Context,
    address: str,
    fault: str | None,
    name_server: tuple[str, int] | None,
    *,
    as_json: bool,
    ispdb: bool,
) -> None:
    """Look for the servers that belong to ADDRESS. No password is asked for or sent.

    The built-in services, the domain's autoconfig file, its DNS records, and usual names and ports
    are looked at, each for five seconds at most. The best settings come first. Those at hosts of
    another domain are marked: use them only if you know whose they are.

    Ends with 0 if anything was found, with 1 if not, with 2 for what is no address.
    """
    stop = threading.Event()
    try:
        with in_lab.started(fault) if fault else nullcontext() as lab:
            found = _detected(address, name_server, lab, stop, ispdb=ispdb)
    except KeyboardInterrupt:
        stop.set()
        click.echo("Stopped.", err=True)
        context.exit(INTERRUPTED)
    if found.problem:
        say(found.problem, err=True)
        context.exit(NO_ADDRESS)
    if as_json:
        click.echo(json.dumps(_object(found), indent=2))
    else:
        for line in _lines(found):
            click.echo(line)
    if not found.candidates:
        context.exit(NOTHING_FOUND)


def _detected(
    address: str,
    server: tuple[str, int] | None,
    lab: Lab | None,
    stop: threading.Event,
    *,
    ispdb: bool,
) -> Detection:
    from motion_desk.services.discovery.detecting import detect
    from motion_desk.services.discovery.search import Request

    if lab is None:
        return detect(Request(address, name_server.resolver(server), ispdb=ispdb), stop)
    resolver = name_server.resolver(server or lab.name_server)
    given = (lab.certificate,)
    return detect(Request(address, resolver, ispdb=ispdb, route=lab.route, given=given), stop)


def _lines(found: Detection) -> Iterator[str]:
    from motion_desk.models.endpoints import Protocol
    from motion_desk.services.tester.wording import one_line

    for protocol in Protocol:
        candidates = found.of(protocol)
        yield f"{protocol.label}: {'nothing was found' if not candidates else 'the best first'}"
        for each in candidates:
            mark = "  ! " if each.needs_consent else "    "
            yield f"{mark}{one_line(_place(each))}"
            if each.note:
                yield f"      {one_line(each.note)}"
    yield ""
    for source in found.sources:
        yield f"{source.source.title}: {one_line(source.sentence)}"


def _place(each: Candidate) -> str:
    begin = "TLS" if each.tls else "STARTTLS" if each.starttls else "clear text"
    sources = ", ".join(source.title for source in (each.source, *each.also))
    place = f"{each.host}:{each.port}, {begin}, username {each.username}"
    return f"{place} ({each.confidence} %: {sources})"


def _object(found: Detection) -> dict[str, object]:
    return {
        "address": found.address,
        "domain": found.domain,
        "candidates": [
            {
                "protocol": each.protocol.value,
                "host": each.host,
                "port": each.port,
                "tls": each.tls,
                "starttls": each.starttls,
                "username": each.username,
                "username_form": each.username_form.value,
                "source": each.source.value,
                "also": [source.value for source in each.also],
                "confidence": each.confidence,
                "note": each.note,
                "evidence": list(each.evidence),
                "needs_consent": each.needs_consent,
                "service": each.service.value if each.service else None,
            }
            for each in found.candidates
        ],
        "sources": [
            {
                "source": each.source.value,
                "ending": each.ending.value,
                "sentence": each.sentence,
                "seconds": round(each.seconds, 3),
            }
            for each in found.sources
        ],
    }
