"""Variables of one's own: names that this Motion server fills in and that no page lists."""

from typing import ClassVar

from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, choice, lines, rows, text, toggle
from motion_desk.models.kinds import Row
from motion_desk.models.rules import when
from motion_desk.models.section import Section
from motion_desk.models.surfaces import Offered, Surface


def _ticked(surface: Surface) -> bool:
    """A switch for one of several surfaces."""
    return toggle(
        surface.label,
        visible=when("surface", Offered.SEVERAL),
        status=Status.OURS,
        help="Whether the variable is offered in these templates.",
    )


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
    body: bool = _ticked(Surface.BODY)
    notification: bool = _ticked(Surface.NOTIFICATION)
    invitation: bool = _ticked(Surface.INVITATION)
    canned_answer: bool = _ticked(Surface.CANNED_ANSWER)
    auto_reply: bool = _ticked(Surface.AUTO_REPLY)
    account_transfer: bool = _ticked(Surface.ACCOUNT_TRANSFER)
    description: str = lines(
        "Description", status=Status.OURS, help="What Motion puts in its place."
    )
    sample: str = text("Sample value", status=Status.OURS, help="What previews show in its place.")

    @property
    def surfaces(self) -> tuple[Surface, ...]:
        """Where it is offered; nowhere, where that cannot be read."""
        if self.surface is Offered.EVERYWHERE:
            return tuple(Surface)
        if self.surface is Offered.SEVERAL:
            return tuple(each for each in Surface if getattr(self, each.value) is True)
        # A draft may hold what cannot be read.
        return tuple(each for each in Surface if each.value == getattr(self.surface, "value", ""))


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
