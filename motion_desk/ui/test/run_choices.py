"""Run choices: which kept tests are offered to be compared, and what each of them is called."""

from __future__ import annotations

from motion_desk.models.runs import RunSummary
from motion_desk.services.tester.comparison import good_runs
from motion_desk.ui.form.words import tr
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import RESULTS
from motion_desk.ui.test.showing import Showing

Pair = tuple[RunSummary, RunSummary]
"""Two kept tests, the earlier one first."""


def result(run: RunSummary) -> str:
    """How a test ended, and where it was made or led unless from here to the real servers."""
    if run.vantage:
        # It looks without logging in, so that it can fail but never pass.
        said = tr("Nothing failed") if run.verdict == "unknown" else _verdict(run)
        return tr("{}, from {}").format(said, run.vantage)
    return tr("{}, in the lab").format(_verdict(run)) if run.lab else _verdict(run)


def _verdict(run: RunSummary) -> str:
    return tr(RESULTS.get(run.verdict) or RESULTS["unknown"])


def title(run: RunSummary) -> str:
    """A test in one line: when, and how it ended."""
    return f"{words.moment(run.at)} · {result(run)}"


def ordered(one: RunSummary, other: RunSummary) -> Pair:
    """Two tests, the earlier one first."""
    first, second = sorted((one, other), key=lambda run: run.at)
    return first, second


def shown_run(showing: Showing) -> RunSummary | None:
    """The kept test whose report is on the screen, or the latest from here while there is none."""
    if showing.earlier:
        return showing.earlier
    at = showing.finished.at if showing.finished else None
    from_here = [run for run in showing.runs if not run.vantage]
    latest = from_here[0] if from_here else None
    return next((run for run in from_here if run.at == at), None if at else latest)


def last_good(showing: Showing, run: RunSummary) -> RunSummary | None:
    """The last test before another by which Motion would have worked; for the lab's, in the lab."""
    return next(good_runs(showing.runs, run.at, lab=run.lab), None)


def first_choice(showing: Showing) -> Pair | None:
    """The two tests to begin with: the one on the screen, and the last good one before it.

    Where none was good, it is the one before. Nothing where there are no two tests.
    """
    now = shown_run(showing) or next(iter(showing.runs), None)
    if now is None:
        return None
    others = [run for run in showing.runs if run.id != now.id]
    before = [run for run in others if run.at <= now.at]
    beside = last_good(showing, now) or next(iter(before or others), None)
    return ordered(beside, now) if beside else None
