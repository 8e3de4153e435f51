"""What was written is read back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.secret import Secret
from motion_desk.models.sections.actions import Close, GotoP, ToQueue
from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.models.sections.directory import QueueEntry
from motion_desk.models.sections.imap import Imap
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read, write
from motion_desk.services.exchange.yaml_tree import tree
from tests import strategies
from tests.services.exchange.examples import (
    normal,
    plain_text,
    sample_account,
    sample_surroundings,
    sample_text,
    strategies_surroundings,
)


@given(strategies.accounts())
def test_a_written_account_is_read_back_as_it_counts(account: Account) -> None:
    surroundings = strategies_surroundings()
    text = write(account, surroundings)
    again = read(text, surroundings).document
    assert isinstance(again, Account)
    assert normal(again) == normal(account)
    assert write(again, surroundings) == text


@given(strategies.workspaces())
def test_a_written_workspace_is_read_back_as_it_counts(workspace: Workspace) -> None:
    text = write(workspace, Surroundings())
    again = read(text).document
    assert isinstance(again, Workspace)
    assert normal(again) == normal(workspace)
    assert write(again, Surroundings()) == text


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_any_text_comes_back_to_the_letter(text: str) -> None:
    account = Account(id="a")
    account = replace(account, settings=replace(account.settings, description=text))
    assert read(write(account, Surroundings())).document.settings.description == text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a\nb\n",
        "a\nb\n\n",
        "\na\n",
        " a\nb",
        "a\n b\n\n  c",
        "a \nb",
        "a\r\nb",
        "a\tb\n\tc",
        "# a\n- b",
        "---\n...\n",
        "a: b\n'c'",
        "\ufeffa\nb",
        "a\u2028b\nc",
        "a\x85b\nc",
        "\x85",
        "a\x85b",
        "a\tb",
        "yes",
        "null",
        "~",
        "0039",
        "2027-03-31",
        "1e5",
        "=",
        "<<",
        "'",
        '"',
        "%",
        "@",
        "!x",
        "&x *y",
        "{{ name }}",
        "a #b",
        "a:",
        "🦊 Łódź\nأهلا",
    ],
)
def test_awkward_text_comes_back_to_the_letter(text: str) -> None:
    account = Account(id="a")
    account = replace(account, settings=replace(account.settings, description=text))
    written = write(account, Surroundings())
    assert plain_text(written)["settings"]["description"] == text


def test_text_of_several_lines_is_written_as_a_block() -> None:
    text = write(sample_account("customer-care"), sample_surroundings())
    assert "  body: |\n    <div style=" in text


def test_the_first_line_names_the_schema() -> None:
    text = write(Account(id="a"), Surroundings())
    first, second, third, fourth, *_ = text.splitlines()
    assert first == "# yaml-language-server: $schema=./motion-desk.schema.json"
    assert [second, third, fourth] == ["motion_desk: 1", "kind: account", "id: a"]


def test_hidden_fields_are_not_written() -> None:
    account = Account(id="a", imap=Imap(host="kept.example.com"))
    account = replace(account, settings=replace(account.settings, service=Service.GMAIL))
    text = write(account, Surroundings())
    assert "kept.example.com" not in text
    assert "imap" not in plain_text(text)


def test_secrets_are_never_written() -> None:
    account = Account(id="a", imap=Imap(username="u", password=Secret("reference-1", "canary")))
    text = write(account, Surroundings())
    assert "canary" not in text
    assert "reference-1" not in text
    assert "password" not in text


def test_a_disposition_is_named_by_its_path() -> None:
    text = write(sample_account("customer-care"), sample_surroundings())
    assert "disposition: Order / Status given" in text


def test_a_jump_names_the_position_of_its_action() -> None:
    plan = (ToQueue(id="q"), GotoP(id="g", target="q"))
    account = Account(id="a")
    account = replace(account, actions=replace(account.actions, plan=plan))
    assert plain_text(write(account, Surroundings()))["actions"]["plan"][1]["target"] == "action 1"


def test_rows_that_share_a_name_are_named_by_position() -> None:
    entries = (
        DispositionEntry(id="a", name="Sold"),
        DispositionEntry(id="b", name="Sold"),
        DispositionEntry(id="c", name="disposition 2"),
    )
    account = Account(id="a")
    account = replace(
        account,
        dispositions=replace(account.dispositions, entries=entries),
        actions=replace(account.actions, plan=(Close(id="x", disposition="a"), Close(id="y"))),
    )
    text = write(account, Surroundings())
    assert plain_text(text)["actions"]["plan"][0]["disposition"] == "disposition 1"
    again = read(text).document
    assert normal(again) == normal(account)


def test_a_username_that_was_emptied_stays_empty() -> None:
    account = Account(id="a")
    account = replace(
        account,
        settings=replace(account.settings, service=Service.GMAIL, address="a@b.example"),
    )
    assert account.authentication.username == ""
    again = read(write(account, Surroundings())).document
    assert isinstance(again, Account)
    assert again.authentication.username == ""


def test_an_empty_name_in_a_list_is_none() -> None:
    text = "motion_desk: 1\nkind: account\nsettings: {agents: ['', Chiara Bonetti, null]}\n"
    document = read(text, sample_surroundings()).document
    assert isinstance(document, Account)
    assert len(document.settings.agents) == 1


def test_a_queue_is_found_by_its_name_whatever_its_id_is_elsewhere() -> None:
    here = Workspace(queues=replace(Workspace().queues, entries=(QueueEntry(id="1", name="A"),)))
    there = Workspace(queues=replace(Workspace().queues, entries=(QueueEntry(id="2", name="A"),)))
    account = Account(id="a")
    account = replace(account, actions=replace(account.actions, plan=(ToQueue(id="x", queue="1"),)))
    again = read(write(account, Surroundings(here)), Surroundings(there)).document
    assert isinstance(again, Account)
    [action] = again.actions.plan
    assert isinstance(action, ToQueue)
    assert action.queue == "2"


def test_the_same_text_gives_the_same_ids() -> None:
    text = sample_text("customer-care")
    assert read(text, sample_surroundings()) == read(text, sample_surroundings())


def test_an_absent_port_follows_ssl() -> None:
    text = "motion_desk: 1\nkind: account\nimap: {ssl: false}\n"
    document = read(text).document
    assert isinstance(document, Account)
    assert document.imap.port == 143


@pytest.mark.parametrize("name", [name for name, _ in bundled.samples()])
def test_a_sample_is_just_as_it_would_be_written(name: str) -> None:
    text = dict(bundled.samples())[name]
    surroundings = Surroundings() if name == "workspace.yaml" else sample_surroundings()
    assert write(read(text, surroundings).document, surroundings) == text


def test_line_breaks_of_windows_are_read_as_such() -> None:
    text = sample_text("customer-care")
    crlf = text.replace("\n", "\r\n")
    assert read(crlf, sample_surroundings()) == read(text, sample_surroundings())


def test_a_tree_has_places() -> None:
    node = tree("a:\n  b: c\n")
    assert node is not None
    assert node.place == (1, 1)
