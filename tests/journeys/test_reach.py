"""Round trips and domain checks: in the real window, by the real services, against the real lab."""

from __future__ import annotations

import pytest

from motion_desk.models.endpoints import Protocol
from tests.journeys.driver import Answers, Driver
from tests.journeys.reach import domain, ended, round_trip
from tests.journeys.stage import Stage
from tests.journeys.testing import place_of_remedy

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ACCOUNT = "Trade desk"
"""An account of a custom service, which fetches from a mailbox of its own."""


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the demo workspace as a newcomer has it, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.open(ACCOUNT)
    driver.settled()
    return driver


def test_every_account_of_the_demo_makes_its_round_trip_with_a_good_signature(
    demo: Driver,
) -> None:
    for name in demo.accounts():
        demo.open(name)
        said = round_trip(demo)
        assert said.startswith("The message arrived in “INBOX” after "), f"{name}: {said}"
        signature = demo.find("round-trip:stage:signature").text()
        assert signature.endswith("is good."), f"{name}: {signature}"


def test_mail_that_arrives_elsewhere_is_led_home_by_a_remedy_and_deleted(
    demo: Driver, answers: Answers
) -> None:
    assert round_trip(demo).endswith("but Motion fetches from “INBOX/Motion”.")
    demo.press(f"apply:{place_of_remedy(demo.page, Protocol.IMAP, 'use-mailbox')}")
    assert demo.value("imap.mailbox") == "INBOX"
    assert demo.is_there("strip:stale")
    said = round_trip(demo)
    assert said.startswith("The message arrived in “INBOX” after ")
    assert "but" not in said
    answers.answers["sure"] = True
    demo.press("round-trip:delete")
    demo.wait(lambda: not demo.is_there("round-trip:delete"), "the end")
    assert demo.find("round-trip:deleted").text() == "The message was deleted."


def test_junk_is_told_with_what_it_means_and_what_the_servers_thought(demo: Driver) -> None:
    assert round_trip(demo, "junk").endswith("but Motion fetches from “INBOX/Motion”.")
    assert demo.is_there(f"remedy:{place_of_remedy(demo.page, Protocol.IMAP, 'not-junk')}")
    assert "X-Spam-Flag" in demo.find("facts:Spam, as servers judged it").parent().table.toPlainText()  # fmt: skip


def test_a_late_message_counts_down_and_its_way_shows_where_it_was_held_up(demo: Driver) -> None:
    demo.console.testing.lab.turn_on("delayed")
    demo.section("round-trip")
    demo.press("round-trip:go")
    demo.wait(lambda: "Not there yet" in demo.find("round-trip:stage:look").text(), "a look")
    said = ended(demo)
    assert said.startswith("The message arrived in “INBOX” after ")
    assert demo.is_there("round-trip:way")


def test_the_domain_and_the_signature_are_told_together(demo: Driver) -> None:
    round_trip(demo)
    assert domain(demo) == "All that was looked at is as it should be."
    for name in ("mx", "spf", "dmarc", "dkim"):
        assert demo.is_there(f"check:{name}")
