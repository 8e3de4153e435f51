"""Arrival: the header filters, the contact list, and who already has the conversation."""

from __future__ import annotations

from motion_desk.models.choices import Conversation, Ending, Verdict
from motion_desk.models.engines.timeline.course import Course, Phase, Place
from motion_desk.models.engines.timeline.events import Basis, EventKind
from motion_desk.models.engines.timeline.offering import Offer, Outcome, offered
from motion_desk.models.engines.timeline.seconds import counted
from motion_desk.models.sections.routing import HEADER_FILTERS

WAIT_AGENT, WAIT_QUEUE = "settings.wait_agent", "settings.wait_queue"
WAIT = 10
"""Seconds: the page's default of both waits."""


def arrives(course: Course, _: int) -> Place:
    """The message arrives."""
    incoming = course.situation.incoming
    subject = (incoming.first("Subject") or incoming.name) if incoming else ""
    text = "“{subject}” arrives."
    if not subject:
        text = (
            "A message without a subject arrives." if incoming else "An ordinary message arrives."
        )
    course.tell(EventKind.ARRIVED, text, basis=Basis.GIVEN, subject=subject)
    return Place(Phase.FILTERS)


def filtered(course: Course, _: int) -> Place:
    """The header filters let the message pass or reject it."""
    rules, incoming = course.account.advanced.header_filters, course.situation.incoming
    if not rules:
        course.tell(EventKind.PASSED, "There are no header filters.", basis=Basis.GIVEN)
        return Place(Phase.CONTACT)
    if incoming is None or course.judge is None:
        text = "An ordinary message passes the header filters."
        course.tell(EventKind.PASSED, text, key=HEADER_FILTERS, basis=Basis.UNCONFIRMED)
        return Place(Phase.CONTACT)
    judgement = course.judge(incoming)
    rejected = judgement.verdict is Verdict.REJECT
    number, key, said = 0, HEADER_FILTERS, ""
    for at, rule in enumerate(rules, 1):
        if rule.id == judgement.decided_by:
            number, key, said = at, f"{HEADER_FILTERS}/{rule.id}/verdict", rule.said
    text = "No header filter matches, so the message passes."
    if number:
        text = "Header filter {number} lets it pass: {rule}."
    if rejected:
        text = "Header filter {number} rejects it: {rule}. Nobody is asked."
    tried = judgement.cells[: number - 1 if number else None]
    idle = [str(at) for at, cell in enumerate(tried, 1) if cell.wrong]
    if idle:
        text += " Header filter {idle} cannot be applied."
        if len(idle) > 1:
            text = text.replace("filter {idle}", "filters {idle}")
    course.tell(
        EventKind.REJECTED if rejected else EventKind.PASSED,
        text,
        key=key,
        basis=Basis.UNCONFIRMED,
        number=number,
        rule=said,
        idle=", ".join(idle),
    )
    return course.end(Ending.REJECTED) if rejected else Place(Phase.CONTACT)


def looked_up(course: Course, _: int) -> Place:
    """The sender is looked up in the account's list."""
    chosen = course.account.settings.list
    name = next((row.name for row in course.workspace.lists.entries if row.id == chosen), "")
    listed = "the list “{list}”" if name else "the contact list"
    if course.situation.known:
        text, basis = f"The sender is in {listed}.", Basis.GIVEN
    else:
        text = (
            f"The sender is not in {listed}. New senders are saved there only if a trigger exists."
        )
        basis = Basis.UNCONFIRMED
    course.tell(EventKind.CONTACT, text, key="settings.list", basis=basis, source="S2", list=name)
    goes_on = course.situation.conversation is Conversation.OPEN
    return Place(Phase.ASSIGNED_AGENT if goes_on else Phase.PLAN)


def assigned_agent(course: Course, _: int) -> Place:
    """The agent who has the conversation is asked, or waited for.

    The page gives the wait for an agent who is logged out or on pause. That an agent who is on
    line has the same time is read from its next entry: “does not accept within the Assigned Agent
    timeout or rejects it”.
    """
    name = course.situation.agent
    if not name:
        return Place(Phase.ASSIGNED_QUEUE)
    offer = Offer(
        name,
        counted(course.account.settings.wait_agent, WAIT),
        WAIT_AGENT,
        away=Basis.DOCUMENTED,
        source="S1",
    )
    if offered(course, offer) is Outcome.ACCEPTED:
        return Place(Phase.TRANSFER)
    return Place(Phase.ASSIGNED_QUEUE)


def assigned_queue(course: Course, _: int) -> Place:
    """The queue of that agent is asked; then the plan goes on."""
    name = course.situation.queue
    if not name:
        if course.situation.agent:
            course.tell(
                EventKind.SKIPPED,
                "{agent} is in no queue, so the actions go on.",
                key=WAIT_QUEUE,
                agent=course.situation.agent,
            )
        return Place(Phase.PLAN)
    seconds = counted(course.account.settings.wait_queue, WAIT)
    offer = Offer(name, seconds, WAIT_QUEUE, queue=True, basis=Basis.DOCUMENTED, source="S1")
    if offered(course, offer) is Outcome.ACCEPTED:
        return Place(Phase.TRANSFER)
    return Place(Phase.PLAN)
