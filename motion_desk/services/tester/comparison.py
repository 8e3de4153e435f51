"""Comparison: what differs between two tests of an account, and what to look at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol
from motion_desk.models.runs import RunSummary
from motion_desk.services.tester.evidence import FactDifference, differing
from motion_desk.services.tester.keeping import of_plain
from motion_desk.services.tester.session import seconds
from motion_desk.services.tester.steps import Difference, Report, State, Step, StepName
from motion_desk.services.tester.verdict import Tone, verdict
from motion_desk.services.tester.wording import field_name

if TYPE_CHECKING:
    from motion_desk.services.store import Store

SLOWER = 2.0
"""From this ratio on, two times differ …"""
SLOWER_BY = 0.1
"""… if they are also at least so many seconds apart."""

_GOOD = (Tone.PASSED, Tone.WARNINGS)
_MADE = (State.PASSED, State.WARNING, State.FAILED)


@dataclass(frozen=True, slots=True)
class StepDifference:
    """A step that went otherwise. A step that one test did not have is ``None`` there.

    ``turned``: its state, or the reason for which it failed or warned, is another. ``paced``: it
    took much longer or shorter. ``facts``: its evidence that differs.
    """

    protocol: Protocol
    name: StepName
    before: Step | None
    now: Step | None
    turned: bool
    paced: bool
    facts: tuple[FactDifference, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What differs, evidence first, for it tells why; each in a sentence."""
        said = [fact.sentence for fact in self.facts]
        if self.turned:
            said.append(f"Was {_outcome(self.before)}, is {_outcome(self.now)}.")
        if self.paced and self.before and self.now:
            said.append(f"Took {seconds(self.before.seconds)}, takes {seconds(self.now.seconds)}.")
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tests of one account. ``steps`` has only those that differ, IMAP first, in their order.

    ``same_values``: both were made of the same values, by their fingerprints. ``values`` says which
    differ, as far as ``values_known``: tests of earlier versions did not keep them.
    """

    before: Report
    now: Report
    same_values: bool
    values_known: bool
    values: tuple[Difference, ...]
    steps: tuple[StepDifference, ...]

    @property
    def same_place(self) -> bool:
        """Whether both were made from one place to the same servers, so that only time differs."""
        return self.before.vantage == self.now.vantage and self.before.lab == self.now.lab

    @property
    def broke(self) -> bool:
        """Whether Motion would have worked then, and would not now."""
        failed = verdict(self.now).tone is Tone.FAILED
        return self.same_place and _is_good(self.before) and failed

    @property
    def mended(self) -> bool:
        """Whether Motion would not have worked then, and would now."""
        failed = verdict(self.before).tone is Tone.FAILED
        return self.same_place and failed and _is_good(self.now)

    @property
    def first(self) -> StepDifference | None:
        """What differs first, in the order of the steps, of the protocol whose outcome changed.

        A time alone counts only where nothing else differs.
        """
        told = [each for each in self.steps if each.turned or each.facts]
        turned = [each.protocol for each in told if each.turned]
        return next(
            (each for each in told if not turned or each.protocol is turned[0]),
            next(iter(self.steps), None),
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What came out, in words, what matters most first."""
        return tuple(_said(self))

    @property
    def sentence(self) -> str:
        """All sentences in one text."""
        return " ".join(self.sentences)


def compare(
    before: Report,
    now: Report,
    values_before: Mapping[str, str] | None = None,
    values_now: Mapping[str, str] | None = None,
) -> Comparison:
    """Compare two tests of one account, the earlier one first.

    The values are those of ``values.tested_values``; without them, those that the reports hold
    count. Raises ``ValueError`` for tests of two accounts.
    """
    if before.account != now.account:
        raise ValueError("These are tests of two accounts. Compare tests of one account.")
    then = before.values if values_before is None else values_before
    today = now.values if values_now is None else values_now
    return Comparison(
        before,
        now,
        before.fingerprint == now.fingerprint,
        bool(then and today),
        tuple(_values(then, today)) if then and today else (),
        tuple(each for each in _steps(before, now) if not _is_told(each, bool(then and today))),
    )


def last_good(store: Store, account: str, before: datetime | None = None) -> Report | None:
    """The newest kept test of an account by which Motion would have worked, if there is one.

    Tests against the lab do not count, nor what this version cannot read; with ``before``, only
    earlier ones do. Raises ``WorkspaceError`` as the store does.
    """
    for summary in good_runs(store.runs(account), before):
        try:
            return of_plain(store.run(summary.id))
        except ValueError:  # of a newer version
            continue
    return None


