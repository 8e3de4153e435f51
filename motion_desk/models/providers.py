"""Providers: the servers of the built-in services, as their providers make them known.

Motion publishes no such table. That it uses these servers is inferred: the services bear the
names of nodemailer's list of well-known ones, from which the SMTP column is taken; the IMAP
column is each provider's own (motion.md §2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from motion_desk.models.choices import Service

IMAP_PORT, CLEAR_IMAP_PORT = 993, 143
"""The ports with and without TLS from the first byte (RFC 8314 §3.2, RFC 9051 §2.1)."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Where a built-in service fetches and sends. ``smtp_secure``: TLS from the first byte."""

    imap_host: str
    smtp_host: str
    smtp_port: int
    smtp_secure: bool
    imap_port: int = IMAP_PORT


SERVERS: Mapping[Service, Servers] = MappingProxyType(
    {
        Service.OUTLOOK365: Servers("outlook.office365.com", "smtp.office365.com", 587, False),
        Service.YAHOO: Servers("imap.mail.yahoo.com", "smtp.mail.yahoo.com", 465, True),
        Service.HOTMAIL: Servers("outlook.office365.com", "smtp-mail.outlook.com", 587, False),
        Service.GMAIL: Servers("imap.gmail.com", "smtp.gmail.com", 465, True),
    }
)
"""One entry for each service but Custom."""
