"""test: what it prints, what it keeps, and what its exit code says, against the lab."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motion_desk.services.lab import Lab
from motion_desk.services.tester.keeping import of_plain
from motion_desk.services.tester.steps import StepName
from tests.cli.conftest import Run
from tests.cli.mail import CANARY, USER, documents, known, on
from tests.services.tester.orders import account, given

HOST = "imap.meridia.example"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab whose only user has the canary as password."""
    with Lab(tmp_path_factory.mktemp("lab"), people={USER: CANARY}, scale=0.05) as started:
        yield started


def document(folder: Path, **values: object) -> Path:
    """The document of an account of servers that only a lab knows, with short timeouts."""
    usual = {
        "imap__connection_timeout": 1,
        "imap__authentication_timeout": 1,
        "smtp__secure": True,
        "smtp__port": 465,
    }
    return documents(folder, account(HOST, USER, "", **(usual | values)), given())[0]


def test_the_verdict_comes_first_and_every_step_on_a_line(tmp_path: Path, run: Run) -> None:
    result = run("test", document(tmp_path), "--lab", "healthy")
    assert result.stdout.splitlines()[0] == "Tested: Motion would receive and send."
    steps = [line for line in result.stderr.splitlines() if re.match(r"\w+ +(IMAP|SMTP) ", line)]
    assert len(steps) == 10 + 10
    assert all(line.startswith("passed ") for line in steps)
    assert re.search(r"^passed +IMAP +Login +[\w.< ]+ms +", result.stderr, re.MULTILINE)


@pytest.mark.parametrize(
    ("flag", "verdict"),
    [
        ("--imap", "Motion would receive; sending was not tested."),
        ("--smtp", "Motion would send; receiving was not tested."),
    ],
)
def test_one_protocol_can_be_tested_alone(
    flag: str, verdict: str, tmp_path: Path, run: Run
) -> None:
    result = run("test", document(tmp_path), flag, "--lab", "healthy")
    assert result.stdout.startswith(f"Tested: {verdict}\n")
    other = {"--imap": "SMTP", "--smtp": "IMAP"}[flag]
    assert other not in result.stderr


CODES = [
    ("inputs", "healthy", "--imap", {"imap__username": ""}),
    ("dns", "name-not-found", "--imap", {}),
    ("dns", "name-not-found", "--smtp", {}),
    ("tcp", "port-refused", "--imap", {}),
    ("tcp", "port-silent", "--imap", {}),
    ("tls", "self-signed", "--imap", {}),
    ("tls", "private-ca", "--smtp", {}),
    ("greeting", "greeting-bye", "--imap", {}),
    ("greeting", "pop3", "--imap", {}),
    ("capabilities", "garbage-lines", "--imap", {}),
    ("capabilities", "garbage-lines", "--smtp", {}),
    ("login", "wrong-password", "--imap", {}),
    ("login", "wrong-password", "--smtp", {}),
    ("mailbox", "mailbox-missing", "--imap", {"imap__mailbox": "Suport"}),
    ("headers", "huge-literal", "--imap", {}),
    ("sender", "sender-refused", "--smtp", {"settings__address": "other@example.test"}),
    ("recipient", "recipient-refused", "--smtp", {}),
]


@pytest.mark.parametrize(
    ("step", "fault", "flag", "values"), CODES, ids=[f"{each[1]}{each[2]}" for each in CODES]
)
def test_the_exit_code_tells_the_step_that_failed(
    step: str, fault: str, flag: str, values: dict[str, object], tmp_path: Path, run: Run
) -> None:
    name = next(name for name in StepName if name.value == step)
    path = document(tmp_path, **values)
    result = run("test", path, flag, "--lab", fault, code=name.exit_code)
    assert f"\nFAILED  {flag[2:].upper()}, {name.title}: " in result.stdout
    assert "\n  1. " in result.stdout


def test_imap_decides_about_the_exit_code_where_both_fail(tmp_path: Path, run: Run) -> None:
    both = document(tmp_path, settings__address="other@example.test")
    run("test", both, "--lab", "wrong-password", code=17)
    result = run("test", both, "--lab", "sender-refused", code=20)
    assert "Motion would receive but not send." in result.stdout


def test_a_warning_is_no_failure(tmp_path: Path, run: Run) -> None:
    path = document(tmp_path, smtp__secure=False, smtp__port=587)
    result = run("test", path, "--smtp", "--lab", "starttls-missing")
    assert "WARNING  SMTP" in result.stdout
    assert "FAILED" not in result.stdout


def test_modern_authentication_is_tested_by_a_sign_in_at_the_lab(samples: Path, run: Run) -> None:
    files = (samples / "customer-care.yaml", samples / "workspace.yaml")
    assert "by XOAUTH2" in run("test", *files, "--lab", "healthy").stderr
    result = run("test", *files, "--lab", "mfa-required", code=StepName.TOKEN.exit_code)
    assert "A second factor is wanted" in result.stdout


def test_a_document_of_a_modern_account_has_no_sign_in(samples: Path, run: Run) -> None:
    files = (samples / "customer-care.yaml", samples / "workspace.yaml")
    result = run("test", *files, "--until", "inputs")
    assert "Whether Motion would receive and send cannot be told." in result.stdout


