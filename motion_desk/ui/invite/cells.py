"""Cells: how a person's line in the table is drawn, and how it stands with them in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from motion_desk.models.sent import Outcome, Purpose
from motion_desk.services.invitations.staff import FIELDS, Person
from motion_desk.ui.board.lines import Cell
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.listed import Done, Listed
from motion_desk.ui.test.marks import Mark
from motion_desk.ui.test.words import moment


class Column(IntEnum):
    """The columns that the table of people always has; those of variables stand behind them."""

    NAME = 0
    USERNAME = 1
    ADDRESS = 2
    ROLE = 3
    LINK = 4
    STATE = 5
    INTERNAL = 6
    ALIAS = 7


FIELD_OF = {
    Column.NAME: "name",
    Column.USERNAME: "username",
    Column.ADDRESS: "address",
    Column.ROLE: "role",
    Column.LINK: "link",
    Column.INTERNAL: "internal",
    Column.ALIAS: "alias",
}
TITLES = {column: FIELDS[name] for column, name in FIELD_OF.items()} | {
    Column.LINK: "Link",
    Column.STATE: "State",
}
HIDDEN_LINK = "••••••••"

OUTCOMES: dict[Outcome, Mark] = {
    Outcome.SENT: ("circle-check", "success"),
    Outcome.REFUSED: ("circle-x", "error"),
    Outcome.NOT_SENT: ("circle-minus", "warning"),
    Outcome.UNKNOWN: ("circle-question-mark", "warning"),
}
SENT_AS = {
    Purpose.LAB: "Sent to the lab",
    Purpose.OWN: "Sent to one's own",
    Purpose.REAL: "Invitation sent",
}


@dataclass(frozen=True, slots=True)
class State:
    """All that a person's line shows. ``repeated``: an earlier line has the same address."""

    listed: Listed
    repeated: bool = False
    under_way: bool = False
    done: Done | None = None
    invited: datetime | None = None

    @property
    def obstacle(self) -> str:
        """Why not even a sample can be sent, in a sentence."""
        if self.repeated:
            said = tr("{} comes more than once. Only the first is used.")
            return said.format(self.listed.person.address)
        return self.listed.needs.sample if self.listed.needs else ""

    @property
    def is_ready(self) -> bool:
        """Whether a real invitation could go to them."""
        return bool(self.listed.needs and not self.obstacle and not self.listed.needs.real)

    @property
    def sentence(self) -> str:
        """How it stands, whole: what is missing, what became of the last letter, and when."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        cell = state_cell(self)
        if self.under_way:
            yield tr("The letter is being sent.")
        elif self.done is not None:
            yield from self._of_letter(self.done, cell.text)
        if self.obstacle and not (self.done and self.done.attempt.meaning == self.obstacle):
            yield self.obstacle
        elif self.listed.needs is not None and not self.obstacle and self.listed.needs.real:
            yield tr("Samples can be sent, a real invitation not: {}").format(
                self.listed.needs.real
            )
        elif self.is_ready and self.done is None:
            yield tr("Everything is there for a real invitation.")
        if self.invited is not None:
            yield tr("An invitation went to this address on {}.").format(moment(self.invited))

    def _of_letter(self, done: Done, what: str) -> Iterator[str]:
        attempt = done.attempt
        said = tr("{what}, {when}, to {address}.") if attempt.address else tr("{what}, {when}.")
        yield said.format(what=what, when=moment(attempt.at), address=attempt.address)
        if attempt.words:
            yield tr("The server said: “{}”.").format(attempt.words)
        if attempt.meaning:
            yield attempt.meaning


def cell(state: State, column: Column | str) -> Cell:
    """One cell of a line, of a column or of a variable. The link is never in it."""
    person = state.listed.person
    if not isinstance(column, Column):
        text = person.values.get(column, "")
        return Cell(text, tip=text)
    if column is Column.STATE:
        return state_cell(state)
    if column is Column.LINK:
        text = tr("has a link") if person.link else ""
        return (
            Cell(HIDDEN_LINK, text, (), tip=tr("A double click replaces it.")) if text else Cell()
        )
    text = getattr(person, FIELD_OF[column])
    return Cell(text, tip=text)


def state_cell(state: State) -> Cell:
    """The last cell of a line: in a word or two how it stands, and below it why."""
    if state.under_way:
        return Cell(tr("Under way…"), marks=(("loader-circle", "accent"),))
    if state.done is not None:
        attempt = state.done.attempt
        said = SENT_AS[state.done.purpose]
        text = tr(said if attempt.outcome is Outcome.SENT else attempt.outcome.label)
        below = attempt.words or attempt.meaning
        if attempt.outcome is not Outcome.SENT:
            below = " ".join(filter(None, (attempt.meaning, attempt.words)))
        return Cell(text, below, (OUTCOMES[attempt.outcome],))
    if state.obstacle:
        return Cell(tr("Cannot be sent"), state.obstacle, (("circle-alert", "error"),))
    if state.listed.needs is None:
        return Cell()
    before = ""
    if state.invited is not None:
        before = tr("Invited before, {}").format(moment(state.invited)[:-3])
    if state.is_ready:
        return Cell(tr("Ready"), before, (("circle-check", "success"),))
    lacks = state.listed.needs.real if state.listed.person.link else tr("no invitation link yet")
    below = " · ".join(filter(None, (before, lacks)))
    return Cell(tr("Ready for samples"), below, (("circle", "muted"),))


def words(person: Person) -> str:
    """All that can be searched for in a line; the link is not among it."""
    known = (getattr(person, name) for name in FIELD_OF.values() if name != "link")
    return "\n".join((*known, *person.values.values()))


def value_of(person: Person, column: Column | str) -> str:
    """What is edited in a column."""
    if isinstance(column, Column):
        return str(getattr(person, FIELD_OF[column])) if column in FIELD_OF else ""
    return person.values.get(column, "")


def with_value(person: Person, column: Column | str, text: str) -> Person:
    """The person with another value in one column; a variable's column stays when it is emptied."""
    if not isinstance(column, Column):
        return replace(person, values={**person.values, column: text})
    values = {each: getattr(person, each) for each in FIELD_OF.values()}
    return replace(person, **(values | {FIELD_OF[column]: text}))
