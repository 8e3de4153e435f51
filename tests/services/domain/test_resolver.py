"""Questions to name servers end in time, whatever the servers do, and are answered truly."""

from __future__ import annotations

import threading
from time import monotonic

import pytest

from motion_desk.services.domain.resolver import Asking, Kind, Record, Resolver, Said
from motion_desk.services.jobs import Stopped
from tests.patience import PROMPT
from tests.services.domain.name_server import Manner, name_server, within

ZONE = {
    "example.test": ["MX 20 b.example.test.", "MX 10 A.example.test.", 'TXT "one " "text"'],
    "_imaps._tcp.example.test": ["SRV 5 1 993 imap.example.test.", "SRV 5 9 994 .", "SRV 0 0 1 x."],
    "imap.example.test": ["A 192.0.2.7", "AAAA 2001:db8::7"],
    "alias.example.test": ["CNAME imap.example.test."],
    "away.example.test": ["CNAME elsewhere.test."],
    "circle.example.test": ["CNAME other.example.test."],
    "other.example.test": ["CNAME circle.example.test."],
    "large.example.test": [f'TXT "{"x" * 250}" "{number}"' for number in range(20)],
}


def test_records_come_in_the_order_of_their_rank() -> None:
    with name_server(ZONE) as server:
        mail = server.resolver.ask("example.test", Kind.MX, within())
        service = server.resolver.ask("_imaps._tcp.example.test", Kind.SRV, within())
        text = server.resolver.ask("example.test", Kind.TXT, within())
    assert [each.text for each in mail.records] == ["a.example.test", "b.example.test"]
    assert [(each.text, each.port) for each in service.records] == [
        ("x", 1), ("", 994), ("imap.example.test", 993),
    ]  # fmt: skip
    assert text.records == (Record("one text"),)


def test_no_name_and_no_data_are_told_apart() -> None:
    with name_server(ZONE) as server:
        assert server.resolver.ask("nobody.test", Kind.A, within()).said is Said.NO_NAME
        assert server.resolver.ask("imap.example.test", Kind.MX, within()).said is Said.NO_DATA
        assert server.resolver.ask("a..b", Kind.A, within()).said is Said.NO_NAME
        assert server.resolver.ask("x" * 64 + ".test", Kind.A, within()).said is Said.NO_NAME


def test_an_alias_is_followed_also_where_it_leads_further_than_the_server_says() -> None:
    with name_server(ZONE | {"elsewhere.test": ["A 192.0.2.9"]}) as server:
        assert server.resolver.ask("alias.example.test", Kind.A, within()).records == (
            Record("192.0.2.7"),
        )
        assert server.resolver.ask("away.example.test", Kind.A, within()).records == (
            Record("192.0.2.9"),
        )


def test_aliases_in_a_circle_or_without_end_are_a_loop() -> None:
    with name_server(ZONE, {"endless.test": Manner.ENDLESS_ALIAS}) as server:
        assert server.resolver.ask("circle.example.test", Kind.A, within()).said is Said.LOOP
        assert server.resolver.ask("a.endless.test", Kind.A, within()).said is Said.LOOP
        assert len(server.asked) < 20


def test_an_answer_too_long_for_a_packet_comes_by_tcp() -> None:
    with name_server(ZONE, udp_size=512) as server:
        found = server.resolver.ask("large.example.test", Kind.TXT, within())
    assert len(found.records) == 20


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        (Manner.SILENT, Said.UNANSWERED),
        (Manner.BROKEN, Said.UNANSWERED),
        (Manner.OTHER_ID, Said.NONSENSE),
        (Manner.OTHER_QUESTION, Said.NONSENSE),
        (Manner.GARBAGE, Said.NONSENSE),
    ],
    ids=lambda each: each.value,
)
def test_a_server_that_answers_badly_costs_no_more_than_the_time(
    manner: Manner, said: Said
) -> None:
    with name_server(ZONE, {"example.test": manner}) as server:
        begun = monotonic()
        found = server.resolver.ask("imap.example.test", Kind.A, within(0.4))
        assert monotonic() - begun < PROMPT
    assert (found.said, found.records) == (said, ())


def test_another_server_is_asked_where_the_first_does_not_know() -> None:
    with name_server({}, {"test": Manner.BROKEN}) as bad, name_server(ZONE) as good:
        resolver = Resolver([("127.0.0.1", bad.port), ("127.0.0.1", good.port)])
        assert resolver.ask("imap.example.test", Kind.A, within()).said is Said.FOUND


def test_without_any_server_nothing_is_answered() -> None:
    assert Resolver([]).ask("example.test", Kind.A, within()).said is Said.UNANSWERED


def test_a_stop_ends_a_question_at_once() -> None:
    stop = threading.Event()
    ended: list[float] = []

    def ask() -> None:
        with pytest.raises(Stopped):
            server.resolver.ask("imap.example.test", Kind.A, Asking(monotonic() + 30, stop))
        ended.append(monotonic())

    with name_server(ZONE, {"test": Manner.SILENT}) as server:
        thread = threading.Thread(target=ask)
        thread.start()
        deadline = monotonic() + 5
        while not server.asked:
            assert monotonic() < deadline
        begun = monotonic()
        stop.set()
        thread.join(2 * PROMPT)
    assert ended
    assert ended[0] - begun < PROMPT
