"""The engine: a pure state machine with a virtual clock that leads a message to its end.

All of it is a model of the documentation. Where Motion's pages are silent, the event's basis says
so, and ``docs/timeline.md`` which reading was chosen. A wait costs nothing: the clock jumps to
its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from motion_desk.models.account import Account
from motion_desk.models.engines.header_filters import Judge
from motion_desk.models.engines.timeline import arrival, keeping, plan_steps
from motion_desk.models.engines.timeline.course import Course, Phase, Place
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.models.workspace import Workspace

_STEPS: Mapping[Phase, Callable[[Course, int], Place]] = {
    Phase.ARRIVAL: arrival.arrives,
    Phase.FILTERS: arrival.filtered,
    Phase.CONTACT: arrival.looked_up,
    Phase.ASSIGNED_AGENT: arrival.assigned_agent,
    Phase.ASSIGNED_QUEUE: arrival.assigned_queue,
    Phase.PLAN: plan_steps.acted,
    Phase.TRANSFER: keeping.transferred,
    Phase.HANDLING: keeping.handled,
    Phase.DISPOSITION: keeping.disposed,
}


def timeline(
    account: Account, workspace: Workspace, situation: Situation, judge: Judge | None
) -> Timeline:
    """What happens to the message, as far as the model goes; the same for the same arguments.

    Drafts are taken as they are: what was typed and is no number counts as the default, or as 0 s
    where there is none. Without ``judge`` every message passes. Raises what ``judge`` raises.

    It always ends: where a message goes next depends on the place where it is alone, there is one
    place for each phase and each action, and back at a place where it was the plan is endless.
    """
    course = Course(account, workspace, situation, judge)
    place = Place(Phase.ARRIVAL)
    reached: dict[Place, int] = {}
    while place.phase is not Phase.OVER:
        if place in reached:
            _end_of_circle(course, place, reached)
            break
        reached[place] = course.now
        place = _STEPS[place.phase](course, place.position)
    return Timeline(
        tuple(course.events), course.ending, course.ended, course.asked, course.accepted
    )


def _end_of_circle(course: Course, place: Place, reached: Mapping[Place, int]) -> None:
    visited = list(reached)
    circle = visited[visited.index(place) :]
    lasts = course.now - reached[place]
    plan_steps.goes_round(course, [each.position for each in circle], lasts)
