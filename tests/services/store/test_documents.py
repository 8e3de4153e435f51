"""Documents go into the store and come out as they were."""

import sqlite3
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from motion_desk.models import plain
from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import change, summary
from motion_desk.models.choices import Service
from motion_desk.models.document import Document, put
from motion_desk.models.kinds import Unreadable
from motion_desk.models.secret import Secret
from motion_desk.models.sections.actions import GotoP
from motion_desk.models.sections.directory import AgentEntry
from motion_desk.models.sections.trust import PrivateAuthorityEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Conflict, Reason, Store, WorkspaceError
from motion_desk.services.store.secret_values import secrets_of, with_secrets
from tests import strategies
from tests.services.store.samples import support

KEY = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n"


def without_secrets(document: Document) -> dict[str, object]:
    return plain.content(with_secrets(document, lambda _: Secret()))


def texts_of(store: Store, document: Document) -> list[str | None]:
    return [store.text_of(secret.reference) for secret in secrets_of(document)]


def test_a_saved_account_is_loaded_as_it_was(store: Store, path: Path, secrets: Secrets) -> None:
    saved = store.save(support())
    assert store.load(saved.id) == saved
    store.close()
    again = Store.open(path, secrets)
    assert again.load(saved.id) == saved
    assert texts_of(again, saved) == ["hunter2"]
    again.close()


@given(account=strategies.accounts(), workspace=strategies.workspaces())
def test_saving_and_loading_is_an_identity(account: Account, workspace: Workspace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "w"), Secrets(system=False))
        workspace = replace(workspace, id=store.identity, version=1)
        stored = store.save(account)
        assert store.load(stored.id) == stored
        assert store.save(workspace) == store.workspace()
        for saved, given_document in ((stored, account), (store.workspace(), workspace)):
            assert without_secrets(saved) == without_secrets(given_document)
            typed = [secret.typed for secret in secrets_of(given_document)]
            assert texts_of(store, saved) == typed
        store.close()


def test_each_save_adds_one_to_the_version(store: Store) -> None:
    saved = store.save(support())
    assert (saved.version, store.save(saved).version) == (1, 2)


def test_a_second_save_never_overwrites_a_newer_version(
    store: Store, path: Path, secrets: Secrets
) -> None:
    mine = store.save(support())
    other = Store.open(path, secrets)
    theirs = other.save(change(other.load(mine.id), "settings.name", "Theirs"))
    with pytest.raises(Conflict) as met:
        store.save(change(mine, "imap.password", Secret(typed="mine")))
    assert met.value.theirs == theirs
    assert store.load(mine.id) == theirs
    other.close()


def test_two_stores_meet_over_the_workspace_too(store: Store, path: Path, secrets: Secrets) -> None:
    other = Store.open(path, secrets)
    theirs = other.save(change(other.workspace(), "general.motion_version", "3.60.0"))
    with pytest.raises(Conflict) as met:
        store.save(replace(store.workspace(), version=1))
    assert met.value.theirs == theirs
    other.close()


def test_saving_an_account_that_was_erased_meanwhile_is_a_conflict_with_nothing(
    store: Store,
) -> None:
    saved = store.save(support())
    store.erase(saved.id)
    with pytest.raises(Conflict) as met:
        store.save(saved)
    assert met.value.theirs is None


def test_a_new_account_never_overwrites_one_of_the_same_id(store: Store) -> None:
    saved = store.save(support())
    with pytest.raises(Conflict) as met:
        store.save(replace(support("Another"), id=saved.id))
    assert met.value.theirs == saved


def test_accounts_are_listed_by_name_whatever_its_case(store: Store) -> None:
    names = ["zeta", "Émile", "alpha", "émile", "Beta"]
    saved = [store.save(support(name)) for name in names]
    expected = sorted(saved, key=lambda account: (account.settings.name.casefold(), account.id))
    assert store.accounts() == tuple(summary(account) for account in expected)


def test_the_list_says_what_counts_of_certificates_and_providers(store: Store) -> None:
    account = change(support(), "imap.any_certificate", True)
    account = change(account, "authentication.cloud_provider", "hidden")
    saved = store.save(account)
    assert [(a.any_certificate, a.cloud_provider) for a in store.accounts()] == [(True, "")]
    store.save(change(saved, "settings.service", Service.GMAIL))
    assert [a.any_certificate for a in store.accounts()] == [False]


def test_a_deleted_account_lies_in_the_bin_until_it_is_restored(store: Store) -> None:
    saved = store.save(support())
    store.delete(saved.id)
    assert store.accounts() == ()
    assert store.bin() == (summary(saved),)
    assert texts_of(store, store.load(saved.id)) == ["hunter2"]
    store.restore(saved.id)
    assert store.accounts() == (summary(saved),)
    assert store.bin() == ()
    assert store.save(saved).version == saved.version + 1


def test_an_account_that_is_saved_comes_back_from_the_bin(store: Store) -> None:
    saved = store.save(support())
    store.delete(saved.id)
    store.save(saved)
    assert [listed.id for listed in store.accounts()] == [saved.id]


