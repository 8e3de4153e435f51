"""Targets: the accounts that a verb is to test, of the workspace or of documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from motion_desk.cli import documents, workspace
from motion_desk.cli.output import say

if TYPE_CHECKING:
    from motion_desk.models.account import Account, AccountSummary
    from motion_desk.models.endpoints import Protocol
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import Parsed
    from motion_desk.services.store import Store

MOST_NEAR = 3

Named = tuple[str, "Target"]


class NotFoundError(click.ClickException):
    """What was named cannot be tested: the command was called in a wrong way."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Target:
    """An account, and the workspace that it is tested against. ``stored``: it is in a store.

    ``passwords`` are those that the keyring has handed out; ``refused`` says why it did not.
    """

    account: Account
    workspace: Workspace
    stored: bool = False
    passwords: Mapping[Protocol, str] = field(default_factory=dict, repr=False)
    refused: Mapping[Protocol, str] = field(default_factory=dict)


def targets(
    names: Sequence[str], workspace_file: Path | None, *, keyring_for: Collection[Protocol]
) -> list[Target]:
    """The targets that were named, in that order, each once.

    A name that is a file's is a document's, any other an account's. The keyring is asked for the
    passwords of some protocols. Ends the program with a sentence where something is not there.
    """
    files = [str(Path(name)) for name in names if is_file(name)]
    accounts = [name for name in names if not is_file(name)]
    by_name = dict(_of_documents(files, workspace_file))
    if accounts:
        with workspace.opened(workspace_file) as store:
            by_name |= {name: _of_store(name, store, keyring_for) for name in accounts}
    named = [str(Path(name)) if is_file(name) else name for name in names]
    found = [by_name[name] for name in named if name in by_name]
    return [target for number, target in enumerate(found) if target not in found[:number]]


def account_of(name: str, workspace_file: Path | None) -> tuple[Account, Workspace]:
    """One account that was named, by a document's file or as the workspace has it, and its directory.

    For verbs that talk to no server: nothing is asked of the keyring, and names that a document
    uses without any directory are taken for known. Ends the program as ``targets`` does.
    """
    if not is_file(name):
        with workspace.opened(workspace_file) as store:
            return store.load(chosen(name, store.accounts()).id), store.workspace()
    from motion_desk.models.directory import Surroundings
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError

    directory = None
    if workspace.named(workspace_file) is not None:
        with workspace.opened(workspace_file) as store:
            directory = store.workspace()
    found, unreadable = documents.parsed([Path(name)])
    if unreadable:
        raise NotFoundError(str(unreadable[0]))
    if found[0].kind != "account":
        raise NotFoundError(f"{name} is no account's document.")
    try:
        read = found[0].read(Surroundings(directory or Workspace()), create_missing=True)
    except DocumentError as error:
        raise NotFoundError(str(error)) from None
    return cast("Account", read.document), read.workspace


def is_file(name: str) -> bool:
    """Whether an argument means a document rather than an account."""
    if name.lower().endswith((".yaml", ".yml")):
        return True
    return isfile(name)  # noqa: PTH113 - Path's raises an error for a name that is too long


def _of_store(name: str, store: Store, keyring_for: Collection[Protocol]) -> Target:
    from motion_desk.services.secrets import SecretsError
    from motion_desk.services.tester.run import secrets_needed

    account = store.load(chosen(name, store.accounts()).id)
    passwords: dict[Protocol, str] = {}
    refused: dict[Protocol, str] = {}
    for protocol, secret in secrets_needed(account).items():
        if protocol not in keyring_for:
            continue
        try:
            text = store.text_of(secret.reference)
        except SecretsError as error:
            refused[protocol] = error.sentence
            continue
        if text is None:
            refused[protocol] = "There is no such entry in the keyring."
        else:
            passwords[protocol] = text
    return Target(account, store.workspace(), True, passwords, refused)


def chosen(name: str, accounts: Sequence[AccountSummary]) -> AccountSummary:
    """The account with an id, else with a key, a name or an address; capitals matter last."""
    for attribute in ("id", "key", "name", "address"):
        for fold in (str, str.casefold):
            same = [each for each in accounts if fold(getattr(each, attribute)) == fold(name)]
            if len(same) == 1:
                return same[0]
            if same:
                ids = ", ".join(each.id for each in same)
                raise NotFoundError(f"Several accounts are called “{name}”. Give an id: {ids}.")
    raise NotFoundError(f"There is no account “{name}”.{_hint(name, accounts)}")


def _hint(name: str, accounts: Sequence[AccountSummary]) -> str:
    from difflib import get_close_matches

    words = {
        word.casefold(): each
        for each in accounts
        for word in (each.id, each.key, each.name, each.address)
        if word
    }
    near = [words[word] for word in get_close_matches(name.casefold(), words, MOST_NEAR * 2)]
    if near:
        return f" Did you mean {' or '.join(list(dict.fromkeys(map(_called, near)))[:MOST_NEAR])}?"
    return f" There are: {', '.join(map(_called, accounts)) or 'none'}."


def _called(account: AccountSummary) -> str:
    return f"{account.key or account.id} ({account.name})" if account.name else account.id


def _of_documents(files: Sequence[str], workspace_file: Path | None) -> Iterator[Named]:
    """The targets of accounts' documents, by file; a workspace's among them is their directory."""
    if not files:
        return
    from motion_desk.models.directory import Surroundings
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError

    found, unreadable = documents.parsed(map(Path, files))
    if unreadable:
        raise NotFoundError("\n".join(map(str, unreadable)))
    if not any(each.kind == "account" for each in found):
        raise NotFoundError("None of these files is an account's document.")
    try:
        directory = _directory(found, workspace_file)
        surroundings = Surroundings(directory or Workspace())
        for parsed in found:
            if parsed.kind == "account":
                # Names of queues and the like are no business of a test.
                read = parsed.read(surroundings, create_missing=True)
                yield parsed.source_name, Target(cast("Account", read.document), read.workspace)
    except DocumentError as error:
        raise NotFoundError(str(error)) from None


def _directory(found: Sequence[Parsed], workspace_file: Path | None) -> Workspace | None:
    """The workspace's document among those found, or else the workspace that was named."""
    for parsed in found:
        if parsed.kind == "workspace":
            return cast("Workspace", parsed.read().document)
    if workspace.named(workspace_file) is not None:
        with workspace.opened(workspace_file) as store:
            return store.workspace()
    say(
        "No workspace was given: Motion is taken to know no certificate authority beyond the "
        "usual ones. Give the workspace's document too, or --workspace.",
        err=True,
    )
    return None
