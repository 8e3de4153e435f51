"""Damage is noticed: a flipped bit never comes back as another value of an account."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from motion_desk.models.changes import change
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Reason, Store, WorkspaceError
from tests.services.store.samples import ROOT, support

SOAK = bool(os.environ.get("MOTION_DESK_SOAK"))


@pytest.mark.parametrize(
    "change_made",
    [
        "\"settings.name\" = 'Suppost'",
        '"imap.port" = 992',
        '"imap.ssl" = 0',
        '"imap.host" = NULL',
        "version = 2",
        "any_certificate = 1",
        "\"actions.plan\" = replace(\"actions.plan\", '30', '38')",
        "\"actions.plan\" = '[{'",
        "digest = ''",
    ],
)
def test_a_changed_column_is_noticed_and_the_account_named(
    store: Store, path: Path, secrets: Secrets, change_made: str
) -> None:
    saved = store.save(support())
    other = store.save(support("Other"))
    store.close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"UPDATE account SET {change_made} WHERE id = ?", [saved.id])  # noqa: S608
    connection.close()
    again = Store.open(path, secrets)
    with pytest.raises(WorkspaceError) as met:
        again.load(saved.id)
    assert met.value.reason is Reason.DAMAGED
    assert saved.id in met.value.sentence
    assert again.load(other.id) == other
    again.close()


def test_a_changed_workspace_is_noticed(store: Store, path: Path, secrets: Secrets) -> None:
    store.close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE workspace SET \"general.motion_version\" = '1'")
    connection.close()
    again = Store.open(path, secrets)
    with pytest.raises(WorkspaceError, match="damaged"):
        again.workspace()
    again.close()


def test_a_word_of_no_service_in_the_list_is_damage(store: Store, path: Path) -> None:
    store.save(support())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE account SET \"settings.service\" = 'custpm'")
    connection.close()
    with pytest.raises(WorkspaceError, match="list of accounts"):
        store.accounts()


def test_flipped_bits_never_come_back_as_other_values(
    store: Store, path: Path, secrets: Secrets
) -> None:
    saved = [store.save(support(name)) for name in ("Support", "Sales")]
    workspace = store.workspace()
    store.close()
    content = path.read_bytes()
    written = [position for position, byte in enumerate(content) if byte]
    chance = random.Random(20)  # noqa: S311  only which bits
    noticed = 0
    for _ in range(2000 if SOAK else 100):
        position, bit = chance.choice(written), chance.randrange(8)
        damaged = bytearray(content)
        damaged[position] ^= 1 << bit
        path.write_bytes(damaged)
        try:
            again = Store.open(path, secrets)
        except WorkspaceError:
            noticed += 1
            continue
        for expected in saved:
            try:
                assert again.load(expected.id) == expected, (position, bit)
            except WorkspaceError:
                noticed += 1
        try:
            assert again.workspace() == workspace, (position, bit)
        except WorkspaceError:
            noticed += 1
        again.close()
    assert noticed > 20


SAVING = """
import sys
from pathlib import Path
from motion_desk.models.changes import change
from motion_desk.models.secret import Secret
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
store = Store.open(Path(sys.argv[1]), Secrets(system=False))
[listed] = store.accounts()
account = store.load(listed.id)
while True:
    text = f"{account.version + 1} " * 20_000
    account = change(account, "imap.password", Secret(typed=text[:50]))
    account = store.save(change(account, "template.body", text))
    print(account.version, flush=True)
"""


def test_a_killed_program_loses_nothing_that_was_saved(
    store: Store, path: Path, secrets: Secrets
) -> None:
    account = store.save(change(support(), "settings.name", "Killed"))
    store.close()
    chance = random.Random()  # noqa: S311  only when
    for _ in range(200 if SOAK else 5):
        with subprocess.Popen(
            [sys.executable, "-c", SAVING, path],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as saving:
            assert saving.stdout
            printed = [int(saving.stdout.readline()) for _ in range(chance.randint(1, 12))]
            saving.send_signal(signal.SIGKILL)
            # What it printed between the last look and its end was saved too.
            promised = ([*printed, *map(int, saving.stdout.read().split())])[-1]
        again = Store.open(path, secrets)
        found = again.load(account.id)
        assert promised <= found.version <= promised + 1
        assert found.template.body == f"{found.version} " * 20_000
        again.close()
        assert list(path.parent.iterdir()) == [path]
