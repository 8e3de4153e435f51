"""Listed: one person of the table, where they come from, and what keeps a letter from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from motion_desk.models.sent import Purpose
from motion_desk.services.invitations.staff import FIELDS, Person

if TYPE_CHECKING:
    from motion_desk.services.invitations.sending import Attempt

MOST = 10_000
"""People that the table takes; as many as a file has rows at most."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Why a person can get no sample, and why no real invitation; empty where they can."""

    sample: str
    real: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A person with a number of their own; ``needs`` is ``None`` until it was found out."""

    number: int
    person: Person
    needs: Needs | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of somebody's last letter in this window."""

    purpose: Purpose
    attempt: Attempt


def needs(person: Person, base_address: str) -> Needs:
    """What keeps letters from a person, by their own values; takes a tenth of a millisecond."""
    from motion_desk.services.invitations.merging import recipients

    sample, real = (
        recipients((person,), purpose, {}, base_address=base_address)[0].obstacle
        for purpose in (Purpose.LAB, Purpose.REAL)
    )
    return Needs(sample, real)


def sign(person: Person) -> tuple[str, str]:
    """By what somebody is known again: the address, or where there is none the name."""
    address = person.address.casefold()
    return address, "" if address else person.name.casefold()


def renewed(known: Person, person: Person) -> Person:
    """Somebody who is listed, with all that is now said of them; what is not said stays."""
    said = {name: text for name in FIELDS if (text := getattr(person, name))}
    return replace(known, **said, values={**known.values, **person.values})
