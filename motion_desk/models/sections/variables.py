"""Variables of one's own: names that this Motion server fills in and that no page lists."""

from typing import ClassVar

from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, choice, lines, rows, text
from motion_desk.models.kinds import Row
from motion_desk.models.section import Section
from motion_desk.models.surfaces import Offered


@declared
class VariableEntry(Row):
    """A name that templates may use between double braces."""

    TITLE: ClassVar[str] = "Variable"
    WITHIN: ClassVar[str] = "surface"

    name: str = text(
        "Name",
        required=True,
        status=Status.OURS,
        help="Exactly as it stands between the braces, capitals and all, without the braces.",
    )
    surface: Offered = choice(
        "Surface",
        Offered.EVERYWHERE,
        status=Status.OURS,
        help="The templates in which the variable is offered.",
    )
    description: str = lines(
        "Description", status=Status.OURS, help="What Motion puts in its place."
    )
    sample: str = text("Sample value", status=Status.OURS, help="What previews show in its place.")


@declared
class Variables(Section):
    """The names that this Motion server fills in."""

    NAME, TITLE = "variables", "Variables"
    ABOUT = (
        "Names that templates may use between double braces, beside those that Motion Desk knows. "
        "Motion's own list is not public in full: note here what your server fills in."
    )
    SOURCE = "S9"
    entries: tuple[VariableEntry, ...] = rows(
        "Variables",
        VariableEntry,
        one="variable",
        status=Status.OURS,
        help="Offered while writing, and no longer reported as unknown.",
    )
