"""round-trip: what it prints, how it ends, and that it deletes only when told to."""

import json
from pathlib import Path

import pytest

from motion_desk.models.document import put
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.cli.conftest import Run

ADDRESS = "trade@handel.meridia.example"


@pytest.fixture
def fetching_inbox(workspace: Path) -> Path:
    """The samples, with the account fetching from INBOX."""
    store = Store.open(workspace, Secrets(system=False))
    store.save(put(store.load("trade345"), "imap.mailbox", "INBOX"))
    store.close()
    return workspace


def test_a_message_that_arrives_ends_with_zero_and_stays(fetching_inbox: Path, run: Run) -> None:
    result = run("round-trip", "trade345", "--workspace", fetching_inbox, "--lab", "healthy")
    assert result.stdout.startswith("The message arrived in “INBOX” after ")
    assert f"Sending a message from {ADDRESS} to {ADDRESS}, in the lab." in result.stderr
    assert "deleted" not in result.stderr


def test_the_signature_is_judged_by_the_labs_own_dns(fetching_inbox: Path, run: Run) -> None:
    named = ("trade345", "--workspace", fetching_inbox)
    result = run("round-trip", *named, "--lab", "healthy")
    said = "DKIM, looked at here: The signature of handel.meridia.example is good."
    assert said in result.stdout
    result = run("round-trip", *named, "--lab", "unsigned", "--json")
    [remark] = json.loads(result.stdout)["dkim"]
    assert (remark["code"], remark["tone"]) == ("dkim.unsigned", "bad")


def test_it_is_deleted_when_told_to(fetching_inbox: Path, run: Run) -> None:
    named = ("trade345", "--workspace", fetching_inbox)
    result = run("round-trip", *named, "--lab", "healthy", "--delete")
    assert "The message was deleted." in result.stderr


def test_junk_has_an_exit_code_of_its_own(fetching_inbox: Path, run: Run) -> None:
    named = ("trade345", "--workspace", fetching_inbox)
    result = run("round-trip", *named, "--lab", "junk", "--json", code=25)
    found = json.loads(result.stdout)
    assert (found["mailbox"], found["finding"]) == ("Junk", "round-trip-junk")
    assert found["remedies"]
    assert found["message_id"].endswith("@handel.meridia.example>")


def test_another_address_is_shown_before_anything_is_sent(fetching_inbox: Path, run: Run) -> None:
    named = ("trade345", "--workspace", fetching_inbox, "--lab", "healthy")
    result = run("round-trip", *named, "--to", "b@example.com", "--within", "1", code=24)
    assert result.stderr.startswith(f"Sending a message from {ADDRESS} to b@example.com, ")
    assert "The message did not arrive in time." in result.stdout
    wrong = run("round-trip", *named, "--to", "nobody", code=2)
    assert "“nobody” is no email address." in wrong.stderr


def test_a_step_that_fails_ends_with_its_code(fetching_inbox: Path, run: Run) -> None:
    named = ("trade345", "--workspace", fetching_inbox)
    result = run("round-trip", *named, "--lab", "greeting-bye", code=14)
    assert result.stdout.startswith("No message was sent: IMAP, Greeting: ")
