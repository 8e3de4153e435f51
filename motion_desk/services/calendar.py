"""Calendar: what of a workspace ends, or is to be looked at again, on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid5

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.changes import resolve
from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.keeping import of_plain
from motion_desk.services.tester.steps import Report, Step, StepName
from motion_desk.services.tester.wording import field_name

if TYPE_CHECKING:
    from motion_desk.services.store import Store

MOST_RUNS = 10
"""How many of an account's newest tests are searched for a certificate."""

_OURS = UUID("6f0c2f5e-6f0e-5b57-9d25-3a6a1f0d7c11")
_ENDS = re.compile(r"to (\d{4}-\d\d-\d\d)$")
_FLAGS = ("imap.any_certificate", "authentication.any_certificate")


class Ending(Enum):
    """What kind of thing a day is for: the word for programs, and what it is called."""

    CERTIFICATE = "certificate", "Certificate ends"
    CLIENT_SECRET = "client-secret", "Client secret ends"
    ANY_CERTIFICATE = "any-certificate", "Review “Accept any certificate”"
    PIN = "pin", "Review a pinned certificate"

    title: str

    def __new__(cls, word: str, title: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.title = title
        return member


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of the calendar.

    ``account`` is the account's id and ``name`` what it is called; for a client secret they are
    empty and the names of all accounts that use it. ``what`` says which thing it is, ``source``
    where the day was found. ``identity`` stays the same as long as the thing does: for a review
    its field, for a certificate the certificate itself.
    """

    day: date
    ending: Ending
    account: str
    name: str
    what: str
    source: str
    identity: str

    @property
    def uid(self) -> str:
        """A globally unique identifier (RFC 7986, section 5.3), the same in every export."""
        return str(uuid5(_OURS, f"{self.ending.value} {self.account} {self.identity}"))

    @property
    def title(self) -> str:
        """The entry in one line."""
        name = f" ({self.name})" if self.name else ""
        return f"{self.ending.title}: {self.what}{name}"


def entries(store: Store) -> tuple[Entry, ...]:
    """All days of a workspace, the earliest first, days that are past included.

    Certificates are those that the newest tests of each account were shown, tests against the lab
    aside. Accounts in the bin do not count. Raises ``WorkspaceError`` as the store does.
    """
    accounts = store.accounts()
    found = list(_of_providers(store, accounts))
    for summary in accounts:
        account = store.load(summary.id)
        name = summary.name or summary.key or summary.id
        found += _of_flags(account, name)
        found += _of_pins(account, name)
        found += _of_certificates(_shown(store, summary.id), account, name)
    return tuple(sorted(found, key=lambda each: (each.day, each.title, each.uid)))


def certificate_end(report: Report) -> date | None:
    """The first day on which a certificate that the test was shown ends, if it was shown one."""
    days = [
        day
        for probe in report.probes
        if (step := probe.step(StepName.TLS))
        for day, *_ in _certificates(step)
    ]
    return min(days, default=None)


def any_certificate_review(account: Account) -> date | None:
    """The day on which “Accept any certificate” is to be looked at, where it is on and counts."""
    days = [day for _, day in _reviews(account)]
    return min(days, default=None)


def _of_providers(store: Store, accounts: tuple[AccountSummary, ...]) -> Iterator[Entry]:
    key = "cloud_providers.entries"
    for provider in store.workspace().cloud_providers.entries:
        if provider.secret_expires is None or provider.retired:
            continue
        users = ", ".join(
            each.name or each.key or each.id
            for each in accounts
            if each.cloud_provider == provider.id
        )
        source = field_name(f"{key}/{provider.id}/secret_expires")
        identity = f"{provider.id} secret"
        yield Entry(
            provider.secret_expires,
            Ending.CLIENT_SECRET,
            "",
            users,
            provider.name,
            source,
            identity,
        )


def _reviews(account: Account) -> Iterator[tuple[str, date]]:
    """The flags that are on and count, with the day of their review."""
    values = resolve(account).effective
    for flag in _FLAGS:
        day = values[f"{flag}_review"]
        if isinstance(day, date):  # hidden, so without a day, while the flag is off
            yield flag, day


def _of_flags(account: Account, name: str) -> Iterator[Entry]:
    for flag, day in _reviews(account):
        reason = resolve(account).effective[f"{flag}_reason"]
        what = str(reason) if reason else "no reason is noted"
        source = field_name(f"{flag}_review")
        yield Entry(day, Ending.ANY_CERTIFICATE, account.id, name, what, source, flag)


def _of_pins(account: Account, name: str) -> Iterator[Entry]:
    for pin in account.trust.pins:
        if isinstance(pin.review, date):
            key = f"trust.pins/{pin.id}/review"
            what = f"{pin.host}:{pin.port}"
            yield Entry(pin.review, Ending.PIN, account.id, name, what, field_name(key), pin.id)


def _shown(store: Store, account: str) -> Mapping[Protocol, tuple[Report, Step]]:
    """For each protocol the newest test in which it came to the encryption, and that step."""
    found: dict[Protocol, tuple[Report, Step]] = {}
    runs = [each for each in store.runs(account) if not each.lab]
    for run in runs[:MOST_RUNS]:
        if len(found) == len(Protocol):
            break
        try:
            report = of_plain(store.run(run.id))
        except ValueError:  # of a newer version
            continue
        for probe in report.probes:
            step = probe.step(StepName.TLS)
            if probe.protocol not in found and step and any(_certificates(step)):
                found[probe.protocol] = report, step
    return found


def _of_certificates(
    shown: Mapping[Protocol, tuple[Report, Step]], account: Account, name: str
) -> Iterator[Entry]:
    """An entry for each certificate, once where several protocols show it."""
    seen: dict[str, tuple[date, str, date, list[str]]] = {}
    for protocol, (report, step) in shown.items():
        for day, subject, fingerprint in _certificates(step):
            tested = report.at.date()
            seen.setdefault(fingerprint, (day, subject, tested, []))[-1].append(protocol.label)
    for fingerprint, (day, subject, tested, protocols) in seen.items():
        source = f"Test of {tested.isoformat()}, {' and '.join(protocols)}"
        yield Entry(
            day, Ending.CERTIFICATE, account.id, name, subject, source, fingerprint or subject
        )


def _certificates(step: Step) -> Iterator[tuple[date, str, str]]:
    """The end, subject and fingerprint of the server's certificate, and of what ends before it."""
    by_group: dict[str, dict[str, str]] = {}
    for fact in step.facts:
        if fact.code.startswith("certificate."):
            by_group.setdefault(fact.group, {}).setdefault(fact.code, fact.value)
    first: date | None = None
    for facts in by_group.values():
        match = _ENDS.search(facts.get("certificate.valid", ""))
        day = _day(match[1]) if match else None
        if day is None or (first is not None and day >= first):
            continue
        first = first or day
        yield day, facts.get("certificate.subject", ""), facts.get("certificate.sha256", "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a kept report may hold anything
        return None
