"""Template and notification: the text that customers and agents see."""

from motion_desk.models.declared import declared
from motion_desk.models.fields import integer, rich_text, text, toggle
from motion_desk.models.section import Section
from motion_desk.models.sections.settings import NO_DEFAULT
from motion_desk.models.surfaces import Surface


@declared
class Template(Section):
    """What every message sent from the account begins with."""

    NAME, TITLE = "template", "Template"
    ABOUT = "The default body of all messages that are sent from this account."

    font_family: str = text(
        "Font family",
        suggestions=(
            "Arial",
            "Calibri",
            "Courier New",
            "Georgia",
            "Helvetica",
            "Tahoma",
            "Times New Roman",
            "Trebuchet MS",
            "Verdana",
        ),
        help="The typeface of the default body.",
        note="Which typefaces Motion offers is not documented.",
    )
    font_size: int | None = integer(
        "Font size",
        None,
        low=6,
        high=96,
        unit="px",
        help="The size of the text of the default body.",
        note="Which sizes Motion offers, and in what unit, is not documented.",
    )
    body: str = rich_text(
        "Default body",
        surface=Surface.BODY,
        help="The text, company logo and style that every new message starts with. "
        "Variables such as {{ name }} are filled in when a message is written.",
        note="The company logo is a picture in the body: the page names no field of its own.",
    )


@declared
class Notification(Section):
    """What an agent sees and hears when a message arrives."""

    NAME, TITLE = "notification", "Notification"
    ABOUT = "What an agent sees and hears when a new interaction arrives."

    sound: bool = toggle(
        "Sound", help="Plays a sound when a new interaction arrives.", note=NO_DEFAULT
    )
    shake: bool = toggle(
        "Shake", help="Shakes the notification to draw the agent's eye.", note=NO_DEFAULT
    )
    template: str = rich_text(
        "Template",
        surface=Surface.NOTIFICATION,
        help="What the notification tells about the interaction, such as its source, "
        "its sender and the queue it is for, by means of Motion's variables.",
    )
