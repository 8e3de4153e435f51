"""Situations: whom the table of people shows, and the situations that one click sets up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation, PassedOn
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.sections.actions import ToAgent, ToQueue
from motion_desk.models.workspace import Workspace
from motion_desk.ui.timeline.situation.reactions import QUICK


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
    of_queues = {*queues.values()}

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
            yield Person(each.name, each.name in of_queues)
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


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A situation that one click sets up: its name, its words, and how each person takes it.

    ``availability`` is given a name and the situation; ``opens`` says that it is one of an open
    conversation, which has an agent and a queue.
    """

    name: str
    words: str
    availability: Callable[[str, Situation], Availability]
    opens: bool = False

    def made_of(self, account: Account, workspace: Workspace, chosen: Situation) -> Situation:
        """This situation, with what it leaves open as it is on screen."""
        opened = _opened(account, workspace, chosen) if self.opens else chosen
        people = people_that_matter(account, workspace, opened)
        return replace(
            opened, people=tuple(self.availability(each.name, opened) for each in people)
        )

    def is_shown(
        self,
        account: Account,
        workspace: Workspace,
        chosen: Situation,
        people: tuple[Person, ...],
    ) -> bool:
        """Whether a situation is this one; ``people`` are those who matter in it."""
        if self.opens and _opened(account, workspace, chosen) != chosen:
            return False
        known: dict[str, Availability] = {}
        for each in chosen.people:
            known.setdefault(each.name, each)
        return all(
            (known.get(each.name) or Availability(each.name))
            == self.availability(each.name, chosen)
            for each in people
        )


def _opened(account: Account, workspace: Workspace, chosen: Situation) -> Situation:
    """An open conversation, with the agent and the queue that come first where none is chosen."""
    agents = {each.id: each.name for each in workspace.agents.entries}
    queues = {each.id: each.name for each in workspace.queues.entries}
    own = [agents.get(each, "") for each in account.settings.agents]
    planned = [
        agents.get(row.agent, "") for row in account.actions.plan if isinstance(row, ToAgent)
    ]
    asked = [queues.get(row.queue, "") for row in account.actions.plan if isinstance(row, ToQueue)]
    agent = next(filter(None, (chosen.agent, *own, *planned, *agents.values())), "")
    queue = next(filter(None, (chosen.queue, *asked, *queues.values())), "")
    return replace(chosen, conversation=Conversation.OPEN, agent=agent, queue=queue)


def _answers(name: str, _: Situation) -> Availability:
    return Availability(name, answers=QUICK)


def _answers_but_for_the_assigned(name: str, chosen: Situation) -> Availability:
    if name == chosen.agent:
        return Availability(name, Presence.LOGGED_OUT)
    return Availability(name, answers=QUICK)


def _never_answers(name: str, _: Situation) -> Availability:
    return Availability(name)


def _is_logged_out(name: str, _: Situation) -> Availability:
    return Availability(name, Presence.LOGGED_OUT)


ARRANGED = (
    Arrangement("everybody", "Everybody on line", _answers),
    Arrangement(
        "logged-out", "Assigned agent logged out", _answers_but_for_the_assigned, opens=True
    ),
    Arrangement("nobody", "Nobody answers", _never_answers),
    Arrangement("night", "Night", _is_logged_out),
)
"""The situations that one click sets up; at night nobody comes back, of the queues neither."""
