"""Faults on the way to a server's greeting: names, addresses, ports and first words."""

from __future__ import annotations

from motion_desk.services.lab.faults.behaviour import After, Fault, Tongue

CONNECTING = (
    Fault(
        "name-not-found",
        "Host name not found",
        "The host name does not exist, unless it begins with “mail.”.",
        mail_names_only=True,
    ),
    Fault(
        "port-refused",
        "Wrong port: connection refused",
        "Nothing listens on 993 and 465; 143 and 587 answer and offer STARTTLS.",
        refused=frozenset({465, 993}),
    ),
    Fault(
        "port-silent",
        "Firewall: no answer to the connection",
        "The attempt to connect is never answered, as behind a firewall that drops it.",
        silent=True,
    ),
    Fault(
        "two-addresses",
        "First of two addresses is dead",
        "The host name has two addresses. Nothing listens at the first one.",
        dead_address_first=True,
    ),
    Fault(
        "wrong-port-tls",
        "TLS spoken to a clear-text port",
        "The ports for TLS speak clear text and offer STARTTLS.",
        implicit=frozenset(),
    ),
    Fault(
        "wrong-port-clear",
        "Clear text spoken to a TLS port",
        "143 and 587 wait for TLS, so to clear text they stay silent.",
        implicit=frozenset({143, 465, 587, 993, 995}),
    ),
    Fault(
        "pop3",
        "POP3 server on the IMAP port",
        "The IMAP ports greet with “+OK”.",
        imap_ports_speak=Tongue.POP3,
    ),
    Fault(
        "swapped",
        "IMAP and SMTP swapped",
        "An SMTP server answers on the IMAP ports and an IMAP server on the SMTP ports.",
        imap_ports_speak=Tongue.SMTP,
        smtp_ports_speak=Tongue.IMAP,
    ),
    Fault(
        "not-mail",
        "Not a mail server",
        "A web server answers on every mail port and says that the request was bad.",
        imap_ports_speak=Tongue.HTTP,
        smtp_ports_speak=Tongue.HTTP,
    ),
    Fault(
        "greeting-slow",
        "Slow greeting",
        "The greeting comes after 12 seconds, later than Motion’s usual time for connecting.",
        greeting_delay=12,
    ),
    Fault(
        "greeting-bye",
        "Turned away at the greeting",
        "The server greets with a refusal and closes the connection.",
        imap_greeting="* BYE This server takes no connections from here.",
        smtp_greeting="554 5.3.2 Go away: no mail is taken from here.",
        after_greeting=After.CLOSE,
    ),
    Fault(
        "drop-after-greeting",
        "Closed after the greeting",
        "The server greets and then closes the connection.",
        after_greeting=After.CLOSE,
    ),
    Fault(
        "too-many-connections",
        "Too many connections",
        "IMAP greets but refuses the log-in for too many connections; SMTP refuses at the greeting.",
        imap_refusal="NO [LIMIT] Maximum number of connections from user+IP exceeded",
        smtp_greeting="421 4.7.0 Too many connections, try again later",
        after_smtp_greeting=After.CLOSE,
    ),
)
