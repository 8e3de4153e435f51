"""Passwords: where a test's passwords come from: the environment, the keyring, or a prompt.

What is said explicitly beats what is stored, so the environment comes first. A password is never
an argument, for every process on a computer can read those of the others.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from motion_desk.cli.targets import Target

if TYPE_CHECKING:
    from motion_desk.models.account import Account
    from motion_desk.models.endpoints import Endpoint, Protocol

BOTH = "MOTION_DESK_PASSWORD"
"""The environment's variable with the password of both protocols; empty counts as not set."""

IN_THE_LAB = "any password"
"""What is sent to the lab: it takes any, but for faults about passwords."""

WAYS = (
    "Set MOTION_DESK_IMAP_PASSWORD and MOTION_DESK_SMTP_PASSWORD, or MOTION_DESK_PASSWORD for "
    "both, or run the test on a terminal, where it asks."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An account with what its test logs in with; ``missing`` says why there is nothing."""

    account: Account
    passwords: Mapping[Protocol, str] = field(default_factory=dict, repr=False)
    missing: Mapping[Protocol, str] = field(default_factory=dict)


def variable(protocol: Protocol) -> str:
    """The environment's variable with the password of one protocol; it beats ``BOTH``."""
    return f"MOTION_DESK_{protocol.name}_PASSWORD"


def given(protocols: Iterable[Protocol]) -> dict[Protocol, str]:
    """The passwords that the environment holds."""
    both = os.environ.get(BOTH)
    found = {protocol: os.environ.get(variable(protocol)) or both for protocol in protocols}
    return {protocol: text for protocol, text in found.items() if text}


def prepared(target: Target, protocols: tuple[Protocol, ...], *, in_lab: bool) -> Prepared:
    """The account and its passwords, as far as they can be had; may ask on the terminal.

    A password that is not the stored one counts in the account as typed. In the lab none is
    looked for or asked for: a person's own should not go there.
    """
    from motion_desk.models.endpoints import endpoint

    account = target.account
    passwords: dict[Protocol, str] = {}
    missing: dict[Protocol, str] = {}
    for protocol in protocols:
        found = endpoint(target.account, protocol)
        if found.login is None or found.login.modern:
            continue
        explicit = given([protocol]).get(protocol, "")
        if not explicit and in_lab:
            passwords[protocol] = IN_THE_LAB
            account = account if found.login.secret else _typed(account, found, IN_THE_LAB)
        elif not explicit and protocol in target.passwords:
            passwords[protocol] = target.passwords[protocol]
        elif text := explicit or _asked(target, found, passwords):
            passwords[protocol] = text
            account = _typed(account, found, text)
        elif not target.stored or found.login.secret:
            missing[protocol] = f"{target.refused.get(protocol, _NEVER_THERE)} {WAYS}"
            account = _as_if_stored(account, found)
    return Prepared(account, passwords, missing)


_NEVER_THERE = "Documents hold no passwords."


def _asked(target: Target, found: Endpoint, passwords: Mapping[Protocol, str]) -> str:
    """What a person types, unseen; empty for nothing, or where there is no terminal to ask on."""
    from motion_desk.models.endpoints import Protocol, endpoint

    same = ""
    if found.protocol is Protocol.SMTP and Protocol.IMAP in passwords:
        other = endpoint(target.account, Protocol.IMAP)
        if other.keys["password"] == found.keys["password"]:
            return passwords[Protocol.IMAP]
        if other.login and found.login and other.login.username == found.login.username:
            same = passwords[Protocol.IMAP]
    if not sys.stdin.isatty() or found.login is None:
        return ""
    question = f"{found.protocol.label} password of {found.login.username} at {found.host}"
    typed: str = click.prompt(
        f"{question} (Enter: the same as for IMAP)" if same else question,
        hide_input=True,
        default="",
        show_default=False,
        err=True,
    )
    return typed or same


def _typed(account: Account, found: Endpoint, text: str) -> Account:
    from motion_desk.models.document import put
    from motion_desk.models.secret import Secret

    return put(account, found.keys["password"], Secret(typed=text))


def _as_if_stored(account: Account, found: Endpoint) -> Account:
    """The account with a secret that is nowhere: the test then says why the password is missing."""
    from motion_desk.models.document import put
    from motion_desk.models.secret import Secret

    if found.login and found.login.secret:
        return account
    return put(account, found.keys["password"], Secret(reference="nowhere"))
