"""The fleet: how much faster many accounts are tested side by side than one after another."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from motion_desk.services.tester.fleet import Fleet
from motion_desk.services.tester.run import Order
from tests.bench.figures import Figure
from tests.services.tester.counting import Counting
from tests.services.tester.test_fleet import an_order

ACCOUNTS, SERVERS = 200, 20
LATENCY = 0.05
"""Seconds that each answer takes: a round trip."""
SAMPLE = 10
"""Accounts that are really tested one after another; the time of all follows from theirs."""


def figures() -> Iterator[Figure]:
    """The figure of the fleet. Raises ``AssertionError`` where a server saw two logins at once."""
    with Counting(SERVERS, LATENCY) as servers:
        names = servers.names
        orders = [
            an_order(servers, names[n % SERVERS], names[n % SERVERS]) for n in range(ACCOUNTS)
        ]
        one_by_one = _seconds(orders[:SAMPLE], 1) * ACCOUNTS / SAMPLE
        together = _seconds(orders, 16)
        assert set(servers.most.values()) == {1}, servers.most
        assert sum(servers.logins.values()) == 2 * (ACCOUNTS + SAMPLE)
    what = f"{ACCOUNTS} accounts on {SERVERS} servers at 50 ms, against one after another"
    yield Figure(what, together, one_by_one, 1 / 8, "s")


def _seconds(orders: list[Order], at_once: int) -> float:
    begun = perf_counter()
    for _ in Fleet(orders, at_once).events():
        pass
    return perf_counter() - begun
