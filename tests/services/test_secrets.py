"""Secrets are kept in the system's keyring, or plainly for the session only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motion_desk.services.secrets import LONGEST_ENTRY, Secrets, new_reference, service_of
from tests.needs import needs

SERVICE = service_of("test")
ROOT = Path(__file__).parents[2]


def kept(secrets: Secrets) -> dict[str, str]:
    """What the session keeps, by the names of the entries."""
    return {name: text for (_, name), text in vars(secrets)["_session"].items()}


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=5000))
@example(text="x" * 1200)
@example(text="x" * 1201)
@example(text="ü" * 16_384)
@example(text="🔑" * 1201)
@example(text="\x1fmotion-desk parts 3")
@example(text="")
def test_every_text_is_kept_as_it_is_and_no_entry_is_too_long(text: str) -> None:
    secrets = Secrets(system=False)
    secrets.put(SERVICE, "reference", text)
    assert secrets.get(SERVICE, "reference") == text
    assert all(
        len(entry.encode("utf-16-le")) <= 2 * LONGEST_ENTRY for entry in kept(secrets).values()
    )
    assert secrets.forget(SERVICE, "reference")
    assert kept(secrets) == {}


def test_workspaces_do_not_see_each_others_secrets() -> None:
    secrets = Secrets(system=False)
    secrets.put(SERVICE, "reference", "text")
    assert secrets.get(service_of("other"), "reference") is None


def test_an_unknown_entry_may_be_in_a_keyring_out_of_reach() -> None:
    assert not Secrets(system=False).forget(SERVICE, "unknown")


def test_references_are_random_and_short() -> None:
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    assert {len(reference) for reference in references} == {16}


def test_without_a_keyring_secrets_last_for_the_session_and_it_says_so() -> None:
    secrets = Secrets()
    assert not secrets.status.lasting
    assert "No system keyring was found" in secrets.status.sentence
    assert "until the program is closed" in secrets.status.sentence
    secrets.put(SERVICE, "reference", "hunter2")
    assert secrets.get(SERVICE, "reference") == "hunter2"
    assert Secrets().get(SERVICE, "reference") is None
    assert "hunter2" not in repr(secrets) + repr(secrets.status)


FIND = """
from motion_desk.services.secrets import Secrets
secrets = Secrets()
print(secrets.status.lasting, secrets.status.name)
print(secrets.status.sentence)
secrets.put("service", "reference", "hunter2")
print(secrets.get("service", "reference"))
"""

PLAIN = '''
"""A plug-in that would write passwords into a plain file, as some do."""
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 1
    def get_password(self, service, username): raise AssertionError("asked")
    def set_password(self, service, username, password): raise AssertionError("asked")
    def delete_password(self, service, username): raise AssertionError("asked")
'''


def python(script: str, *before: str, **environment: str) -> list[str]:
    """The lines that a script prints, in a process with these variables."""
    done = subprocess.run(
        [*before, sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("backend", "sentence"),
    [
        ("keyring.backends.null.Keyring", "keyring is set to keyring.backends.null"),
        ("keyring.backends.fail.Keyring", "No system keyring was found"),
        ("keyring.backends.chainer.ChainerBackend", "No system keyring was found"),
        ("plain.PlaintextKeyring", "keyring is set to plain"),
        ("no.such.Keyring", "cannot be used (ModuleNotFoundError)"),
    ],
)
def test_only_known_keyrings_are_trusted(tmp_path: Path, backend: str, sentence: str) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    first, second, third = python(
        FIND, PYTHON_KEYRING_BACKEND=backend, PYTHONPATH=f"{ROOT}{os.pathsep}{tmp_path}"
    )
    assert first.strip() == "False"
    assert sentence in second
    assert third == "hunter2"


UNLOCKED = """printf %s "$KEYRING_PASSWORD" |
gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; exec "$@"
"""

real_keyring = needs("dbus-run-session", "gnome-keyring-daemon")


def in_session(script: str, home: Path, password: str = "open sesame") -> list[str]:  # noqa: S107
    """Run a script in a desktop session whose keyring is unlocked with a password."""
    return python(
        script,
        "dbus-run-session",
        "--",
        "bash",
        "-c",
        UNLOCKED,
        "bash",
        HOME=str(home),
        XDG_DATA_HOME=str(home / "data"),
        PYTHON_KEYRING_BACKEND="keyring.backends.SecretService.Keyring",
        KEYRING_PASSWORD=password,
    )


WRITE = """
import os
from pathlib import Path
from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.secret import Secret
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
secrets = Secrets()
print(secrets.status.lasting, secrets.status.name)
store = Store.create(Path(os.environ["HOME"], "w"), secrets)
account = change(Account(), "imap.password", Secret(typed="Grüße 🔑" * 1000))
account = store.save(change(account, "smtp.password", Secret(typed="short")))
short = account.smtp.password.reference
account = store.save(change(account, "smtp.password", Secret()))
print(store.text_of(short))
store.forget(short)
print(store.text_of(short))
store.close()
"""

READ = """
import os
from pathlib import Path
from motion_desk.models.changes import change
from motion_desk.models.secret import Secret
from motion_desk.services.secrets import Secrets, SecretsError
from motion_desk.services.store import Store
store = Store.open(Path(os.environ["HOME"], "w"), Secrets())
account = store.load(store.accounts()[0].id)
for call in (
    lambda: store.text_of(account.imap.password.reference) == "Grüße 🔑" * 1000,
    lambda: store.save(change(account, "smtp.password", Secret(typed="hunter2"))).version,
):
    try:
        print(call())
    except SecretsError as error:
        print(error.sentence, error.__context__, error.__cause__)
print(store.load(account.id) == account)
store.erase(account.id)
store.close()
"""


@real_keyring
def test_the_secret_service_keeps_passwords_beyond_the_program(home: Path) -> None:
    assert in_session(WRITE, home) == ["True Secret Service", "short", "None"]
    assert in_session(READ, home) == ["True", "3", "False"]


@real_keyring
def test_a_locked_keyring_says_so_and_nothing_is_saved(home: Path) -> None:
    in_session(WRITE, home)
    locked = "The keyring is locked. Unlock it, then try again. None None"
    assert in_session(READ, home, password="wrong") == [locked, locked, "True"]
