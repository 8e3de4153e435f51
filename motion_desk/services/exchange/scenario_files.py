"""Scenario files: one situation as YAML, with the words of a kept scenario's cells.

``message`` is the name of a pinned message, the path of an .eml file from the scenario's own
folder, or the header itself, one “Name: value” on each line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.directory import Surroundings
from motion_desk.models.kinds import Rows
from motion_desk.models.rows import with_cell
from motion_desk.models.scenarios import people_of
from motion_desk.models.sections.expectations import SCENARIOS, KeptScenario
from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.faults import DocumentError, Fault, Place
from motion_desk.services.exchange.findings import Findings
from motion_desk.services.exchange.reading_references import ReferenceReader
from motion_desk.services.exchange.reading_rows import RowsReader
from motion_desk.services.exchange.values import WrongValueError, expected, text_of
from motion_desk.services.exchange.yaml_tree import Listing, Node, Scalar, Table, tree

MESSAGE, PEOPLE = "message", "people"
EXPECTED = ("expected", "within")


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """What a scenario's file says.

    ``message`` is as it was written, and empty for an ordinary message; ``expects`` whether the
    file says how the situation must end. ``workspace`` is the directory with what was created.
    """

    row: KeptScenario
    message: str
    expects: bool
    workspace: Workspace


def read_scenario(
    text: str,
    account: Account,
    workspace: Workspace,
    *,
    source_name: str = "",
    create_missing: bool = False,
) -> ScenarioFile:
    """The scenario that a text stands for, its references as the account and the workspace have them.

    With ``create_missing``, agents and queues that the directory lacks are taken to exist. Raises
    ``DocumentError`` with all that is wrong, each with its line. Pure.
    """
    try:
        root = tree(text)
    except DocumentError as error:
        raise DocumentError(error.faults, source_name, unreadable=True) from None
    if root is None or (isinstance(root, Scalar) and root.value is None):
        said = "There is nothing in this scenario."
        raise DocumentError([Fault(1, 1, "", said)], source_name, unreadable=True)
    if not isinstance(root, Table):
        said = expected("names with values, such as people:,", root)
        raise DocumentError([Fault(*root.place, "", said)], source_name, unreadable=True)
    findings = Findings()
    message = _message(root, findings)
    row, directory = _row(root, account, workspace, findings, create_missing=create_missing)
    _note_people(row, root, findings)
    if findings.faults:
        raise DocumentError(map(_named, findings.faults), source_name)
    names = {pair.name for pair in root.pairs}
    return ScenarioFile(row, message, not names.isdisjoint(EXPECTED), directory)


def _named(fault: Fault) -> Fault:
    """The fault under the name of its cell, which is all that the file says; faults of none bare."""
    cell = fault.key.rpartition("/")[2]
    return replace(fault, key="" if cell.isdigit() else cell)


def _message(root: Table, findings: Findings) -> str:
    for pair in root.pairs:
        if pair.name == MESSAGE:
            try:
                return text_of(pair.node).strip()
            except WrongValueError as error:
                findings.wrong(pair.node.place, MESSAGE, *error.sentences)
    return ""


def _row(
    root: Table,
    account: Account,
    workspace: Workspace,
    findings: Findings,
    *,
    create_missing: bool,
) -> tuple[KeptScenario, Workspace]:
    """The row, and the directory with what was created; the message is left to ``_message``."""
    cells = Table(root.place, tuple(pair for pair in root.pairs if pair.name != MESSAGE))
    rows_kind = cast("Rows", ACCOUNT.fields[SCENARIOS].kind)
    reader = RowsReader(SCENARIOS, rows_kind, findings)
    rows = reader.rows(Listing(root.place, (cells,)))
    references = ReferenceReader(
        account, Surroundings(workspace), findings, create_missing=create_missing
    )
    for cell in reader.later:
        value: Any = references.value_of(cell.field, cell.node, cell.key)
        rows = with_cell(rows, cell.row_id, cell.field.name, value)
    return cast("KeptScenario", rows[0]), references.workspace


def _note_people(row: KeptScenario, root: Table, findings: Findings) -> None:
    node: Node | None = next((each.node for each in root.pairs if each.name == PEOPLE), None)
    for complaint in people_of(row.people)[1]:
        place = node.place if node else Place()
        said = complaint.sentence.format_map(complaint.values)
        findings.wrong(place, PEOPLE, f"Line {complaint.line}: {said}")
