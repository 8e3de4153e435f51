"""An import is planned as a whole: what would be added or changed, or all that is wrong."""

from dataclasses import replace

import pytest

from motion_desk.models.account import Account
from motion_desk.models.changes import effective
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.secret import Secret
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import parse, write
from motion_desk.services.exchange.onto import onto
from motion_desk.services.exchange.plan import ImportRefusedError, Plan, plan
from tests.services.exchange.examples import (
    normal,
    renamed,
    sample_account,
    sample_surroundings,
    sample_text,
    sample_workspace,
    without_ids,
)

SAMPLES = [parse(text, name) for name, text in bundled.samples()]


def stored_trade_desk() -> Account:
    """The sample as a workspace has it: with passwords, and with other ids for its rows."""
    account = sample_account("trade-desk")
    account = replace(
        account,
        version=7,
        imap=replace(account.imap, password=Secret("imap-reference")),
        smtp=replace(account.smtp, password=Secret("smtp-reference")),
    )
    return replace(
        account,
        canned_answers=replace(
            account.canned_answers,
            entries=tuple(
                replace(row, id=f"old{at}") for at, row in enumerate(account.canned_answers.entries)
            ),
        ),
    )


def planned(text: str, *accounts: Account, create_missing: bool = False) -> Plan:
    return plan(
        [parse(text, "x.yaml")], sample_workspace(), accounts, create_missing=create_missing
    )


def refusal(text: str, *accounts: Account) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        planned(text, *accounts)
    return str(caught.value)


def test_a_new_workspace_takes_all_samples() -> None:
    made = plan(SAMPLES, Workspace(id="here", version=1), [])
    documents = [change.document for change in made.changes]
    assert isinstance(documents[0], Workspace)
    assert (documents[0].id, documents[0].version) == ("here", 1)
    assert [each.before for each in made.changes[1:]] == [None] * 5
    assert {each.version for each in documents[1:]} == {0}


def test_accounts_without_their_secrets_are_imported_as_inactive() -> None:
    made = plan(SAMPLES, Workspace(id="here", version=1), [])
    inactive = {
        change.document.settings.key: change.made_inactive
        for change in made.changes
        if isinstance(change.document, Account)
    }
    assert inactive == {"CARE": False, "IBER": True, "OUTL": True, "SYST": True, "TRADE": True}
    for change in made.changes:
        if isinstance(change.document, Account):
            assert change.document.settings.active is not change.made_inactive


def test_what_is_stored_already_is_no_change() -> None:
    assert planned(sample_text("trade-desk"), stored_trade_desk()).changes == ()


def test_an_account_is_found_by_its_id() -> None:
    account = renamed(stored_trade_desk(), name="Other", key="OTHER")
    [change] = planned(sample_text("trade-desk"), account).changes
    assert change.before == account
    assert change.fields == ("settings.name", "settings.key")
    assert (change.document.id, change.document.version) == ("trade345", 7)


def test_an_account_is_found_by_its_key_where_no_id_fits() -> None:
    account = renamed(replace(stored_trade_desk(), id="other"), name="Other")
    for text in (sample_text("trade-desk"), without_ids(sample_text("trade-desk"))):
        [change] = planned(text, account).changes
        assert change.before == account
        assert change.document.id == "other"


def test_a_key_that_two_accounts_share_finds_neither() -> None:
    one = replace(stored_trade_desk(), id="one")
    two = replace(stored_trade_desk(), id="two")
    [change] = planned(without_ids(sample_text("trade-desk")), one, two).changes
    assert change.before is None
    assert change.document.id not in ("", "one", "two")


def test_an_account_in_the_bin_comes_back() -> None:
    account = stored_trade_desk()
    documents = [parse(sample_text("trade-desk"), "x.yaml")]
    [change] = plan(documents, sample_workspace(), [], [account]).changes
    assert change.before == account
    assert change.document.version == 7


def test_secrets_and_hidden_values_stay() -> None:
    account = stored_trade_desk()
    gmail = replace(account, settings=replace(account.settings, service=Service.GMAIL, key="NEW"))
    text = write(gmail, sample_surroundings())
    [change] = planned(text, account).changes
    merged = change.document
    assert isinstance(merged, Account)
    assert merged.settings.service is Service.GMAIL
    assert merged.imap == account.imap
    assert normal(merged) == normal(replace(gmail, settings=merged.settings))


