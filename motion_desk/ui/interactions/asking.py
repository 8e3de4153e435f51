"""Asking: a query in words: what is typed as a day, and a chip for each filter that is on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from motion_desk.services.interactions.query import LABELS, Condition, Operator, Query, Status
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.columns import STATUSES

EXAMPLE = "2026-12-30"
"""How a day is typed."""
LONGEST = 40
"""Characters of a value on a chip."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: its name for tests, what it says, and the query without it."""

    name: str
    text: str
    without: Query


def day(text: str) -> date | None:
    """The day that a text means: ``2026-01-31``, nothing else, for 1/2 means two days."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def begin_of(of: date) -> datetime | None:
    """When a day begins on this workstation, as an instant; ``None`` beyond what clocks know."""
    try:
        return datetime.combine(of, time()).astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return None


def end_of(of: date) -> datetime | None:
    """When a day is over on this workstation, as an instant."""
    try:
        return begin_of(of + timedelta(days=1))
    except OverflowError:
        return None


def first_day(query: Query) -> str:
    """The first day that a query asks for, as text."""
    at = query.started_from
    return at.astimezone().date().isoformat() if at else ""


def last_day(query: Query) -> str:
    """The last day that a query asks for, as text."""
    at = query.started_to
    return (at.astimezone() - timedelta(microseconds=1)).date().isoformat() if at else ""


def cleared(query: Query) -> Query:
    """The query of all conversations, in the same order."""
    return Query(account=query.account, sort=query.sort, descending=query.descending)


def chips(query: Query) -> Iterator[Chip]:
    """The filters of a query that are on, in the order of the bar."""
    if query.text:
        yield Chip("text", tr("Search: {}").format(_quoted(query.text)), replace(query, text=""))
    if first := first_day(query):
        said = tr("Started from {}").format(first)
        yield Chip("from", said, replace(query, started_from=None))
    if last := last_day(query):
        said = tr("Started until {}").format(last)
        yield Chip("to", said, replace(query, started_to=None))
    if query.read is not None:
        said = tr("Read") if query.read else tr("Unread")
        yield Chip("read", said, replace(query, read=None))
    if query.status is not None:
        said = tr(STATUSES[query.status])
        yield Chip("status", said, replace(query, status=None, substatus=""))
    for name, title in (("substatus", "Substatus: {}"), ("tag", "Tag: {}"), ("owner", "User: {}")):
        if value := getattr(query, name):
            said = tr(title).format(_quoted(value))
            without = {
                "substatus": replace(query, substatus=""),
                "tag": replace(query, tag=""),
                "owner": replace(query, owner=""),
            }[name]
            yield Chip(name, said, without)
    for place, condition in enumerate(query.conditions):
        rest = query.conditions[:place] + query.conditions[place + 1 :]
        without = replace(query, conditions=rest, any_of=query.any_of and len(rest) > 1)
        said = said_of(condition)
        if query.any_of and len(query.conditions) > 1 and place:
            said = tr("or {}").format(said)
        yield Chip(f"condition-{place}", said, without)


def said_of(condition: Condition) -> str:
    """A condition in words."""
    said = f"{tr(LABELS[condition.column])} {tr(condition.operator.value)}"
    if condition.operator in (Operator.EMPTY, Operator.NOT_EMPTY):
        return said
    value = condition.value
    if isinstance(value, datetime):
        return f"{said} {value.astimezone().date().isoformat()}"
    if value in {each.value for each in Status}:
        value = tr(STATUSES[Status(value)]).lower()
    return f"{said} {_quoted(value)}"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"
