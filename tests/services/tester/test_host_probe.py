"""The probe for the Motion host: one readable file, run as a process, read back as a report."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab import Lab
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.host_probe.comparing import differences, first_difference
from motion_desk.services.tester.host_probe.reading import LARGEST, read, read_file
from motion_desk.services.tester.host_probe.refusals import HostProbeError, Refusal
from motion_desk.services.tester.host_probe.script import script
from motion_desk.services.tester.keeping import of_plain, plain
from motion_desk.services.tester.steps import State, StepName
from tests.servers.conftest import dovecot
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, PEOPLE
from tests.services.mail.scripted import Play, saying, server, silence, without_end
from tests.services.tester.host_probes import PASSWORD, USER, first_failure, on, ran, there
from tests.services.tester.orders import IMAP, SMTP, account, given, order, report

__all__ = ["dovecot"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab for all tests, which show it their faults."""
    with Lab(tmp_path_factory.mktemp("lab"), people={USER: PASSWORD}, scale=0.05) as started:
        yield started


@pytest.fixture
def shown(lab: Lab) -> Iterator[Callable[[str], Lab]]:
    """Shows a fault until the test ends."""

    def show(fault: str) -> Lab:
        lab.show(fault)
        return lab

    yield show
    lab.show("healthy")


def test_the_file_is_python_3_6_from_the_standard_library_and_ascii() -> None:
    text = script(replace(account("imap.straße.example", USER, PASSWORD), id="prüfstück"))
    tree = ast.parse(text, feature_version=(3, 6))
    assert text.isascii()
    assert "xn--strae-oqa" in text
    imported = {
        name.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported <= set(sys.stdlib_module_names)
    assert len(text.splitlines()) < 480
    # What came after Python 3.6, and is not looked for before it is used.
    assert not any(isinstance(node, ast.NamedExpr | ast.Match) for node in ast.walk(tree))
    for word in ("removeprefix", "fromisoformat", "capture_output", "__future__", "from_exception"):
        assert word not in text


def test_the_file_holds_no_secret_and_nothing_of_a_person() -> None:
    tested = account("imap.example.test", USER, PASSWORD, settings__name="Customer Care")
    text = script(tested)
    for word in (PASSWORD, USER, "Customer Care"):
        assert word not in text
    assert tested.id in text


def test_values_are_data_and_never_code() -> None:
    evil = "x'\"\"\"\\\n__import__('os').abort()"
    tested = account(evil, USER, PASSWORD)
    text = script(tested)
    order_node = next(
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ORDER"
    )
    assert ast.literal_eval(order_node.value)["servers"][0]["host"] == evil.lower()


def test_an_account_without_servers_has_no_probe() -> None:
    with pytest.raises(HostProbeError) as refused:
        script(Account(id="empty"))
    assert refused.value.refusal is Refusal.NOTHING_TO_PROBE


def test_a_sound_account_passes_every_step_but_the_login(lab: Lab, tmp_path: Path) -> None:
    tested, workspace = on(lab), given(lab.certificate)
    lab.seen.clear()
    found = there(tested, workspace, tmp_path)
    assert found.vantage.startswith("Motion server ")
    assert found.account == tested.id
    for probe in found.probes:
        states = {step.name: step.state for step in probe.steps}
        for name in (StepName.DNS, StepName.TCP, StepName.TLS, StepName.GREETING):
            assert states[name] is State.PASSED
        assert states[StepName.CAPABILITIES] is State.PASSED
        assert states[StepName.LOGIN] is State.NOT_RUN
    assert lab.seen.logins == {}
    step = found.probes[0].step(StepName.TLS)
    assert step is not None
    facts = {fact.code: fact.value for fact in step.facts}
    assert facts["trust.motion"] == "trusted"
    assert facts["trust.host"].startswith("not trusted: ")
    assert "trust.workstation" not in facts
    assert facts["certificate.sha256"]
    assert of_plain(plain(found)) == of_plain(plain(of_plain(plain(found))))


def test_it_finds_what_a_test_from_here_finds(lab: Lab, tmp_path: Path) -> None:
    tested, workspace = on(lab), given(lab.certificate)
    here = report(order(tested, workspace, None))
    assert first_difference(here, there(tested, workspace, tmp_path)) is None


FAULTS = [
    ("self-signed", IMAP, StepName.TLS, Failure.SELF_SIGNED),
    ("expired", SMTP, StepName.TLS, Failure.CERTIFICATE_EXPIRED),
    ("missing-intermediate", IMAP, StepName.TLS, Failure.CHAIN_INCOMPLETE),
    ("wrong-name", IMAP, StepName.TLS, Failure.WRONG_NAME),
    ("old-tls", IMAP, StepName.TLS, Failure.TLS_TOO_OLD),
    ("tls-broken", SMTP, StepName.TLS, Failure.TLS_BROKEN),
    ("wrong-port-tls", IMAP, StepName.TLS, Failure.TLS_TO_CLEAR_PORT),
    ("client-certificate", IMAP, StepName.GREETING, Failure.CLIENT_CERTIFICATE),
    ("swapped", SMTP, StepName.GREETING, Failure.OTHER_PROTOCOL),
    ("pop3", IMAP, StepName.GREETING, Failure.POP3),
    ("not-mail", SMTP, StepName.GREETING, Failure.NO_MAIL_SERVER),
    ("greeting-bye", IMAP, StepName.GREETING, Failure.TURNED_AWAY),
    ("drop-after-greeting", IMAP, StepName.CAPABILITIES, Failure.CLOSED),
    ("garbage-lines", SMTP, StepName.CAPABILITIES, Failure.NONSENSE),
    ("endless-line", IMAP, StepName.CAPABILITIES, Failure.ENDLESS),
]


@pytest.mark.parametrize(
    ("fault", "protocol", "name", "failure"), FAULTS, ids=[each[0] for each in FAULTS]
)
def test_a_fault_is_found_there_as_it_is_here(
    fault: str,
    protocol: Protocol,
    name: StepName,
    failure: Failure,
    shown: Callable[[str], Lab],
    tmp_path: Path,
) -> None:
    lab = shown(fault)
    tested, workspace = on(lab), given(lab.certificate)
    found = there(tested, workspace, tmp_path)
    assert first_failure(found, protocol) == (name, failure)
    probe = found.probe(protocol)
    assert probe is not None
    assert probe.failed is not None
    assert probe.failed.findings[0].remedies
    assert {each.state for each in probe.steps[probe.steps.index(probe.failed) + 1 :]} == {
        State.NOT_RUN
    }


STARTTLS = [
    ("healthy", None, None),
    ("starttls-broken", StepName.TLS, Failure.TLS_BROKEN),
    ("starttls-stripped", StepName.TLS, Failure.STARTTLS_REFUSED),
    ("wrong-port-clear", StepName.GREETING, Failure.SPEAKS_TLS),
]


@pytest.mark.parametrize(("fault", "name", "failure"), STARTTLS, ids=[each[0] for each in STARTTLS])
def test_starttls_is_looked_at(
    fault: str,
    name: StepName | None,
    failure: Failure | None,
    shown: Callable[[str], Lab],
    tmp_path: Path,
) -> None:
    lab = shown(fault)
    tested = on(
        lab,
        smtp__port=lab.ports[587],
        smtp__secure=False,
        imap__connection_timeout=1,
    )
    text = script(tested).replace("'seconds': 30.0", "'seconds': 1.5")
    found = read(ran(text, tmp_path), tested, given(lab.certificate))
    assert first_failure(found, SMTP) == (None if name is None else (name, failure))


def test_no_encryption_is_a_warning_and_ends_the_look(
    shown: Callable[[str], Lab], tmp_path: Path
) -> None:
    lab = shown("starttls-missing")
    tested = on(lab, smtp__port=lab.ports[587], smtp__secure=False)
    probe = there(tested, given(lab.certificate), tmp_path).probe(SMTP)
    assert probe is not None
    step = probe.step(StepName.TLS)
    assert step is not None
    assert (step.state, step.findings[0].failure) == (State.WARNING, Failure.CLEAR_TEXT)


def test_names_and_ports_that_are_not_there_are_told_apart(lab: Lab, tmp_path: Path) -> None:
    nobody = "x" * 64 + ".example"
    tested = on(lab, imap__host=nobody, smtp__port=1)
    found = there(tested, given(), tmp_path)
    assert first_failure(found, IMAP) == (StepName.DNS, Failure.NAME_UNKNOWN)
    assert first_failure(found, SMTP) == (StepName.TCP, Failure.PORT_REFUSED)


PLAYS: list[tuple[Play, StepName, Failure]] = [
    (silence, StepName.GREETING, Failure.GREETING_SLOW),
    (without_end(b"* OK " + b"x" * 1000), StepName.GREETING, Failure.ENDLESS),
    (saying(b"* O"), StepName.GREETING, Failure.TOO_SLOW),
    (saying(b"* OK ready\r\n"), StepName.CAPABILITIES, Failure.TOO_SLOW),
    (saying(b"* OK \xff\x00\x1b[2J\r\n* X\r\n", b"* X\r\n" * 500), StepName.CAPABILITIES, Failure.ENDLESS),
]  # fmt: skip


@pytest.mark.parametrize(("play", "name", "failure"), PLAYS, ids=range(len(PLAYS)))
def test_a_server_that_never_comes_to_an_end_is_left_in_time(
    play: Play, name: StepName, failure: Failure, tmp_path: Path
) -> None:
    with server(play) as (_, port):
        values: dict[str, Any] = {"imap__ssl": False, "imap__port": port, "smtp__host": ""}
        tested = account("127.0.0.1", USER, PASSWORD, imap__connection_timeout=1, **values)
        text = script(tested).replace("WHOLE_SECONDS = 30", "WHOLE_SECONDS = 2")
        begun = monotonic()
        said = ran(text, tmp_path)
        assert monotonic() - begun < 12
    assert "\x1b" not in said
    assert first_failure(read(said, tested), IMAP) == (name, failure)


def test_dovecot_is_looked_at_as_a_test_from_here_does(dovecot: Dovecot, tmp_path: Path) -> None:
    tested = account(
        dovecot.host,
        ALICE,
        PEOPLE[ALICE],
        imap__port=dovecot.imaps,
        smtp__port=dovecot.submission,
        smtp__secure=False,
    )
    workspace = given(dovecot.ca_pem)
    found = there(tested, workspace, tmp_path)
    assert [first_failure(found, each) for each in Protocol] == [None, None]
    probe = found.probe(SMTP)
    assert probe is not None
    hello = probe.step(StepName.HELLO)
    assert hello is not None
    assert any(fact.value.startswith("AUTH ") for fact in hello.facts)
    assert first_difference(report(order(tested, workspace, dovecot.route)), found) is None


def test_what_only_the_host_cannot_reach_is_marked_and_says_why(lab: Lab, tmp_path: Path) -> None:
    tested, workspace = on(lab), given(lab.certificate)
    here = report(order(tested, workspace, None))
    result = json.loads(ran(script(tested), tmp_path))
    steps = result["probes"][1]["steps"]
    attempts = [{"address": "127.0.0.1", "outcome": "silent", "seconds": 9.0, "detail": ""}]
    steps[1:] = [{**steps[1], "outcome": "not-connected", "attempts": attempts}]
    found = first_difference(here, read(json.dumps(result), tested, workspace))
    assert found is not None
    assert (found.protocol, found.name, found.code) == (SMTP, StepName.TCP, "only-there")
    assert found.decides
    assert "lets this workstation out, but not the Motion server" in found.sentence


def test_other_addresses_and_another_certificate_are_marked_where_both_went_well(
    lab: Lab, tmp_path: Path
) -> None:
    tested, workspace = on(lab), given(lab.certificate)
    result = json.loads(ran(script(tested), tmp_path))
    here = report(order(tested, workspace, None))
    result["probes"][0]["steps"][0]["addresses"] = ["192.0.2.7"]
    del result["probes"][1]["steps"][2]["chain"][0]
    found = read(json.dumps(result), tested, workspace)
    codes = {each.protocol: (each.code, each.decides) for each in differences(here, found)}
    assert codes[IMAP] == ("other-addresses", False)
    assert codes[SMTP][1]
    assert first_difference(here, found) == differences(here, found)[1]


def test_no_remedy_for_there_speaks_of_this_workstation(tmp_path: Path) -> None:
    tested = account("127.0.0.1", USER, PASSWORD)
    found = json.loads(ran(script(tested), tmp_path))
    for outcome in ("silent", "unreachable"):
        attempt = {"address": "127.0.0.1", "outcome": outcome, "seconds": 9.0, "detail": "no route"}
        for probe in found["probes"]:
            probe["steps"][1:] = [
                {**probe["steps"][1], "outcome": "not-connected", "attempts": [attempt]}
            ]
        for probe in read(json.dumps(found), tested).probes:
            step = probe.failed
            assert step is not None
            remedies = step.findings[0].remedies
            assert remedies
            assert not any(remedy.here for remedy in remedies)
            said = " ".join(remedy.sentence for remedy in remedies)
            assert "this workstation" not in said
            assert "test there" not in said


def test_a_file_is_read_within_bounds_and_refused_by_name(tmp_path: Path) -> None:
    tested = account("127.0.0.1", USER, PASSWORD)
    path = tmp_path / "result.json"
    path.write_text(ran(script(tested), tmp_path), encoding="utf-8-sig")
    assert read_file(path, tested).account == tested.id, "a byte order mark does no harm"
    for content, refusal in (
        (b" " * (LARGEST + 1), Refusal.TOO_LARGE),
        (b"\xff\xfe{\x00", Refusal.NO_TEXT),
        (b"", Refusal.BROKEN),
    ):
        path.write_bytes(content)
        with pytest.raises(HostProbeError) as refused:
            read_file(path, tested)
        assert refused.value.refusal is refusal
    with pytest.raises(HostProbeError) as refused:
        read_file(tmp_path, tested)
    assert refused.value.refusal is Refusal.NO_FILE
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "gone", tested)
