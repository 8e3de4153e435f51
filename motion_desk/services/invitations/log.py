"""Log: what is kept of what was sent, and who was invited before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from motion_desk.models.sent import Outcome, Purpose, SentMail
from motion_desk.services.invitations.sending import Attempt, Order


def kept(order: Order, attempts: Iterable[Attempt]) -> tuple[SentMail, ...]:
    """What the store is to keep of attempts of an order: see ``Store.keep_sent``.

    To be kept with each draining of the job, and not only in the end: should the program end in
    between, it is still known who has got an invitation.
    """
    return tuple(
        SentMail(
            attempt.at,
            order.purpose,
            order.template.surface,
            order.template.name,
            order.login.account.id,
            attempt.address,
            attempt.outcome,
            attempt.words or attempt.meaning,
        )
        for attempt in attempts
    )


def invited(mails: Iterable[SentMail]) -> Mapping[str, datetime]:
    """When each address last got an invitation for real, or may have; addresses in small letters."""
    found: dict[str, datetime] = {}
    for mail in mails:
        came = mail.outcome in (Outcome.SENT, Outcome.UNKNOWN)
        if mail.purpose is Purpose.REAL and came:
            address = mail.recipient.casefold()
            found[address] = max(mail.at, found.get(address, mail.at))
    return found
