"""The worst case: the longest that a customer can wait, by search over the plan, not by trial.

Two times are looked for, over every conversation (new, or open with an assigned agent who is or is
not in a queue), every set of conditions that hold, and people who come, go and answer whenever they
like:

* *asked*: the longest until a person is first asked, or comes back and accepts. Agents may be away,
  and then the message waits for them; of each queue somebody is taken to be on line, or nobody
  might ever be asked. Ways on which nobody is asked at all count for nothing here; ``unasked`` says
  that there is one.
* *offered*: the longest until all who are to be asked were asked to the end and nobody accepted.

A message that a filter rejects waits for nobody. Conditions are free, so where a plan can come back
to an action there are conditions under which it does so for ever: then there is no longest time.
"""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.models.account import Account
from motion_desk.models.choices import Ending
from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.arrival import WAIT, WAIT_AGENT, WAIT_QUEUE
from motion_desk.models.engines.timeline.plan_graph import PlanGraph, last_first, way_to_an_end
from motion_desk.models.engines.timeline.plan_steps import numbered
from motion_desk.models.engines.timeline.seconds import counted
from motion_desk.models.sections.actions import PLAN
from motion_desk.models.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Part:
    """One wait of a longest time: the setting's key, its seconds, its action's number or 0."""

    key: str
    seconds: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Longest:
    """A longest time in seconds, and the waits that add up to it, in order.

    Where ``circle`` has the numbers of actions that can go round, there is no longest time:
    ``seconds`` is ``None`` and ``parts`` are empty.
    """

    seconds: int | None
    parts: tuple[Part, ...] = ()
    circle: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WorstCase:
    """The longest that a customer can wait.

    ``ending`` is how the longest way of ``offered`` ends. ``unasked`` are the numbers of actions
    by which a new message comes to an end with nobody asked although everybody is on line; empty
    where there are no actions, ``None`` where no such way is.
    """

    asked: Longest
    offered: Longest
    ending: Ending
    unasked: tuple[int, ...] | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The worst case in words: until a person is asked, if nobody accepts, and warnings."""
        found = [_asked_in_words(self.asked), _offered_in_words(self.offered, self.ending)]
        if self.unasked is not None:
            by = f" by {numbered(list(self.unasked))}" if self.unasked else ""
            found.append(f"A new message can come to its end{by} without anybody being asked.")
        return tuple(found)


def worst_case(account: Account, workspace: Workspace) -> WorstCase:
    """The longest waits of an account; exact for the model, in time linear in the plan.

    Drafts are taken as ``timeline`` takes them.
    """
    graph = PlanGraph(
        account.actions.plan,
        {row.id for row in workspace.agents.entries if row.name},
        {row.id for row in workspace.queues.entries if row.name},
    )
    settings = account.settings
    agent = Part(WAIT_AGENT, counted(settings.wait_agent, WAIT))
    queue = Part(WAIT_QUEUE, counted(settings.wait_queue, WAIT))
    offered, ending = _offered(graph, account, (agent, queue))
    return WorstCase(_asked(graph, account, agent), offered, ending, _unasked(graph))


def _asked(graph: PlanGraph, account: Account, agent: Part) -> Longest:
    """The assigned agent is away and in no queue; then agents who are away, up to a queue.

    Where no queue follows, the last of them comes back in the last second.
    """
    order, circle = last_first(graph.until_queue)
    if circle:
        return Longest(None, circle=tuple(at + 1 for at in circle))
    seconds: dict[int, int] = {}
    way: dict[int, int] = {}
    for at in order:
        reaching = [each for each in graph.until_queue(at) if each in seconds]
        if reaching:
            way[at] = max(reaching, key=seconds.__getitem__)
            seconds[at] = graph.wait(at) + seconds[way[at]]
        elif graph.asks_agent(at):
            seconds[at] = graph.wait(at)
        elif graph.asks_queue(at):
            seconds[at] = 0
    parts: tuple[Part, ...] = (agent,)
    if 0 in seconds:
        parts += _parts(graph, account, way, seconds)
    return Longest(sum(part.seconds for part in parts), parts)


def _offered(
    graph: PlanGraph, account: Account, before: tuple[Part, ...]
) -> tuple[Longest, Ending]:
    """The assigned agent and the queue let their time go by, then all whom the plan asks."""
    order, circle = last_first(graph.ways)
    if circle:
        return Longest(None, circle=tuple(at + 1 for at in circle)), Ending.ENDLESS
    seconds: dict[int, int] = {}
    way: dict[int, int] = {}
    for at in order:
        seconds[at] = graph.wait(at)
        if ways := graph.ways(at):
            way[at] = max(ways, key=seconds.__getitem__)
            seconds[at] += seconds[way[at]]
    parts = before + _parts(graph, account, way, {at: graph.wait(at) for at in order})
    last = 0
    while last in way:
        last = way[last]
    ending = Ending.UNREAD if last == graph.end else Ending.CLOSED
    return Longest(sum(part.seconds for part in parts), parts), ending


def _parts(
    graph: PlanGraph, account: Account, way: dict[int, int], waits: dict[int, int]
) -> tuple[Part, ...]:
    """The waits along a way from the first action on; where it stops, ``waits`` says how long."""
    parts = []
    at, plan = 0, account.actions.plan
    while at < graph.end:
        seconds = graph.wait(at) if at in way else waits[at]
        if seconds:
            parts.append(Part(f"{PLAN}/{plan[at].id}/timeout", seconds, at + 1))
        if at not in way:
            break
        at = way[at]
    return tuple(parts)


def _unasked(graph: PlanGraph) -> tuple[int, ...] | None:
    def ends(at: int) -> bool:
        return not graph.ways(at) and not graph.asks_queue(at) and not graph.asks_agent(at)

    way = way_to_an_end(graph.until_anybody, ends)
    return None if way is None else tuple(at + 1 for at in way if at < graph.end)


def _asked_in_words(asked: Longest) -> str:
    if asked.seconds is None:
        round_ = numbered(list(asked.circle))
        return f"A customer may wait for ever before a person is asked: {round_} can go round."
    return f"A customer waits at most {in_words(asked.seconds)} before a person is asked."


def _offered_in_words(offered: Longest, ending: Ending) -> str:
    if offered.seconds is None:
        round_ = numbered(list(offered.circle))
        return f"If nobody accepts, the message may be offered for ever: {round_} can go round."
    then = "stays unread" if ending is Ending.UNREAD else "is closed"
    return (
        f"If nobody accepts, the message has been offered for {in_words(offered.seconds)} and then "
        f"{then}."
    )
