"""Lists: accounts as the window lists them, read without their wide rows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import ColumnElement, Connection, select

from motion_desk.models.account import AccountSummary
from motion_desk.models.choices import Service
from motion_desk.models.records import SUMMARY_COLUMNS, account, uses
from motion_desk.services.store.errors import damaged

_SERVICES = {service.value: service for service in Service}


def summaries(
    transaction: Connection, path: Path, *where: ColumnElement[bool]
) -> tuple[AccountSummary, ...]:
    """The accounts for which all of ``where`` holds, by name (whatever its case), then by id."""
    query = select(*SUMMARY_COLUMNS).where(*where).order_by(account.c.id)
    try:
        found = [
            AccountSummary(identity, name, key, _SERVICES[service], address, active, risky, cloud)
            for identity, name, key, service, address, active, risky, cloud in (
                transaction.execute(query)
            )
        ]
        # Sorted here, and keeping the order of ids: SQLite folds the case of ASCII letters only.
        found.sort(key=lambda summary: summary.name.casefold())
    except (AttributeError, KeyError) as error:  # no text, or no known word
        raise damaged(path, "The list of accounts") from error
    return tuple(found)


def users_of(
    transaction: Connection, path: Path, target_field: str, target: str
) -> tuple[AccountSummary, ...]:
    """The accounts, the bin's aside, that refer to an entry of the directory."""
    using = select(uses.c.account).where(
        uses.c.target_field == target_field, uses.c.target == target
    )
    return summaries(transaction, path, account.c.deleted_at.is_(None), account.c.id.in_(using))
