"""Sources: where settings are looked for besides probing, each a function of a search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol
from motion_desk.models.internet import Host
from motion_desk.models.providers import SERVERS
from motion_desk.services.discovery.autoconfig import LARGEST, Autoconfig, Listed, read
from motion_desk.services.discovery.candidates import (
    Candidate,
    Ending,
    Source,
    SourceEnded,
    UsernameForm,
    warned,
)
from motion_desk.services.discovery.fetching import fetch
from motion_desk.services.discovery.search import Search
from motion_desk.services.domain.resolver import Kind

Found = tuple[tuple[Candidate, ...], Ending, str]
"""Candidates, how it ended, and a sentence about it."""

ISPDB = "https://autoconfig.thunderbird.net/v1.1/"

_CONFIDENCE = {
    Source.PRESET: 95,
    Source.AUTOCONFIG: 90,
    Source.WELL_KNOWN: 88,
    Source.SRV: 85,
    Source.ISPDB: 84,
    Source.MX: 80,
}

# The domains that the providers give to people, and the servers that receive for their customers'
# own domains; from the providers' documentation.
_DOMAINS: Mapping[Service, str] = {
    Service.GMAIL: r"(?:gmail|googlemail)\.com",
    Service.HOTMAIL: r"(?:hotmail|live|outlook|msn)\.[a-z]{2,3}(?:\.[a-z]{2})?",
    Service.YAHOO: r"yahoo\.[a-z]{2,3}(?:\.[a-z]{2})?|ymail\.com|rocketmail\.com",
    Service.OUTLOOK365: r"[a-z0-9-]+\.onmicrosoft\.com",
}
_RECEIVERS: Mapping[Service, str] = {
    Service.GMAIL: r"(?:.+\.)?(?:google|googlemail)\.com",
    Service.HOTMAIL: r".+\.olc\.protection\.outlook\.com",
    Service.OUTLOOK365: r".+\.mail\.protection\.outlook\.com|.+\.mx\.microsoft",
    Service.YAHOO: r".+\.yahoodns\.net",
}


def preset(search: Search) -> Found:
    """The built-in service whose domain it is."""
    service = _matching(_DOMAINS, search.domain)
    if service is None:
        text = f"{search.domain} is the domain of none of the built-in services."
        return (), Ending.NOTHING, text
    text = f"{search.domain} belongs to the built-in service “{service.label}”."
    return _of_service(service, Source.PRESET, text, search), Ending.FOUND, text


def mx(search: Search) -> Found:
    """The built-in service whose servers receive the domain's mail."""
    records = [each for each in search.ask(search.domain, Kind.MX).records if each.text]
    if not records:
        return (), Ending.NOTHING, f"{search.domain} names no server that receives its mail."
    for record in records:
        if service := _matching(_RECEIVERS, record.text):
            said = f"Its mail is received by {record.text}, of the built-in service"
            evidence = f"{search.domain} MX {record.rank} {record.text}"
            found = _of_service(service, Source.MX, evidence, search)
            return found, Ending.FOUND, f"{said} “{service.label}”."
    text = f"Its mail is received by {records[0].text}, which is none of the built-in services."
    return (), Ending.NOTHING, text


def _matching(patterns: Mapping[Service, str], text: str) -> Service | None:
    return next((each for each in patterns if re.fullmatch(patterns[each], text)), None)


def _of_service(
    service: Service, source: Source, evidence: str, search: Search
) -> tuple[Candidate, ...]:
    servers = SERVERS[service]
    places = (
        (Protocol.IMAP, servers.imap_host, servers.imap_port, True),
        (Protocol.SMTP, servers.smtp_host, servers.smtp_port, servers.smtp_secure),
    )
    return tuple(
        Candidate(
            protocol,
            host,
            port,
            tls,
            not tls,
            search.address,
            UsernameForm.ADDRESS,
            source,
            _CONFIDENCE[source],
            (f"Choose the service “{service.label}”.",),
            evidence=(evidence,),
            service=service,
        )
        for protocol, host, port, tls in places
    )


def autoconfig(search: Search) -> Found:
    """The file at the domain's autoconfig host."""
    address = quote(search.address, safe="@")
    url = f"https://autoconfig.{search.domain}/mail/config-v1.1.xml?emailaddress={address}"
    return _of_file(url, Source.AUTOCONFIG, search)