def good_runs(
    runs: Iterable[RunSummary], before: datetime | None = None, *, lab: bool = False
) -> Iterator[RunSummary]:
    """Those of kept tests by which Motion would have worked, in the order given.

    They are from this workstation, and to the real servers unless ``lab`` asks for those to the
    lab; with ``before``, only earlier ones.
    """
    words = {each.value for each in _GOOD}
    for summary in runs:
        elsewhere = summary.vantage or summary.lab is not lab
        late = before is not None and summary.at >= before
        if summary.verdict in words and not elsewhere and not late:
            yield summary


def _values(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *now)):
        then, today = before.get(key, ""), now.get(key, "")
        if then != today:
            yield Difference(key, field_name(key), then, today)


def _steps(before: Report, now: Report) -> Iterator[StepDifference]:
    alike = before.vantage == now.vantage
    for protocol in Protocol:
        ours, theirs = before.probe(protocol), now.probe(protocol)
        if ours is None or theirs is None:
            continue  # it was not tested twice
        # In the order in which they are made, which for SMTP depends on the encryption.
        for name in dict.fromkeys(step.name for step in (*theirs.steps, *ours.steps)):
            if found := _step(protocol, name, ours.step(name), theirs.step(name), alike):
                yield found


def _is_told(found: StepDifference, values_known: bool) -> bool:
    """Whether the values say it already."""
    return values_known and found.name is StepName.INPUTS and not found.turned


def _step(
    protocol: Protocol, name: StepName, before: Step | None, now: Step | None, alike: bool
) -> StepDifference | None:
    """How a step differs; ``alike``: both were made in one way, and so show the same evidence."""
    if State.NOT_RUN in (before and before.state, now and now.state):
        return None  # an earlier step tells why
    facts: tuple[FactDifference, ...] = ()
    paced = False
    if before and now and before.state in _MADE and now.state in _MADE:
        # A step that failed shows less than one that passed, and a probe from elsewhere less than
        # a test: what is not there says nothing.
        whole = alike and State.FAILED not in (before.state, now.state)
        found = differing(before, now)
        facts = tuple(each for each in found if whole or (each.before and each.now))
        paced = _is_paced(before.seconds, now.seconds)
    turned = _outcome(before) != _outcome(now)
    if not (turned or paced or facts):
        return None
    return StepDifference(protocol, name, before, now, turned, paced, facts)


def _is_paced(before: float, now: float) -> bool:
    shorter, longer = sorted((before, now))
    return longer - shorter >= SLOWER_BY and longer >= SLOWER * shorter


def _outcome(step: Step | None) -> str:
    """What became of a step, with what it found."""
    if step is None:
        return "not part of the test"
    titles = ", ".join(f"“{finding.title}”" for finding in step.findings)
    return f"{step.state.value} ({titles})" if titles else step.state.value


def _is_good(report: Report) -> bool:
    return verdict(report).tone in _GOOD


def _said(found: Comparison) -> Iterator[str]:
    if found.before.lab != found.now.lab:
        yield "One of the tests went to the lab, so the two are of different servers."
    if found.before.vantage != found.now.vantage:
        yield f"The tests were made from {found.before.vantage} and from {found.now.vantage}."
    yield _of_values(found)
    first = found.first
    if first is None:
        if found.same_values:
            yield "The servers showed the same in both tests."
        return
    where = f"the first thing that differs is {first.protocol.label}, {first.name.title}"
    yield f"{where[0].upper()}{where[1:]}: {first.sentences[0]}"
    failed = next((probe.failed for probe in found.now.probes if probe.failed), None)
    if found.broke and failed and failed.name is not first.name and failed.findings:
        where = f"{failed.protocol.label}, {failed.name.title}"
        yield f"The test now fails at {where}: {failed.findings[0].title}."


def _of_values(found: Comparison) -> str:
    """What became of the values, and of the account."""
    became = "it broke" if found.broke else "it works again" if found.mended else ""
    if found.same_values:
        if not became:
            return "Nothing was changed in the account between the two tests."
        return f"Nothing was changed in the account, and yet {became}: the reason is outside."
    then = f", and {became}" if became else ""
    if found.values:
        parts = [
            f"{each.label}, from {_shown(each.before)} to {_shown(each.after)}"
            for each in found.values
        ]
        return f"The account was changed{then}: {'; '.join(parts)}."
    which = (
        "in a way that the kept values do not show"
        if found.values_known
        else "which values is not known, for they were not kept with both tests"
    )
    return f"The account was changed{then}: {which}."


def _shown(value: str) -> str:
    return f"“{value}”" if value else "nothing"
