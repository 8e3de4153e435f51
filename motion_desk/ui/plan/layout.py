"""The layout of a plan's flow: its steps from top to bottom, and its jumps in lanes beside them.

Pure, and the same for the same plan; nothing here is a widget or a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from motion_desk.models.directory import row_type_title
from motion_desk.models.engines.plan import (
    WAITING,
    By,
    Ways,
    circles,
    reachable,
    successors,
)
from motion_desk.models.kinds import Row
from motion_desk.models.problems import Severity
from motion_desk.models.sections.actions import Close, GotoIf, GotoP
from motion_desk.models.views import RowView
from motion_desk.ui.form.words import sentence, tr

DOWN = -1
"""The lane of an arrow that leads straight down to the next step."""
START = -1
"""The place of the step with which the flow begins."""
LABELS = {By.TIMEOUT: "nobody accepts", By.TRUE: "true", By.FALSE: "false"}


class Ends(Enum):
    """How a message's way can end at a step."""

    NOT = ""
    ANSWERED = "answered"
    CLOSED = "closed"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Step:
    """One box of the flow. ``place`` is the action's position from 0, ``id`` its row's id.

    The start and the end have no id. ``lost`` are the jumps of the step whose target is missing.
    """

    place: int
    id: str
    name: str
    detail: str = ""
    ends: Ends = Ends.NOT
    kind: type[Row] | None = None
    reached: bool = True
    looped: bool = False
    worst: Severity | None = None
    problems: tuple[str, ...] = ()
    lost: tuple[By, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way between two steps, by their places; ``lane`` counts from the boxes outwards."""

    start: int
    end: int
    label: str = ""
    lane: int = DOWN
    second: bool = False
    reached: bool = True
    looped: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last place that the arrow passes."""
        return min(self.start, self.end), max(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Flow:
    """All that is drawn of a plan: the start, the actions in order, the end where it is reached."""

    steps: tuple[Step, ...]
    arrows: tuple[Arrow, ...]
    lanes: int


def flow_of(rows: tuple[RowView, ...], plan: tuple[Row, ...], waits: str = "") -> Flow:
    """The flow of a plan; ``rows`` are its actions' views, ``waits`` what comes before them."""
    ways = successors(plan)
    reached = reachable(ways)
    looped: dict[int, int] = {}
    for number, circle in enumerate(circles(plan, ways)):
        if not (circle.waits and circle.escapes):  # which is how one asks again
            looped.update(dict.fromkeys(circle.members, number))
    steps = [Step(START, "", tr("Message arrives"), waits)]
    for place, (row, view) in enumerate(zip(plan, rows, strict=True)):
        steps.append(_step(place, row, view, ways, place in reached, place in looped))
    if len(plan) in reached:
        detail = tr("model of the documentation")
        steps.append(Step(len(plan), "", tr("Stays unread"), detail, Ends.UNREAD))
    arrows = [Arrow(START, 0), *_arrows(ways, reached, looped)]
    return Flow(tuple(steps), *_in_lanes(arrows))


def _step(
    place: int, row: Row, view: RowView, ways: Ways, is_reached: bool, is_looped: bool
) -> Step:
    title = row_type_title(view.type)
    ends = Ends.ANSWERED if isinstance(row, WAITING) else Ends.NOT
    problems = [problem for each in view.cells for problem in each.problems]
    return Step(
        place,
        row.id,
        f"{place + 1}  {tr(title)}",
        view.title.removeprefix(f"{place + 1}. {title}").lstrip(": "),
        Ends.CLOSED if isinstance(row, Close) else ends,
        view.type,
        is_reached,
        is_looped,
        max((problem.severity for problem in problems), default=None),
        tuple(sentence(problem) for problem in problems),
        _lost(row, {way.by for way in ways[place]}),
    )


def _lost(row: Row, found: set[By]) -> tuple[By, ...]:
    wanted: tuple[By, ...] = ()
    if isinstance(row, GotoIf):
        wanted = (By.TRUE, By.FALSE)
    elif isinstance(row, GotoP):
        wanted = (By.JUMP,)
    return tuple(by for by in wanted if by not in found)


def _arrows(ways: Ways, reached: frozenset[int], looped: dict[int, int]) -> list[Arrow]:
    found: list[Arrow] = []
    for place, leading in enumerate(ways):
        by_target: dict[int, list[By]] = {}
        for way in leading:
            by_target.setdefault(way.to, []).append(way.by)
        for target, means in by_target.items():
            if target == len(ways) and place not in reached and target not in reached:
                continue  # there is no step to lead to
            is_down = target == place + 1
            found.append(
                Arrow(
                    place,
                    target,
                    ", ".join(tr(LABELS[by]) for by in means if by in LABELS),
                    DOWN if is_down else 0,
                    means == [By.FALSE],
                    place in reached,
                    place in looped and looped.get(target) == looped[place],
                )
            )
    return found


def _in_lanes(arrows: list[Arrow]) -> tuple[tuple[Arrow, ...], int]:
    beside = [place for place, arrow in enumerate(arrows) if arrow.lane != DOWN]
    given = lanes([arrows[place].span for place in beside])
    for place, lane in zip(beside, given, strict=True):
        arrows[place] = replace(arrows[place], lane=lane)
    return tuple(arrows), max(given, default=-1) + 1


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """A lane for each span, so that none overlaps or touches another in its lane.

    The shorter a span, the nearer it lies to the boxes; of equals, the upper one comes first.
    """
    taken: list[list[tuple[int, int]]] = []
    found = [0] * len(spans)
    for place in sorted(range(len(spans)), key=lambda n: (spans[n][1] - spans[n][0], spans[n], n)):
        lane = next(
            (n for n, others in enumerate(taken) if _fits(spans[place], others)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append(spans[place])
        found[place] = lane
    return found


def _fits(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return all(span[1] < start or end < span[0] for start, end in others)


def in_words(flow: Flow) -> str:
    """The flow as sentences, for who cannot see it."""
    parts = []
    for step in flow.steps:
        said = f"{step.name}: {step.detail}." if step.detail else f"{step.name}."
        if not step.reached:
            said += " " + tr("No message comes here.")
        if step.looped:
            said += " " + tr("The plan goes round here.")
        if step.worst is not None:
            said += " " + " ".join(step.problems)
        parts.append(said)
    return " ".join(parts)
