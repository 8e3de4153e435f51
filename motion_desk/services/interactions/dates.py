"""Dates: the instants of exports, in the forms that programs and spreadsheets write them."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import Enum
from time import mktime

_PARTS = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})"
    r"(?:,?[ T]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?(?: ?([AaPp])\.?[Mm]\.?)?)?"
)
_SLASHED = re.compile(r"(\d{4})/(\d\d?)/(\d\d?)(.*)")
_NOTHING = frozenset({"", "null", "none", "n/a", "-", "0000-00-00 00:00:00", "\\n"})
_EPOCH_DIGITS = {10: 1, 13: 1000}
"""Seconds since 1970 have ten digits from 2001 to 2286, milliseconds thirteen."""
_TO_HOUR = 13
"""Characters up to the end of the hour, in the commonest forms of all."""
_MOST_HOURS = 50_000


class DateOrder(Enum):
    """What stands first in a date like 03/04/2025."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def is_date(text: str) -> bool:
    """Whether a text is written like a date; it may still be a wrong one."""
    return bool(_PARTS.fullmatch(text) or _SLASHED.fullmatch(text) or _iso(text))


def order_of(texts: Iterable[str]) -> frozenset[DateOrder]:
    """Which orders are possible for all of some dates; both: it must be asked for.

    Dates that say so themselves (the year first, dots, which only day-first countries write) leave
    both possible only where no other dates are there. Empty where they contradict each other.
    """
    possible = {*DateOrder}
    open_question = False
    for text in texts:
        found = _PARTS.fullmatch(text.strip())
        if not found or found[2] == ".":
            continue
        open_question = True
        if int(found[1]) > 12:
            possible.discard(DateOrder.MONTH_FIRST)
        if int(found[3]) > 12:
            possible.discard(DateOrder.DAY_FIRST)
    return frozenset(possible) if open_question else frozenset({DateOrder.DAY_FIRST})


def reader(order: DateOrder | None, *, utc: bool) -> Callable[[str], int]:
    """What reads an instant as whole seconds since 1970, UTC; 0 for nothing, as it is stored.

    ``utc`` says what dates mean that name no zone of their own: UTC, or this computer's zone. It
    raises ``ValueError``, also for dates whose order is not known. From 1970 to 9999.
    """

    def seconds(found: datetime) -> float:
        return timegm(found.timetuple()) if utc else mktime(found.timetuple())

    # A date and its hour are looked up, and what follows: else they would take most of an import.
    hours: dict[str, int] = {}
    within = {f":{n // 60:02}:{n % 60:02}": n for n in range(3600)}
    within |= {f":{n:02}": n * 60 for n in range(60)}

    def read(text: str) -> int:
        rest = within.get(text[_TO_HOUR:])
        if rest is None:
            return slowly(text)
        hour = hours.get(text[:_TO_HOUR])
        if hour is None:
            if len(hours) >= _MOST_HOURS:
                hours.clear()
            hour = hours[text[:_TO_HOUR]] = slowly(f"{text[:_TO_HOUR]}:00:00")
        return hour + rest

    def slowly(text: str) -> int:
        try:
            found = datetime.fromisoformat(text) if text[4:5] == "-" else _other(text, order)
        except ValueError:
            found = _other(text, order)
        if found is None:
            return 0
        try:
            number = int(seconds(found) if found.tzinfo is None else found.timestamp())
        except OverflowError:
            raise ValueError("no date") from None
        if number < 0:
            raise ValueError("no date")
        return number

    return read


def _other(text: str, order: DateOrder | None) -> datetime | None:
    text = text.strip()
    if text.casefold() in _NOTHING:
        return None
    if (factor := _EPOCH_DIGITS.get(len(text))) and text.isascii() and text.isdigit():
        return datetime.fromtimestamp(int(text) / factor, UTC)
    if found := _PARTS.fullmatch(text):
        return _of_parts(found, order)
    if found := _SLASHED.fullmatch(text):
        text = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}{found[4]}"
    if read := _iso(text):
        return read
    raise ValueError("no date")


def _of_parts(found: re.Match[str], order: DateOrder | None) -> datetime:
    first, sign, second, year, hour, minute, second_of, half = found.groups()
    if sign == ".":
        order = DateOrder.DAY_FIRST
    if order is None:
        raise ValueError("its order is not known")
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError("no hour")
        hours = hours % 12 + (12 if half in "Pp" else 0)
    return datetime(  # noqa: DTZ001  its zone is put in by who calls
        int(year), int(month), int(day), hours, int(minute or 0), int(second_of or 0)
    )


def _iso(text: str) -> datetime | None:
    if text[4:5] != "-":
        return None
    # 2025-01-02 03:04:05 +0100 and … UTC, as databases write them.
    plain = re.sub(
        r" (?=[+-]\d\d:?\d\d$)", "", text.removesuffix(" UTC") + "Z" * text.endswith(" UTC")
    )
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return None
