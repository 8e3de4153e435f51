"""The board: what kept tests show, what counts as a proof, the sentence, and the written report."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from motion_desk.models.account import Account
from motion_desk.models.document import new_id, put
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.oauth.provider import Provider
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store, WorkspaceError
from motion_desk.services.tester import fleet
from motion_desk.services.tester.board import Past, after, past_of, row_of, standing, summary
from motion_desk.services.tester.board_report import (
    BoardReport,
    html_text,
    json_text,
    markdown_text,
    with_reports,
)
from motion_desk.services.tester.fleet import Fleet
from motion_desk.services.tester.fleet import Tested as Told
from motion_desk.services.tester.keeping import plain
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.steps import Fact, Probe, Report, State, Step, StepName
from motion_desk.services.tester.tokens import TokenSource
from motion_desk.services.tester.verdict import Tone, verdict
from tests.services.tester import orders
from tests.services.tester.counting import Counting
from tests.services.tester.orders import IMAP, SMTP
from tests.services.tester.reports import report_with
from tests.services.tester.test_fleet import an_order

AT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "here.motiondesk", Secrets(system=False))
    yield made
    made.close()


@pytest.fixture
def account(store: Store) -> Account:
    """A stored account."""
    made = orders.account("mail.example.com", "a@example.com", "", settings__name="Desk")
    return store.save(replace(made, id=new_id()))


def report(
    account: Account, hours: float, *states: State, lab: bool = False, until: str = "2027-05-12"
) -> Report:
    """A report with these states of IMAP's and SMTP's encryption."""
    facts = (
        Fact("certificate.subject", "Subject", "CN=x", "Certificate 1"),
        Fact("certificate.valid", "Valid", f"2026-01-01 to {until}", "Certificate 1"),
        Fact("certificate.sha256", "SHA-256", until, "Certificate 1"),
    )
    probes = tuple(
        Probe(protocol, "x:1", (Step(protocol, StepName.TLS, state, facts=facts),))
        for protocol, state in zip((IMAP, SMTP), states, strict=False)
    )
    at = AT + timedelta(hours=hours)
    return Report(account.id, "Desk", at, "f", "this workstation", probes, lab)


def keep(store: Store, found: Report, vantage: str = "") -> None:
    word = verdict(found).tone.value
    store.keep_run(found.account, found.at, "f", word, plain(found), lab=found.lab, vantage=vantage)


PASSED, FAILED = State.PASSED, State.FAILED


def test_the_newest_test_is_the_result_and_the_newest_good_one_the_proof(
    store: Store, account: Account
) -> None:
    keep(store, report(account, 0, PASSED, PASSED, until="2027-01-01"))
    keep(store, report(account, 1, PASSED, PASSED, lab=True, until="2026-12-01"))
    keep(store, report(account, 2, FAILED, PASSED))
    past = past_of(store, account)
    assert (past.at, past.lab) == (AT + timedelta(hours=2), False)
    assert past.tones == {IMAP: Tone.FAILED, SMTP: Tone.PASSED}
    assert past.proved == AT
    assert past.certificate_ends == date(2027, 5, 12)


def test_a_probe_from_elsewhere_is_no_result(store: Store, account: Account) -> None:
    keep(store, report(account, 0, PASSED, PASSED))
    keep(store, report(account, 1, FAILED, FAILED), vantage="the Motion server")
    past = past_of(store, account)
    assert past.verdict is not None
    assert past.verdict.tone is Tone.PASSED


def test_what_the_lab_shows_is_a_result_and_proves_nothing(account: Account) -> None:
    past = after(Past(), report(account, 0, PASSED, PASSED, lab=True))
    assert past.verdict is not None
    assert (past.verdict.tone, past.lab, past.proved, past.certificate_ends) == (
        Tone.PASSED,
        True,
        None,
        None,
    )
    real = after(past, report(account, 1, PASSED, PASSED))
    assert (real.lab, real.proved) == (False, AT + timedelta(hours=1))
    assert real.certificate_ends == date(2027, 5, 12)
    assert after(real, report(account, 2, FAILED, FAILED, lab=True)).proved == real.proved


def test_tests_that_were_read_are_not_read_again(
    store: Store, account: Account, tmp_path: Path
) -> None:
    keep(store, report(account, 0, PASSED, PASSED))
    first = standing(store, account.id, Workspace(id="w"))
    connection = sqlite3.connect(tmp_path / "here.motiondesk", isolation_level=None)
    connection.execute("UPDATE test_run SET content = '{}'")
    connection.close()
    again = standing(store, account.id, Workspace(id="w"), first.row.past)
    assert again == first
    keep(store, report(account, 1, FAILED, PASSED))
    newer = standing(store, account.id, Workspace(id="w"), first.row.past)
    assert newer.row.verdict is not None
    assert newer.row.verdict.tone is Tone.FAILED


def test_a_damaged_test_is_a_verdict_that_cannot_be_told_and_a_damaged_account_an_error(
    store: Store, account: Account, tmp_path: Path
) -> None:
    keep(store, report(account, 0, PASSED, PASSED))
    keep(store, report(account, 1, PASSED, PASSED))
    connection = sqlite3.connect(tmp_path / "here.motiondesk", isolation_level=None)
    newest = "(SELECT id FROM test_run ORDER BY at DESC LIMIT 1)"
    connection.execute(f"UPDATE test_run SET content = '{{}}' WHERE id = {newest}")  # noqa: S608
    past = past_of(store, account)
    assert past.verdict is not None
    assert past.verdict.tone is Tone.UNKNOWN
    assert "damaged" in past.verdict.detail
    assert past.certificate_ends == date(2027, 5, 12), "an older test has it"
    connection.execute('UPDATE account SET "imap.port" = 1')
    connection.close()
    with pytest.raises(WorkspaceError):
        standing(store, account.id, Workspace(id="w"))


def test_a_row_knows_the_fields_of_its_days() -> None:
    entry = CloudProviderEntry(id="clou", name="Entra", secret_expires=date(2027, 3, 31))
    workspace = put(Workspace(id="w"), "cloud_providers.entries", (entry,))
    review = {"imap__any_certificate": True, "imap__any_certificate_review": date(2026, 12, 1)}
    account = orders.account("h", "a@example.com", "", imap__ssl=True, **review)
    row = row_of(account, workspace, Past())
    assert row.any_certificate is not None
    assert row.any_certificate.key == "imap.any_certificate_review"
    assert row.secret is None, "it does not sign in"


@pytest.mark.parametrize(
    ("tones", "said"),
    [
        ([], "There is no account."),
        ([Tone.PASSED], "1 of 1 would work."),
        ([Tone.WARNINGS, Tone.FAILED, None], "1 of 3 would work; 1 fails; 1 was never tested."),
        (
            [Tone.PASSED] * 37 + [Tone.FAILED] * 2 + [Tone.UNKNOWN],
            "37 of 40 would work; 2 fail; 1 cannot be told.",
        ),
        ([Tone.STOPPED, None, None], "0 of 3 would work; 1 cannot be told; 2 were never tested."),
    ],
    ids=["none", "one", "three", "forty", "stopped"],
)
def test_all_is_summed_up_in_one_sentence(tones: list[Tone | None], said: str) -> None:
    assert summary(tones) == said


# The report of all


def test_a_report_of_all_reads_what_is_kept_and_says_what_is_unread(
    store: Store, account: Account
) -> None:
    keep(store, report(account, 0, FAILED, PASSED))
    row = standing(store, account.id, Workspace(id="w")).row
    board = with_reports(store, BoardReport((row,), AT, unread={"Broken": "It is damaged."}))
    assert board.sentence == "0 of 2 would work; 1 fails; 1 cannot be told."
    found = json.loads(json_text(board))
    assert found["sentence"] == board.sentence
    assert found["accounts"][0]["report"]["account"] == account.id
    assert found["unread"] == {"Broken": "It is damaged."}
    for text in (html_text(board), markdown_text(board)):
        assert all(said in text for said in ("Desk", "Broken", "It is damaged.", board.sentence))


def test_what_servers_say_is_no_markup_in_a_report_of_all() -> None:
    hostile = "<script>alert(1)</script> [a](http://x.example)"
    made = orders.account("h", "a@example.com", "", settings__name=hostile)
    told = replace(report_with(hostile), account=made.id)
    row = row_of(made, Workspace(id="w"), after(Past(), told))
    board = BoardReport((row,), AT, {made.id: told})
    assert "<script>" not in html_text(board)
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(markdown_text(board))
    assert "<script>" not in rendered
    assert "<a " not in rendered


def test_an_empty_board_is_a_report_too() -> None:
    board = BoardReport((), AT)
    assert "There is no account." in html_text(board)
    assert "There is no account." in markdown_text(board)


# The fleet


def signed_in(servers: Counting, kept: str, provider: str = "entra") -> Order:
    """An order with a kept sign-in."""
    source = TokenSource(Provider(provider, "Entra", "tenant", "client"), kept)
    return replace(an_order(servers, servers.names[0], servers.names[0]), tokens=source)


def test_accounts_of_one_sign_in_share_its_tokens() -> None:
    with Counting(1) as servers:
        given = [signed_in(servers, "a"), signed_in(servers, "a"), signed_in(servers, "b")]
        running = Fleet(given)
        first, second, third = running._tokens  # what its probes are given
        for _ in running.events():
            pass
    assert first is second
    assert third is not first


def test_a_course_brings_all_events_and_ends_when_it_is_asked_to() -> None:
    with Counting(1) as servers:
        given = [an_order(servers, servers.names[0], servers.names[0])] * 2
        stop = threading.Event()
        events = list(fleet.course(given, stop))
        assert [type(each).__name__ for each in events] == ["Begun", "Tested"] * 2
    with Counting(1, latency=3.0) as servers:
        given = [an_order(servers, servers.names[0], servers.names[0])] * 2
        told = []
        for event in fleet.course(given, stop):
            stop.set()
            told.append(event)
        reports = [each.report for each in told if isinstance(each, Told)]
        assert [verdict(each).tone for each in reports] == [Tone.STOPPED]


def test_a_fleet_leaves_nothing_for_the_garbage_collector() -> None:
    """What it leaves in circles is looked at again and again, and each look stops every thread."""
    import gc
    import weakref

    with Counting(1) as servers:
        gc.collect()
        gc.disable()
        try:
            running = Fleet([signed_in(servers, "a")])
            gone = weakref.ref(running)
            for _ in running.events():
                pass
            del running
            for thread in threading.enumerate():
                if thread.name.startswith("motion-desk-fleet"):
                    thread.join()
            assert gone() is None
        finally:
            gc.enable()
