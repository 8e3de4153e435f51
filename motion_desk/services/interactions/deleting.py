"""Deleting: conversations with all that belongs to them, and their words in the index."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime

UNTOLD = "untold"
"""The setting that keeps what was deleted as too old until somebody was told; empty after that."""
DAY = 86_400
REBUILT_FROM = 5
"""One in so many deleted: the index of words is made anew rather than cleared word by word."""
_LAST = "last <> 0 AND last < ?"


def older(connection: sqlite3.Connection, instant: int) -> int:
    """How many conversations had their last message before an instant, in seconds since 1970."""
    sql = f"SELECT count(*) FROM conversation WHERE {_LAST}"  # noqa: S608  no value is in it
    return int(connection.execute(sql, (instant,)).fetchone()[0])


def delete_older(connection: sqlite3.Connection, instant: int) -> int:
    """Delete those, inside the transaction of who calls; returns how many."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS gone(n INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM gone")
    sql = f"INSERT INTO gone SELECT n FROM conversation WHERE {_LAST}"  # noqa: S608  no value is in it
    number = connection.execute(sql, (instant,)).rowcount
    if number:
        _delete_gone(connection, number)
    return number


@dataclass(frozen=True, slots=True)
class Untold:
    """What was deleted as too old since anybody was told: so many conversations of all accounts.

    They were deleted from the day ``first`` to the day ``last`` (UTC), the last ones as they were
    older than ``days``.
    """

    number: int
    first: date
    last: date
    days: int


def retire(connection: sqlite3.Connection, now: int, days: int) -> int:
    """Delete what had its last message more than so many days before ``now``, and note that.

    Inside the transaction of who calls, so that nothing goes unnoted; returns how many.
    """
    number = delete_older(connection, now - days * DAY)
    if number:
        [*found] = connection.execute("SELECT value FROM setting WHERE key = ?", (UNTOLD,))
        before = untold(found[0][0]) if found else None
        today = datetime.fromtimestamp(now, UTC).date()
        first = before.first if before else today
        total = number + (before.number if before else 0)
        noted = json.dumps([total, first.isoformat(), today.isoformat(), days])
        connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (UNTOLD, noted))
    return number


def untold(setting: str) -> Untold | None:
    """What the setting ``UNTOLD`` says; ``None`` where all was told, or nobody can tell any more."""
    try:
        number, first, last, days = json.loads(setting or "null")
        return Untold(int(number), date.fromisoformat(first), date.fromisoformat(last), int(days))
    except (TypeError, ValueError):
        return None


def delete_all(connection: sqlite3.Connection, account: str | None) -> int:
    """Delete all of an account, or of all, inside the transaction of who calls."""
    [(before,)] = connection.execute("SELECT count(*) FROM conversation").fetchall()
    if account is None:
        for table in ("letter", "tagged", "conversation", "name", "account"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  the names are above
        connection.execute("INSERT INTO found(found) VALUES ('delete-all')")
        return int(before)
    of_account = "(SELECT k FROM account WHERE id = ?)"
    gone = f"n IN (SELECT n FROM conversation WHERE account = {of_account})"  # noqa: S608  no value is in it
    connection.execute(f"DELETE FROM letter WHERE {gone}", (account,))  # noqa: S608
    connection.execute(f"DELETE FROM tagged WHERE {gone}", (account,))  # noqa: S608
    sql = f"DELETE FROM conversation WHERE account = {of_account}"  # noqa: S608
    number = connection.execute(sql, (account,)).rowcount
    connection.execute(f"DELETE FROM name WHERE account = {of_account}", (account,))  # noqa: S608
    connection.execute("DELETE FROM account WHERE id = ?", (account,))
    _rebuild(connection)
    return number


def _delete_gone(connection: sqlite3.Connection, number: int) -> None:
    [(before,)] = connection.execute("SELECT count(*) FROM conversation").fetchall()
    gone = "n IN (SELECT n FROM gone)"
    rebuilt = number * REBUILT_FROM > before
    if not rebuilt:
        connection.execute(_FORGETTING)
    for table in ("letter", "tagged", "conversation"):
        connection.execute(f"DELETE FROM {table} WHERE {gone}")  # noqa: S608
    connection.execute("DELETE FROM gone")
    connection.execute(_UNUSED)
    connection.execute(_TOTALS)
    if rebuilt:
        _rebuild(connection)
    else:  # a deleted word stays in the index until its parts are merged
        connection.execute("INSERT INTO found(found) VALUES ('optimize')")


_FORGETTING = """
INSERT INTO found(found, rowid, subject, contact, text)
SELECT 'delete', n, subject, contact, text FROM indexed WHERE n IN (SELECT n FROM gone)
"""
_UNUSED = """
DELETE FROM name WHERE k NOT IN (
  SELECT substatus FROM conversation UNION SELECT owner FROM conversation UNION SELECT tag FROM tagged
)
"""
_TOTALS = """
UPDATE account SET total = (SELECT count(*) FROM conversation WHERE conversation.account = account.k)
"""


def _rebuild(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO found(found) VALUES ('delete-all')")
    connection.execute(
        "INSERT INTO found(rowid, subject, contact, text) "
        "SELECT n, subject, contact, text FROM indexed"
    )