def test_a_test_that_is_to_end_early_ends_there(tmp_path: Path, run: Run) -> None:
    result = run("test", document(tmp_path), "--imap", "--until", "dns", "--lab", "healthy")
    assert "Whether Motion would receive cannot be told." in result.stdout
    assert re.findall(r"^passed +IMAP +(\w+)", result.stderr, re.MULTILINE) == ["Values", "Name"]
    assert "not run   IMAP  Connection" in result.stderr


def test_who_ends_with_encryption_sends_no_password_without_it(
    lab: Lab, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that a test lacks does not let it run to its end."""
    monkeypatch.setenv("MOTION_DESK_PASSWORD", CANARY)
    lab.show("healthy")
    lab.seen.clear()
    clear = {"imap__ssl": False, "imap__port": lab.ports[143]}
    path, _ = documents(tmp_path, on(lab, **clear), known(lab))
    run("test", path, "--imap", "--until", "tls")
    assert lab.seen.logins == {}
    run("test", path, "--imap", "--until", "login")
    assert sum(lab.seen.logins.values()) == 1


def test_json_is_all_there_is_on_standard_output(tmp_path: Path, run: Run) -> None:
    result = run("test", document(tmp_path), "--lab", "wrong-password", "--json", code=17)
    found = json.loads(result.stdout)
    assert found["verdict"]["sentence"] == "Motion would neither receive nor send."
    assert found["exit_code"] == 17
    assert found["lab"] is True
    assert of_plain(found).name == "Tested"


def test_several_accounts_are_a_list_and_the_first_failure_counts(samples: Path, run: Run) -> None:
    names = ("system-mail", "customer-care", "outlet-marketplace", "workspace")
    files = [samples / f"{name}.yaml" for name in names]
    code = StepName.TOKEN.exit_code
    result = run("test", *files, files[0], "--lab", "app-unknown", "--json", code=code)
    found = json.loads(result.stdout)
    assert [each["name"] for each in found] == [
        "System mail",
        "Customer care",
        "Outlet marketplace",
    ]
    assert [each["exit_code"] for each in found] == [0, code, 0]
    broken = document(samples / "broken", settings__address="other@example.test")
    unknown, sound = files[1], files[0]
    run("test", unknown, broken, sound, files[-1], "--lab", "sender-refused", code=20)
    said = run("test", sound, unknown, broken, files[-1], "--lab", "wrong-password", code=17).stdout
    assert [said.count(f"{name}: ") for name in ("System mail", "Customer care", "Tested")] == [
        1
    ] * 3


@pytest.mark.parametrize(
    ("name", "begin"),
    [("r.html", "<!DOCTYPE html>"), ("r.md", "# Motion would"), ("r.json", '{\n  "motion_desk')],
)
def test_a_report_is_of_the_kind_that_its_name_says(
    name: str, begin: str, tmp_path: Path, run: Run
) -> None:
    run("test", document(tmp_path), "--lab", "healthy", "--report", tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith(begin)
    assert "Motion would receive and send." in text
    if not name.endswith("json"):
        assert "In the lab" in text


def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path: Path, run: Run) -> None:
    (tmp_path / "r.md").symlink_to(tmp_path / "gone" / "r.md")
    result = run(
        "test", document(tmp_path), "--report", tmp_path / "r.md", "--lab", "healthy", code=1
    )
    assert result.stderr.splitlines()[-1].startswith(f"Error: {tmp_path / 'r.md'}: ")


WRONG = {
    "an unknown step": (("--until", "dance"), "“dance” is no step. Steps are: inputs, dns"),
    "an unknown fault": (("--lab", "self-singed"), "Did you mean “self-signed”?"),
    "a report of an unknown kind": (("--report", "r.txt"), "ends in .html, .md or .json"),
    "a report nowhere": (("--report", "gone/r.md"), "there is no such folder"),
    "a report of several": (("--report", "r.md", "{other}"), "--report writes one test"),
    "a document that is none": (("{bad}",), "This is not YAML"),
    "a document with a wrong value": (("{wrong}",), "is outside 1 to 65535"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_call_ends_with_2_and_tests_nothing(
    what: str, samples: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(samples)
    (samples / "bad.yaml").write_text("a: [")
    text = (samples / "trade-desk.yaml").read_text(encoding="utf-8")
    (samples / "wrong.yaml").write_text(text.replace("port: 993", "port: 99300"), encoding="utf-8")
    arguments, said = WRONG[what]
    names = {"bad": "bad.yaml", "wrong": "wrong.yaml", "other": "system-mail.yaml"}
    more = [each.format_map(names) for each in arguments]
    result = run("test", "trade-desk.yaml", "workspace.yaml", *more, code=2)
    assert said in result.stderr
    assert result.stdout == ""
    assert "Testing" not in result.stderr


def test_only_the_workspace_s_document_is_no_account(samples: Path, run: Run) -> None:
    result = run("test", samples / "workspace.yaml", code=2)
    assert "None of these files is an account's document." in result.stderr


def test_help_names_every_step(run: Run) -> None:
    words = " ".join(run("test", "--help").stdout.split())
    steps = [step.value for step in StepName]
    assert f"STEP is {', '.join(steps[:-1])} or {steps[-1]}." in words
    codes = [step.exit_code for step in StepName]
    assert f"with {min(codes)} to {max(codes)} by the first step" in words


def test_the_page_about_tests_lists_every_step_with_its_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)
    assert listed == [(step.value, str(step.exit_code)) for step in StepName]
