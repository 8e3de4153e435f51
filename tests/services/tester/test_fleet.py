"""Many accounts at once: who comes when, that no server sees two logins, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.document import put
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.tester.board import board_row
from motion_desk.services.tester.fleet import Begun, Fleet
from motion_desk.services.tester.fleet import Tested as Told
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.turns import Turn, Turns, server_of
from motion_desk.services.tester.verdict import Tone, verdict
from tests.patience import PROMPT
from tests.services.tester import orders
from tests.services.tester.counting import Counting
from tests.services.tester.orders import IMAP, SMTP

AT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


def an_order(servers: Counting, imap: str, smtp: str, name: str = "A") -> Order:
    """An order for an account on two hosts of the counting servers, in clear text."""
    values: dict[str, object] = {
        "settings__name": name,
        "imap__port": 143,
        "imap__ssl": False,
        "smtp__host": smtp,
        "smtp__port": 587,
        "smtp__secure": False,
    }
    tested = orders.account(imap, "a@example.test", "secret", **values)
    return orders.order(tested, Workspace(id="w"), servers.route, patience=5.0)


def turns_of(servers: list[int]) -> list[Turn]:
    """A turn for each server's number."""
    return [Turn(number, IMAP, f"s{server}") for number, server in enumerate(servers)]


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(1, 17), st.data())
def test_no_server_ever_has_two_turns_and_each_turn_begins_once(
    servers: list[int], at_once: int, data: st.DataObject
) -> None:
    given_turns = turns_of(servers)
    turns = Turns(given_turns, at_once)
    under_way: list[Turn] = []
    begun: list[Turn] = []
    while turns.left or under_way:
        while turn := turns.begin():
            under_way.append(turn)
            begun.append(turn)
            assert len({each.server for each in under_way}) == len(under_way) <= at_once
        # Nothing more may begin: all places are taken, or all servers with turns left are busy.
        busy = {each.server for each in under_way}
        waiting = {each.server for each in given_turns if each not in begun}
        assert len(under_way) == at_once or waiting <= busy
        assert turns.under_way == len(under_way)
        ended = data.draw(st.sampled_from(under_way))
        under_way.remove(ended)
        turns.end(ended)
    assert sorted(begun, key=lambda each: each.number) == given_turns
    for server in set(servers):
        own = [each.number for each in begun if each.server == f"s{server}"]
        assert own == sorted(own)


def test_the_longest_queue_comes_first() -> None:
    turns = Turns(turns_of([0, 1, 1, 2, 2, 2]), 2)
    first, second = turns.begin(), turns.begin()
    assert first
    assert second
    assert (first.server, second.server) == ("s2", "s1")
    assert turns.begin() is None


def test_what_did_not_begin_cannot_end() -> None:
    with pytest.raises(KeyError):
        Turns(turns_of([0]), 1).end(Turn(0, IMAP, "s0"))
    with pytest.raises(ValueError, match="at least one"):
        Turns([], 0)


def test_a_server_is_its_host_whatever_the_port_protocol_and_capitals() -> None:
    one = orders.account("Mail.Example.test.", "a", "", imap__port=143)
    two = orders.account("mail.example.test", "a", "", smtp__port=25)
    assert server_of(one, IMAP, 0) == server_of(two, SMTP, 1)
    empty = orders.account("", "a", "")
    assert server_of(empty, IMAP, 0) != server_of(empty, IMAP, 1)


def test_all_accounts_are_tested_and_no_server_sees_two_logins() -> None:
    with Counting(4, latency=0.002) as servers:
        names = servers.names
        made = [
            an_order(servers, names[number % 4], names[(number // 4) % 4], f"A{number}")
            for number in range(12)
        ]
        fleet = Fleet(made)
        reports = {
            event.number: event.report for event in fleet.events() if isinstance(event, Told)
        }
        assert sorted(reports) == list(range(12))
        assert {number: report.name for number, report in reports.items()} == {
            number: f"A{number}" for number in range(12)
        }
        assert {verdict(report).tone for report in reports.values()} == {Tone.WARNINGS}
        assert set(servers.most.values()) == {1}
        assert sum(servers.logins.values()) == 24


@pytest.mark.parametrize(("at_once", "together"), [(1, {1}), (16, {2, 3, 4})])
def test_servers_work_side_by_side(at_once: int, together: set[int]) -> None:
    with Counting(4, latency=0.05) as servers:
        made = [an_order(servers, name, name) for name in servers.names]
        for _ in Fleet(made, at_once).events():
            pass
        assert set(servers.most.values()) == {1}
        assert servers.together in together


def test_a_stop_ends_a_whole_fleet() -> None:
    with Counting(2, latency=60.0) as servers:
        made = [replace(an_order(servers, n, n), patience=60.0) for n in servers.names * 3]
        fleet = Fleet(made)
        reports = []
        stopped = 0.0
        for event in fleet.events():
            if isinstance(event, Begun) and not stopped:
                stopped = monotonic()
                fleet.stop()
            elif isinstance(event, Told):
                reports.append(event)
        assert monotonic() - stopped < PROMPT
        assert not fleet.running
        assert len(reports) <= 2
        assert all(verdict(each.report).tone is Tone.STOPPED for each in reports)


def test_no_accounts_are_tested_at_once() -> None:
    assert list(Fleet([]).events()) == []


def test_a_row_of_the_board_says_what_ends_and_when_it_last_worked() -> None:
    entry = CloudProviderEntry(id="clou", name="Entra", secret_expires=date(2027, 3, 31))
    workspace = put(Workspace(id="w"), "cloud_providers.entries", (entry,))
    account = orders.account(
        "h",
        "a@example.test",
        "",
        imap__ssl=True,
        imap__any_certificate=True,
        imap__any_certificate_review=date(2026, 12, 1),
    )
    row = board_row(account, workspace, None, AT)
    assert (row.name, row.verdict, row.proved) == ("Tested", None, AT)
    assert (row.certificate_ends, row.secret_ends, row.review) == (None, None, date(2026, 12, 1))


def test_a_test_that_went_well_is_a_proof() -> None:
    with Counting(1) as servers:
        made = an_order(servers, servers.names[0], servers.names[0])
        [report] = [each.report for each in Fleet([made]).events() if isinstance(each, Told)]
    row = board_row(made.account, made.workspace, report, AT)
    assert row.proved == report.at
    assert row.verdict is not None
    assert row.verdict.tone is Tone.WARNINGS
