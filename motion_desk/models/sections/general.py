"""General: settings of the whole Motion server that email accounts depend on."""

from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, integer, reference, text, url
from motion_desk.models.section import Section


@declared
class General(Section):
    """Settings of the whole Motion server that email accounts depend on."""

    NAME, TITLE = "general", "General"
    ABOUT = "Settings of the whole Motion server: Settings → General."
    SOURCE = "S12"

    invitation: str = reference(
        "Invitation email",
        "invitations.entries",
        group="Global",
        help="The template sent to each new user or agent. Without it no invitation is sent.",
    )
    base_address: str = url(
        "Invitation link base address",
        group="Global",
        help="The address of your Motion server. The invitation's link leads to its login page, "
        "where a new password is chosen.",
    )
    fetch_frequency: int | None = integer(
        "IMAP fetch frequency",
        None,
        low=1,
        high=2_147_483,
        group="IMAP settings",
        status=Status.UNCONFIRMED,
        source="S12",
        help="How often Motion looks for new mail.",
        note="Its unit and range are not documented.",
    )
    attachment_limit: int | None = integer(
        "Largest attachment",
        None,
        low=1,
        high=25,
        unit="MB",
        group="Attachments",
        status=Status.UNCONFIRMED,
        source="S12",
        help="The largest attachment that Motion takes. The web server in front of it (nginx) "
        "has a limit of its own.",
    )
    motion_version: str = text(
        "Motion version",
        group="Motion Desk",
        status=Status.OURS,
        suggestions=("3.60.0", "3.58.0", "3.56.0", "3.54.0", "3.51.0", "3.41.0", "3.32.0"),
        help="The version your server runs. Fields that are newer than it are marked.",
        note="Motion has no such setting: it shows its version.",
    )
