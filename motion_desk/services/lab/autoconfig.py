"""Autoconfig: the files of settings that the lab has for every domain, sound or as a fault says."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from motion_desk.services.lab.faults.behaviour import Autoconfig, Fault
from motion_desk.services.lab.identity.http import Answer, Request
from motion_desk.services.lab.names import STRANGER, is_hosted
from motion_desk.services.lab.voice import Voice
from motion_desk.services.lab.wire import Wire

_PATH = "/mail/config-v1.1.xml"
_WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml"
_LIST_HOST, _LIST_PATH = "autoconfig.thunderbird.net", "/v1.1/"
_LABEL = "autoconfig."

_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE clientConfig [
  <!ENTITY a "settings ">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
  <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
  <!ENTITY e SYSTEM "file:///etc/passwd">
]>
<clientConfig version="1.1"><emailProvider>&d;&e;</emailProvider></clientConfig>
"""
_BEGINNING = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<clientConfig>\r\n"


def is_asked(request: Request) -> bool:
    """Whether a request is for such a file, at whatever host."""
    host = request.headers.get("host", "")
    return request.path in (_PATH, _WELL_KNOWN) or (
        host == _LIST_HOST and request.path.startswith(_LIST_PATH)
    )


async def serve(wire: Wire, fault: Fault, request: Request) -> None:
    """Answer a request for a file. Raises ``OSError`` as the wire does.

    A domain's autoconfig host has one, unless a built-in service has the domain's mail. Its web
    site and the public list have none.
    """
    host = request.headers.get("host", "").partition(":")[0].lower()
    domain = host.removeprefix(_LABEL)
    if request.path != _PATH or domain == host or is_hosted(domain):
        await wire.write(Answer("There is no such file.", 404, "text/plain").encoded(_now()))
        return
    match fault.autoconfig:
        case Autoconfig.SOUND:
            text = _file(domain)
        case Autoconfig.OTHER_DOMAIN:
            text = _file(STRANGER)
        case Autoconfig.MALICIOUS:
            text = _LAUGHS
        case Autoconfig.ENDLESS:
            await Voice(wire.write, fault, 1.0).endlessly(_BEGINNING)
            return
    await wire.write(Answer(text, 200, "text/xml").encoded(_now()))


def _file(domain: str) -> str:
    """A file for a domain, in Thunderbird's format."""
    name = escape(domain)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="{name}">
    <domain>{name}</domain>
    <displayName>The lab, for {name}</displayName>
    <incomingServer type="imap">
      <hostname>imap.{name}</hostname>
      <port>993</port>
      <socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>password-cleartext</authentication>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.{name}</hostname>
      <port>465</port>
      <socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>password-cleartext</authentication>
    </outgoingServer>
  </emailProvider>
</clientConfig>
"""


def _now() -> datetime:
    return datetime.now(UTC)
