"""Situations and kept scenarios: each made of the other, names for ids and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from motion_desk.models.account import Account
from motion_desk.models.changes import effective_rows
from motion_desk.models.choices import Conversation, PassedOn
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.models.engines.timeline.seconds import counted
from motion_desk.models.incoming import Incoming
from motion_desk.models.kinds import Row
from motion_desk.models.scenarios import people_of, people_text
from motion_desk.models.sections.expectations import KeptScenario
from motion_desk.models.workspace import Workspace

Read = Callable[[str], Incoming | None]
"""Reads a pinned message's header, as ``services.messages.reading`` does; ``None`` where it has
none, so that the message counts as an ordinary one."""


def situation(
    row: KeptScenario, account: Account, workspace: Workspace, read: Read | None = None
) -> Situation:
    """The situation that a row describes, as it counts: hidden cells as if never filled in.

    Lines of people that cannot be read are left out (``models.scenarios`` tells them). Without
    ``read``, and without a pinned message, an ordinary message arrives. What ``read`` raises is
    passed on.
    """
    (row,) = effective_rows((row,))
    agents, queues = _names(workspace.agents.entries), _names(workspace.queues.entries)
    pinned = {each.id: each for each in account.expectations.messages}.get(row.message)
    passed_on: object = row.passed_on  # a draft may hold what was typed in its place
    defaults = Situation()
    return Situation(
        incoming=read(pinned.headers) if pinned and read else None,
        known=row.known is True,
        conversation=Conversation.OPEN
        if row.conversation is Conversation.OPEN
        else Conversation.NEW,
        agent=agents.get(row.agent, ""),
        queue=queues.get(row.queue, ""),
        people=people_of(row.people)[0],
        conditions=frozenset(row.conditions),
        handling=counted(row.handling, defaults.handling),
        disposing=counted(row.disposing, defaults.disposing),
        passed_on=passed_on if isinstance(passed_on, PassedOn) else PassedOn.NOT,
        passed_after=counted(row.passed_after, defaults.passed_after),
        passed_to=queues.get(row.passed_to_queue, "")
        if passed_on is PassedOn.QUEUE
        else agents.get(row.passed_to_agent, ""),
    )


def kept(
    chosen: Situation, row: KeptScenario, account: Account, workspace: Workspace
) -> KeptScenario:
    """The row with the situation's cells set; its name and what it expects stay as they are.

    ``situation`` of it, read with the same directory, gives the situation back as far as it
    counts. A name that the directory does not have becomes no reference, and the message only
    one where it is pinned.
    """
    agents = {name: each for each, name in _names(workspace.agents.entries).items()}
    queues = {name: each for each, name in _names(workspace.queues.entries).items()}
    text = chosen.incoming.text.strip() if chosen.incoming else ""
    pinned = (each.id for each in account.expectations.messages if each.headers.strip() == text)
    is_open = chosen.conversation is Conversation.OPEN
    return replace(
        row,
        message=next(pinned, "") if text else "",
        known=chosen.known,
        conversation=chosen.conversation,
        agent=agents.get(chosen.agent, "") if is_open else "",
        queue=queues.get(chosen.queue, "") if is_open else "",
        people=people_text(chosen.people),
        conditions=tuple(each.id for each in account.actions.plan if each.id in chosen.conditions),
        handling=chosen.handling,
        disposing=chosen.disposing,
        passed_on=chosen.passed_on,
        passed_after=chosen.passed_after,
        passed_to_queue=queues.get(chosen.passed_to, "")
        if chosen.passed_on is PassedOn.QUEUE
        else "",
        passed_to_agent=agents.get(chosen.passed_to, "")
        if chosen.passed_on is PassedOn.AGENT
        else "",
    )


def _names(entries: Iterable[Row]) -> dict[str, str]:
    return {each.id: str(getattr(each, "name", "")) for each in entries}
