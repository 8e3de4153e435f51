"""A workspace with two agents and a queue, and an account whose plan asks both, for the timeline."""

from __future__ import annotations

from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.models.choices import Operator, Times, Verdict
from motion_desk.models.document import put
from motion_desk.models.sections.actions import AutoReply, Close, GotoIf, ToAgent, ToQueue
from motion_desk.models.sections.directory import AgentEntry, QueueEntry
from motion_desk.models.sections.expectations import PinnedMessage
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.workspace import Workspace
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.timelines import open_timeline
from tests.ui.scripted import claims

ANA, BEN, SUPPORT = "Ana Torres", "Ben Ray", "Support"
SPAM = "X-Spam-Flag: YES\nSubject: You have won\nFrom: prize@example.net\n"
QUEUE_WAIT = "actions.plan/ask1/timeout"


def workspace() -> Workspace:
    """The directory with the two agents and the queue."""
    made = Workspace(id="w")
    agents = (AgentEntry(id="ana", name=ANA), AgentEntry(id="ben", name=BEN))
    made = put(made, "agents.entries", agents)
    return put(made, "queues.entries", (QueueEntry(id="support", name=SUPPORT),))


def account(operator: Operator = Operator.EQUALS) -> Account:
    """An account that rejects spam, replies, asks the queue, then Ben, and closes."""
    made = put(claims(), "settings.agents", ("ana", "ben"))
    made = put(made, "settings.wait_agent", 30)
    made = put(made, "notification.template", "<p>From {{ from }}: {{ subject }}</p>")
    rule = HeaderFilter(
        id="spam", header="X-Spam-Flag", operator=operator, value="YES", verdict=Verdict.REJECT
    )
    made = put(made, "advanced.header_filters", (rule,))
    pin = PinnedMessage(id="won1", name="A prize", headers=SPAM)
    made = put(made, "expectations.messages", (pin,))
    plan = (
        AutoReply(id="auto", times=Times.FIRST, text="<p>We have <b>{{ subject }}</b>.</p>"),
        GotoIf(id="cond", condition="{{ vip }}", when_true="ask2", when_false="ask1"),
        ToQueue(id="ask1", queue="support", timeout=60),
        ToAgent(id="ask2", agent="ben", timeout=7200),
        Close(id="done"),
    )
    return put(made, "actions.plan", plan)


def open_account(path: Path, stage: Stage, made: Account | None = None) -> Driver:
    """A window on the account's timeline."""
    stored(path, workspace(), made or account())
    driver = stage()
    driver.open("Claims")
    open_timeline(driver)
    return driver
