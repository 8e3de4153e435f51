"""The timeline of the demo's accounts: what happens to a message in situations of an ordinary day."""

from __future__ import annotations

from functools import cache

import pytest

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation, Ending, PassedOn
from motion_desk.models.directory import Surroundings
from motion_desk.models.engines.header_filters import judged_by
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.expected import unmet_scenarios
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.engines.timeline.situations import situation
from motion_desk.models.engines.timeline.worst_case import worst_case
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read
from motion_desk.services.messages.patterns import Patterns
from motion_desk.services.messages.reading import read_headers

OPEN = Conversation.OPEN
OUT, PAUSED = Presence.LOGGED_OUT, Presence.PAUSED


@cache
def directory() -> Workspace:
    document = read(dict(bundled.samples())["workspace.yaml"]).document
    assert isinstance(document, Workspace)
    return document


@cache
def sample(name: str) -> Account:
    text = dict(bundled.samples())[f"{name}.yaml"]
    document = read(text, Surroundings(directory())).document
    assert isinstance(document, Account)
    return document


def there(*people: Availability) -> Situation:
    return Situation(people=people)


# When a person was asked and accepted, how it ended and when.
Told = tuple[int | None, int | None, Ending, int]

# customer-care: reply, GotoIf FR (action 5) else Italy 600 s, tag, Back office 1 day, close.
# trade-desk: GotoIf, tag, Jürgen 300 s, Trade desk 3600 s, reply, System, Back office 1 day, close.
# outlet-marketplace: tag, Davide 120 s, Orders and delivery 900 s, reply, back to action 3.
# meridia-iberica: Inês 180 s, Tomás 180 s, Noop, Customer care Italy 3600 s, close.
# system-mail: reply, Back office 1 day, close.
DAYS: dict[str, tuple[str, Situation, Told]] = {
    "Italy answers": (
        "customer-care",
        there(Availability("Customer care Italy", answers=42)),
        (0, 42, Ending.ANSWERED, 42),
    ),
    "Italy is too busy and the back office answers": (
        "customer-care",
        there(Availability("Back office", answers=60)),
        (0, 660, Ending.ANSWERED, 660),
    ),
    "nobody answers in a day": (
        "customer-care",
        there(),
        (0, None, Ending.CLOSED, 600 + 86_400),
    ),
    "night in customer care": (
        "customer-care",
        there(Availability("Customer care Italy", OUT), Availability("Back office", OUT)),
        (None, None, Ending.CLOSED, 600 + 86_400),
    ),
    "an answer to an agent who went home": (
        "customer-care",
        Situation(
            conversation=OPEN,
            agent="Davide Furlan",
            queue="Customer care Italy",
            people=(
                Availability("Davide Furlan", OUT),
                Availability("Customer care Italy", answers=9),
            ),
        ),
        (30, 39, Ending.ANSWERED, 39),
    ),
    "an agent passes it on and nobody takes it": (
        "customer-care",
        Situation(
            people=(Availability("Customer care Italy", answers=10),),
            passed_on=PassedOn.QUEUE,
            passed_to="Back office",
        ),
        (0, 10, Ending.UNREAD, 10 + 60 + 300),
    ),
    "Jürgen rejects and the trade desk answers": (
        "trade-desk",
        there(
            Availability("Jürgen Weißenböck", rejects=7), Availability("Trade desk", answers=100)
        ),
        (0, 107, Ending.ANSWERED, 107),
    ),
    "Jürgen is on pause": (
        "trade-desk",
        there(Availability("Jürgen Weißenböck", PAUSED), Availability("Trade desk", answers=100)),
        (300, 400, Ending.ANSWERED, 400),
    ),
    "nobody answers in Graz": (
        "trade-desk",
        there(),
        (0, None, Ending.CLOSED, 300 + 3600 + 86_400),
    ),
    "the outlet goes round": ("outlet-marketplace", there(), (0, None, Ending.ENDLESS, 1020)),
    "the outlet answers": (
        "outlet-marketplace",
        there(
            Availability("Davide Furlan", PAUSED), Availability("Orders and delivery", answers=5)
        ),
        (120, 125, Ending.ANSWERED, 125),
    ),
    "Tomás answers for Inês": (
        "meridia-iberica",
        there(Availability("Inês Carvalho", OUT), Availability("Tomás Quiroga", answers=15)),
        (180, 195, Ending.ANSWERED, 195),
    ),
    "Iberia asks Italy in the end": (
        "meridia-iberica",
        there(
            Availability("Inês Carvalho", OUT),
            Availability("Tomás Quiroga", OUT),
            Availability("Customer care Italy", answers=1),
        ),
        (360, 361, Ending.ANSWERED, 361),
    ),
    "Motion's own mail is closed after a day": (
        "system-mail",
        there(),
        (0, None, Ending.CLOSED, 86_400),
    ),
}


@pytest.mark.parametrize("case", DAYS)
def test_a_day_at_the_service_desk_ends_as_the_table_says(case: str) -> None:
    name, situation, told = DAYS[case]
    found = timeline(sample(name), directory(), situation, None)
    assert (found.asked, found.accepted, found.ending, found.ended) == told


def test_french_customers_are_led_to_the_french_queue() -> None:
    account = sample("customer-care")
    jump = account.actions.plan[1].id
    french = Situation(
        conditions=frozenset({jump}), people=(Availability("Customer care France", answers=3),)
    )
    found = timeline(account, directory(), french, None)
    assert [each.number for each in found.events if each.number] == [1, 2, 5, 5, 5]
    assert (found.ending, found.ended) == (Ending.ANSWERED, 3)


def test_the_scenarios_that_are_kept_in_the_samples_are_met() -> None:
    account = sample("meridia-iberica")
    judge = judged_by(account.advanced.header_filters, Patterns())
    rows = account.expectations.scenarios
    chosen = [situation(row, account, directory(), read_headers) for row in rows]
    assert [(each.passed_to, bool(each.incoming)) for each in chosen] == [
        ("", True),
        ("", False),
        ("Tomás Quiroga", False),
    ]
    found = [timeline(account, directory(), each, judge) for each in chosen]
    assert [(each.ending, each.ended) for each in found] == [
        (Ending.ANSWERED, 220),
        (Ending.CLOSED, 3960),
        (Ending.ANSWERED, 100),
    ]
    assert unmet_scenarios(account, directory(), judge, read_headers) == ()


WORST: dict[str, tuple[str, str]] = {
    "customer-care": ("at most 30 s", "offered for 1 day 12 min 30 s and then is closed"),
    "trade-desk": ("at most 6 min", "offered for 1 day 1 h 16 min and then is closed"),
    "outlet-marketplace": ("at most 2 min 10 s", "offered for ever: actions 3 to 5 can go round"),
    "meridia-iberica": ("at most 6 min 20 s", "offered for 1 h 9 min 20 s and then is closed"),
    "system-mail": ("at most 10 s", "offered for 1 day 20 s and then is closed"),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_case_of_each_account_is_said_in_words(name: str) -> None:
    asked, offered = worst_case(sample(name), directory()).sentences
    assert WORST[name][0] in asked
    assert WORST[name][1] in offered
