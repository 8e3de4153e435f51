"""Examples: the bundled samples as documents, a directory for generated ones, and comparisons."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from motion_desk.models.account import Account
from motion_desk.models.catalogue import DIRECTORY, WORKSPACE, catalogue_of
from motion_desk.models.changes import effective
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.plain import dump, word
from motion_desk.models.rows import parent_of
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read
from motion_desk.services.exchange.names import in_text_order
from motion_desk.services.exchange.yaml_tree import Listing, Node, Scalar, Table, tree
from tests.strategies import IDS


@cache
def sample(name: str) -> Document:
    """The document of a sample, by its file name without the ending."""
    texts = dict(bundled.samples())
    surroundings = Surroundings() if name == "workspace" else sample_surroundings()
    return read(texts[f"{name}.yaml"], surroundings).document


def sample_account(name: str) -> Account:
    """See ``sample``."""
    document = sample(name)
    assert isinstance(document, Account)
    return document


def sample_workspace() -> Workspace:
    """The samples' directory."""
    document = sample("workspace")
    assert isinstance(document, Workspace)
    return document


@cache
def sample_surroundings() -> Surroundings:
    """What the samples' accounts refer to."""
    return Surroundings(sample_workspace())


def sample_text(name: str) -> str:
    """The text of a sample."""
    return dict(bundled.samples())[f"{name}.yaml"]


@cache
def strategies_surroundings() -> Surroundings:
    """A directory that has all entries to which generated accounts refer."""
    workspace = Workspace()
    for key in DIRECTORY:
        kind = WORKSPACE.fields[key].kind
        assert isinstance(kind, Rows)
        [row] = kind.types
        entries = []
        for number, identity in enumerate(IDS):
            cells: dict[str, Any] = {getattr(row, "NAMED", "name"): f"{kind.one} of old {number}"}
            entries.append(row(id=identity, **cells))
        workspace = put(workspace, key, tuple(entries))
    return Surroundings(workspace)


def normal(document: Document) -> dict[str, Any]:
    """What a document says, whatever its id, version, secrets and the ids of its rows."""
    counted = effective(document)
    fields = catalogue_of(document).fields
    numbers: dict[str, dict[str, int]] = {
        key: {row.id: at for at, row in enumerate(in_text_order(get(counted, key)), 1)}
        for key, field in fields.items()
        if isinstance(field.kind, Rows)
    }

    def said(field: Field, value: Any) -> Any:
        if field.secret:
            return None
        if isinstance(field.kind, Reference) and field.kind.to in numbers:
            return numbers[field.kind.to].get(value)
        if isinstance(field.kind, References) and field.kind.to in numbers:
            return [
                numbers[field.kind.to][each] for each in value if each in numbers[field.kind.to]
            ]
        return dump(field.kind, value)

    def row_said(key: str, row: Row) -> dict[str, Any]:
        cells = {cell.name: said(cell, getattr(row, cell.name)) for cell in fields_of(type(row))}
        return {"type": word(type(row)), "parent": numbers[key].get(parent_of(row)), **cells}

    return {
        key: [row_said(key, row) for row in in_text_order(get(counted, key))]
        if isinstance(field.kind, Rows)
        else said(field, get(counted, key))
        for key, field in fields.items()
    }


def plain(node: Node | None) -> Any:
    """A tree as the values that any YAML reader would give."""
    match node:
        case Scalar():
            return node.value
        case Table(_, pairs):
            return {pair.name: plain(pair.node) for pair in pairs}
        case Listing(_, items):
            return [plain(item) for item in items]
    return None


def plain_text(text: str) -> Any:
    """See ``plain``."""
    return plain(_tree(text))


_tree = lru_cache(16)(tree)
"""The samples are read hundreds of times."""


def without_ids(text: str) -> str:
    """A sample's text with no id, so that it describes no account that exists."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("id:"))


def renamed(account: Account, **settings: Any) -> Account:
    """The account with other settings."""
    return replace(account, settings=replace(account.settings, **settings))


def refers(field: Field) -> bool:
    """Whether a field names rows."""
    return isinstance(field.kind, Reference | References)
