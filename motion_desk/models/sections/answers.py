"""Dispositions and canned answers of the account itself."""

from typing import ClassVar

from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, lines, rich_text, rows, text
from motion_desk.models.kinds import Row
from motion_desk.models.section import Section
from motion_desk.models.surfaces import Surface

DEEPEST = 3
"""Levels: the most that a tree of dispositions may have (dispositions' page)."""
DISPOSITIONS = "dispositions.entries"
CANNED_ANSWERS = "canned_answers.entries"
GLOBAL_NAMES = ("Fax", "Answer Machine", "Interested", "Not Interested", "Sold", "Special")
"""The six labels that Motion has for all accounts to begin with (S8, Tools → Dispositions)."""


@declared
class DispositionEntry(Row):
    """One label of the tree; ``parent`` is the id of the label above, or empty."""

    TITLE: ClassVar[str] = "Disposition"

    parent: str = ""
    name: str = text("Name", required=True, source="S8", help="What agents choose.")
    description: str = lines("Description", source="S8", help="When to choose it.")


@declared
class Dispositions(Section):
    """How conversations of this account can end."""

    NAME, TITLE = "dispositions", "Dispositions"
    ABOUT = "How conversations of this account can end: labels of up to three levels."
    SOURCE = "S8"

    entries: tuple[DispositionEntry, ...] = rows(
        "Dispositions",
        DispositionEntry,
        one="disposition",
        tree=True,
        deepest=DEEPEST,
        source="S8",
        help="Offered for interactions of this account only, beside the global ones.",
    )


@declared
class CannedAnswer(Row):
    """A ready-made text that agents insert by its key."""

    TITLE: ClassVar[str] = "Canned answer"
    NAMED: ClassVar[str] = "key"

    key: str = text("Key", required=True, help="The short word by which agents find the answer.")
    value: str = rich_text(
        "Value",
        required=True,
        surface=Surface.CANNED_ANSWER,
        help="The text that is inserted.",
    )
    description: str = lines("Description", help="When to use it.")


@declared
class CannedAnswers(Section):
    """Ready-made texts for agents of this account."""

    NAME, TITLE = "canned_answers", "Canned answers"
    ABOUT = "Ready-made texts that agents of this account can insert."

    entries: tuple[CannedAnswer, ...] = rows(
        "Canned answers",
        CannedAnswer,
        one="answer",
        status=Status.UNCONFIRMED,
        note="The page says that they exist for each account; their fields are not documented.",
        help="Texts that agents insert into a message.",
    )
