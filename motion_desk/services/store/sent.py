"""Sent: the newest messages that were sent from this workspace, kept in its file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from motion_desk.models.records import sent
from motion_desk.models.sent import KEPT_SENT, LONGEST_WORDS, Outcome, Purpose, SentMail
from motion_desk.models.surfaces import Surface
from motion_desk.services.store.errors import damaged


def keep(transaction: Connection, mails: Iterable[SentMail]) -> None:
    """Note messages in their order; let go of the oldest of each purpose beyond ``KEPT_SENT``."""
    rows = [_row(mail) for mail in mails]
    if not rows:
        return
    transaction.execute(insert(sent), rows)
    for purpose in {row["purpose"] for row in rows}:
        own = sent.c.purpose == purpose
        newest = select(sent.c.id).where(own).order_by(sent.c.id.desc())
        beyond = newest.offset(KEPT_SENT[Purpose(purpose)]).limit(1).scalar_subquery()
        transaction.execute(delete(sent).where(own, sent.c.id <= beyond))


def _row(mail: SentMail) -> dict[str, Any]:
    if mail.at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return {
        "at": mail.at,
        "purpose": mail.purpose.value,
        "surface": mail.surface.value,
        "template": _stored(mail.template),
        "account": mail.account,
        "recipient": _stored(mail.recipient),
        "outcome": mail.outcome.value,
        "words": _stored(mail.words)[:LONGEST_WORDS],
    }


def _stored(text: str) -> str:
    """A text that every database takes: what a server said may hold what UTF-8 cannot."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def newest(transaction: Connection, path: Path, most: int) -> tuple[SentMail, ...]:
    """At most so many messages, the one noted last first."""
    query = select(sent).order_by(sent.c.id.desc()).limit(most)
    try:
        return tuple(
            SentMail(
                row["at"],
                Purpose(row["purpose"]),
                Surface(row["surface"]),
                row["template"],
                row["account"],
                row["recipient"],
                Outcome(row["outcome"]),
                row["words"],
                row["id"],
            )
            for row in transaction.execute(query).mappings()
        )
    except (AttributeError, TypeError, ValueError) as error:  # no value of its column
        raise damaged(path, "The log of what was sent") from error


def forget(transaction: Connection, ids: Collection[int] | None) -> None:
    """Delete the messages with these ids, or all; those that are gone already are no matter."""
    if ids is None:
        transaction.execute(delete(sent))
    else:
        for identity in ids:
            transaction.execute(delete(sent).where(sent.c.id == identity))
