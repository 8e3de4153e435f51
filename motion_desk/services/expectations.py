"""Expectations: whether pinned messages and kept scenarios still come out as they must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from motion_desk.models.account import Account
from motion_desk.models.changes import effective
from motion_desk.models.choices import Expected, Operator, Verdict
from motion_desk.models.engines.header_filters import (
    Judge,
    Judgement,
    Search,
    Unsearchable,
    incomplete,
    judged_by,
)
from motion_desk.models.incoming import Incoming
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.expectations import MESSAGES, PinnedMessage
from motion_desk.models.sections.routing import HEADER_FILTERS, HeaderFilter
from motion_desk.models.workspace import Workspace
from motion_desk.services.messages.reading import Unreadable, read_headers

UNMET = frozenset({"unmet", "otherwise", "late"})
"""The codes of the problems that an outcome is another than expected."""

_REJECTED = (
    "By the model of the documentation “{name}” is rejected by rule {rule} ({said}), but must pass."
)
_ACCEPTED = "By the model of the documentation “{name}” is accepted by rule {rule} ({said}), but must be rejected."
_PASSES = "By the model of the documentation no rule matches “{name}”, so it passes, but it must be rejected."


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pinned message that was judged; ``met`` says whether its outcome is the expected one.

    ``trouble`` says why its header cannot be read, and is empty where it can; then it is not judged.
    """

    row: PinnedMessage
    judgement: Judgement | None
    trouble: str = ""

    @property
    def met(self) -> bool:
        """Whether the message comes out as it must."""
        if self.judgement is None:
            return False
        passes = self.judgement.verdict is Verdict.ACCEPT
        return passes is (self.row.expected is Expected.PASS)


def unmet(account: Account, workspace: Workspace, search: Search) -> tuple[Problem, ...]:
    """What of an account's expectations is not met, as warnings.

    A pinned message whose verdict is another stands at its ``expected``, one without a header at
    its ``headers``, a regular expression that is none or takes too long at its rule's ``value``,
    and a kept scenario at its ``expected`` or ``within``. Nothing here keeps an account from
    being saved. ``search`` is that of this run; raises nothing.
    """
    counted = effective(account)
    rules = counted.advanced.header_filters
    judge = judged_by(rules, search)
    judged = tuple(_judged(row, judge) for row in counted.expectations.messages)
    return (
        *_wrong_patterns(rules, judged, search),
        *(problem for each in judged if (problem := _problem(each, rules))),
        *_of_scenarios(counted, workspace, judge),
    )


def pinned(account: Account, search: Search) -> tuple[Pinned, ...]:
    """The account's pinned messages, each judged by its header filters; raises nothing."""
    counted = effective(account)
    judge = judged_by(counted.advanced.header_filters, search)
    return tuple(_judged(row, judge) for row in counted.expectations.messages)


def _judged(row: PinnedMessage, judge: Judge) -> Pinned:
    try:
        return Pinned(row, judge(read_headers(row.headers, row.name)))
    except Unreadable as error:
        return Pinned(row, None, error.sentence)


def _problem(found: Pinned, rules: Sequence[HeaderFilter]) -> Problem | None:
    row, judgement = found.row, found.judgement
    key = f"{MESSAGES}/{row.id}"
    if judgement is None:
        # Without any text the ring of what is required has said so already.
        if not row.headers:
            return None
        text = _as_template(found.trouble)
        return Problem(f"{key}/headers", "unreadable", text, severity=Severity.WARNING)
    expected: object = row.expected  # a draft may hold what was typed in its place
    if found.met or not isinstance(expected, Expected):
        return None
    text, values = _PASSES, {"name": row.name}
    for position, rule in enumerate(rules, 1):
        if rule.id == judgement.decided_by:
            text = _REJECTED if judgement.verdict is Verdict.REJECT else _ACCEPTED
            values |= {"rule": str(position), "said": rule.said}
    return Problem(f"{key}/expected", "unmet", text, values, Severity.WARNING)


def _wrong_patterns(
    rules: Sequence[HeaderFilter], judged: Sequence[Pinned], search: Search
) -> Iterator[Problem]:
    for at, rule in enumerate(rules):
        if rule.operator is not Operator.MATCHES or incomplete(rule):
            continue
        judgements = (each.judgement for each in judged if each.judgement)
        wrong = next((each.cells[at].wrong for each in judgements if each.cells[at].wrong), "")
        try:
            search(rule.value, "")
        except Unsearchable as error:
            wrong = error.sentence
        if wrong:
            key, text = f"{HEADER_FILTERS}/{rule.id}/value", _as_template(wrong)
            yield Problem(key, "pattern", text, severity=Severity.WARNING)


def _as_template(sentence: str) -> str:
    """A template that is the sentence: as a value of one, a window would shorten it."""
    return sentence.replace("{", "{{").replace("}", "}}")


def _of_scenarios(account: Account, workspace: Workspace, judge: Judge) -> tuple[Problem, ...]:
    if not account.expectations.scenarios:
        return ()
    from motion_desk.models.engines.timeline.expected import unmet_scenarios

    return unmet_scenarios(account, workspace, judge, _read)


def _read(headers: str) -> Incoming:
    """A pinned message; one that cannot be read, which is told of elsewhere, has no header."""
    try:
        return read_headers(headers)
    except Unreadable:
        return Incoming("", (), headers, "")
