"""Servers that a mail client finds by mistake: POP3, the web, and one that breaks off TLS."""

from __future__ import annotations

from motion_desk.services.lab.common import HOST, Common
from motion_desk.services.lab.voice import Voice
from motion_desk.services.lab.wire import Wire

_PAGE = (
    "<!DOCTYPE html>\r\n<html><head><title>400 Bad Request</title></head>\r\n"
    "<body><h1>Bad Request</h1><p>This server did not understand the request.</p></body></html>\r\n"
)
_BAD_REQUEST = (
    "HTTP/1.1 400 Bad Request\r\nServer: Motion Desk lab\r\nContent-Type: text/html\r\n"
    f"Content-Length: {len(_PAGE)}\r\nConnection: close\r\n\r\n{_PAGE}"
).encode("ascii")


async def pop3(common: Common, wire: Wire, voice: Voice) -> None:
    """Greet as POP3 does (RFC 1939), and let the client do nothing but leave."""
    await voice.say(f"+OK {HOST} Motion Desk lab POP3 ready\r\n".encode("ascii"))
    while line := await wire.line():
        is_quit = line.strip().upper() == b"QUIT"
        common.seen.command("pop3", "QUIT" if is_quit else "?")
        await voice.say(
            b"+OK See you\r\n" if is_quit else b"-ERR The lab shows no mail by POP3\r\n"
        )
        if is_quit:
            return


async def http(wire: Wire) -> None:
    """Send what a web server says to a client that does not speak HTTP."""
    await wire.write(_BAD_REQUEST)


async def broken_tls(wire: Wire) -> None:
    """Hear the client's first words, then leave."""
    await wire.some()
