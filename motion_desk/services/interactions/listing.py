"""Listing: the order in which a query's conversations stand, so that any page is found at once.

Few conversations are gathered: their numbers are sorted and kept. Many are walked along the index
of the column they are sorted by, and each ``STRIDE`` rows a landmark is noted, from which the
pages behind it are a short step away. SQLite's OFFSET alone would walk from the beginning again
for each page: 80 ms for the last one of a million.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from time import monotonic
from typing import Protocol

from motion_desk.services.interactions.conditions import SORT_KEYS, Value, Where, match, where
from motion_desk.services.interactions.query import MOST_FOUND, ROWS_A_PAGE, Count, Query

STRIDE = 16 * ROWS_A_PAGE


class Listing(Protocol):
    """The numbers of a query's conversations, in order."""

    def numbers(self, page: int) -> Sequence[int]:
        """The numbers on a page; none beyond the end."""
        ...

    def count(self, seconds: float) -> Count:
        """Count on for about so long."""
        ...


def listing(
    connection: sqlite3.Connection, query: Query, account: int, total: int, *, alone: bool = False
) -> Listing:
    """The listing of a query: gathered where few fit, else walked.

    ``alone``: no other account has conversations, so that a search need not look whose they are.
    """
    condition = where(query, account)
    if query.text.strip():
        expression = match(query.text)
        if not expression:  # nothing but signs, of which none are kept
            return _Gathered([], capped=False)
        # FTS5 gathers all that a long beginning fits before it gives any: 0.1 s where that is a
        # million. Where the whole words alone are more than is listed, they are listed.
        limit = condition if alone else condition.both(Where("c.account = ?", (account,)))
        whole = match(query.text, whole=True)
        found = _searched(connection, whole, limit)
        if whole != expression and len(found) <= MOST_FOUND:
            found = _searched(connection, expression, limit)
        return _Gathered(
            _sorted(connection, found[:MOST_FOUND], query), capped=len(found) > MOST_FOUND
        )
    if condition.sql:
        found = _first(connection, condition, account)
        if len(found) <= MOST_FOUND:
            return _Gathered(_sorted(connection, found, query), capped=False)
        return _Walked(connection, query, account, condition, 0)
    return _Walked(connection, query, account, condition, total)


def _searched(connection: sqlite3.Connection, expression: str, limit: Where) -> list[int]:
    """The numbers that a search finds, the last ones first, one more than is listed."""
    joined = ""
    if limit.sql:
        # CROSS JOIN: the index of words first, in its own order, and no further than is needed.
        joined = "CROSS JOIN conversation AS c ON c.n = found.rowid "
    also = f"AND {limit.sql} " if limit.sql else ""
    sql = (
        f"SELECT found.rowid FROM found {joined}WHERE found MATCH ? {also}"  # noqa: S608  no value is in it
        f"ORDER BY found.rowid DESC LIMIT {MOST_FOUND + 1}"
    )
    return [n for (n,) in connection.execute(sql, (expression, *limit.values))]


def _first(connection: sqlite3.Connection, condition: Where, account: int) -> list[int]:
    """The numbers that fit, in the order of the table: where few do, all of it is read once."""
    sql = (
        "SELECT c.n FROM conversation AS c NOT INDEXED "  # noqa: S608  no value is in it
        f"WHERE c.account = ? AND {condition.sql} LIMIT {MOST_FOUND + 1}"
    )
    return [n for (n,) in connection.execute(sql, (account, *condition.values))]


def _sorted(connection: sqlite3.Connection, found: Sequence[int], query: Query) -> list[int]:
    order = "DESC" if query.descending else "ASC"
    key = SORT_KEYS[query.sort]
    sql = (
        f"SELECT n FROM conversation WHERE n IN (SELECT value FROM json_each(?)) "  # noqa: S608  no value is in it
        f"ORDER BY {key} {order}, n {order}"
    )
    return [n for (n,) in connection.execute(sql, (str([*found]),))]