def test_an_erased_account_leaves_nothing(store: Store, path: Path) -> None:
    saved = store.save(support())
    store.keep_draft(saved.id, plain.content(saved))
    store.keep_run(saved.id, datetime.now(UTC), "f1", "passed", {})
    store.erase(saved.id)
    assert (store.accounts(), store.bin(), store.drafts()) == ((), (), {})
    assert store.text_of(saved.imap.password.reference) is None
    connection = sqlite3.connect(path)
    for table in ("account", "uses", "secret", "draft", "test_run"):
        assert not connection.execute(f"SELECT * FROM {table}").fetchall(), table  # noqa: S608
    connection.close()


@pytest.mark.parametrize("method", ["load", "delete", "restore", "erase"])
def test_an_account_that_is_not_there_is_named_as_erased(store: Store, method: str) -> None:
    with pytest.raises(WorkspaceError) as met:
        getattr(store, method)("nobody")
    assert met.value.reason is Reason.NO_ACCOUNT


def test_users_of_an_entry_are_those_that_refer_to_it_now(store: Store) -> None:
    saved = store.save(support())
    assert store.users_of("agents.entries", "ag1") == (summary(saved),)
    assert store.users_of("agents.entries", "ag2") == (summary(saved),)
    assert store.users_of("queues.entries", "ag1") == ()
    saved = store.save(change(change(saved, "settings.agents", ("ag2",)), "actions.plan", ()))
    assert store.users_of("agents.entries", "ag1") == ()
    store.delete(saved.id)
    assert store.users_of("agents.entries", "ag2") == ()


def test_rows_of_an_account_that_refer_to_each_other_make_no_users(store: Store) -> None:
    saved = store.save(support())
    plan = (*saved.actions.plan, GotoP(id="a2", target="a1"))
    store.save(change(saved, "actions.plan", plan))
    assert store.users_of("actions.plan", "a1") == ()


def test_a_draft_is_kept_until_it_is_ended_or_saved(
    store: Store, path: Path, secrets: Secrets
) -> None:
    saved = store.save(support())
    typed = put(change(saved, "settings.name", "lone \ud800 half"), "imap.port", Unreadable("99x"))
    store.keep_draft(saved.id, plain.content(typed))
    store.keep_draft("new", {"settings.name": "Unsaved"})
    store.close()
    again = Store.open(path, secrets)
    drafts = again.drafts()
    assert plain.with_content(saved, drafts[saved.id]) == typed
    again.keep_draft("new", None)
    assert list(again.drafts()) == [saved.id]
    again.save(saved)
    assert again.drafts() == {}
    again.close()


def test_a_hidden_value_that_no_store_takes_becomes_its_suggestion(store: Store) -> None:
    account = put(put(support(), "imap.port", Unreadable("99x")), "imap.username", "nul\0")
    account = put(account, "smtp.host", "not a host")
    saved = store.save(change(account, "settings.service", Service.GMAIL))
    assert (saved.imap.port, saved.imap.username) == (993, "")
    assert saved.smtp.host == "not a host"
    assert store.load(saved.id) == saved


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("imap.port", Unreadable("x")),
        ("imap.port", 2**31),
        ("settings.name", "\0"),
        ("imap.host", "\udc80"),
        ("trust.authorities", (PrivateAuthorityEntry(id="2abc", certificate=KEY),)),
    ],
)
def test_a_shown_value_that_no_store_takes_is_refused(
    store: Store, key: str, value: object
) -> None:
    with pytest.raises(ValueError, match=key):
        store.save(put(support(), key, value))
    assert store.accounts() == ()


def test_a_workspace_is_created_with_what_it_is_given(tmp_path: Path, secrets: Secrets) -> None:
    given_workspace = change(
        Workspace(id="other"), "agents.entries", (AgentEntry(id="ag1", name="Ada"),)
    )
    store = Store.create(tmp_path / "w", secrets, given_workspace)
    stored = store.workspace()
    assert stored.agents == given_workspace.agents
    assert stored.id == store.identity != "other"
    store.close()


def test_another_workspaces_document_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="another workspace"):
        store.save(Workspace(id="other", version=1))


def test_a_closed_workspace_is_one_file(store: Store, path: Path) -> None:
    store.save(support())
    assert len(list(path.parent.iterdir())) > 1, "no WAL: this test shows nothing"
    store.close()
    assert list(path.parent.iterdir()) == [path]


def test_another_thread_is_refused(store: Store) -> None:
    met: list[BaseException] = []

    def use() -> None:
        try:
            store.accounts()
        except Exception as error:
            met.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "thread" in str(met[0])


def test_every_field_has_a_column_of_its_key(store: Store, path: Path) -> None:
    connection = sqlite3.connect(path)
    columns = {row[1] for row in connection.execute("PRAGMA table_info(account)")}
    connection.close()
    assert set(ACCOUNT.fields) <= columns
