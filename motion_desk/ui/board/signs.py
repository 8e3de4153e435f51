"""Signs: what stands on the lines “All accounts” and “What expires”."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from motion_desk.ui.board.lines import Filter, Line
from motion_desk.ui.calendar.days import SOON, URGENT
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.panels import Signs
from motion_desk.ui.test.marks import IN_LAB

if TYPE_CHECKING:
    from motion_desk.services.calendar import Entry


def of_board(lines: Sequence[Line], *, running: bool) -> Signs:
    """Whether a test runs, else how many accounts fail, else for how many something ends soon."""
    if running:
        return Signs((("loader-circle", "accent"),), tr("Accounts are being tested"))
    failed = [line for line in lines if Filter.FAILED in line.filters]
    if failed:
        rows = [line.subject.row for line in failed]
        lab = all(row is not None and row.past.lab for row in rows)
        marks = (("circle-x", "error"),)
        said = tr("1 account fails") if len(failed) == 1 else tr("{} accounts fail")
        hint = said.format(len(failed))
        return (
            Signs((IN_LAB, *marks), tr("{}, in the lab").format(hint))
            if lab
            else Signs(marks, hint)
        )
    soon = sum(Filter.EXPIRING in line.filters for line in lines)
    if not soon:
        return Signs()
    said = tr("Something of 1 account ends within {days} days")
    several = tr("Something of {count} accounts ends within {days} days")
    hint = (said if soon == 1 else several).format(count=soon, days=SOON)
    return Signs((("triangle-alert", "warning"),), hint)


def of_calendar(entries: Sequence[Entry], today: date) -> Signs:
    """How many days are past or near."""
    left = [(each.day - today).days for each in entries]
    near = [days for days in left if days <= SOON]
    if not near:
        return Signs()
    urgent = min(near) <= URGENT
    mark = ("circle-alert", "error") if urgent else ("triangle-alert", "warning")
    past = sum(days < 0 for days in near)
    parts = []
    if past:
        parts.append(tr("{} past").format(past))
    if len(near) > past:
        parts.append(tr("{} within {} days").format(len(near) - past, SOON))
    return Signs((mark,), ", ".join(parts))
