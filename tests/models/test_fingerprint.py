"""The fingerprint of an account stands for the values that a test depends on, and no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motion_desk.models.choices import Service, UsedFor
from motion_desk.models.document import get
from motion_desk.models.endpoints import fingerprint
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.sections.trust import PinEntry, PrivateAuthorityEntry
from tests.models.test_endpoints import CUSTOM, MODERN, TYPED, account
from tests.strategies import PEM

ENTRY = PinEntry(id="2abc", host="imap.example.com", port=993, fingerprint="ab" * 32)
AUTHORITY = PrivateAuthorityEntry(id="2abc", name="Ours", certificate=PEM)
SAME: dict[str, dict[str, Any]] = {
    "a name": {"settings.name": "Other"},
    "a note": {"settings.description": "Other", "settings.used_for": UsedFor.MOTION},
    "a reason": {
        "imap.any_certificate_reason": "Ours",
        "imap.any_certificate_review": date(2027, 1, 1),
    },
    "what is hidden": {"authentication.username": "other", "authentication.ssl": False},
    "a template": {"template.body": "<p>Other</p>"},
}
OTHER: dict[str, dict[str, Any]] = {
    "the service": {"settings.service": Service.GMAIL},
    "the address": {"settings.address": "other@example.com"},
    "a host": {"imap.host": "other.example.com"},
    "a port": {"smtp.port": 25},
    "encryption": {"smtp.secure": False},
    "any certificate": {"imap.any_certificate": True},
    "no log-in": {"smtp.authentication": False},
    "a name to log in with": {"smtp.username": "other"},
    "a stored password": {"imap.password": Secret("other")},
    "a typed password": {"imap.password": TYPED},
    "no password": {"imap.password": NO_SECRET},
    "a mailbox": {"imap.mailbox": "INBOX"},
    "a timeout": {"imap.authentication_timeout": 8},
    "a pin": {"trust.pins": (ENTRY,)},
    "an authority": {"trust.authorities": (AUTHORITY,)},
}


@pytest.mark.parametrize("case", SAME)
def test_what_no_test_looks_at_is_not_in_the_fingerprint(case: str) -> None:
    assert fingerprint(account(CUSTOM | SAME[case])) == fingerprint(account(CUSTOM))


def test_what_a_test_depends_on_is_in_the_fingerprint() -> None:
    found = {fingerprint(account(CUSTOM | changes)) for changes in (*OTHER.values(), {})}
    assert len(found) == len(OTHER) + 1
    modern: list[dict[str, Any]] = [
        {},
        {"authentication.modern_address": "other@example.com"},
        {"authentication.cloud_provider": "3k9f"},
        {"authentication.modern": False},
    ]
    assert len({fingerprint(account(MODERN | changes)) for changes in modern}) == len(modern)


def test_the_order_of_pins_and_authorities_is_not_in_the_fingerprint() -> None:
    pins = (ENTRY, PinEntry(id="3k9f", host="imap.example.com", port=143, fingerprint="ab" * 32))
    ours = (AUTHORITY, PrivateAuthorityEntry(id="3k9f", name="Theirs", certificate=PEM * 2))
    one = account(CUSTOM, trust__pins=pins, trust__authorities=ours)
    other = account(CUSTOM, trust__pins=pins[::-1], trust__authorities=ours[::-1])
    assert fingerprint(one) == fingerprint(other)


def test_a_fingerprint_stays_the_same_from_version_to_version() -> None:
    """Else every kept test would seem to be of other values: a change here must be meant."""
    assert fingerprint(account(CUSTOM, trust__pins=(ENTRY,))) == (
        "c339565a2f0a2177729ed429e99a6f97411de3e1e4b3c62c99d271a152527495"
    )


def test_a_password_is_not_told_by_the_fingerprint() -> None:
    one = account(CUSTOM, imap__password=Secret(typed="one"))
    other = account(CUSTOM, imap__password=Secret(typed="other"))
    assert fingerprint(one) == fingerprint(other)
    assert len(fingerprint(one)) == 64


def test_a_value_kept_in_a_hidden_section_is_still_there() -> None:
    """The tables above would show nothing, were it dropped when it is set."""
    assert get(account(CUSTOM | SAME["what is hidden"]), "authentication.username") == "other"
