"""test: where passwords come from, that none gets out, and how a running test is ended."""

import base64
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from motion_desk.models.choices import Service
from motion_desk.services.lab import Lab
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.cli.conftest import Run
from tests.cli.mail import (
    CANARY,
    SOON,
    USER,
    command,
    documents,
    environment,
    known,
    on,
    terminal,
)
from tests.journeys.keyring_session import KEYRING_TOOLS, UNLOCKED
from tests.needs import needs
from tests.patience import PROMPT
from tests.services.tester.orders import account, given

WRONG = "not the canary"


@pytest.fixture(scope="module")
def module_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab whose only user has the canary as password."""
    with Lab(tmp_path_factory.mktemp("lab"), people={USER: CANARY}, scale=0.05) as started:
        yield started


@pytest.fixture
def lab(module_lab: Lab) -> Lab:
    """The same in health, as if nobody had been there."""
    module_lab.show("healthy")
    module_lab.seen.clear()
    return module_lab


@pytest.fixture
def files(lab: Lab, tmp_path: Path) -> tuple[Path, Path]:
    """The documents of an account whose servers are the lab's."""
    return documents(tmp_path / "documents", on(lab), known(lab))


def forms(text: str) -> list[bytes]:
    """The forms in which a password could get out."""
    raw = text.encode()
    plain = b"\0" + USER.encode() + b"\0" + raw
    escaped = json.dumps(text)[1:-1].encode()
    return [raw, escaped, base64.b64encode(raw), base64.b64encode(plain), CANARY[:12].encode()]


