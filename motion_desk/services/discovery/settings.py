"""Settings: what a proposal would change in an account, and whom the next test then shows what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import resolve, with_values
from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Endpoint, Protocol, endpoint
from motion_desk.services.discovery.candidates import Candidate, UsernameForm
from motion_desk.services.discovery.proposals import Proposal

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the page that would change, in words."""

    key: str
    label: str
    before: str
    after: str


def changes(found: Proposal, account: Account, address: str) -> Values:
    """What using a proposal sets in an account, by key; never a password.

    ``address`` is what was searched for, and is set where the account has none. A username is set
    where the source says of what form it is, or where there is none yet.
    """
    values: Values = {}
    if not account.settings.address:
        values["settings.address"] = address
    if found.service is not None:
        values["settings.service"] = found.service
        values["authentication.ssl"] = True
        if not account.authentication.username:
            values["authentication.username"] = address
        return values
    values["settings.service"] = Service.CUSTOM
    if found.imap is not None:
        values |= _place(found.imap, "ssl") | _username(found.imap, account.imap.username)
    if found.smtp is not None:
        values |= _place(found.smtp, "secure") | _username(found.smtp, account.smtp.username)
    return values


def _place(found: Candidate, encryption: str) -> Values:
    section = found.protocol.value
    return {
        f"{section}.host": found.host,
        f"{section}.{encryption}": found.tls,
        f"{section}.port": found.port,
    }


def _username(found: Candidate, known: str) -> Values:
    if known and found.username_form is UsernameForm.UNKNOWN:
        return {}
    return {f"{found.protocol.value}.username": found.username}


def differences(account: Account, values: Values) -> tuple[Difference, ...]:
    """What values would change of the fields that are shown then, in the order of the page.

    Followers are included, and of fields that were hidden before those that change as well.
    """
    before, after = resolve(account), resolve(with_values(account, values))
    return tuple(
        Difference(
            key,
            _named(ACCOUNT.section_of[key].title, field.label),
            field.kind.format(before.values[key]) or "empty",
            field.kind.format(after.values[key]) or "empty",
        )
        for key, field in ACCOUNT.fields.items()
        if after.visible[key] and before.values[key] != after.values[key]
    )


def _named(section: str, label: str) -> str:
    """A field as people find it; most labels of IMAP and SMTP name the section already."""
    return label if label.startswith(section) else f"{section}: {label}"


def cautions(before: Account, after: Account) -> tuple[str, ...]:
    """What an account already allows, and would allow the new servers as well."""
    fetching = endpoint(after, Protocol.IMAP)
    moved = fetching.host != endpoint(before, Protocol.IMAP).host
    if not (moved and fetching.any_certificate):
        return ()
    text = "“Accept any certificate” is on: whoever stands between could pass for {} and read the password."
    return (text.format(fetching.host),)


def receivers(account: Account) -> tuple[str, ...]:
    """Whom the next test of an account sends what, each in a sentence."""
    ends = [endpoint(account, protocol) for protocol in Protocol]
    met = [each for each in ends if each.host and each.login is not None]
    modern = [each for each in met if each.login and each.login.modern]
    given = [each for each in met if each not in modern and _has_password(each)]
    missing = [each for each in met if each not in modern and each not in given]
    said = []
    if modern:
        said.append(f"The next test shows a token of the sign-in to {_places(modern)}.")
    if given:
        said.append(f"The next test sends the account's password to {_places(given)}.")
    if missing:
        said.append(f"For {_places(missing)} the account has no password yet: type it in first.")
    return tuple(said)


def _has_password(found: Endpoint) -> bool:
    return found.login is not None and bool(found.login.secret)


def _places(found: list[Endpoint]) -> str:
    return " and ".join(dict.fromkeys(f"{each.host}:{each.port}" for each in found))