def test_rows_of_the_same_name_keep_their_ids() -> None:
    account = stored_trade_desk()
    text = sample_text("trade-desk").replace("30 days net", "60 days net")
    [change] = planned(text, account).changes
    assert isinstance(change.document, Account)
    assert change.fields == ("canned_answers.entries",)
    ids = [row.id for row in change.document.canned_answers.entries]
    assert ids == [row.id for row in account.canned_answers.entries]


def test_entries_of_the_directory_keep_their_ids_and_secrets() -> None:
    stored = sample_workspace()
    entries = tuple(
        replace(row, id=f"p{at}", client_secret=Secret(f"s{at}"))
        for at, row in enumerate(stored.cloud_providers.entries)
    )
    stored = replace(stored, cloud_providers=replace(stored.cloud_providers, entries=entries))
    merged = onto(stored, sample_workspace())
    assert merged == stored


def test_a_new_entry_never_takes_an_id_that_was_in_use() -> None:
    stored = sample_workspace()
    first, *others = stored.tags.entries
    renamed_tag = replace(first, name="Something else")
    stored = replace(stored, tags=replace(stored.tags, entries=(renamed_tag, *others)))
    merged = onto(stored, sample_workspace())
    assert first.id not in {row.id for row in merged.tags.entries}
    assert len({row.id for row in merged.tags.entries}) == len(stored.tags.entries)


def test_what_was_laid_over_counts_as_the_import_says() -> None:
    for name in ("customer-care", "outlet-marketplace", "trade-desk"):
        for other in ("customer-care", "meridia-iberica", "trade-desk"):
            merged = onto(sample_account(name), sample_account(other))
            assert normal(merged) == normal(sample_account(other))
            assert effective(merged).id == sample_account(name).id


def test_an_unknown_name_refuses_the_import_or_joins_the_directory() -> None:
    text = sample_text("trade-desk").replace("list: Trade partners", "list: Interior designers")
    assert "x.yaml:11:9: settings.list: There is no list “Interior designers”." in refusal(text)
    made = planned(text, create_missing=True)
    assert [(each.what, each.name) for each in made.missing] == [("list", "Interior designers")]
    workspace, account = (change.document for change in made.changes)
    assert isinstance(workspace, Workspace)
    assert isinstance(account, Account)
    names = {row.id: row.name for row in workspace.lists.entries}
    assert names[account.settings.list] == "Interior designers"


def test_what_could_not_be_saved_refuses_the_import_with_its_line() -> None:
    text = sample_text("trade-desk").replace("  host: mail.graz.meridia.example\n", "", 1)
    assert refusal(text).startswith("x.yaml:")
    assert "imap.host: IMAP host is needed" in refusal(text)
    twice = sample_text("trade-desk").replace("- key: samples", "- key: terms")
    line = twice.splitlines().index("    - key: terms") + 1
    assert f"x.yaml:{line}:7: canned_answers.entries/" in refusal(twice)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    documents = [
        parse(text.replace("name: ", "nam: ", 1), name) for name, text in bundled.samples()
    ]
    with pytest.raises(ImportRefusedError) as caught:
        plan(documents, Workspace(), [])
    assert len(caught.value.errors) == 6


def test_two_documents_of_one_account_are_refused() -> None:
    text = sample_text("trade-desk")
    documents = [parse(text, "a.yaml"), parse(text, "b.yaml")]
    with pytest.raises(ImportRefusedError, match=r"b.yaml:1:1: a.yaml describes this account too"):
        plan(documents, sample_workspace(), [])


def test_two_workspaces_are_refused() -> None:
    text = sample_text("workspace")
    documents = [parse(text, "a.yaml"), parse(text, "b.yaml")]
    with pytest.raises(ImportRefusedError, match=r"b.yaml:1:1: a.yaml is a workspace already"):
        plan(documents, sample_workspace(), [])


def test_a_workspace_without_what_accounts_use_is_refused() -> None:
    text = sample_text("workspace").replace(
        "    - name: Trade partners\n", "    - name: Partners\n"
    )
    documents = [parse(text, "w.yaml")]
    with pytest.raises(
        ImportRefusedError, match="The list “Trade partners” is missing, which Trade"
    ):
        plan(documents, sample_workspace(), [stored_trade_desk()])
    # An import that also changes the account is fine.
    account = sample_text("trade-desk").replace("list: Trade partners", "list: Partners")
    both = [*documents, parse(account, "t.yaml")]
    assert len(plan(both, sample_workspace(), [stored_trade_desk()]).changes) == 2


def test_planning_changes_nothing() -> None:
    account: Document = stored_trade_desk()
    planned(sample_text("trade-desk"), stored_trade_desk())
    assert account == stored_trade_desk()
    assert Surroundings(sample_workspace()) == sample_surroundings()
