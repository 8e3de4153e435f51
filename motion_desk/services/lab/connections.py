"""Connections: one accepted socket, served as the fault of that moment says."""

from __future__ import annotations

import asyncio
import socket
import ssl

from motion_desk.services.lab import autoconfig, other_servers
from motion_desk.services.lab.common import Common
from motion_desk.services.lab.faults.behaviour import Chain, Fault, Handshake, Tongue
from motion_desk.services.lab.identity import http
from motion_desk.services.lab.imap.session import Session
from motion_desk.services.lab.network import IDENTITY_PORT
from motion_desk.services.lab.smtp import Server
from motion_desk.services.lab.voice import Voice
from motion_desk.services.lab.wire import HANDSHAKE_SECONDS, Wire

LAST_SECONDS = 1.0
"""How long a connection may take to end once the lab is closed."""


async def serve(common: Common, fault: Fault, port: int, accepted: socket.socket) -> None:
    """Serve a client of a usual port until it leaves or the task is cancelled.

    A client that leaves in the middle of something is usual. The socket stays the caller's to
    close, after the end.
    """
    try:
        await _served(common, fault, port, accepted)
    except (OSError, EOFError):  # EOFError: the stream ended; ssl.SSLError is an OSError
        pass
    except Exception as error:  # whatever it is, one client's session must not end the others'
        common.seen.error(error)


async def _served(common: Common, fault: Fault, port: int, accepted: socket.socket) -> None:
    if port == IDENTITY_PORT:
        await _serve_web(common, fault, accepted)
        return
    tls = port in fault.implicit
    context = common.certificates.context(fault.chain, fault.handshake)
    if tls and fault.handshake is Handshake.BROKEN:
        tls, tongue = False, None
    else:
        tongue = fault.tongue(port)
    if tongue is Tongue.SMTP:
        await _serve_smtp(
            Server(common, fault, context, tls=tls), accepted, context if tls else None
        )
        return
    wire = Wire()
    try:
        await wire.connect(accepted, context if tls else None)
        match tongue:
            case Tongue.IMAP:
                await Session(common, fault, wire).run()
            case Tongue.POP3:
                await other_servers.pop3(common, wire, Voice(wire.write, fault, common.scale))
            case Tongue.HTTP:
                await other_servers.http(wire)
            case None:
                await other_servers.broken_tls(wire)
        await wire.close()
    finally:
        wire.abort()


async def _serve_web(common: Common, fault: Fault, accepted: socket.socket) -> None:
    """Serve the domains' web sites and, at all other addresses, as the identity server."""
    wire = Wire()
    try:
        # Its certificate is sound whatever those of the mail servers are: it is another’s server.
        await wire.connect(accepted, common.certificates.context(Chain.SOUND, Handshake.SOUND))
        request = await http.read(wire)
        if request is None:
            pass  # what it said is none
        elif autoconfig.is_asked(request):
            common.seen.command("https", f"{request.method} autoconfig")
            await autoconfig.serve(wire, fault, request)
        else:
            await common.identity_server.serve(wire, fault, request)
        await wire.close()
    finally:
        wire.abort()


async def _serve_smtp(
    server: Server, accepted: socket.socket, context: ssl.SSLContext | None
) -> None:
    transport: asyncio.Transport | None = None
    try:
        transport, _ = await asyncio.get_running_loop().connect_accepted_socket(
            lambda: server,
            accepted,
            ssl=context,
            ssl_handshake_timeout=HANDSHAKE_SECONDS if context else None,
        )
        await asyncio.shield(server.ended)
    finally:
        if transport is not None and not server.ended.done():
            transport.abort()
            await asyncio.wait({server.ended}, timeout=LAST_SECONDS)
