"""Situations: whom the table of people shows, and the situations that one click sets up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation, PassedOn
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.sections.actions import ToAgent, ToQueue
from motion_desk.models.workspace import Workspace

QUICK = 20
"""Seconds after which people answer where they are there."""
MOST = 24
"""People that the table shows; whoever is beyond them is on line and never answers."""


@dataclass(frozen=True, slots=True)
class Person:
    """An agent, or a queue as a whole, by name."""

    name: str
    is_queue: bool = False


def people_that_matter(
    account: Account, workspace: Workspace, chosen: Situation
) -> tuple[Person, ...]:
    """Whoever can be asked, each once: assigned, in the plan, of the account, transferred to."""
    queues = {each.id: each.name for each in workspace.queues.entries}
    agents = {each.id: each.name for each in workspace.agents.entries}

    def found() -> Iterator[Person]:
        if chosen.conversation is Conversation.OPEN:
            yield Person(chosen.agent)
            yield Person(chosen.queue, is_queue=True)
        for row in account.actions.plan:
            if isinstance(row, ToAgent):
                yield Person(agents.get(row.agent, ""))
            elif isinstance(row, ToQueue):
                yield Person(queues.get(row.queue, ""), is_queue=True)
        if chosen.passed_on is not PassedOn.NOT:
            yield Person(chosen.passed_to, chosen.passed_on is PassedOn.QUEUE)
        for each in chosen.people:
            yield Person(each.name, each.name in queues.values())
        for agent in account.settings.agents:
            yield Person(agents.get(agent, ""))

    by_name: dict[str, Person] = {}
    for person in found():
        if person.name:
            by_name.setdefault(person.name, person)
    return tuple(by_name.values())


def with_availability(chosen: Situation, changed: Availability) -> Situation:
    """The situation in which somebody takes being asked otherwise."""
    known = {each.name: each for each in chosen.people}
    known[changed.name] = changed
    return replace(chosen, people=tuple(known.values()))


def written_out(account: Account, workspace: Workspace, chosen: Situation) -> Situation:
    """The same situation with everybody named who can be asked, to be compared with others."""
    return _with_people(account, workspace, chosen, lambda person: chosen.of(person.name))


def followed(chosen: Situation, before: Workspace, now: Workspace) -> Situation:
    """The situation after the directory changed: whoever was renamed stays, whoever is gone goes.

    Names that the directory did not have before stay as they are.
    """
    names = {each: name for name, each in _directory(now)}
    renamed: dict[str, str] = {}
    for name, each in _directory(before):
        renamed.setdefault(name, names.get(each, ""))
    there = {*names.values()}

    def called(name: str) -> str:
        return name and (renamed.get(name, name) or (name if name in there else ""))

    people = (replace(each, name=called(each.name)) for each in chosen.people)
    return replace(
        chosen,
        agent=called(chosen.agent),
        queue=called(chosen.queue),
        passed_to=called(chosen.passed_to),
        people=tuple(each for each in people if each.name),
    )


def _directory(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """The names and ids of the agents, then of the queues."""
    for agent in workspace.agents.entries:
        yield agent.name, agent.id
    for queue in workspace.queues.entries:
        yield queue.name, queue.id


Arrange = Callable[[Account, Workspace, Situation], Situation]


def _with_people(
    account: Account,
    workspace: Workspace,
    chosen: Situation,
    availability: Callable[[Person], Availability],
) -> Situation:
    people = people_that_matter(account, workspace, chosen)
    return replace(chosen, people=tuple(availability(person) for person in people))


def everybody_on_line(account: Account, workspace: Workspace, chosen: Situation) -> Situation:
    """All are there and answer soon."""
    return _with_people(
        account, workspace, chosen, lambda person: Availability(person.name, answers=QUICK)
    )


def assigned_agent_logged_out(
    account: Account, workspace: Workspace, chosen: Situation
) -> Situation:
    """An open conversation whose agent is logged out; all others answer soon."""
    agents = {each.id: each.name for each in workspace.agents.entries}
    planned = [
        (agents.get(row.agent, "") if isinstance(row, ToAgent) else "")
        for row in account.actions.plan
    ]
    own = [agents.get(each, "") for each in account.settings.agents]
    queues = {each.id: each.name for each in workspace.queues.entries}
    asked = [queues.get(row.queue, "") for row in account.actions.plan if isinstance(row, ToQueue)]
    agent = next(filter(None, (chosen.agent, *own, *planned, *agents.values())), "")
    queue = next(filter(None, (chosen.queue, *asked, *queues.values())), "")
    opened = replace(chosen, conversation=Conversation.OPEN, agent=agent, queue=queue)

    def availability(person: Person) -> Availability:
        if person.name == agent:
            return Availability(person.name, Presence.LOGGED_OUT)
        return Availability(person.name, answers=QUICK)

    return _with_people(account, workspace, opened, availability)


def nobody_answers(account: Account, workspace: Workspace, chosen: Situation) -> Situation:
    """All are there, and nobody ever accepts."""
    return _with_people(account, workspace, chosen, lambda person: Availability(person.name))


def night(account: Account, workspace: Workspace, chosen: Situation) -> Situation:
    """All agents are logged out, those of the queues too, and nobody comes back."""
    return _with_people(
        account,
        workspace,
        chosen,
        lambda person: Availability(person.name, Presence.LOGGED_OUT),
    )


ARRANGED: tuple[tuple[str, str, Arrange], ...] = (
    ("everybody", "Everybody on line", everybody_on_line),
    ("logged-out", "Assigned agent logged out", assigned_agent_logged_out),
    ("nobody", "Nobody answers", nobody_answers),
    ("night", "Night", night),
)
"""The situations that one click sets up: name, words, and what makes it of the one on screen."""
