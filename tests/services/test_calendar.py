"""The calendar: which days it finds, and that its file is one that any calendar program takes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.document import new_id, put
from motion_desk.models.endpoints import Protocol
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.sections.trust import PinEntry
from motion_desk.services import calendar
from motion_desk.services.calendar import Ending, Entry
from motion_desk.services.icalendar import icalendar
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.tester.keeping import plain
from motion_desk.services.tester.steps import Fact, Probe, Report, State, Step, StepName
from tests.services.tester import orders
from tests.services.tester.orders import IMAP, SMTP

AT = datetime(2026, 11, 23, 4, 30, 12, tzinfo=UTC)
PIN = PinEntry(
    id="p1", host="mail.example.com", fingerprint="ab" * 32, review=date(2027, 2, 1), reason="old"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "here.motiondesk", Secrets(system=False))
    yield made
    made.close()


def an_account(store: Store, name: str, **values: object) -> Account:
    """A stored account of this name."""
    made = orders.account("mail.example.com", "a@example.com", "", settings__name=name, **values)
    return store.save(replace(made, id=new_id()))


def certificate(number: int, until: str, sha256: str) -> tuple[Fact, ...]:
    """What a test says of one certificate."""
    group = f"Certificate {number}"
    return (
        Fact("certificate.subject", "Subject", f"CN={sha256}", group),
        Fact("certificate.valid", "Valid", f"2026-01-01 to {until}", group),
        Fact("certificate.sha256", "SHA-256", sha256, group),
    )


def keep(store: Store, account: Account, hours: float, *probes: Probe, lab: bool = False) -> None:
    """Keep a test of an account."""
    at = AT + timedelta(hours=hours)
    report = Report(account.id, "A", at, "f", "this workstation", probes, lab)
    store.keep_run(account.id, at, "f", "passed", plain(report), lab=lab)


def shown(protocol: Protocol, *facts: Fact) -> Probe:
    """A probe that came to the encryption."""
    step = Step(protocol, StepName.TLS, State.PASSED, facts=facts)
    return Probe(protocol, "mail.example.com:993", (step,))


def told(store: Store) -> list[tuple[str, str, str]]:
    """The days as they are listed, with what they are for."""
    return [(each.day.isoformat(), each.title, each.source) for each in calendar.entries(store)]


def test_an_empty_workspace_has_no_days(store: Store) -> None:
    assert calendar.entries(store) == ()


def test_the_newest_certificate_of_each_protocol_counts_once_where_both_show_it(
    store: Store,
) -> None:
    account = an_account(store, "Desk")
    keep(store, account, 0, shown(IMAP, *certificate(1, "2026-12-01", "old")))
    keep(
        store,
        account,
        1,
        shown(IMAP, *certificate(1, "2027-05-12", "new")),
        shown(SMTP, *certificate(1, "2027-05-12", "new")),
    )
    keep(store, account, 2, shown(IMAP, *certificate(1, "2026-12-24", "lab")), lab=True)
    keep(store, account, 3, Probe(IMAP, "x:993", ()))
    assert told(store) == [
        ("2027-05-12", "Certificate ends: CN=new (Desk)", "Test of 2026-11-23, IMAP and SMTP")
    ]


def test_a_certificate_of_the_chain_counts_only_where_it_ends_before_the_servers(
    store: Store,
) -> None:
    account = an_account(store, "Desk")
    chain = (
        *certificate(1, "2027-05-12", "leaf"),
        *certificate(2, "2027-01-01", "between"),
        *certificate(3, "2036-01-01", "root"),
    )
    keep(store, account, 0, shown(IMAP, *chain))
    assert [title for _, title, _ in told(store)] == [
        "Certificate ends: CN=between (Desk)",
        "Certificate ends: CN=leaf (Desk)",
    ]


def test_secrets_of_providers_name_the_accounts_that_use_them(store: Store) -> None:
    provider = CloudProviderEntry(id="clou", name="Entra", secret_expires=date(2027, 3, 31))
    retired = CloudProviderEntry(
        id="gone", name="Old", secret_expires=date(2027, 3, 1), retired=True
    )
    store.save(put(store.workspace(), "cloud_providers.entries", (provider, retired)))
    [(day, title, source)] = told(store)
    assert (day, title) == ("2027-03-31", "Client secret ends: Entra")
    assert source == "Cloud providers: Secret expires"


def test_reviews_count_while_what_they_are_for_does(store: Store) -> None:
    review = {
        "imap__any_certificate_review": date(2026, 12, 1),
        "imap__any_certificate_reason": "R",
    }
    an_account(store, "On", imap__ssl=True, imap__any_certificate=True, **review)
    an_account(store, "Off", imap__ssl=True, **review)
    an_account(store, "Pinned", trust__pins=(PIN, replace(PIN, id="p2", review=None)))
    assert [(day, title) for day, title, _ in told(store)] == [
        ("2026-12-01", "Review “Accept any certificate”: R (On)"),
        ("2027-02-01", "Review a pinned certificate: mail.example.com:993 (Pinned)"),
    ]


def test_a_day_knows_the_field_that_holds_it_and_a_certificates_none(store: Store) -> None:
    provider = CloudProviderEntry(id="clou", name="Entra", secret_expires=date(2027, 3, 31))
    store.save(put(store.workspace(), "cloud_providers.entries", (provider,)))
    review = {"imap__any_certificate": True, "imap__any_certificate_review": date(2026, 12, 1)}
    account = an_account(store, "Desk", imap__ssl=True, trust__pins=(PIN,), **review)
    keep(store, account, 0, shown(IMAP, *certificate(1, "2027-05-12", "new")))
    assert [each.key for each in calendar.entries(store)] == [
        "imap.any_certificate_review",
        "trust.pins/p1/review",
        "cloud_providers.entries/clou/secret_expires",
        "",
    ]


def test_a_damaged_test_is_passed_over_for_an_older_one(store: Store) -> None:
    account = an_account(store, "Desk")
    keep(store, account, 0, shown(IMAP, *certificate(1, "2026-12-01", "old")))
    keep(store, account, 1, shown(IMAP, *certificate(1, "2027-05-12", "new")))
    connection = sqlite3.connect(store.path, isolation_level=None)
    newest = "(SELECT id FROM test_run ORDER BY at DESC LIMIT 1)"
    connection.execute(f"UPDATE test_run SET content = '{{}}' WHERE id = {newest}")  # noqa: S608
    connection.close()
    assert [title for _, title, _ in told(store)] == ["Certificate ends: CN=old (Desk)"]


def test_an_account_in_the_bin_has_no_days(store: Store) -> None:
    account = an_account(store, "Pinned", trust__pins=(PIN,))
    assert told(store)
    store.delete(account.id)
    assert told(store) == []


def test_a_review_that_is_put_off_keeps_its_uid_and_another_account_has_another(
    store: Store,
) -> None:
    account = an_account(store, "One", trust__pins=(PIN,))
    [first] = calendar.entries(store)
    later = replace(PIN, review=date(2027, 9, 1))
    store.save(put(store.load(account.id), "trust.pins", (later,)))
    [second] = calendar.entries(store)
    assert second.day != first.day
    assert second.uid == first.uid
    an_account(store, "Two", trust__pins=(PIN,))
    assert len({each.uid for each in calendar.entries(store)}) == 2


# The file


def unfolded(data: bytes) -> list[str]:
    """The content lines, read strictly (RFC 5545, section 3.1)."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    lines: list[str] = []
    for each in physical:
        assert len(each) <= 75
        assert each
        text = each.decode("utf-8")  # no character is cut in two
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def unescaped(text: str) -> str:
    """A TEXT value, read strictly (section 3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", text)
    parts = re.findall(r"\\(.)|([^\\])", text)
    assert all(escaped in ("", "\\", ";", ",", "n") for escaped, _ in parts)
    return "".join("\n" if escaped == "n" else escaped or bare for escaped, bare in parts)


Component = dict[str, str | list["Component"]]


def parsed(data: bytes) -> Component:
    """The calendar with its components nested; a property that stands twice is refused."""
    stack: list[Component] = [{"": []}]
    for line in unfolded(data):
        match = re.fullmatch(r"([A-Z-]+(?:;[A-Z]+=[A-Z-]+)*):(.*)", line)
        assert match, line
        name, value = match.groups()
        if name == "BEGIN":
            child: Component = {"BEGIN": value, "": []}
            children(stack[-1]).append(child)
            stack.append(child)
        elif name == "END":
            assert stack.pop()["BEGIN"] == value
        else:
            assert name not in stack[-1]
            stack[-1][name] = value
    [outer] = stack
    [found] = children(outer)
    assert found["BEGIN"] == "VCALENDAR"
    return found


def children(component: Component) -> list[Component]:
    """The components inside another."""
    found = component[""]
    assert isinstance(found, list)
    return found


def text_of(component: Component, name: str) -> str:
    """A property's TEXT."""
    value = component[name]
    assert isinstance(value, str)
    return unescaped(value)


