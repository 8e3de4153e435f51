"""Calendar: what of a workspace ends, or is to be looked at again, on which day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid5

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.changes import resolve
from motion_desk.models.endpoints import Protocol
from motion_desk.models.workspace import Workspace
from motion_desk.services.store import Reason, WorkspaceError
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
    its field, for a certificate the certificate itself. ``key`` is that of the field which holds
    the day; it is empty where a test found it.
    """

    day: date
    ending: Ending
    account: str
    name: str
    what: str
    source: str
    identity: str
    key: str = ""

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
    aside; a damaged test is passed over. Accounts in the bin do not count. Raises
    ``WorkspaceError`` as the store does.
    """
    accounts = store.accounts()
    found = list(of_providers(store.workspace(), accounts))
    for summary in accounts:
        account = store.load(summary.id)
        found += of_account(account)
        found += of_certificates(store, account)
    return in_order(found)


def in_order(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as they are listed: the earliest first, those of one day by title."""
    return tuple(sorted(found, key=lambda each: (each.day, each.title, each.uid)))


def called(account: Account) -> str:
    """What an account is called in a list: its name, or else its key, or its id."""
    return account.settings.name or account.settings.key or account.id


def certificate_end(report: Report) -> date | None:
    """The first day on which a certificate that the test was shown ends, if it was shown one."""
    days = [
        day
        for probe in report.probes
        if (step := probe.step(StepName.TLS))
        for day, *_ in _certificates(step)
    ]
    return min(days, default=None)


def any_certificate_review(account: Account) -> tuple[date, str] | None:
    """The first day on which “Accept any certificate” is to be looked at, and its field's key.

    ``None`` where it is off, does not count, or has no such day.
    """
    days = [(day, f"{flag}_review") for flag, day in _reviews(resolve(account).effective)]
    return min(days, default=None)


def secret_key(provider: str) -> str:
    """The key of the field that says when the client secret of a provider ends."""
    return f"cloud_providers.entries/{provider}/secret_expires"


def of_providers(workspace: Workspace, accounts: Iterable[AccountSummary]) -> Iterator[Entry]:
    """The days of the client secrets, each with the names of the accounts that use it."""
    users: dict[str, list[str]] = {}
    for each in accounts:
        users.setdefault(each.cloud_provider, []).append(each.name or each.key or each.id)
    for provider in workspace.cloud_providers.entries:
        if provider.secret_expires is None or provider.retired:
            continue
        key = secret_key(provider.id)
        yield Entry(
            provider.secret_expires,
            Ending.CLIENT_SECRET,
            "",
            ", ".join(users.get(provider.id, ())),
            provider.name,
            field_name(key),
            f"{provider.id} secret",
            key,
        )


def _reviews(values: Mapping[str, object]) -> Iterator[tuple[str, date]]:
    """The flags that are on and count, with the day of their review."""
    for flag in _FLAGS:
        day = values[f"{flag}_review"]
        if isinstance(day, date):  # hidden, so without a day, while the flag is off
            yield flag, day


def of_account(account: Account) -> Iterator[Entry]:
    """The days of an account's own values: reviews of what is accepted at one's own risk."""
    name = called(account)
    values = resolve(account).effective
    for flag, day in _reviews(values):
        what = str(values[f"{flag}_reason"] or "no reason is noted")
        key = f"{flag}_review"
        source = field_name(key)
        yield Entry(day, Ending.ANY_CERTIFICATE, account.id, name, what, source, flag, key)
    for pin in account.trust.pins:
        if isinstance(pin.review, date):
            key = f"trust.pins/{pin.id}/review"
            what = f"{pin.host}:{pin.port}"
            source = field_name(key)
            yield Entry(pin.review, Ending.PIN, account.id, name, what, source, pin.id, key)


def _shown(store: Store, account: str) -> Mapping[Protocol, tuple[Report, Step]]:
    """For each protocol the newest test in which it came to the encryption, and that step."""
    found: dict[Protocol, tuple[Report, Step]] = {}
    runs = [each for each in store.runs(account) if not each.lab and not each.vantage]
    for run in runs[:MOST_RUNS]:
        if len(found) == len(Protocol):
            break
        try:
            report = of_plain(store.run(run.id))
        except ValueError:  # of a newer version
            continue
        except WorkspaceError as error:
            if error.reason not in (Reason.DAMAGED, Reason.NO_RUN):
                raise
            continue
        for probe in report.probes:
            step = probe.step(StepName.TLS)
            if probe.protocol not in found and step and any(_certificates(step)):
                found[probe.protocol] = report, step
    return found


def of_certificates(store: Store, account: Account) -> tuple[Entry, ...]:
    """An entry for each certificate that the newest tests of an account were shown.

    One that several protocols show is there once. On the store's thread; raises
    ``WorkspaceError`` as the store does, but passes over a damaged test.
    """
    seen: dict[str, tuple[date, str, date, list[str]]] = {}
    for protocol, (report, step) in _shown(store, account.id).items():
        for day, subject, fingerprint in _certificates(step):
            tested = report.at.date()
            seen.setdefault(fingerprint, (day, subject, tested, []))[-1].append(protocol.label)
    found = []
    for fingerprint, (day, subject, tested, protocols) in seen.items():
        source = f"Test of {tested.isoformat()}, {' and '.join(protocols)}"
        known_by = fingerprint or subject
        kind, name = Ending.CERTIFICATE, called(account)
        found.append(Entry(day, kind, account.id, name, subject, source, known_by))
    return tuple(found)


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
