"""iCalendar: the calendar as a file that calendar programs take (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from motion_desk.services.calendar import Entry

ALARM_DAYS = 14
"""How many days before its day each entry reminds of it."""

_OCTETS = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""


def icalendar(entries: Iterable[Entry], at: datetime) -> bytes:
    """The entries as all-day events, each with a reminder. ``at``, with its zone, is the DTSTAMP.

    The same entries have the same UIDs in every file, so that one imported again replaces the
    first. The lines end with CRLF, are in UTF-8 and at most 75 octets long.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Motion Desk//Calendar//EN"]
    lines.append("CALSCALE:GREGORIAN")
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    # DTEND is not part of the event (section 3.6.1).
    after = entry.day + timedelta(days=1) if entry.day < entry.day.max else None
    title = _escaped(entry.title)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_date(entry.day)}"
    if after:
        yield f"DTEND;VALUE=DATE:{_date(after)}"
    yield f"SUMMARY:{title}"
    yield f"DESCRIPTION:{_escaped(f'Found in: {entry.source}')}"
    yield f"CATEGORIES:{_escaped(entry.ending.value)}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{title}"
    yield f"TRIGGER:-P{ALARM_DAYS}D"
    yield "END:VALARM"
    yield "END:VEVENT"


def _date(day: date) -> str:
    """A value of type DATE (section 3.3.4)."""
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11), without the control characters that it forbids."""
    lines = "\n".join(text.splitlines())
    shown = "".join(each for each in lines if each in "\n\t" or ord(each) >= 0x20)
    shown = shown.replace("\x7f", "").encode("utf-8", "replace").decode("utf-8")
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        shown = shown.replace(plain, written)
    return shown


def _folded(line: str) -> bytes:
    """The line in octets, folded between characters."""
    parts: list[bytes] = []
    part = b""
    for each in line:
        octets = each.encode("utf-8")
        if len(part) + len(octets) > _OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
