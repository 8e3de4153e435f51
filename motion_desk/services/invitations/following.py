"""Following: what happens once an invitation is sent, as Motion's page tells it."""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.models.fields import Status

SOURCE = "S1"
"""The page *V3 Email*; see ``resources/pages.json``."""


@dataclass(frozen=True, slots=True)
class Following:
    """One thing that happens. ``status`` says whether the page tells it."""

    code: str
    title: str
    text: str
    status: Status = Status.DOCUMENTED
    source: str = SOURCE


WAYS: tuple[Following, ...] = (
    Following(
        "automatic",
        "For each new user",
        "Motion sends the invitation by itself to each new user or agent, as soon as a template "
        "and the invitation link base address are filled in under General.",
    ),
    Following(
        "by_hand",
        "By hand",
        "In Motion's staff section: three dots, then “send invitation” for one person; or select "
        "several, then “invite selected” on the letter icon, which shows a preview.",
    ),
)
"""The two ways in which an invitation begins."""

STEPS: tuple[Following, ...] = (
    Following("mail", "The mail arrives", "It says how to get access, and holds the link."),
    Following("link", "The link", "It is made from the invitation link base address."),
    Following("login_page", "Motion's login page", "The link leads there."),
    Following("password", "A new password", "The new user or agent types one of their own."),
    Following("logged_in", "Logged in", "With that, they are logged in by Motion."),
)
"""What follows for whoever is invited, in order."""

UNKNOWN: tuple[Following, ...] = (
    Following(
        "link_built",
        "How the link is built",
        "How Motion builds the personal link is not documented, so Motion Desk cannot make one. "
        "Copy each person's link from Motion: “generate an invitation link”.",
        Status.UNCONFIRMED,
        "S13",
    ),
    Following(
        "link_name",
        "The link's variable",
        "By which name a template puts the link in is not documented.",
        Status.UNCONFIRMED,
    ),
    Following(
        "link_ends",
        "How long the link works",
        "Nothing is documented for invitations.",
        Status.UNCONFIRMED,
    ),
    Following(
        "name",
        "Which name user.name is",
        "The page shows {{ user.name }} and does not say whether that is the full name or the user "
        "name. Motion Desk puts in the full name.",
        Status.UNCONFIRMED,
    ),
)
"""What Motion's public documentation does not tell."""
