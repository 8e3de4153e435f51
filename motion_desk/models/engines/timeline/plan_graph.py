"""The plan as a graph: where a message can go from each action, for any conditions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from motion_desk.models.engines.timeline.seconds import counted
from motion_desk.models.kinds import Row
from motion_desk.models.sections import actions

Ways = Callable[[int], Sequence[int]]
"""The positions that can follow one; none where the way ends."""


class PlanGraph:
    """Positions from 0; ``end``, one behind the last action, is where the plan is over.

    A jump that leads nowhere leads to the end. ``agents`` and ``queues`` are the ids that the
    directory has: an action that names another asks nobody and takes no time.
    """

    def __init__(
        self, plan: Sequence[Row], agents: Collection[str], queues: Collection[str]
    ) -> None:
        self.end = len(plan)
        positions = {row.id: at for at, row in enumerate(plan)}
        self._ways: list[tuple[int, ...]] = []
        self._agents: list[bool] = []
        self._queues: list[bool] = []
        self._waits: list[int] = []
        for at, row in enumerate(plan):
            ways: tuple[int, ...] = (at + 1,)
            agent = isinstance(row, actions.ToAgent) and row.agent in agents
            queue = isinstance(row, actions.ToQueue) and row.queue in queues
            if isinstance(row, actions.Close):
                ways = ()
            elif isinstance(row, actions.GotoP):
                ways = (positions.get(row.target, self.end),)
            elif isinstance(row, actions.GotoIf):
                both = (row.when_true, row.when_false)
                ways = tuple(dict.fromkeys(positions.get(each, self.end) for each in both))
            self._ways.append(ways)
            self._agents.append(agent)
            self._queues.append(queue)
            self._waits.append(counted(row.timeout) if agent or queue else 0)  # type: ignore[attr-defined]  # both have one

    def ways(self, at: int) -> tuple[int, ...]:
        """Where a message that nobody accepts can go from an action."""
        return () if at == self.end else self._ways[at]

    def asks_agent(self, at: int) -> bool:
        """Whether an agent is asked there."""
        return at < self.end and self._agents[at]

    def asks_queue(self, at: int) -> bool:
        """Whether a queue is asked there."""
        return at < self.end and self._queues[at]

    def wait(self, at: int) -> int:
        """Seconds that a message which nobody accepts spends there."""
        return 0 if at == self.end else self._waits[at]

    def until_queue(self, at: int) -> tuple[int, ...]:
        """Where a message can go on to before a queue is asked."""
        return () if self.asks_queue(at) else self.ways(at)

    def until_anybody(self, at: int) -> tuple[int, ...]:
        """Where a message can go on to before an agent or a queue is asked."""
        return () if self.asks_agent(at) else self.until_queue(at)


def last_first(ways: Ways, start: int = 0) -> tuple[list[int], tuple[int, ...]]:
    """The positions that can be reached, each behind all that can follow it; and a circle.

    The circle is empty where there is none; where there is one, its positions are in their order
    and the list is of no use. Takes time and memory linear in the plan, and no deep calls.
    """
    done: list[int] = []
    finished: set[int] = set()
    path: dict[int, Iterator[int]] = {start: iter(ways(start))}
    while path:
        at = next(reversed(path))
        following = next(path[at], None)
        if following is None:
            del path[at]
            finished.add(at)
            done.append(at)
        elif following in path:
            way = list(path)
            return done, tuple(sorted(way[way.index(following) :]))
        elif following not in finished:
            path[following] = iter(ways(following))
    return done, ()


def way_to_an_end(ways: Ways, is_end: Callable[[int], bool], start: int = 0) -> list[int] | None:
    """The positions of a shortest way from the start to an end, both included, if there is one."""
    came_from: dict[int, int] = {start: start}
    waiting = [start]
    for at in waiting:
        if is_end(at):
            way = [at]
            while way[-1] != start:
                way.append(came_from[way[-1]])
            return way[::-1]
        for following in ways(at):
            if following not in came_from:
                came_from[following] = at
                waiting.append(following)
    return None
