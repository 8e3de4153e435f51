"""Standing: how it stands with the sign-in of one cloud provider, told without asking the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, IntEnum

from motion_desk.models.endpoints import Protocol
from motion_desk.models.engines.tokens import Flaw, Judgement, judged
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.oauth.cache import Kind
from motion_desk.services.oauth.kept import Holder, Kept

SOON = 30
"""Days before its end from which a client secret is a warning."""


class State(Enum):
    """How it stands with a sign-in."""

    INCOMPLETE = "incomplete"
    NOBODY = "nobody"
    PERSON = "person"
    APPLICATION = "application"
    ENDED = "ended"
    OTHER = "other"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


class Level(IntEnum):
    """How much a remark matters."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Remark:
    """One more thing to know of a provider."""

    level: Level
    sentence: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The mailbox of an account that uses a provider, and who signs in for it.

    ``passed``: the account's last test at the real servers passed.
    """

    account: str
    address: str
    login: str
    passed: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether somebody else than the mailbox signs in."""
        return bool(self.login) and self.address.casefold() != self.login.casefold()


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a provider's sign-in in one sentence, and what else must be known of it."""

    state: State
    sentence: str
    remarks: tuple[Remark, ...] = ()

    @property
    def worst(self) -> Level:
        """The highest level of its remarks."""
        return max((each.level for each in self.remarks), default=Level.NOTE)


def standing(
    entry: CloudProviderEntry,
    kept: Kept,
    mailboxes: tuple[Mailbox, ...] = (),
    peers: tuple[CloudProviderEntry, ...] = (),
    now: datetime | None = None,
) -> Standing:
    """How it stands with a provider of the workspace.

    ``mailboxes`` are those of the accounts that use it, ``peers`` the other providers; ``now`` has
    a time zone. Raises nothing.
    """
    now = now or datetime.now(UTC)
    state, sentence = _state(entry, kept, now)
    remarks = [*_about_secret(entry, kept, now), *_about_users(entry, mailboxes, peers)]
    if state in (State.PERSON, State.APPLICATION):
        remarks += _about_holders(entry, kept, mailboxes, now)
    remarks.sort(key=lambda remark: -remark.level)
    return Standing(state, sentence, tuple(remarks))


def flaws(
    holder: Holder, protocol: Protocol, entry: CloudProviderEntry, now: datetime
) -> tuple[Judgement, ...]:
    """What is wrong with a token for one protocol; that it ends is no flaw where it is renewed."""
    if holder.token is None:
        return ()
    found = judged(holder.token, protocol, now, tenant=entry.tenant.strip())
    return tuple(each for each in found if not (holder.renews and each.flaw is Flaw.EXPIRED))


def _state(entry: CloudProviderEntry, kept: Kept, now: datetime) -> tuple[State, str]:
    # Late: it brings what names of hosts need, and is first needed on the store's thread.
    from motion_desk.services.oauth.provider import check, provider_of
    from motion_desk.services.oauth.trouble import SignInError

    try:
        check(provider_of(entry))
    except SignInError as error:
        return State.INCOMPLETE, error.sentence
    if kept.unknown:
        return State.UNKNOWN, f"Whether somebody is signed in cannot be told. {kept.unknown}"
    if kept.damaged:
        return State.DAMAGED, "The kept sign-in is damaged. Sign in again."
    if kept.kind is Kind.NOBODY:
        return State.NOBODY, "Nobody has signed in on this workstation yet."
    if kept.client_ids and entry.client_id.strip() not in kept.client_ids:
        text = "The kept sign-in belongs to another Client ID. Sign in again."
        return State.OTHER, text
    if kept.kind is Kind.APPLICATION:
        if entry.client_secret or not _has_ended(kept.holders, now):
            return State.APPLICATION, "The application has signed in by its client secret."
        text = (
            "The application's token has ended, and without the client secret there is no new one."
        )
        return State.ENDED, text
    who = _and([holder.login for holder in kept.holders]) or "Somebody"
    verb = "have" if len(kept.holders) > 1 else "has"
    if not any(each.renews for each in kept.holders) and _has_ended(kept.holders, now):
        return State.ENDED, f"The sign-in of {who} has ended. Sign in again."
    way = {"device": " by a code", "browser": " in the browser"}.get(kept.flow, "")
    return State.PERSON, f"{who} {verb} signed in{way}."


def _has_ended(holders: tuple[Holder, ...], now: datetime) -> bool:
    """Whether nobody has a token that is still good."""
    return not any(each.until and each.until > now for each in holders)


def _about_secret(entry: CloudProviderEntry, kept: Kept, now: datetime) -> Iterator[Remark]:
    ends = entry.secret_expires
    if ends is None:
        if entry.client_secret or kept.kind is Kind.APPLICATION:
            text = "It is not noted on which day the client secret ends."
            yield Remark(Level.NOTE, text)
        return
    left = (ends - now.astimezone().date()).days
    if left < 0:
        text = (
            f"The client secret ended on {ends.isoformat()}, {distance(ends, now)}. Have a new one "
            "made, and put it into Motion and here."
        )
        yield Remark(Level.ERROR, text)
    elif left <= SOON:
        text = (
            f"The client secret ends on {ends.isoformat()}, {distance(ends, now)}. Have a new one "
            "made before."
        )
        yield Remark(Level.WARNING, text)


def _about_users(
    entry: CloudProviderEntry,
    mailboxes: tuple[Mailbox, ...],
    peers: tuple[CloudProviderEntry, ...],
) -> Iterator[Remark]:
    users = [each.account for each in mailboxes]
    if not users:
        yield Remark(Level.NOTE, "No account uses it.")
    elif len(users) > 1:
        text = (
            f"{_and(users)} use it together. Motion's page asks for one cloud provider, with an "
            "app id of its own, for each account."
        )
        yield Remark(Level.WARNING, text)
    ours = entry.client_id.strip().casefold()
    same = [each.name for each in peers if ours and each.client_id.strip().casefold() == ours]
    if same:
        text = (
            f"{_and([f'“{name}”' for name in same])} has the same Client ID. Motion's page asks "
            "for an app id of its own for each account."
        )
        yield Remark(Level.WARNING, text)


def _about_holders(
    entry: CloudProviderEntry, kept: Kept, mailboxes: tuple[Mailbox, ...], now: datetime
) -> Iterator[Remark]:
    for holder in kept.holders:
        found = [each for protocol in Protocol for each in flaws(holder, protocol, entry, now)]
        if any(each.flaw is not Flaw.UNREADABLE for each in found):
            whose = f"The token of {holder.login}" if holder.login else "The token"
            text = f"{whose} would not do for IMAP and SMTP: see “Token”."
            yield Remark(Level.WARNING, text)
    if kept.kind is not Kind.PERSON:
        return
    there = {holder.login.casefold() for holder in kept.holders}
    for mailbox in mailboxes:
        if mailbox.login and mailbox.login.casefold() not in there:
            text = (
                f"For “{mailbox.account}” {mailbox.login} is to sign in, who has not done so here."
            )
            yield Remark(Level.WARNING, text)


def distance(day: date, now: datetime) -> str:
    """How far a day is, such as “in 3 days”, by the days of this workstation."""
    days = (day - now.astimezone().date()).days
    if not days:
        return "today"
    number = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {number}" if days > 0 else f"{number} ago"


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
