"""Conditions: what a query asks for, as SQL over the archive's tables."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from motion_desk.services.interactions import schema
from motion_desk.services.interactions.query import Column, Condition, Operator, Query, Status

Value = str | int

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u0331]")
"""What FTS5's tokenizer passes over inside words, where it is not part of a letter already."""
_STATUS = {Status.OPEN: 1, Status.CLOSED: 2}
_KEY_LETTERS = 40
_BEGINNINGS = 4
"""Letters of the longest beginnings in the index, as ``found`` is declared."""
_KINDS = {Column.SUBSTATUS: schema.SUBSTATUS, Column.OWNER: schema.OWNER, Column.TAGS: schema.TAG}
_NAMED = "(SELECT k FROM name WHERE account = ? AND kind = ? AND text = ?)"
_TAGGED = f"EXISTS (SELECT 1 FROM tagged WHERE tagged.n = c.n AND tag = {_NAMED})"  # noqa: S608  no value is in it

SORT_KEYS = {
    Column.ID: "id",
    Column.CONTACT: "contact_key",
    Column.SUBJECT: "subject_key",
    Column.STARTED: "started",
    Column.LAST: "last",
}


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL on ``conversation`` as ``c``, with its values; empty where all fit."""

    sql: str = ""
    values: tuple[Value, ...] = ()

    def both(self, other: Where) -> Where:
        """Both hold."""
        if not (self.sql and other.sql):
            return self if self.sql else other
        return Where(f"{self.sql} AND {other.sql}", self.values + other.values)


def sort_key(text: str) -> str:
    """What texts are sorted by: their first letters without capitals and accents."""
    key = text[:_KEY_LETTERS]
    if key.isascii():
        return key.lower()  # which casefold does, too, in thrice the time
    parts = unicodedata.normalize("NFKD", key.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def id_value(identity: str) -> Value:
    """An id as it is stored: as a number where it is one, so that 9 comes before 10."""
    number = identity.isascii() and identity.isdigit() and len(identity) <= 18
    return int(identity) if number and (identity[0] != "0" or identity == "0") else identity


def seconds(instant: datetime) -> int:
    """An aware instant as it is stored: whole seconds since 1970, UTC."""
    return int(instant.timestamp())


def instant(stored: int) -> datetime | None:
    """A stored instant; ``None`` where it is not known."""
    return datetime.fromtimestamp(stored, UTC) if stored else None


def match(text: str, *, whole: bool = False) -> str:
    """The words of a person's text as an expression of FTS5; empty where it has none.

    ``whole``: longer words than the index has beginnings of are looked for as they are.

    Each word is quoted, and nothing but letters and digits is in it, so none is an operator. A
    word of one letter is looked for as it is: as a beginning it would fit nearly everything.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFC", text))
    words = dict.fromkeys(_WORD.findall(plain)[:20])
    return " ".join(
        f'"{each}"' + "*" * (len(each) > 1 and not (whole and len(each) > _BEGINNINGS))
        for each in words
    )


def where(query: Query, account: int) -> Where:
    """All that a query asks for but its text and its account."""
    found = Where()
    parts = (
        (query.started_from, "c.started >= ?"),
        (query.started_to, "c.started <> 0 AND c.started < ?"),
    )
    for bound, sql in parts:
        if bound is not None:
            found = found.both(Where(sql, (seconds(bound),)))
    if query.read is not None:
        found = found.both(Where("c.read = ?", (1 if query.read else 2,)))
    if query.status is not None:
        found = found.both(Where("c.status = ?", (_STATUS[query.status],)))
    for column, value in (
        (Column.SUBSTATUS, query.substatus),
        (Column.OWNER, query.owner),
        (Column.TAGS, query.tag),
    ):
        if value:
            found = found.both(_condition(Condition(column, Operator.IS, value), account))
    if query.conditions:
        all_of = [_condition(each, account) for each in query.conditions]
        joined = (" OR " if query.any_of else " AND ").join(f"({each.sql})" for each in all_of)
        values = tuple(value for each in all_of for value in each.values)
        found = found.both(Where(f"({joined})", values))
    return found


def _condition(condition: Condition, account: int) -> Where:
    column, operator, value = condition.column, condition.operator, condition.value
    if isinstance(value, datetime):
        sql = "c.{0} >= ?" if operator is Operator.FROM else "c.{0} <> 0 AND c.{0} < ?"
        return Where(sql.format(column.value), (seconds(value),))
    if column in _KINDS:
        return _named(column, operator, value, account)
    if column is Column.STATUS:
        return _small(column, operator, {"open": 1, "closed": 2}.get(value, -1))
    if column is Column.READ:
        return _small(column, operator, {"read": 1, "unread": 2}.get(value, -1))
    if operator in (Operator.EMPTY, Operator.NOT_EMPTY):
        nothing = "0" if column in (Column.STARTED, Column.LAST) else "''"
        return Where(f"c.{column.value} {_sign(operator)} {nothing}")
    if column is Column.ID and operator in (Operator.IS, Operator.IS_NOT):
        return Where(f"c.id {_sign(operator)} ?", (id_value(value),))
    return _like(column.value, operator, value)


def _sign(operator: Operator) -> str:
    return "=" if operator in (Operator.IS, Operator.EMPTY) else "<>"


def _small(column: Column, operator: Operator, value: int) -> Where:
    wanted = 0 if operator in (Operator.EMPTY, Operator.NOT_EMPTY) else value
    return Where(f"c.{column.value} {_sign(operator)} ?", (wanted,))


def _named(column: Column, operator: Operator, value: str, account: int) -> Where:
    if operator in (Operator.EMPTY, Operator.NOT_EMPTY):
        nothing = "''" if column is Column.TAGS else "0"
        return Where(f"c.{column.value} {_sign(operator)} {nothing}")
    values = (account, _KINDS[column], value)
    if column is Column.TAGS:
        negation = "" if operator is Operator.IS else "NOT "
        return Where(negation + _TAGGED, values)
    # A name that nobody has is NULL, to which nothing is equal: IS NOT says that all differ.
    sign = "=" if operator is Operator.IS else "IS NOT"
    return Where(f"c.{column.value} {sign} {_NAMED}", values)


def _like(column: str, operator: Operator, value: str) -> Where:
    plain = re.sub(r"([\\%_])", r"\\\1", value)
    before = "%" if operator in (Operator.CONTAINS, Operator.CONTAINS_NOT) else ""
    after = "" if operator in (Operator.IS, Operator.IS_NOT) else "%"
    negation = "NOT " if operator in (Operator.IS_NOT, Operator.CONTAINS_NOT) else ""
    return Where(f"c.{column} {negation}LIKE ? ESCAPE '\\'", (f"{before}{plain}{after}",))
