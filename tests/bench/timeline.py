"""The timeline: how long one takes without rendering its texts, and its worst case."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation
from motion_desk.models.directory import Surroundings
from motion_desk.models.engines.header_filters import judged_by
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.engines.timeline.worst_case import worst_case
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read
from motion_desk.services.messages.patterns import Patterns
from motion_desk.services.messages.reading import read_headers
from tests.bench.figures import Figure

TURNS = 500
HEADER = "Subject: Where is my order?\nFrom: Lea <lea@example.com>\nX-Spam-Score: 1.2\n"


def figures() -> Iterator[Figure]:
    """The longest timeline of the sample accounts, of a message that their filters look at.

    Nobody accepts, so that every stage and every action is gone through.
    """
    workspace, accounts = _samples()
    incoming = read_headers(HEADER)
    found: dict[str, tuple[Timeline, Callable[[], Timeline], Account]] = {}
    for account in accounts:
        people = tuple(Availability(row.name, Presence.PAUSED) for row in workspace.agents.entries)
        situation = Situation(
            incoming,
            conversation=Conversation.OPEN,
            agent=workspace.agents.entries[0].name,
            queue=workspace.queues.entries[0].name,
            people=people,
        )

        def one(account: Account = account, situation: Situation = situation) -> Timeline:
            judge = judged_by(account.advanced.header_filters, Patterns())
            return timeline(account, workspace, situation, judge)

        found[account.settings.name] = one(), one, account
    longest, again, account = max(found.values(), key=lambda each: len(each[0].events))
    name = account.settings.name
    yield Figure(f"a timeline of {len(longest.events)} events ({name})", _own_ms(again), 0, 1)
    worst = _own_ms(lambda: worst_case(account, workspace))
    yield Figure(f"the worst case of the same account ({name})", worst, 0, 1)


def _samples() -> tuple[Workspace, list[Account]]:
    texts = dict(bundled.samples())
    workspace = read(texts.pop("workspace.yaml")).document
    assert isinstance(workspace, Workspace)
    documents = [read(text, Surroundings(workspace)).document for text in texts.values()]
    return workspace, [each for each in documents if isinstance(each, Account)]


def _own_ms(act: Callable[[], object]) -> float:
    """The median of this thread's own time in milliseconds, whatever else runs beside it."""
    times = []
    for _ in range(TURNS):
        begun = time.thread_time()
        act()
        times.append(time.thread_time() - begun)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
