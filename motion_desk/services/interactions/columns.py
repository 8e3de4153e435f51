"""Columns: which of an export's columns is what, guessed by names, changed by people, remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from unicodedata import normalize

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.dates import DateOrder, order_of
from motion_desk.services.interactions.query import LABELS, Column
from motion_desk.services.interactions.sheet import Sheet, SheetError

_NEARNESS = 0.85
"""How alike two names must be, from 0 to 1, for the one to be taken for a slip of the other."""


class Target(Enum):
    """What a column can be: one of Motion's, or the text of the last message."""

    ID = Column.ID.value
    WATCHING = Column.WATCHING.value
    CONTACT = Column.CONTACT.value
    SUBJECT = Column.SUBJECT.value
    STARTED = Column.STARTED.value
    LAST = Column.LAST.value
    STATUS = Column.STATUS.value
    SUBSTATUS = Column.SUBSTATUS.value
    TAGS = Column.TAGS.value
    OWNER = Column.OWNER.value
    READ = Column.READ.value
    TEXT = "text"

    @property
    def label(self) -> str:
        """What people call it."""
        return "Message text" if self is Target.TEXT else LABELS[Column(self.value)]


DATES = (Target.STARTED, Target.LAST)

# By what is left of a header's cell in small letters and digits only. Motion's column titles come
# first; the names of its database are inferred from public reports.
_NAMES: Mapping[Target, tuple[str, ...]] = {
    Target.ID: ("id", "interactionid", "emailinteractionid", "mailinteractionid", "ticketid",
                "uniqueid", "identificativo", "idinterazione", "codice"),
    Target.WATCHING: ("watching", "watchers", "watchedby", "viewing", "osservatori", "inosservazione"),
    Target.CONTACT: ("contact", "contactname", "contactemail", "customer", "client", "from",
                     "sender", "email", "contatto", "cliente", "mittente", "da"),
    Target.SUBJECT: ("subject", "title", "topic", "oggetto", "titolo", "argomento"),
    Target.STARTED: ("startedat", "started", "createdat", "created", "createdon", "startdate",
                     "date", "datacreazione", "creatoil", "iniziatoil", "inizio", "data",
                     "datainizio"),
    Target.LAST: ("lastmessage", "lastmessageat", "lastmsgat", "lastmessagedate", "updatedat",
                  "lastupdate", "lastactivity", "ultimomessaggio", "dataultimomessaggio",
                  "aggiornatoil", "ultimoaggiornamento"),
    Target.STATUS: ("status", "state", "closed", "closedat", "stato", "chiuso"),
    Target.SUBSTATUS: ("substatus", "substate", "sottostato"),
    Target.TAGS: ("tags", "tag", "labels", "etichette", "etichetta"),
    Target.OWNER: ("owner", "user", "username", "agent", "agentname", "userid", "assignedto",
                   "assignee", "operatore", "agente", "utente", "proprietario", "assegnatoa"),
    Target.READ: ("read", "isread", "readunread", "letto", "lettononletto"),
    Target.TEXT: ("message", "body", "text", "lastmessagebody", "messagebody", "plainbody",
                  "messaggio", "testo", "corpo"),
}  # fmt: skip
_BY_NAME = {name: target for target, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a file: its title and what it is; ``target`` is ``None`` for nothing.

    ``certain`` is false where the title is only near to a known one: a person should look.
    """

    title: str
    target: Target | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """How a file is to be read: each column's target, and what its dates mean.

    ``date_order`` is ``None`` while it is neither told by the file nor by a person. ``utc``: dates
    without a zone are UTC rather than this computer's time.
    """

    targets: tuple[Target | None, ...]
    date_order: DateOrder | None
    utc: bool = False


def guessed(sheet: Sheet) -> tuple[SheetColumn, ...]:
    """What each column seems to be. No target comes twice: the surest, then the first, has it."""
    found = [_guess(title) for title in sheet.header]
    taken: set[Target] = set()
    for number in sorted(range(len(found)), key=lambda n: not found[n].certain):
        target = found[number].target
        if target in taken:
            found[number] = SheetColumn(found[number].title)
        elif target:
            taken.add(target)
    return tuple(found)


def orders(sheet: Sheet, targets: Sequence[Target | None]) -> frozenset[DateOrder]:
    """The orders that the dates of the sample may be in. Two: a person must say which."""
    wanted = [number for number, target in enumerate(targets) if target in DATES]
    return order_of(row[number] for row in sheet.sample for number in wanted if number < len(row))


def proposed(sheet: Sheet, archive: Archive | None = None) -> tuple[Choices, bool]:
    """How to read a file, and whether that was remembered from one with the same columns."""
    content = archive.mapping(signature(sheet)) if archive else ""
    if content and (known := _choices(content, len(sheet.header))):
        possible = orders(sheet, known.targets)
        order = known.date_order if known.date_order in possible else _only(possible)
        return Choices(known.targets, order, known.utc), True
    targets = tuple(column.target for column in guessed(sheet))
    return Choices(targets, _only(orders(sheet, targets))), False


def remember(sheet: Sheet, choices: Choices, archive: Archive) -> None:
    """Remember how files with these columns are read. Raises ``ArchiveError``."""
    content = {
        "targets": [target.value if target else "" for target in choices.targets],
        "date_order": choices.date_order.value if choices.date_order else "",
        "utc": choices.utc,
    }
    archive.keep_mapping(signature(sheet), json.dumps(content))


def signature(sheet: Sheet) -> str:
    """What files with the same columns in the same order have in common; no text of theirs."""
    return hashlib.sha256("\x1f".join(_bare(title) for title in sheet.header).encode()).hexdigest()


def checked(choices: Choices, sheet: Sheet) -> None:
    """Raise ``SheetError`` where a file cannot be read so: the sentence says what to choose."""
    chosen = [target for target in choices.targets if target]
    for target in chosen:
        if chosen.count(target) > 1:
            raise SheetError(f"More than one column is to be “{target.label}”. Choose one of them.")
    if Target.ID not in chosen:
        raise SheetError(
            "No column is the ID, by which a conversation is known again. Choose the one that is."
        )
    if len(chosen) < 2:
        raise SheetError("Only the ID is chosen. Choose what else is to be shown.")
    if choices.date_order is None and len(orders(sheet, choices.targets)) != 1:
        raise SheetError(
            "Dates like 03/04/2025 can be read in two ways. Choose whether the day or the month "
            "comes first."
        )


def _choices(content: str, width: int) -> Choices | None:
    """What was remembered; ``None`` where it is of no use, as after an older version."""
    try:
        found = json.loads(content)
        targets = tuple(Target(each) if each else None for each in found["targets"])
        order = DateOrder(found["date_order"]) if found["date_order"] else None
    except (KeyError, TypeError, ValueError):
        return None
    return Choices(targets, order, bool(found.get("utc"))) if len(targets) == width else None


def _only(possible: frozenset[DateOrder]) -> DateOrder | None:
    return next(iter(possible)) if len(possible) == 1 else None


def _guess(title: str) -> SheetColumn:
    bare = _bare(title)
    if bare in _BY_NAME:
        return SheetColumn(title, _BY_NAME[bare])
    if len(bare) > 3 and (near := get_close_matches(bare, _BY_NAME, 1, _NEARNESS)):
        return SheetColumn(title, _BY_NAME[near[0]], certain=False)
    return SheetColumn(title)


def _bare(title: str) -> str:
    plain = normalize("NFKD", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
