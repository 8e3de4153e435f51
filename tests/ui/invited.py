"""Invited: a workspace with people and an account for Motion's own mail, and a server for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from motion_desk.models.account import Account
from motion_desk.models.choices import UsedFor
from motion_desk.models.document import put
from motion_desk.models.secret import Secret
from motion_desk.models.sections.directory import AgentEntry, InvitationEntry, UserEntry
from motion_desk.models.workspace import Workspace
from tests.journeys.two import account
from tests.services.invitations.scripted import React, Script
from tests.services.mail import scripted

BASE = "https://motion.example.com"
OWN = "motion@example.com"
SENDER = "System mail"
LETTER = '<p>Hello {{ user.name }}, your login is <a href="{{ link }}">here</a>.</p>'
NAMES = ("Élodie Marchand", "Karim Benali", "Paolo Zorzi")


def workspace(value: str = LETTER, base: str = BASE) -> Workspace:
    """A workspace with two agents and a user, one of whom has no address."""
    agents = (
        AgentEntry(id="a1", name=NAMES[0], username="elodie", address="elodie@example.com"),
        AgentEntry(id="a2", name=NAMES[1], username="karim"),
    )
    users = (UserEntry(id="u1", name=NAMES[2], address="paolo@example.com", role="Supervisor"),)
    entry = InvitationEntry(id="i1", key="welcome", subject="Hi {{ user.name }}", value=value)
    made = put(Workspace(), "agents.entries", agents)
    made = put(made, "users.entries", users)
    made = put(made, "invitations.entries", (entry,))
    made = put(made, "general.base_address", base)
    return put(made, "general.invitation", "i1")


def sender(host: str = "mail.example.com", port: int = 465, *, secure: bool = True) -> Account:
    """The account for Motion's own mail."""
    secret = Secret(typed="another program's")
    return account(
        SENDER,
        settings__used_for=UsedFor.MOTION,
        settings__active=True,
        settings__address=OWN,
        imap__host=host,
        imap__username="motion",
        imap__password=secret,
        smtp__host=host,
        smtp__port=port,
        smtp__secure=secure,
        smtp__username="motion",
        smtp__password=secret,
    )


@contextmanager
def server(react: React = lambda *_: "") -> Iterator[tuple[Script, int]]:
    """A server on this computer that takes mail in clear text, and its port."""
    script = Script(react)
    with scripted.server(script.play) as (_, port):
        yield script, port
