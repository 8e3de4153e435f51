"""test: the accounts of a workspace, how they are named, and how their tests are kept."""

import subprocess
from pathlib import Path

import pytest

from motion_desk.models.document import put
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.tester.keeping import of_plain
from tests.cli.conftest import Run
from tests.cli.mail import command, environment
from tests.services.exchange.examples import renamed
from tests.services.store.test_bad_places import ORDINARY, permissions

ADDRESS = "trade@handel.meridia.example"


def verdicts(path: Path, account: str = "trade345") -> list[str]:
    """The verdicts of the tests that are kept of an account, the newest first."""
    store = Store.open(path, Secrets(system=False))
    try:
        return [each.verdict for each in store.runs(account)]
    finally:
        store.close()


@pytest.mark.parametrize(
    "name", ["trade345", "TRADE", "trade", "Trade desk", "TRADE DESK", ADDRESS]
)
def test_an_account_is_named_by_id_key_name_or_address(
    name: str, workspace: Path, run: Run
) -> None:
    result = run("--workspace", workspace, "test", name, "--lab", "healthy", "--until", "inputs")
    assert result.stdout.startswith("Trade desk: ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("TRDE", "There is no account “TRDE”. Did you mean TRADE (Trade desk)?"),
        ("zzzzzz", "There are: CARE (Customer care), IBER (Meridia Ibérica), OUTL ("),
    ],
)
def test_an_unknown_account_is_answered_with_near_names(
    name: str, said: str, workspace: Path, run: Run
) -> None:
    result = run("test", name, "--workspace", workspace, code=2)
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_name_of_two_accounts_is_answered_with_their_ids(workspace: Path, run: Run) -> None:
    store = Store.open(workspace, Secrets(system=False))
    store.save(renamed(store.load("outlet67"), name="Trade desk"))
    store.close()
    result = run("test", "Trade desk", "--workspace", workspace, code=2)
    assert "Several accounts are called “Trade desk”. Give an id: outlet67, trade345." in (
        result.stderr
    )


def test_without_a_workspace_the_default_one_counts(default_workspace: Path, run: Run) -> None:
    assert run("test", "TRADE", "--lab", "healthy").stdout.startswith("Trade desk: Motion would")
    assert verdicts(default_workspace) == ["passed"]


def test_a_workspace_file_that_is_not_there_is_one_sentence(tmp_path: Path, run: Run) -> None:
    result = run("test", "TRADE", "--workspace", tmp_path / "none.motiondesk", code=2)
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_test_of_an_account_is_kept_with_all_it_found(workspace: Path, run: Run) -> None:
    arguments = ("test", "TRADE", "--workspace", workspace, "--lab")
    run(*arguments, "healthy")
    run(*arguments, "wrong-password", code=17)
    assert verdicts(workspace) == ["failed", "passed"]
    store = Store.open(workspace, Secrets(system=False))
    newest, oldest = (of_plain(store.run(each.id)) for each in store.runs("trade345"))
    store.close()
    assert newest.at > oldest.at
    assert newest.lab
    assert newest.probes[0].failed is not None
    assert newest.probes[0].transcript


def test_a_test_is_not_kept_where_that_was_asked(workspace: Path, run: Run) -> None:
    run("test", "TRADE", "--workspace", workspace, "--lab", "healthy", "--no-keep")
    assert verdicts(workspace) == []


@permissions
def test_a_test_that_cannot_be_kept_is_shown_all_the_same(workspace: Path) -> None:
    workspace.chmod(0o444)
    arguments = command("test", "TRADE", "--workspace", workspace, "--lab", "healthy")
    done = subprocess.run(
        [*ORDINARY, *arguments], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("Trade desk: Motion would receive and send.")
    assert f"The test was not kept. {workspace} " in done.stderr
    assert verdicts(workspace) == []


def test_a_document_s_test_is_not_kept(samples: Path, workspace: Path, run: Run) -> None:
    path = samples / "trade-desk.yaml"
    run("test", path, "--workspace", workspace, "--lab", "healthy")
    assert verdicts(workspace) == []


def test_accounts_and_documents_are_tested_in_their_order(
    samples: Path, workspace: Path, run: Run
) -> None:
    named = ("OUTL", samples / "trade-desk.yaml", "SYST", "OUTL")
    result = run("test", *named, "--workspace", workspace, "--lab", "healthy", "--until", "dns")
    verdict_lines = [line for line in result.stdout.splitlines() if "Whether Motion would" in line]
    assert [line.partition(":")[0] for line in verdict_lines] == [
        "Outlet marketplace",
        "Trade desk",
        "System mail",
    ]


def test_a_document_without_a_workspace_says_what_that_means(samples: Path, run: Run) -> None:
    result = run("test", samples / "trade-desk.yaml", "--lab", "healthy")
    assert "No workspace was given: Motion is taken to know no certificate authority" in (
        result.stderr
    )


def test_what_is_missing_in_an_account_is_said_before_anything_is_sent(
    workspace: Path, run: Run
) -> None:
    store = Store.open(workspace, Secrets(system=False))
    account = store.load("trade345")
    store.save(put(renamed(account, active=False), "imap.host", ""))
    store.close()
    result = run("test", "TRADE", "--imap", "--workspace", workspace, "--lab", "healthy", code=10)
    assert "IMAP host is needed." in result.stdout
    assert "Field to look at: IMAP: IMAP host" in result.stdout
