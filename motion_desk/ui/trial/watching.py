"""Watching: checks what is expected of the open account again at each edit, on a thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.models.account import Account
from motion_desk.models.choices import Operator
from motion_desk.models.problems import Problem
from motion_desk.models.sections.expectations import MESSAGES, SCENARIOS
from motion_desk.models.workspace import Workspace
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import sentence, tr
from motion_desk.ui.panels.panels import Signs
from motion_desk.ui.panels.tools import PanelTools

PAUSE = 150
"""Milliseconds that an edit must be old before it is checked: typing brings one with each key."""
NAME = "watching"


class Standing(NamedTuple):
    """How it stands with the expectations of an account, as it was when they were checked.

    ``unmet`` are the problems, each at the row and cell that it is about.
    """

    account: Account
    workspace: Workspace
    unmet: tuple[Problem, ...]

    def problem_of(self, key: str, row_id: str) -> Problem | None:
        """Why a pinned message or a scenario is not as expected; ``None`` where it is."""
        start = f"{key}/{row_id}/"
        return next((each for each in self.unmet if each.key.startswith(start)), None)

    @property
    def broken(self) -> tuple[str, ...]:
        """The keys of the pinned messages and scenarios that are not as expected."""
        keys = {each.key.rpartition("/")[0] for each in self.unmet}
        return tuple(sorted(key for key in keys if key.startswith((MESSAGES, SCENARIOS))))


class Watching(QObject):
    """Follows the desk; there is one for each, made by ``watching``.

    Problems go to the desk, which shows them with the others; ``noticed`` brings what stands on
    the trial's line, ``changed`` names the account about which something is known anew. What an
    edit breaks is said once at the window's foot. Nothing runs for an account that has neither
    expectations nor a header filter with a regular expression.
    """

    changed = Signal(str)
    noticed = Signal(str, object)

    def __init__(self, tools: PanelTools) -> None:
        super().__init__(tools.desk)
        self.setObjectName(NAME)
        self._tools = tools
        self._standing: dict[str, Standing] = {}
        self._asked: tuple[Account, Workspace] | None = None
        self._is_finished = False
        self._pause = QTimer(self)
        self._pause.setObjectName("watching-pause")
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._begin)
        self._following: Following[Standing] = Following(
            "watching-job", self, self._note, tools.session.failed.emit
        )
        tools.desk.shown.connect(self.look)
        self.look()

    @property
    def busy(self) -> bool:
        """Whether something is checked, or about to be."""
        return self._pause.isActive() or self._following.running

    def standing(self, account_id: str) -> Standing | None:
        """What is known of an account's expectations."""
        return self._standing.get(account_id)

    def finish(self) -> None:
        """Check nothing more, for the window closes; it may be called again."""
        self._is_finished = True
        self._pause.stop()
        self._following.close()

    def look(self, _: object = None) -> None:
        """Check the open account, unless that is done or under way."""
        current = self._tools.desk.current
        account = current.draft if current else None
        if self._is_finished:
            return
        if not isinstance(account, Account):
            self._pause.stop()
            self._asked = None
            return
        asked = (account, self._tools.desk.workspace)
        if self._is_same(asked, self._asked):
            return
        is_other = self._asked is None or self._asked[0].id != account.id
        self._asked = asked
        known = self._standing.get(account.id)
        if known and self._is_same(asked, (known.account, known.workspace)):
            self._pause.stop()
            self._following.close()
            self._sign(known)
        elif not _has_to_be_checked(account):
            self._pause.stop()
            self._following.close()
            self._note(Standing(*asked, ()))
        else:
            self._pause.start(0 if is_other else PAUSE)

    def _is_same(
        self, one: tuple[Account, Workspace], other: tuple[Account, Workspace] | None
    ) -> bool:
        return other is not None and one[0] is other[0] and one[1] is other[1]

    def _begin(self) -> None:
        if self._asked is not None:
            account, workspace = self._asked
            self._following.follow(Job("watching", lambda _: _course(account, workspace)))

    def _note(self, standing: Standing) -> None:
        account = standing.account
        before = self._standing.get(account.id)
        self._standing[account.id] = standing
        self._tools.desk.note(account.id, standing.unmet)
        self._sign(standing)
        self.changed.emit(account.id)
        if before is not None:
            self._say_what_broke(before, standing)

    def _say_what_broke(self, before: Standing, standing: Standing) -> None:
        """Say at the window's foot what an edit has broken that was whole before."""
        rows = {
            f"{key}/{row.id}"
            for key, old in (
                (MESSAGES, before.account.expectations.messages),
                (SCENARIOS, before.account.expectations.scenarios),
            )
            for row in old
        }
        new = [key for key in standing.broken if key in rows and key not in before.broken]
        if new:
            problem = next(each for each in standing.unmet if each.key.startswith(f"{new[0]}/"))
            self._tools.tell(tr("No longer as expected: {}").format(sentence(problem)))

    def _sign(self, standing: Standing) -> None:
        count = len(standing.broken)
        hint = tr("1 expectation is not met") if count == 1 else tr("{} expectations are not met")
        marks = (("triangle-alert", "warning"),)
        self.noticed.emit("trial", Signs(marks, hint.format(count)) if count else Signs())


def watching(tools: PanelTools) -> Watching:
    """The one that watches the desk of these tools, made at the first call."""
    found = tools.desk.findChild(Watching, NAME)
    return found if isinstance(found, Watching) else Watching(tools)


def _has_to_be_checked(account: Account) -> bool:
    expected = account.expectations.messages or account.expectations.scenarios
    rules = account.advanced.header_filters
    return bool(expected) or any(rule.operator is Operator.MATCHES for rule in rules)


def _course(account: Account, workspace: Workspace) -> Iterator[Standing]:
    """What is not as expected; on the job's thread. It is bounded, so that no stop is looked for."""
    from motion_desk.services.expectations import unmet
    from motion_desk.services.messages.patterns import Patterns

    yield Standing(account, workspace, unmet(account, workspace, Patterns()))
