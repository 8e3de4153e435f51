"""Plan: what importing documents would add and change; making it changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from motion_desk.models.account import Account
from motion_desk.models.catalogue import DIRECTORY, catalogue_of
from motion_desk.models.changes import summary
from motion_desk.models.checks import blocking, check
from motion_desk.models.directory import Surroundings, own_name, uses
from motion_desk.models.document import Document, get, new_id, put
from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.faults import DocumentError, Fault, Place
from motion_desk.services.exchange.names import kind_of
from motion_desk.services.exchange.onto import meant, onto
from motion_desk.services.exchange.reading import Imported, Parsed
from motion_desk.services.exchange.reading_references import Missing
from motion_desk.services.exchange.review import as_fault, lacks_secret, problems_of


@dataclass(frozen=True, slots=True)
class Change:
    """One document that would be stored; ``before`` is the stored one, if there is one.

    ``fields`` are the keys of the fields whose value changes. ``made_inactive`` says that the
    account is active in its text but lacks secrets, which texts never hold.
    """

    document: Document
    before: Document | None
    source_name: str
    fields: tuple[str, ...]
    made_inactive: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do, the workspace first.

    Documents that would stay as they are, are not among the ``changes``. ``missing`` are the
    names that would be added to the directory.
    """

    changes: tuple[Change, ...]
    missing: tuple[Missing, ...]


class ImportRefusedError(Exception):
    """Documents that cannot be imported together; ``errors`` has one for each that is wrong."""

    def __init__(self, errors: Sequence[DocumentError]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


def plan(
    documents: Sequence[Parsed],
    workspace: Workspace,
    accounts: Sequence[Account],
    deleted: Sequence[Account] = (),
    *,
    create_missing: bool = False,
) -> Plan:
    """What importing the documents would do to a workspace with these accounts.

    A document updates the account with its id (also one of ``deleted``, which comes back), or
    else the one with its key; the workspace document updates the workspace, whatever its id.
    With ``create_missing``, unknown names are added to the directory. Raises
    ``ImportRefusedError`` with everything that is wrong: then nothing may be imported. Pure.
    """
    return _Planner(workspace, accounts, deleted, create_missing=create_missing).plan(documents)


@dataclass(frozen=True, slots=True)
class _Read:
    imported: Imported
    document: Document
    before: Document | None


class _Planner:
    """Makes one plan; lives for one call of ``plan``."""

    def __init__(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        deleted: Sequence[Account],
        *,
        create_missing: bool,
    ) -> None:
        self._stored = workspace
        self._workspace = workspace
        self._accounts = {account.id: account for account in accounts}
        self._deleted = {account.id: account for account in deleted}
        self._create_missing = create_missing
        self._missing: list[Missing] = []
        self._read: list[_Read] = []
        self._errors: list[DocumentError] = []

    def plan(self, documents: Sequence[Parsed]) -> Plan:
        workspaces = [parsed for parsed in documents if parsed.kind == "workspace"]
        for parsed in workspaces[1:]:
            text = f"{workspaces[0].source_name} is a workspace already. Import one at a time."
            self._refuse(parsed.source_name, Fault(*Place(), "", text))
        for parsed in workspaces[:1]:
            self._read_workspace(parsed)
        for parsed in documents:
            if parsed.kind == "account":
                self._read_account(parsed)
        if not self._errors:
            self._check()
        if self._errors:
            raise ImportRefusedError(self._errors)
        changes = list(self._changes())
        if not workspaces and self._workspace != self._stored:
            changed = _changed(self._stored, self._workspace)
            changes.insert(0, Change(self._workspace, self._stored, "", changed))
        return Plan(tuple(changes), tuple(self._missing))

    def _refuse(self, source_name: str, *faults: Fault) -> None:
        self._errors.append(DocumentError(faults, source_name))

    def _read_workspace(self, parsed: Parsed) -> None:
        try:
            imported = parsed.read()
        except DocumentError as error:
            self._errors.append(error)
            return
        if isinstance(imported.document, Workspace):
            self._workspace = onto(self._stored, imported.document)
            self._read.append(_Read(imported, self._workspace, self._stored))

    def _read_account(self, parsed: Parsed) -> None:
        surroundings = Surroundings(self._workspace)
        try:
            imported = parsed.read(surroundings, create_missing=self._create_missing)
        except DocumentError as error:
            self._errors.append(error)
            return
        account = imported.document
        if not isinstance(account, Account):
            return
        self._workspace = imported.workspace
        self._missing.extend(imported.missing)
        before = self._deleted.get(account.id)
        summaries = map(summary, self._accounts.values())
        if found := meant(account.id, account.settings.key, summaries):
            before = self._accounts[found.id]
        account = replace(account, id=account.id or new_id(), version=0)
        merged = onto(before, account) if before else account
        for other in self._read:
            if other.document.id == merged.id and isinstance(other.document, Account):
                text = f"{other.imported.source_name} describes this account too. Keep one of them."
                self._refuse(parsed.source_name, Fault(*Place(), "", text))
        self._read.append(_Read(imported, merged, before))

    def _check(self) -> None:
        """Refuse what could not be saved, and a workspace without what other accounts use."""
        final = self._accounts | {
            each.document.id: each.document
            for each in self._read
            if isinstance(each.document, Account)
        }
        summaries = [summary(account) for account in final.values()]
        for each in self._read:
            peers = tuple(peer for peer in summaries if peer.id != each.document.id)
            surroundings = Surroundings(self._workspace, peers)
            found = blocking(problems_of(each.document, surroundings))
            faults = [as_fault(problem, each.imported, each.document) for problem in found]
            if isinstance(each.document, Workspace):
                faults.extend(self._lost(final.values()))
            if faults:
                self._refuse(each.imported.source_name, *faults)

    def _lost(self, accounts: Iterable[Account]) -> Iterator[Fault]:
        """Entries that the new workspace lacks although accounts refer to them."""
        users: dict[tuple[str, str], list[str]] = {}
        for account in accounts:
            for _, to, entry in uses(account):
                names = users.setdefault((to, entry), [])
                if account.settings.name not in names:
                    names.append(account.settings.name)
        for to in DIRECTORY:
            kept = {row.id for row in get(self._workspace, to)}
            for row in get(self._stored, to):
                if row.id not in kept and (by := users.get((to, row.id))):
                    text = (
                        f"The {kind_of(to, self._stored).one} “{own_name(row)}” is missing, which "
                        f"{' and '.join(by)} still uses. Put it back, if need be as retired."
                    )
                    yield Fault(*Place(), to, text)

    def _changes(self) -> Iterator[Change]:
        for each in self._read:
            document = each.document
            if isinstance(document, Workspace):
                document = self._workspace  # accounts may have added names
            lacking = any(lacks_secret(problem, document) for problem in blocking(check(document)))
            if lacking:
                document = put(document, "settings.active", False)
            fields = _changed(each.before, document)
            if fields or each.before is None or document.id in self._deleted:
                yield Change(
                    document, each.before, each.imported.source_name, fields, made_inactive=lacking
                )


def _changed(before: Document | None, after: Document) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(key for key in catalogue_of(after).fields if get(before, key) != get(after, key))