def an_entry(what: str, day: date = date(2027, 5, 12), name: str = "Füße, 部; \\n") -> Entry:
    """An entry about something."""
    return Entry(day, Ending.CERTIFICATE, "a1", name, what, "Test of today", what)


def test_an_event_is_of_a_whole_day_and_reminds_two_weeks_before() -> None:
    found = parsed(icalendar([an_entry("CN=x")], AT))
    assert (found["VERSION"], found["CALSCALE"]) == ("2.0", "GREGORIAN")
    [event] = children(found)
    assert event["BEGIN"] == "VEVENT"
    assert event["DTSTAMP"] == "20261123T043012Z"
    assert event["DTSTART;VALUE=DATE"] == "20270512"
    assert event["DTEND;VALUE=DATE"] == "20270513"
    assert text_of(event, "SUMMARY") == "Certificate ends: CN=x (Füße, 部; \\n)"
    assert text_of(event, "DESCRIPTION") == "Found in: Test of today"
    [alarm] = children(event)
    assert (alarm["BEGIN"], alarm["ACTION"], alarm["TRIGGER"]) == ("VALARM", "DISPLAY", "-P14D")
    assert text_of(alarm, "DESCRIPTION") == text_of(event, "SUMMARY")


@given(st.lists(st.tuples(st.text(max_size=120), st.dates()), max_size=3))
def test_whatever_is_in_an_entry_the_file_keeps_to_the_rules(rows: list[tuple[str, date]]) -> None:
    found = [an_entry(what, day) for what, day in rows]
    events = children(parsed(icalendar(found, AT)))
    assert [event["UID"] for event in events] == [each.uid for each in found]
    assert [event["DTSTART;VALUE=DATE"] for event in events] == [
        each.day.isoformat().replace("-", "") for each in found
    ]


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=200))
def test_text_that_is_folded_and_escaped_comes_back(what: str) -> None:
    [event] = children(parsed(icalendar([an_entry(what)], AT)))
    assert text_of(event, "SUMMARY") == f"Certificate ends: {what} (Füße, 部; \\n)"


def test_the_file_of_the_same_entries_is_the_same() -> None:
    entries = [an_entry("one"), an_entry("two")]
    assert icalendar(entries, AT) == icalendar(entries, AT)