@pytest.mark.parametrize(
    "variables",
    [
        {"MOTION_DESK_PASSWORD": CANARY},
        {"MOTION_DESK_IMAP_PASSWORD": CANARY, "MOTION_DESK_SMTP_PASSWORD": CANARY},
        {"MOTION_DESK_IMAP_PASSWORD": CANARY, "MOTION_DESK_PASSWORD": CANARY},
        {"MOTION_DESK_SMTP_PASSWORD": CANARY, "MOTION_DESK_PASSWORD": CANARY},
    ],
    ids=lambda variables: "+".join(name[12:-9] or "both" for name in variables),
)
def test_the_environment_gives_the_password(
    variables: dict[str, str], files: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert "Motion would receive and send." in run("test", *files).stdout


def test_a_protocol_s_own_variable_beats_that_of_both(
    files: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DESK_PASSWORD", CANARY)
    monkeypatch.setenv("MOTION_DESK_SMTP_PASSWORD", WRONG)
    result = run("test", *files, code=17)
    assert "Motion would receive but not send." in result.stdout


def test_without_any_the_ways_are_named_and_nobody_is_called(
    lab: Lab, files: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DESK_PASSWORD", "")
    result = run("test", *files, code=10)
    for part in (
        "Documents hold no passwords.",
        "MOTION_DESK_IMAP_PASSWORD",
        "MOTION_DESK_SMTP_PASSWORD",
        "MOTION_DESK_PASSWORD for both",
        "on a terminal",
    ):
        assert part in result.stdout
    assert lab.seen.connections == 0


def test_a_stored_password_that_the_keyring_lacks_is_said_to_be_missing(
    workspace: Path, run: Run
) -> None:
    result = run("test", "TRADE", "--workspace", workspace, code=10)
    assert "There is no such entry in the keyring. Set MOTION_DESK_IMAP_PASSWORD" in result.stdout


def test_one_password_is_never_sent_for_several_accounts(
    lab: Lab, files: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch, samples: Path
) -> None:
    monkeypatch.setenv("MOTION_DESK_IMAP_PASSWORD", CANARY)
    result = run("test", *files, samples / "system-mail.yaml", code=2)
    assert "which would be sent for all 2 accounts" in result.stderr
    assert lab.seen.connections == 0


def test_no_option_takes_a_password(run: Run) -> None:
    options = re.findall(r"--[\w-]+", run("test", "--help").stdout)
    assert not [each for each in options if "pass" in each or "secret" in each]


def test_in_the_lab_no_password_of_one_s_own_is_needed(workspace: Path, run: Run) -> None:
    run("test", "TRADE", "--workspace", workspace, "--lab", "healthy", "--no-keep")


def test_in_the_lab_the_environment_can_show_the_right_one(
    samples: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = (samples / "trade-desk.yaml", samples / "workspace.yaml")
    run("test", *names, "--lab", "wrong-password", code=17)
    monkeypatch.setenv("MOTION_DESK_PASSWORD", "lab-password")
    run("test", *names, "--lab", "wrong-password")


IN_SESSION = """
import os, subprocess, sys
from dataclasses import replace
from pathlib import Path
from motion_desk.models.secret import Secret
from motion_desk.services.exchange.document import load, parse
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store

path, *files = map(Path, sys.argv[1:])
account, workspace = (parse(load(file)).read().document for file in files)
secret = Secret(typed=os.environ.pop("CANARY"))
imap, smtp = (replace(section, password=secret) for section in (account.imap, account.smtp))
store = Store.create(path, Secrets(), workspace)
store.save(replace(account, imap=imap, smtp=smtp))
store.close()
for more in ({}, {"MOTION_DESK_PASSWORD": "wrong"}):
    arguments = [sys.executable, "-m", "motion_desk", "test", "Tested", "--workspace", path]
    done = subprocess.run(arguments, env={**os.environ, **more}, stdin=subprocess.DEVNULL)
    print("ended with", done.returncode, flush=True)
"""


@needs(*KEYRING_TOOLS)
def test_the_keyring_gives_an_account_s_password_unless_the_environment_does(
    lab: Lab, files: tuple[Path, Path], tmp_path: Path
) -> None:
    session = ["dbus-run-session", "--", "bash", "-c", UNLOCKED, "bash"]
    done = subprocess.run(
        [*session, sys.executable, "-c", IN_SESSION, tmp_path / "kept.motiondesk", *files],
        env=environment(
            PYTHON_KEYRING_BACKEND="keyring.backends.SecretService.Keyring",
            KEYRING_PASSWORD="open sesame",
            CANARY=CANARY,
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    ends = re.findall(r"^ended with (\d+)$", done.stdout, re.MULTILINE)
    assert ends == ["0", "17"], done.stdout + done.stderr
    assert not [form for form in forms(CANARY) if form in (done.stdout + done.stderr).encode()]


def test_a_terminal_is_asked_and_shows_nothing_of_what_is_typed(
    lab: Lab, files: tuple[Path, Path]
) -> None:
    with terminal("test", *files) as shown:
        shown.wait_for(f"IMAP password of {USER} at 127.0.0.1")
        shown.type(CANARY)
        shown.wait_for("SMTP password of support@example.test at 127.0.0.1 (Enter: the same")
        shown.type("")
        assert shown.end() == 0
    assert "Motion would receive and send." in shown.text
    assert CANARY not in shown.text
    assert sum(lab.seen.logins.values()) == 2


def test_a_password_that_both_share_is_asked_for_once(tmp_path: Path) -> None:
    tested = account("", USER, "", settings__service=Service.GMAIL, authentication__username=USER)
    path, other = documents(tmp_path, tested, given())
    with terminal("test", path, other, "--until", "inputs") as shown:
        shown.wait_for("IMAP password of")
        shown.type("x")
        assert shown.end() == 0
    assert "SMTP password of" not in shown.text


def test_on_a_terminal_the_running_step_counts_down(files: tuple[Path, Path], lab: Lab) -> None:
    lab.show("half-greeting")
    with terminal("test", *files, "--imap", MOTION_DESK_PASSWORD=CANARY) as shown:
        shown.wait_for("IMAP Greeting: 9 s left")
        shown.wait_for("IMAP Greeting: 8 s left")
        shown.process.send_signal(signal.SIGINT)
        assert shown.end() == 130
    assert "\r\x1b[K" in shown.text
    assert "\x1b[32m✓\x1b[0m  IMAP  Values" in shown.text
    assert "■  IMAP  Greeting" in shown.text


def test_colours_can_be_turned_off(files: tuple[Path, Path]) -> None:
    with terminal("test", *files, MOTION_DESK_PASSWORD=CANARY, NO_COLOR="1") as shown:
        assert shown.end() == 0
    assert "✓  IMAP  Values" in shown.text
    assert "\x1b[3" not in shown.text


def test_ctrl_c_ends_a_test_at_once_and_says_what_is_known(
    files: tuple[Path, Path], lab: Lab, tmp_path: Path
) -> None:
    lab.show("half-greeting")
    report = tmp_path / "report.md"
    running = subprocess.Popen(
        command("test", *files, "--json", "--report", report),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(MOTION_DESK_PASSWORD=CANARY),
        text=True,
    )
    with running:
        assert running.stderr
        encrypted = 0
        for line in running.stderr:
            encrypted += "Encryption" in line
            if encrypted == 2:
                break
        begun = monotonic()
        running.send_signal(signal.SIGINT)
        stdout, _ = running.communicate(timeout=SOON)
        taken = monotonic() - begun
    assert running.returncode == 130
    assert taken < PROMPT, "the greeting is waited for ten seconds"
    found = json.loads(stdout)
    for probe in found["probes"]:
        states = {step["name"]: step["state"] for step in probe["steps"]}
        assert states["tcp"] == states["tls"] == "passed"
        assert states["greeting"] == "stopped"
        assert states["login"] == "not run"
    assert found["verdict"]["tone"] == "stopped"
    assert "stopped before the end" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", ["healthy", "echo"])
def test_a_password_is_in_nothing_that_is_written(
    fault: str, files: tuple[Path, Path], lab: Lab, tmp_path: Path, home: Path
) -> None:
    """Also where the server repeats it."""
    lab.show(fault)
    names = ("report.html", "report.md", "report.json")
    reports = [tmp_path / name for name in names]
    path = tmp_path / "kept.motiondesk"
    store = Store.create(path, Secrets(system=False), known(lab))
    store.save(on(lab))
    store.close()
    seen = b""
    for file in reports:
        running = subprocess.Popen(
            command("test", "Tested", "--workspace", path, "--json", "--report", file),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            env=environment(MOTION_DESK_PASSWORD=CANARY),
        )
        arguments = Path(f"/proc/{running.pid}/cmdline")
        seen += arguments.read_bytes() if arguments.exists() else b""
        out, err = running.communicate(timeout=SOON)
        assert running.returncode == (0 if fault == "healthy" else 17)
        seen += out + err + file.read_bytes()
    store = Store.open(path, Secrets(system=False))
    assert len(store.runs("tested")) == 3
    store.close()
    for file in [*tmp_path.rglob("*"), *home.rglob("*")]:
        seen += file.read_bytes() if file.is_file() else b""
    assert b"Tested" in seen
    assert [form for form in forms(CANARY) if form in seen] == []