def well_known(search: Search) -> Found:
    """The file at the domain itself."""
    path = "/.well-known/autoconfig/mail/config-v1.1.xml"
    return _of_file(f"https://{search.domain}{path}", Source.WELL_KNOWN, search)


def ispdb(search: Search) -> Found:
    """The file in Thunderbird's list, where that was asked for; only the domain is sent there."""
    if not search.request.ispdb:
        return (), Ending.LEFT_OUT, "It was not asked, for it would learn of the domain."
    return _of_file(f"{ISPDB}{search.domain}", Source.ISPDB, search)


def _of_file(url: str, source: Source, search: Search) -> Found:
    file = fetch(url, search, LARGEST)
    read_file = read(file.data, search)
    servers = enumerate(read_file.servers)
    found = tuple(_of_listed(each, source, rank, file.url) for rank, each in servers)
    if not found:
        return (), Ending.NOTHING, "Its autoconfig file names no server for IMAP or SMTP."
    if _is_for(read_file, search.domain):
        return found, Ending.FOUND, f"Its autoconfig file names {_count(len(found))}."
    others = ", ".join(f"“{each[:100]}”" for each in read_file.domains[:3]) or "no domain"
    text = f"Its autoconfig file speaks of {others} instead of “{search.domain}”."
    return tuple(warned(each, text, less=30) for each in found), Ending.OTHER_DOMAIN, text


def _is_for(found: Autoconfig, domain: str) -> bool:
    return domain in found.domains or "%emaildomain%" in found.domains


def _count(number: int) -> str:
    return "one server" if number == 1 else f"{number} servers"


def _of_listed(listed: Listed, source: Source, rank: int, url: str) -> Candidate:
    begin = "SSL" if listed.tls else "STARTTLS" if listed.starttls else "plain"
    ways = ", ".join(listed.ways)
    said = f"{url} lists {listed.host}:{listed.port}, {begin}, username {listed.username}"
    candidate = Candidate(
        listed.protocol,
        listed.host,
        listed.port,
        listed.tls,
        listed.starttls,
        listed.username,
        listed.username_form,
        source,
        _CONFIDENCE[source] - rank,
        evidence=(f"{said}, authentication {ways}" if ways else said,),
    )
    if listed.ways and all(each.lower() == "oauth2" for each in listed.ways):
        return warned(candidate, "It takes modern authentication only, no password.")
    return candidate


_SERVICES = (
    ("_imaps._tcp", Protocol.IMAP, True),
    ("_submissions._tcp", Protocol.SMTP, True),
    ("_submission._tcp", Protocol.SMTP, False),
    ("_imap._tcp", Protocol.IMAP, False),
)
MOST_OF_A_SERVICE = 3


def srv(search: Search) -> Found:
    """The domain's service records (RFC 6186 §3, RFC 8314 §5.1)."""
    found: list[Candidate] = []
    refused: list[str] = []
    for rank, (label, protocol, tls) in enumerate(_SERVICES):
        name = f"{label}.{search.domain}"
        records = search.ask(name, Kind.SRV).records
        if any(not each.text for each in records):  # RFC 6186 §3.4: decidedly not offered
            refused.append(label)
            continue
        for record in records[:MOST_OF_A_SERVICE]:
            if any(Host().check(record.text)) or not record.port:
                continue
            data = f"{record.rank} {record.weight} {record.port} {record.text}"
            found.append(
                Candidate(
                    protocol,
                    record.text,
                    record.port,
                    tls,
                    not tls,
                    search.address,
                    UsernameForm.UNKNOWN,
                    Source.SRV,
                    _CONFIDENCE[Source.SRV] - rank,
                    evidence=(f"{name} SRV {data}",),
                )
            )
    if found:
        return tuple(found), Ending.FOUND, f"Its service records name {_count(len(found))}."
    if refused:
        text = f"Its service records say that it does not offer {' or '.join(refused)}."
        return (), Ending.NOT_OFFERED, text
    raise SourceEnded(Ending.NOTHING, f"{search.domain} has no service records for mail.")
