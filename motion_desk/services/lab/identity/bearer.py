"""Bearer tokens: whether a mail server of the lab lets somebody in who shows one."""

from __future__ import annotations

import json
from enum import Enum

from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.identity.grants import DELEGATED, OUTLOOK, ROLES
from motion_desk.services.lab.identity.identity import Identity, now
from motion_desk.services.lab.identity.keys import Keys

PROTOCOLS = ("imap", "smtp")


class Verdict(Enum):
    """What a mail server thinks of a log-in; only of a token’s end does it tell the client."""

    SOUND = "sound"
    PASSWORD = "by a password that is wrong"
    UNREADABLE = "not signed by the identity server"
    AUDIENCE = "for another service"
    TENANT = "of another tenant"
    EXPIRED = "expired"
    PERMISSION = "without the permission"
    USER = "of somebody who may not"


def verdict(
    identity: Identity, keys: Keys, fault: Fault, protocol: str, user: str, token: str
) -> Verdict:
    """Judge a token that is shown by who wants to be ``user`` in one of ``PROTOCOLS``.

    In IMAP the user is the mailbox, which the token’s person must be allowed to open; in SMTP it
    is the token’s person. An application by itself may be any.
    """
    claims = keys.verified(token)
    if claims is None:
        return Verdict.UNREADABLE
    if str(claims.get("aud")).rstrip("/") not in OUTLOOK:
        return Verdict.AUDIENCE
    if not identity.takes_from(claims["tid"]):
        return Verdict.TENANT
    if not claims["nbf"] <= now(fault) < claims["exp"]:
        return Verdict.EXPIRED
    number = PROTOCOLS.index(protocol)
    person = claims.get("upn")
    if person is None:
        return Verdict.SOUND if ROLES[number] in claims.get("roles", ()) else Verdict.PERMISSION
    if DELEGATED[number] not in claims.get("scp", "").split():
        return Verdict.PERMISSION
    if protocol == "smtp":
        may = person.casefold() == user.casefold()
    else:
        may = identity.opens(person, user)
    return Verdict.SOUND if may else Verdict.USER


def challenge(protocol: str) -> bytes:
    """What a refused client is told before the refusal, as Google and Microsoft do it."""
    scope = f"https://outlook.office.com/{DELEGATED[PROTOCOLS.index(protocol)]}"
    return json.dumps(
        {"status": "400", "schemes": "Bearer", "scope": scope}, separators=(",", ":")
    ).encode("ascii")
