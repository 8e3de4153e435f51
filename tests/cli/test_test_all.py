"""test-all: the board that it prints, what it keeps, and how it ends."""

import json
from pathlib import Path

from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.cli.conftest import Run


def test_all_accounts_are_tested_and_kept(workspace: Path, run: Run) -> None:
    store = Store.open(workspace, Secrets(system=False))
    accounts = store.accounts()
    result = run("test-all", "--workspace", workspace, "--lab", "greeting-bye", "--json", code=1)
    rows = json.loads(result.stdout)
    assert [row["account"] for row in rows] == [each.id for each in accounts]
    assert {row["last_proof"] for row in rows} == {None}
    assert all(store.runs(each.id)[0].lab for each in accounts)
    store.close()
    assert f"{len(accounts)} of {len(accounts)}: " in result.stderr


def test_chosen_accounts_are_tested_and_a_lab_test_is_no_proof(workspace: Path, run: Run) -> None:
    named = ("TRADE", "--workspace", workspace, "--lab", "healthy", "--no-keep")
    [line] = run("test-all", *named).stdout.splitlines()
    assert line.startswith(
        "Trade desk: Motion would receive and send. · never proved · certificate"
    )


def test_documents_are_turned_away(workspace: Path, run: Run) -> None:
    result = run("test-all", "a.yaml", "--workspace", workspace, code=2)
    assert "Only accounts of the workspace" in result.stderr
