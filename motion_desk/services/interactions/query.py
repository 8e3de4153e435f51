"""Query: what a list of conversations is asked for, and the rows that it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

ROWS_A_PAGE = 256
"""Rows of one page: what is read at once."""
MOST_FOUND = 10_000
"""Conversations that a search for words lists. Nobody reads more; they are counted as “more”."""


class Column(Enum):
    """A column of Motion's list of interactions; its value is the word in keys and settings."""

    ID = "id"
    WATCHING = "watching"
    CONTACT = "contact"
    SUBJECT = "subject"
    STARTED = "started"
    LAST = "last"
    STATUS = "status"
    SUBSTATUS = "substatus"
    TAGS = "tags"
    OWNER = "owner"
    READ = "read"


LABELS: Mapping[Column, str] = {
    Column.ID: "ID",
    Column.WATCHING: "Watching",
    Column.CONTACT: "Contact",
    Column.SUBJECT: "Subject",
    Column.STARTED: "Started at",
    Column.LAST: "Last message",
    Column.STATUS: "Status",
    Column.SUBSTATUS: "Substatus",
    Column.TAGS: "Tags",
    Column.OWNER: "Owner",
    Column.READ: "Read",
}
"""What people call the columns, in Motion's order; “Read” is shown by bold rows, not as a column."""

SORTABLE = (Column.ID, Column.CONTACT, Column.SUBJECT, Column.STARTED, Column.LAST)
"""The columns that Motion sorts by: each has an index. Unknown values come first, ascending."""


class Status(Enum):
    """Whether a conversation is still going on."""

    OPEN = "open"
    CLOSED = "closed"


class Source(Enum):
    """Where a conversation was learnt from. A mailbox tells neither owner nor status nor tags."""

    FILE = "file"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A row of the list. What its source did not tell is ``None`` or empty.

    ``number`` is the archive's own and what ``Archive.letters`` takes; it stays the same as long
    as the conversation is kept. ``id`` is Motion's, or the thread's in a mailbox: one within an
    account. Instants are UTC. ``letters`` is how many messages are kept of it.
    """

    number: int
    account: str
    id: str
    watching: str
    contact: str
    subject: str
    started: datetime | None
    last: datetime | None
    status: Status | None
    substatus: str
    tags: tuple[str, ...]
    owner: str
    read: bool | None
    source: Source
    letters: int


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A message of a conversation, as it is kept.

    ``text`` is what is to be read of it, taken from the HTML where it has no text of its own;
    ``html`` is empty where there is none. It is as hostile as it came: show it locked down only. ``header`` is its header as it was sent.
    ``raw`` is all of its bytes, or ``None`` where they are not kept (from a CSV file, or larger
    than ``mailbox.LARGEST_KEPT``).
    """

    at: datetime | None
    sender: str
    to: str
    cc: str
    subject: str
    text: str
    html: str
    header: str
    message_id: str
    raw: bytes | None


class Operator(Enum):
    """How a condition compares; texts without regard to the capitals of ASCII letters."""

    IS = "is"
    IS_NOT = "is not"
    CONTAINS = "contains"
    CONTAINS_NOT = "does not contain"
    BEGINS = "begins with"
    BEFORE = "before"
    FROM = "from"
    EMPTY = "is empty"
    NOT_EMPTY = "is not empty"


_TEXT = (Operator.CONTAINS, Operator.CONTAINS_NOT, Operator.IS, Operator.IS_NOT, Operator.BEGINS)
_NAME = (Operator.IS, Operator.IS_NOT, Operator.EMPTY, Operator.NOT_EMPTY)
_INSTANT = (Operator.BEFORE, Operator.FROM, Operator.EMPTY, Operator.NOT_EMPTY)

OPERATORS: Mapping[Column, tuple[Operator, ...]] = {
    Column.ID: (Operator.IS, Operator.IS_NOT, Operator.BEGINS),
    Column.WATCHING: (*_TEXT, Operator.EMPTY, Operator.NOT_EMPTY),
    Column.CONTACT: (*_TEXT, Operator.EMPTY, Operator.NOT_EMPTY),
    Column.SUBJECT: (*_TEXT, Operator.EMPTY, Operator.NOT_EMPTY),
    Column.STARTED: _INSTANT,
    Column.LAST: _INSTANT,
    Column.STATUS: _NAME,
    Column.SUBSTATUS: _NAME,
    Column.TAGS: _NAME,
    Column.OWNER: _NAME,
    Column.READ: _NAME,
}
"""What each column can be compared by: all there is. For tags, “is” asks for one of them."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. Raises ``ValueError`` where the column has no such operator or value.

    The value is an aware instant for BEFORE and FROM (at or after); “open” or “closed” for the
    status, “read” or “unread” for READ; a text otherwise; unused for EMPTY and NOT_EMPTY.
    """

    column: Column
    operator: Operator
    value: str | datetime = ""

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS[self.column]:
            raise ValueError(f"{self.column.value} cannot be compared by “{self.operator.value}”")
        instant = self.operator in (Operator.BEFORE, Operator.FROM)
        if instant != isinstance(self.value, datetime):
            raise ValueError(f"“{self.operator.value}” compares with another kind of value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which conversations of an account are asked for, and in what order. All parts hold at once.

    ``text`` is words, each of which begins a word of the subject, the contact or a kept message,
    in whatever capitals and accents. ``started_from`` is at or after, ``started_to`` before an
    aware instant. ``read``: true, false, or ``None`` for both (also those of which it is not
    known). Of ``conditions`` all hold, or with ``any_of`` at least one. ``sort`` must be one of
    ``SORTABLE``; ties are in the order of coming in.
    """

    account: str
    text: str = ""
    started_from: datetime | None = None
    started_to: datetime | None = None
    read: bool | None = None
    status: Status | None = None
    substatus: str = ""
    tag: str = ""
    owner: str = ""
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    sort: Column = Column.LAST
    descending: bool = True

    def __post_init__(self) -> None:
        if self.sort not in SORTABLE:
            raise ValueError(f"conversations are not sorted by {self.sort.value}")


@dataclass(frozen=True, slots=True)
class Count:
    """How many conversations a query has, as far as was counted.

    Not ``complete``: at least so many; ask again to go on. ``capped``: a search for words met
    more than ``MOST_FOUND``; it lists those that came in last (of those with the whole words, where
    these are enough), and ``number`` is ``MOST_FOUND``.
    """

    number: int
    complete: bool
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows ``number * ROWS_A_PAGE`` and on of a query, counted from 0; fewer at the end."""

    number: int
    rows: tuple[Conversation, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """What an account's conversations have in columns of few different values, sorted."""

    substatuses: tuple[str, ...]
    tags: tuple[str, ...]
    owners: tuple[str, ...]
