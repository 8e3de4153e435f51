"""trial, and what check says of expectations: verdicts as lines and JSON, and exit codes."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from motion_desk.models.choices import Expected
from motion_desk.models.document import put
from motion_desk.models.sections.expectations import PinnedMessage
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.cli.conftest import Run, real
from tests.filtering import rule

SPAM = b"Subject: 90 % off\r\nX-Spam-Flag: YES\r\nFrom: a@b.example\r\n\r\nBuy\r\n"
FINE = b"Subject: A question\r\nFrom: c@d.example\r\n\r\nHello\r\n"


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A folder with messages."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "spam.eml").write_bytes(SPAM)
    (folder / "fine.eml").write_bytes(FINE)
    mark = b"From x@y Mon Nov 23 12:01:26 2026\r\n"
    (folder / "box").write_bytes(mark + SPAM + b"\r\n" + mark + FINE)
    return folder


def changed(workspace: Path, key: str, value: object) -> None:
    """Set a field of the account CARE in a workspace."""
    with closing(Store.open(workspace, Secrets(system=False))) as store:
        summary = next(each for each in store.accounts() if each.key == "CARE")
        store.save(put(store.load(summary.id), key, value))


def with_pinned(workspace: Path, expected: Expected) -> None:
    """Pin the spam to the account CARE."""
    row = PinnedMessage(
        id="pppp", name="Spam", expected=expected, headers="X-Spam-Flag: YES\nSubject: s"
    )
    changed(workspace, "expectations.messages", (row,))


def test_each_message_is_told_with_its_verdict_and_the_rule_that_decides(
    samples: Path, mail: Path, run: Run
) -> None:
    said = run("trial", samples / "customer-care.yaml", mail / "box").stdout
    assert "A model of the documentation" in said
    assert "   1  X-Spam-Flag equals “YES” → Reject\n" in said
    assert f"rejected    1    x.  90 % off  [{mail / 'box'}]\n" in said
    assert f"accepted    –    ..  A question  [{mail / 'box'}]\n" in said
    assert "1 accepted, 1 rejected.\n" in said
    assert "rule 2: note: This rule matched none of the 2 messages." in said


def test_json_has_every_cell_and_what_was_found(samples: Path, mail: Path, run: Run) -> None:
    result = run("trial", samples / "customer-care.yaml", mail / "spam.eml", "--json")
    found = json.loads(result.stdout)
    assert found["basis"] == "model of the documentation"
    [message] = found["messages"]
    assert (message["verdict"], message["decided_by"]) == ("reject", found["rules"][0]["id"])
    assert [each["matched"] for each in message["cells"]] == [True, False]
    assert message["cells"][0]["found"] == {
        "header": "X-Spam-Flag",
        "number": 2,
        "start": 0,
        "stop": 3,
        "text": "YES",
    }
    assert (found["unmet"], found["unreadable"]) == ([], [])


def test_a_file_that_is_no_message_ends_with_2_and_keeps_none_of_the_others_from_it(
    samples: Path, workspace: Path, mail: Path, run: Run
) -> None:
    (mail / "bad.eml").write_bytes(b"just text")
    account = samples / "customer-care.yaml"
    result = run("trial", account, mail / "bad.eml", mail / "none", mail / "spam.eml", code=2)
    assert "rejected    1" in result.stdout
    assert "bad.eml has no header" in result.stderr
    assert "cannot be read: No such file" in result.stderr
    named = ("trial", "NONESUCH", mail / "spam.eml", "--workspace", workspace)
    assert "There is no account “NONESUCH”" in run(*named, code=2).stderr


def test_an_account_of_the_workspace_is_tried_and_its_pinned_messages_decide_the_exit_code(
    workspace: Path, mail: Path, run: Run
) -> None:
    arguments = ("trial", "care", mail / "fine.eml", "--workspace", workspace)
    run(*arguments)
    with_pinned(workspace, Expected.REJECTED)
    run(*arguments)
    with_pinned(workspace, Expected.PASS)
    result = run(*arguments, code=1)
    assert "pinned message: By the model of the documentation “Spam” is rejected" in result.stdout


def test_an_expression_that_is_none_is_told(workspace: Path, mail: Path, run: Run) -> None:
    rules = (rule("Subject matches", "(", id="aaaa"), rule("Subject exists", id="bbbb"))
    changed(workspace, "advanced.header_filters", rules)
    said = run("trial", "CARE", mail / "fine.eml", "--workspace", workspace).stdout
    assert "!x" in said
    assert "rule 1: warning: This is no regular expression of JavaScript" in said
    checked = run("check", "--workspace", workspace).stdout
    assert "Customer care: warning: Header filters: This is no regular" in checked or (
        "Customer care: warning: Value: This is no regular" in checked
    )


def test_check_tries_pinned_messages_again_in_documents_and_workspaces(
    samples: Path, workspace: Path, run: Run
) -> None:
    with_pinned(workspace, Expected.REJECTED)
    assert "Spam" not in run("check", "--workspace", workspace).stdout
    with_pinned(workspace, Expected.PASS)
    said = run("check", "--workspace", workspace, code=1).stdout
    assert "Customer care: warning: " in said
    assert "“Spam” is rejected by rule 1" in said
    document = samples / "customer-care.yaml"
    text = document.read_text(encoding="utf-8")
    text += (
        "\nexpectations:\n  messages:\n    - name: Spam\n      expected: pass\n"
        "      headers: |-\n        X-Spam-Flag: YES\n        Subject: s\n"
    )
    document.write_text(text, encoding="utf-8")
    line = text.splitlines().index("      expected: pass") + 1
    result = run("check", document, samples / "workspace.yaml", code=1)
    assert f"{document}:{line}: warning: " in result.stdout
    objects = json.loads(
        run("check", document, samples / "workspace.yaml", "--json", code=1).stdout
    )
    [found] = [each for each in objects if each["code"] == "unmet"]
    assert found["key"].startswith("expectations.messages/")


def test_control_characters_of_a_message_do_not_reach_the_terminal(
    samples: Path, mail: Path
) -> None:
    (mail / "odd.eml").write_bytes(b"Subject: a\x1b[31mb\r\n\r\n")
    done = real("trial", samples / "customer-care.yaml", mail / "odd.eml")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "a·[31mb" in done.stdout
