"""The samples are sound, and the demo is complete with them."""

import sqlite3
from pathlib import Path

import pytest

from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import resolve, summary
from motion_desk.models.checks import blocking, check
from motion_desk.models.choices import Service, UsedFor
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import get
from motion_desk.models.kinds import Rows
from motion_desk.services import bundled, demo
from motion_desk.services.exchange.review import problems_of
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store, WorkspaceError
from tests.services.exchange.examples import sample_account, sample_workspace

NAMES = [name.removesuffix(".yaml") for name, _ in bundled.samples()][1:]


def test_the_workspace_comes_first() -> None:
    assert bundled.samples()[0][0] == "workspace.yaml"


def test_there_is_one_account_of_each_service() -> None:
    services = [sample_account(name).settings.service for name in NAMES]
    assert sorted(service.value for service in services) == sorted(s.value for s in Service)


def test_one_account_at_most_is_motions_own() -> None:
    used_for = [sample_account(name).settings.used_for for name in NAMES]
    assert used_for.count(UsedFor.MOTION) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_has_no_errors(name: str) -> None:
    peers = tuple(summary(sample_account(other)) for other in NAMES if other != name)
    surroundings = Surroundings(sample_workspace(), peers)
    assert blocking(problems_of(sample_account(name), surroundings)) == ()


def test_the_samples_workspace_has_no_problems() -> None:
    assert check(sample_workspace()) == ()


def test_the_samples_show_every_section_and_every_type_of_row() -> None:
    accounts = [sample_account(name) for name in NAMES]
    for key, field in ACCOUNT.fields.items():
        if isinstance(field.kind, Rows):
            used = {type(row) for account in accounts for row in get(account, key)}
            assert used == set(field.kind.types), key
    shown = {
        key for account in accounts for key, visible in resolve(account).visible.items() if visible
    }
    assert shown == set(ACCOUNT.fields)


def test_the_demo_is_complete_and_active(tmp_path: Path) -> None:
    secrets = Secrets(system=False)
    demo.create(tmp_path / "demo.motiondesk", secrets)
    store = Store.open(tmp_path / "demo.motiondesk", secrets)
    try:
        accounts = [store.load(each.id) for each in store.accounts()]
        workspace = store.workspace()
        assert len(accounts) == 5
        for account in accounts:
            peers = tuple(each for each in store.accounts() if each.id != account.id)
            assert blocking(check(account, Surroundings(workspace, peers))) == ()
            assert account.settings.active
        [trade] = [account for account in accounts if account.settings.key == "TRADE"]
        assert store.text_of(trade.imap.password.reference) == "demo-trade345-password"
        assert all(entry.client_secret for entry in workspace.cloud_providers.entries)
    finally:
        store.close()
    assert b"demo-trade345" not in (tmp_path / "demo.motiondesk").read_bytes()


def test_the_demo_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "demo.motiondesk"
    sqlite3.connect(path).close()
    path.write_bytes(b"mine")
    with pytest.raises(WorkspaceError):
        demo.create(path, Secrets(system=False))
    assert path.read_bytes() == b"mine"


def test_a_resource_that_is_not_there_is_missed() -> None:
    with pytest.raises(FileNotFoundError):
        bundled.text("samples/nonesuch.yaml")
    with pytest.raises(FileNotFoundError):
        bundled.icon("nonesuch")
    with pytest.raises(KeyError):
        bundled.page("S99")
