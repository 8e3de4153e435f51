"""Comparing two tests: what differs, what is only noise, and what is said to look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.endpoints import Protocol
from motion_desk.models.secret import Secret
from motion_desk.services.lab.lab import Lab
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.tester import values as words
from motion_desk.services.tester.board import last_proof
from motion_desk.services.tester.comparison import Comparison, compare, good_runs, last_good
from motion_desk.services.tester.keeping import of_plain, plain
from motion_desk.services.tester.steps import Fact, Probe, Report, State, Step, StepName
from motion_desk.services.tester.verdict import verdict
from tests.services.tester import orders
from tests.services.tester.orders import IMAP, SMTP, order
from tests.services.tester.reports import reports

HOST, USER, RIGHT = "mail.example.test", "support@example.test", "lab-password"
MOMENT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture
def lab(folder: Path) -> Iterator[Lab]:
    with Lab(folder, people={USER: RIGHT}) as started:
        yield started


def made(lab: Lab, account: Account, fault: str) -> Report:
    """What a test finds while the lab shows a fault."""
    lab.show(fault)
    return orders.report(order(account, orders.given(lab.certificate), lab.route, patience=2.0))


def a_report(
    *steps: Step, at: datetime = MOMENT, values: dict[str, str] | None = None, of: str = "f"
) -> Report:
    """A report of IMAP that consists of some steps."""
    probe = Probe(IMAP, "host:993", steps)
    return Report("a", "A", at, of, "this workstation", (probe,), values=values or {})


def a_step(
    name: StepName, *facts: Fact, state: State = State.PASSED, seconds: float = 0.01
) -> Step:
    """A step of IMAP."""
    return Step(IMAP, name, state, 0.0, seconds, "", facts)


def differing(found: Comparison) -> list[tuple[Protocol, StepName]]:
    """The steps that differ."""
    return [(each.protocol, each.name) for each in found.steps]


def test_two_tests_of_a_server_that_stayed_the_same_do_not_differ(lab: Lab) -> None:
    account = orders.account(HOST, USER, RIGHT)
    before, now = made(lab, account, "healthy"), made(lab, account, "healthy")
    found = compare(before, now)
    assert [each for each in found.steps if each.turned or each.facts] == []
    assert found.same_values
    assert found.values == ()
    assert found.sentence.startswith("Nothing was changed in the account between the two tests.")


def test_a_server_that_got_another_certificate_is_named_as_the_reason(lab: Lab) -> None:
    account = orders.account(HOST, USER, RIGHT)
    found = compare(made(lab, account, "healthy"), made(lab, account, "expired"))
    assert found.broke
    assert found.first is not None
    assert (found.first.protocol, found.first.name) == (IMAP, StepName.TLS)
    codes = [fact.code for fact in found.first.facts]
    assert codes[0] == "certificate.serial"
    assert "certificate.sha256" in codes
    assert found.sentence.startswith(
        "Nothing was changed in the account, and yet it broke: the reason is outside. "
        "The first thing that differs is IMAP, Encryption: Serial number, Certificate 1 (the server's): was "
    )


def test_a_password_that_no_longer_counts_is_the_first_thing_that_differs(lab: Lab) -> None:
    account = orders.account(HOST, USER, RIGHT)
    before = made(lab, account, "healthy")
    found = compare(before, made(lab, put(account, "smtp.password", Secret(typed="x")), "no-auth"))
    assert (SMTP, StepName.CAPABILITIES) in differing(found) or found.first is not None
    wrong = orders.account(HOST, USER, "other")
    found = compare(before, made(lab, wrong, "healthy"))
    assert found.same_values, "both passwords count as typed"
    assert found.first is not None
    assert (found.first.protocol, found.first.name) == (IMAP, StepName.LOGIN)
    assert "is failed (“Username or password is refused”)" in found.first.sentences[-1]
    assert (IMAP, StepName.MAILBOX) not in differing(found), "that it was not run says nothing"


def test_what_works_again_is_said_to(lab: Lab) -> None:
    account = orders.account(HOST, USER, RIGHT)
    found = compare(made(lab, account, "expired"), made(lab, account, "healthy"))
    assert found.mended
    assert "it works again" in found.sentence


def test_a_changed_port_is_told_by_its_value(lab: Lab) -> None:
    account = orders.account(HOST, USER, RIGHT)
    other = put(account, "imap.port", 994)
    found = compare(made(lab, account, "healthy"), made(lab, other, "healthy"))
    assert not found.same_values
    assert [(each.key, each.before, each.after) for each in found.values] == [
        ("imap.port", "993", "994")
    ]
    assert found.sentence.startswith(
        "The account was changed, and it broke: IMAP: IMAP port, from “993” to “994”. The first "
        "thing that differs is IMAP, Connection: "
    )


def test_a_kept_test_has_its_values_but_no_password(lab: Lab) -> None:
    account = orders.account(HOST, USER, "canary-4711", imap__port=993)
    report = made(lab, account, "healthy")
    kept = plain(report)
    assert of_plain(kept).values == words.tested_values(account)
    assert kept["values"]["imap.host"] == HOST
    assert kept["values"]["imap.password"] == "typed"
    assert "canary-4711" not in str(kept["values"])


def test_two_entries_of_the_keyring_are_told_apart_without_naming_them() -> None:
    account = orders.account(HOST, USER, "")
    one, two = (
        words.tested_values(put(account, "imap.password", Secret(reference=name)))
        for name in ("entry-of-may", "entry-of-june")
    )
    assert one["imap.password"] != two["imap.password"]
    assert "entry-of" not in str(one)


def test_a_test_kept_by_an_earlier_version_has_no_values_and_can_be_compared() -> None:
    kept = plain(a_report(a_step(StepName.DNS)))
    del kept["values"]
    before = of_plain(kept)
    now = a_report(a_step(StepName.DNS), values={"imap.port": "993"}, of="other")
    found = compare(before, now)
    assert not found.values_known
    assert "which values is not known" in found.sentence


def test_values_given_beside_the_reports_count() -> None:
    report = a_report(a_step(StepName.DNS))
    found = compare(report, report, {"imap.port": "143"}, {"imap.port": "993"})
    assert [each.label for each in found.values] == ["IMAP: IMAP port"]


@pytest.mark.parametrize(
    ("before", "now", "differs"),
    [
        (0.05, 0.14, False),
        (0.05, 0.16, True),
        (0.3, 0.5, False),
        (0.3, 0.6, True),
        (0.6, 0.3, True),
    ],
)
def test_a_time_differs_from_twice_and_a_tenth_of_a_second_on(
    before: float, now: float, differs: bool
) -> None:
    found = compare(
        a_report(a_step(StepName.LOGIN, seconds=before)),
        a_report(a_step(StepName.LOGIN, seconds=now)),
    )
    assert bool(found.steps) is differs
    assert not differs or found.steps[0].paced


def test_a_slow_step_is_not_the_first_thing_where_a_later_one_turned() -> None:
    found = compare(
        a_report(a_step(StepName.DNS), a_step(StepName.LOGIN)),
        a_report(a_step(StepName.DNS, seconds=2), a_step(StepName.LOGIN, state=State.FAILED)),
    )
    assert found.first is not None
    assert found.first.name is StepName.LOGIN
    assert differing(found) == [(IMAP, StepName.DNS), (IMAP, StepName.LOGIN)]


def test_what_differs_in_the_protocol_that_turned_comes_first() -> None:
    def both(address: str, state: State) -> Report:
        ours = a_step(StepName.DNS, Fact("address", "IPv4", address))
        theirs = replace(a_step(StepName.LOGIN, state=state), protocol=SMTP)
        made = a_report(ours)
        return replace(made, probes=(*made.probes, Probe(SMTP, "host:465", (theirs,))))

    found = compare(both("192.0.2.1", State.PASSED), both("192.0.2.2", State.FAILED))
    assert differing(found) == [(IMAP, StepName.DNS), (SMTP, StepName.LOGIN)]
    assert found.first is not None
    assert found.first.protocol is SMTP


@pytest.mark.parametrize(
    ("code", "before", "now", "gone", "came"),
    [
        ("abilities", "IMAP4rev1 IDLE AUTH=PLAIN", "AUTH=PLAIN IMAP4rev1", ("IDLE",), ()),
        ("abilities", "IMAP4rev1", "IMAP4rev1 AUTH=XOAUTH2", (), ("AUTH=XOAUTH2",)),
        ("greeting", "* OK Dovecot ready.", "* OK Courier ready.", None, None),
        ("mechanism", "PLAIN", "LOGIN", ("PLAIN",), ("LOGIN",)),
        ("mailbox.validity", "1", "2", ("1",), ("2",)),
    ],
)
def test_evidence_that_differs_is_told(
    code: str, before: str, now: str, gone: tuple[str, ...] | None, came: tuple[str, ...] | None
) -> None:
    found = compare(
        a_report(a_step(StepName.CAPABILITIES, Fact(code, "It", before))),
        a_report(a_step(StepName.CAPABILITIES, Fact(code, "It", now))),
    )
    [fact] = found.steps[0].facts
    assert gone is None or (fact.gone, fact.came) == (gone, came)
    assert fact.sentence in found.sentence


@pytest.mark.parametrize(
    ("code", "before", "now"),
    [
        ("abilities", "IMAP4rev1 IDLE", "IDLE IMAP4rev1"),
        ("abilities", "IMAP4rev1 IDLE", "IMAP4REV1 Idle"),
        (
            "greeting",
            "220 mx ESMTP e22sm1234567qtb.5 - gsmtp",
            "220 mx ESMTP f7sm7654321wrt.9 - gsmtp",
        ),
        (
            "greeting",
            "220 mx ESMTP ready at Mon, 23 Nov 2026 04:30:12 +0000",
            "220 mx ESMTP ready at Tue, 24 Nov 2026 14:03:59 +0000",
        ),
        (
            "greeting",
            "* OK The service is ready. [QQBNADcAUABSADAANgBDAEEAMAAwADEA]",
            "* OK The service is ready. [RgBSADAAUAAyADYANABDAEEAMAAwADMA]",
        ),
        ("login.time", "12 ms of 10 s", "99 ms of 10 s"),
        ("mailbox.messages", "12", "13"),
        ("words", "2.1.0 Ok abc", "2.1.0 Ok def"),
    ],
)
def test_what_is_another_every_time_does_not_differ(code: str, before: str, now: str) -> None:
    found = compare(
        a_report(a_step(StepName.GREETING, Fact(code, "It", before))),
        a_report(a_step(StepName.GREETING, Fact(code, "It", now))),
    )
    assert found.steps == ()


def test_the_order_of_addresses_does_not_matter_and_a_new_one_is_told() -> None:
    def addresses(*found: str) -> Report:
        return a_report(a_step(StepName.DNS, *(Fact("address", "IPv4", each) for each in found)))

    assert (
        compare(addresses("192.0.2.1", "192.0.2.2"), addresses("192.0.2.2", "192.0.2.1")).steps
        == ()
    )
    [step] = compare(addresses("192.0.2.1"), addresses("192.0.2.1", "192.0.2.9")).steps
    assert step.sentences == ("Address: now also “192.0.2.9”.",)


def test_what_fails_elsewhere_or_in_the_lab_did_not_break() -> None:
    good = a_report(a_step(StepName.DNS))
    bad = a_report(a_step(StepName.DNS, state=State.FAILED))
    assert compare(good, bad).broke
    assert compare(bad, good).mended
    for other in (replace(bad, vantage="Motion server mx"), replace(bad, lab=True)):
        found = compare(good, other)
        assert (found.broke, compare(other, good).mended) == (False, False)
        assert "yet it broke" not in found.sentence
        assert found.sentence == " ".join(found.sentences)


def test_what_a_probe_from_elsewhere_does_not_show_does_not_differ() -> None:
    own = a_step(StepName.GREETING, Fact("host", "Host", "h"), Fact("port", "Port", "993"))
    less = a_step(StepName.GREETING, Fact("port", "Port", "143"))
    there = replace(a_report(less), vantage="Motion server mx")
    [step] = compare(a_report(own), there).steps
    assert [fact.code for fact in step.facts] == ["port"]
    [step] = compare(a_report(own), a_report(less)).steps
    assert [fact.code for fact in step.facts] == ["host", "port"]


def test_only_what_both_tests_made_is_compared() -> None:
    both = a_report(a_step(StepName.DNS))
    smtp = Probe(SMTP, "host:465", (replace(a_step(StepName.DNS), protocol=SMTP),))
    found = compare(both, replace(both, probes=(*both.probes, smtp)))
    assert found.steps == ()


def test_tests_of_two_accounts_are_not_compared() -> None:
    report = a_report(a_step(StepName.DNS))
    with pytest.raises(ValueError, match="two accounts"):
        compare(report, replace(report, account="b"))


@given(reports())
def test_any_report_compared_with_itself_does_not_differ(report: Report) -> None:
    found = compare(report, report)
    assert not any(each.turned or each.facts or each.paced for each in found.steps)
    assert found.sentence


@given(reports(), reports())
def test_any_two_reports_can_be_compared(before: Report, now: Report) -> None:
    found = compare(before, replace(now, account=before.account))
    assert found.sentence
    assert all(each.sentences for each in found.steps)


def test_the_last_good_test_is_the_newest_that_went_well_and_not_in_the_lab(
    tmp_path: Path,
) -> None:
    good = a_report(*(a_step(name) for name in (StepName.DNS, StepName.LOGIN)), at=MOMENT)
    bad = a_report(a_step(StepName.DNS, state=State.FAILED))
    store = Store.create(tmp_path / "kept.motiondesk", Secrets(system=False))
    try:
        account = store.save(orders.account(HOST, USER, ""))
        for hours, report, lab in (
            (0, good, False),
            (1, good, False),
            (2, good, True),
            (3, bad, False),
        ):
            made = replace(report, account=account.id, at=MOMENT + timedelta(hours=hours), lab=lab)
            tone = verdict(made).tone.value
            store.keep_run(account.id, made.at, made.fingerprint, tone, plain(made), lab=lab)
        newest = last_good(store, account.id)
        assert newest is not None
        assert newest.at == MOMENT + timedelta(hours=1)
        earlier = last_good(store, account.id, newest.at)
        assert earlier is not None
        assert earlier.at == MOMENT
        assert last_good(store, account.id, MOMENT) is None
    finally:
        store.close()


def test_neither_the_last_good_test_nor_a_proof_is_one_from_elsewhere(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "kept.motiondesk", Secrets(system=False))
    try:
        account = store.save(orders.account(HOST, USER, ""))
        there = replace(
            a_report(a_step(StepName.DNS)), account=account.id, vantage="Motion server mx"
        )
        store.keep_run(account.id, MOMENT, "f", "passed", plain(there), vantage=there.vantage)
        assert last_good(store, account.id) is None
        assert last_proof(store, account.id) is None
        assert list(good_runs(store.runs(account.id))) == []
    finally:
        store.close()
