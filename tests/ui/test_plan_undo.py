"""Jumps keep their targets: whatever is moved, copied, deleted and undone on the desk."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from motion_desk.models import rows
from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import PLAN
from motion_desk.ui.desk import Desk
from tests.models.plans import plans

Plan = tuple[Row, ...]
TARGETS = ("target", "when_true", "when_false")


def jumps(plan: Plan) -> dict[tuple[str, str], str]:
    """Where each jump leads: the id of an action, by the jump's id and its cell."""
    return {
        (row.id, name): getattr(row, name) for row in plan for name in TARGETS if hasattr(row, name)
    }


def duplicated(plan: Plan, row_id: str) -> Plan:
    """A plan with a copy behind a row, as the form's button makes it."""
    at = rows.index(plan, row_id)
    return (*plan[: at + 1], *rows.copied(plan, (plan[at],), PLAN), *plan[at + 1 :])


@st.composite
def changes(draw: st.DrawFn) -> Callable[[Plan], Plan]:
    """One thing that a person does with a plan; which row it is about is drawn as a share."""
    share = draw(st.floats(0, 0.999))
    what = draw(st.sampled_from(["moved", "shifted", "placed", "removed", "copied"]))
    by = draw(st.integers(-5, 5))

    def change(plan: Plan) -> Plan:
        if not plan:
            return plan
        row_id = plan[int(share * len(plan))].id
        if what == "moved":
            return rows.moved(plan, row_id, by)
        if what == "shifted":
            return rows.shifted(plan, row_id, by)
        if what == "placed":
            return rows.placed(plan, row_id, "", plan[by % len(plan)].id)
        if what == "removed":
            return rows.removed(plan, row_id)
        return duplicated(plan, row_id)

    return change


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans(), st.lists(changes(), max_size=8))
def test_reordering_and_undo_keep_every_jump_s_target(
    qapp: QApplication, plan: Plan, made: list[Callable[[Plan], Plan]]
) -> None:
    stack = QUndoStack()
    desk = Desk(stack)
    account = put(Account(id="a"), PLAN, plan)
    desk.lay(account)
    desk.show("a")

    def now() -> Plan:
        opened = desk.current
        assert opened is not None
        assert isinstance(opened.draft, Account)
        return opened.draft.actions.plan

    seen = [plan]
    for change in made:
        before = now()
        desk.edit(PLAN, change(before))
        after = now()
        if after != before:
            seen.append(after)
        leads, known = jumps(after), {row.id for row in before}
        for place, target in jumps(before).items():
            if place[0] in {row.id for row in after}:
                assert leads[place] == target
        for place, target in leads.items():
            if place[0] not in known:  # a copy leads where its row does, or to itself
                assert target in {*jumps(before).values(), place[0]}
    assert stack.count() == len(seen) - 1
    for earlier in reversed(seen[:-1]):
        stack.undo()
        assert now() == earlier
    for later in seen[1:]:
        stack.redo()
        assert now() == later
    desk.deleteLater()
    stack.deleteLater()
