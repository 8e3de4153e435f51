"""sign-in: who signs in is told, why not is explained, and the keyring alone holds the rest."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from motion_desk.services.oauth.sign_in import Flow
from tests.cli.conftest import Run
from tests.cli.mail import environment
from tests.journeys.keyring_session import KEYRING_TOOLS, UNLOCKED
from tests.needs import needs

PROVIDER = "Entra – customer care"


@pytest.mark.parametrize("flow", Flow, ids=lambda flow: flow.value)
def test_the_lab_signs_in_each_way_and_says_who(run: Run, workspace: Path, flow: Flow) -> None:
    result = run("sign-in", PROVIDER, f"--{flow.value}", "--lab", "healthy", *at(workspace))
    who = "the application itself" if flow is Flow.APPLICATION else "anna@lab.example"
    assert result.stdout.startswith(f"Signed in to {PROVIDER}: {who}.\n")
    assert "Permissions: IMAP.AccessAs" in result.stdout
    assert "Warning" not in result.stdout
    shown = r"Open (https://\S+/device) in any browser .* the code (\w+)"
    assert bool(re.search(shown, result.stderr)) == (flow is Flow.DEVICE)


def at(workspace: Path) -> tuple[str, Path]:
    return "--workspace", workspace


@pytest.mark.parametrize(
    ("fault", "flow", "words"),
    [
        ("consent-needed", "--browser", "AADSTS65001"),
        ("mfa-required", "--browser", "AADSTS50076"),
        ("secret-expired", "--application", "AADSTS7000222"),
        ("device-declined", "--device", "The sign-in was declined"),
        ("identity-html", "--device", "answered with a web page"),
        ("clock-wrong", "--browser", "differ by 5 hours"),
    ],
)
def test_a_fault_ends_with_1_and_is_explained(
    run: Run, workspace: Path, fault: str, flow: str, words: str
) -> None:
    result = run("sign-in", PROVIDER, flow, "--lab", fault, *at(workspace), code=1)
    assert "Not signed in. " in result.stderr
    assert words in result.stderr
    assert ("Text for the administrator" in result.stdout) == words.startswith("AADSTS")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("token-audience", "is for Microsoft Graph"),
        ("token-scope", "does not allow SMTP.Send"),
        ("token-tenant", "comes from the tenant other-tenant"),
        ("token-expired", "expired at"),
    ],
)
def test_a_token_that_mail_servers_will_not_take_is_warned_of(
    run: Run, workspace: Path, fault: str, words: str
) -> None:
    result = run("sign-in", PROVIDER, "--browser", "--lab", fault, *at(workspace))
    assert re.search(f"^Warning: .*{words}", result.stdout, re.MULTILINE)


def test_an_unknown_provider_is_answered_with_a_near_one(run: Run, workspace: Path) -> None:
    result = run("sign-in", "entra - customer care", "--lab", "healthy", *at(workspace), code=2)
    assert f"Did you mean “{PROVIDER}”?" in result.stderr


def test_without_a_keyring_no_sign_in_is_begun(run: Run, workspace: Path) -> None:
    result = run("sign-in", PROVIDER, *at(workspace), code=1)
    assert "No system keyring was found." in result.stderr
    assert "so none was made" in result.stderr


def test_a_test_in_the_lab_of_a_modern_account_signs_in_by_itself(
    run: Run, workspace: Path
) -> None:
    for fault, code in (("healthy", 0), ("consent-needed", 23)):
        result = run("test", "care", "--imap", "--lab", fault, *at(workspace), code=code)
        assert "Sign-in" in result.stderr


IN_SESSION = """
import sys, threading
from pathlib import Path
from motion_desk.services import demo, folders
from motion_desk.services.lab import Lab
from motion_desk.services.oauth import in_lab
from motion_desk.services.oauth.provider import provider_of
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.__main__ import command
from motion_desk.services.oauth import cache
from motion_desk.services.secrets import service_of
path = Path(sys.argv[1])
demo.create(path, Secrets())
with Lab(path.parent / "lab") as lab:
    store = Store.open(path, Secrets())
    entry = store.workspace().cloud_providers.entries[0]
    text = in_lab.renewable(lab, provider_of(entry), "anna@lab.example")
    cache.keep(store.secrets, service_of(store.identity), entry.id, text)
    print("kept", len(cache.kept(store.secrets, service_of(store.identity), entry.id)) == len(text))
    store.close()
arguments = ["sign-in", entry.name, "--forget", "--workspace", str(path)]
command(arguments, standalone_mode=False)
store = Store.open(path, Secrets())
print("left", repr(cache.kept(store.secrets, service_of(store.identity), entry.id)))
store.close()
"""


@needs(*KEYRING_TOOLS)
def test_a_real_keyring_keeps_a_sign_in_and_forgets_it(tmp_path: Path) -> None:
    session = ["dbus-run-session", "--", "bash", "-c", UNLOCKED, "bash"]
    path = tmp_path / "kept.motiondesk"
    done = subprocess.run(
        [*session, sys.executable, "-c", IN_SESSION, path],
        env=environment(
            PYTHON_KEYRING_BACKEND="keyring.backends.SecretService.Keyring",
            KEYRING_PASSWORD="open sesame",
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "kept True"
    assert lines[1].startswith(f"Signed out of {PROVIDER}")
    assert lines[2] == "left ''"
    assert b"eyJ" not in path.read_bytes()