class _Gathered:
    """Few numbers, all of them there."""

    def __init__(self, numbers: list[int], *, capped: bool) -> None:
        self._numbers = array("q", numbers)
        self._capped = capped

    def numbers(self, page: int) -> Sequence[int]:
        start = page * ROWS_A_PAGE
        return self._numbers[start : start + ROWS_A_PAGE]

    def count(self, seconds: float) -> Count:
        return Count(len(self._numbers), complete=True, capped=self._capped)


class _Walked:
    """Many numbers, in the order of an index. ``total`` is how many, where that is known."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        query: Query,
        account: int,
        condition: Where,
        total: int,
    ) -> None:
        self._connection = connection
        self._key = SORT_KEYS[query.sort]
        self._down = query.descending
        self._condition = condition.both(Where("c.account = ?", (account,)))
        self._total = total
        self._landmarks: list[tuple[Value, int]] = []  # the last rows of strides 0, 1, 2 …
        self._counted = 0
        self._complete = False

    def numbers(self, page: int) -> Sequence[int]:
        stride, within = divmod(page * ROWS_A_PAGE, STRIDE)
        while len(self._landmarks) < stride and not self._complete:
            self._step()
        if len(self._landmarks) < stride:
            return ()
        after = self._landmarks[stride - 1] if stride else None
        return [n for _, n in self._after(after, within, ROWS_A_PAGE)]

    def count(self, seconds: float) -> Count:
        until = monotonic() + seconds
        while not self._complete and monotonic() < until:
            self._step()
        number = self._counted if self._complete else max(self._counted, self._total)
        return Count(number, complete=self._complete)

    def _step(self) -> None:
        """Note one more landmark, or how many rows there are after the last one."""
        after = self._landmarks[-1] if self._landmarks else None
        if end := self._after(after, STRIDE - 1, 1):
            self._landmarks.append(end[0])
            self._counted += STRIDE
        else:
            self._counted += len(self._after(after, 0, STRIDE))
            self._complete = True

    def _after(
        self, after: tuple[Value, int] | None, skipped: int, most: int
    ) -> list[tuple[Value, int]]:
        """Key and number of rows that follow a row, some of them passed over.

        In two parts, those with the same key first: SQLite makes no use of n in a comparison of
        both at once, and a million rows may have the same key.
        """
        if after is None:
            return self._rows(Where(), skipped, most)
        key, n = after
        same = Where(f"c.{self._key} = ? AND c.n {self._sign} ?", (key, n))
        rows = self._rows(same, skipped, most)
        if len(rows) < most:
            if not rows and skipped:
                skipped -= self._number(same, skipped)
            elif rows:
                skipped = 0
            rest = Where(f"c.{self._key} {self._sign} ?", (key,))
            rows += self._rows(rest, skipped, most - len(rows))
        return rows

    @property
    def _sign(self) -> str:
        return "<" if self._down else ">"

    def _rows(self, limit: Where, skipped: int, most: int) -> list[tuple[Value, int]]:
        chosen = limit.both(self._condition)
        order = "DESC" if self._down else "ASC"
        sql = (
            f"SELECT c.{self._key}, c.n FROM conversation AS c INDEXED BY by_{self._index} "  # noqa: S608  no value is in it
            f"WHERE {chosen.sql} ORDER BY c.{self._key} {order}, c.n {order} LIMIT ? OFFSET ?"
        )
        return self._connection.execute(sql, (*chosen.values, most, skipped)).fetchall()

    def _number(self, limit: Where, most: int) -> int:
        """How many rows fit, counted to a limit."""
        chosen = limit.both(self._condition)
        sql = (
            f"SELECT count(*) FROM (SELECT 1 FROM conversation AS c INDEXED BY by_{self._index} "  # noqa: S608  no value is in it
            f"WHERE {chosen.sql} LIMIT ?)"
        )
        [(number,)] = self._connection.execute(sql, (*chosen.values, most))
        return int(number)

    @property
    def _index(self) -> str:
        return self._key.removesuffix("_key")
