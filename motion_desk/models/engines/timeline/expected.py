"""Expected: whether kept scenarios still end as they must."""

from __future__ import annotations

from collections.abc import Iterator

from motion_desk.models.account import Account
from motion_desk.models.choices import Ending
from motion_desk.models.durations import in_words
from motion_desk.models.engines.header_filters import Judge
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.engines.timeline.situations import Read, situation
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.expectations import SCENARIOS, KeptScenario
from motion_desk.models.sections.settings import LONGEST_WAIT
from motion_desk.models.workspace import Workspace

_ENDINGS = {
    Ending.ANSWERED: "a person accepts it",
    Ending.REJECTED: "a header filter rejects it",
    Ending.CLOSED: "the plan closes it",
    Ending.UNREAD: "it waits as unread",
    Ending.ENDLESS: "the plan never ends",
}
_OTHERWISE = (
    "By the model of the documentation {name} does not end as expected ({expected}): after {time} "
    "{ending}."
)
_GONE = "“{name}” names a message that is no longer pinned. Choose another one."
_LATE = (
    "By the model of the documentation {name} ends as expected ({expected}), but after {time} "
    "instead of within {within}."
)


def without_message(row: KeptScenario, account: Account) -> str:
    """A sentence on a scenario whose pinned message is gone, or nothing.

    It is checked with an ordinary message then, which says nothing about the one that was meant.
    """
    pinned = {each.id for each in account.expectations.messages}
    return "" if not row.message or row.message in pinned else _GONE.format(name=row.name)


def ends_as_expected(row: KeptScenario, found: Timeline) -> str:
    """A sentence on how a scenario ends otherwise or too late, or nothing where it is met."""
    problem = _unmet(row, found)
    return problem.sentence if problem else ""


def unmet_scenarios(
    account: Account, workspace: Workspace, judge: Judge, read: Read
) -> tuple[Problem, ...]:
    """A warning for each kept scenario that ends otherwise, or later, than it must.

    It stands at ``expectations.scenarios/<row>/expected`` or ``/within``. ``judge`` applies the
    account's header filters and ``read`` reads a pinned message's header; what they raise is
    passed on. Takes at most a millisecond a scenario beside them.
    """
    return tuple(_unmet_scenarios(account, workspace, judge, read))


def _unmet_scenarios(
    account: Account, workspace: Workspace, judge: Judge, read: Read
) -> Iterator[Problem]:
    for row in account.expectations.scenarios:
        chosen = situation(row, account, workspace, read)
        if problem := _unmet(row, timeline(account, workspace, chosen, judge)):
            yield problem


def _unmet(row: KeptScenario, found: Timeline) -> Problem | None:
    expected: object = row.expected  # a draft may hold what was typed in its place
    if not isinstance(expected, Ending):
        return None
    values: dict[str, object] = {
        "name": f"“{row.name}”" if row.name else "the scenario",
        "expected": _ENDINGS[expected],
        "ending": _ENDINGS[found.ending],
        "time": in_words(found.ended),
    }
    key = f"{SCENARIOS}/{row.id}"
    if found.ending is not expected:
        return Problem(f"{key}/expected", "otherwise", _OTHERWISE, values, Severity.WARNING)
    within: object = row.within
    if isinstance(within, int) and found.ended > within:
        values["within"] = in_words(min(within, LONGEST_WAIT))
        return Problem(f"{key}/within", "late", _LATE, values, Severity.WARNING)
    return None
