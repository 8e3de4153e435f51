"""Staff import: the people of a table, by columns that are guessed and can be changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from motion_desk.services.invitations.staff import FIELDS, Person, faults, is_address
from motion_desk.services.spreadsheets import unguarded
from motion_desk.services.tables import Row, Table, TableError

# By what is left of a header's cell in small letters and digits only.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("fullname", "displayname", "realname", "agentname", "person", "employee"),
    "username": ("username", "login", "loginname", "user", "userid", "account"),
    "address": ("email", "emailaddress", "mail", "mailaddress", "address", "emailto"),
    "internal": ("internal", "internalnumber", "extension", "ext", "interno", "phone"),
    "alias": ("alias", "nickname", "shownname"),
    "role": ("role", "profile", "userrole", "type"),
    "link": ("link", "invitationlink", "invitelink", "url", "invitationurl", "personallink"),
}
_BY_NAME = {each: target for target, names in _NAMES.items() for each in names}
_NEARNESS = 0.8
"""How alike two names must be, from 0 to 1, for the one to be taken for a slip of the other."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and the field or variable that it fills; ``target`` empty for none.

    ``certain`` is false where the title is only near to a known one: a person should look.
    """

    title: str
    target: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is no person: the line of the file on which it begins, and why, in sentences."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row whose address was there before: its line, the earlier one's, and the address."""

    line: int
    earlier: int
    address: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table holds: each row is a person as a whole, or is refused as a whole.

    Duplicates are told, and are among the people: which of them is right only a person knows.
    """

    people: tuple[Person, ...]
    lines: tuple[int, ...]
    refused: tuple[RefusedRow, ...]
    duplicates: tuple[Duplicate, ...]


def columns(table: Table, variables: Collection[str] = ()) -> tuple[Column, ...]:
    """What each column seems to be. ``variables`` are names that a workspace adds.

    A variable is known by its exact name. Without a header only the addresses are found. No
    target comes twice: the first column that names it surely has it, else the first near one.
    """
    if not table.header:
        return _without_header(table)
    guessed = [_guess(title, variables) for title in table.header]
    by_sureness = sorted(range(len(guessed)), key=lambda n: not guessed[n].certain)
    taken: set[str] = set()
    for number in by_sureness:
        target = guessed[number].target
        if target in taken:
            guessed[number] = Column(guessed[number].title)
        elif target:
            taken.add(target)
    return tuple(_with_name(guessed, taken))


def _guess(title: str, variables: Collection[str]) -> Column:
    if title in variables:
        return Column(title, title)
    bare = _bare(title)
    if bare in _BY_NAME:
        return Column(title, _BY_NAME[bare])
    if bare == "name":
        return Column(title, "")  # full name or user name: see below
    if near := get_close_matches(bare, _BY_NAME, 1, _NEARNESS):
        return Column(title, _BY_NAME[near[0]], certain=False)
    return Column(title)


def _with_name(guessed: Sequence[Column], taken: Collection[str]) -> Iterator[Column]:
    """Motion's own “name” is the user name where a full name stands beside it (inferred)."""
    used = {*taken}
    for column in guessed:
        free = next((each for each in ("name", "username") if each not in used), "")
        if _bare(column.title) == "name" and not column.target and free:
            used.add(free)
            yield Column(column.title, free, certain=free == "name")
        else:
            yield column


def _bare(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _without_header(table: Table) -> tuple[Column, ...]:
    cells = enumerate(table.rows[0].cells)
    addresses = next(number for number, cell in cells if is_address(cell.strip()))
    return tuple(
        Column(f"Column {number + 1}", "address" if number == addresses else "")
        for number in range(table.width)
    )


def imported(table: Table, chosen: Sequence[Column]) -> Imported:
    """The people of a table, with each refused row's line and reason. Changes nothing.

    Raises ``TableError`` where the columns say nothing of who people are, or two say the same.
    """
    targets = [column.target for column in chosen]
    for target in filter(None, targets):
        if targets.count(target) > 1:
            label = FIELDS.get(target, target)
            raise TableError(f"More than one column is to be “{label}”. Choose one of them.")
    if not {"name", "address"} & {*targets}:
        raise TableError("No column is a name or an address. Choose at least one of them.")
    people: list[Person] = []
    lines: list[int] = []
    refused: list[RefusedRow] = []
    for row in table.rows:
        person, reasons = _person(row, targets)
        if reasons:
            refused.append(RefusedRow(row.line, " ".join(reasons)))
        else:
            people.append(person)
            lines.append(row.line)
    return Imported(tuple(people), tuple(lines), tuple(refused), tuple(_duplicates(people, lines)))


def _person(row: Row, targets: Sequence[str]) -> tuple[Person, list[str]]:
    if len(row.cells) != len(targets):
        counts = f"This row has {len(row.cells)} cells, the first one {len(targets)}."
        return Person(), [f"{counts} Look for a missing quotation mark or delimiter."]
    known: dict[str, str] = {}
    values: dict[str, str] = {}
    for cell, target in zip(row.cells, targets, strict=True):
        if target in FIELDS:
            known[target] = _text(cell)
        elif target and cell.strip():
            values[target] = _text(cell)
    person = Person(**known, values=values)
    return person, [sentence for _, sentence in faults(person)]


def _text(cell: str) -> str:
    """A cell's text: formulas stay text, and an apostrophe that marked one as text is taken off."""
    return unguarded(cell.strip())


def _duplicates(people: Sequence[Person], lines: Sequence[int]) -> Iterator[Duplicate]:
    first: dict[str, int] = {}
    for person, line in zip(people, lines, strict=True):
        address = person.address.casefold()
        if address and first.setdefault(address, line) != line:
            yield Duplicate(line, first[address], person.address)
