"""What the page shows of one provider: its standing and all that this was judged from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.oauth.kept import Holder, Kept
from motion_desk.services.oauth.standing import Level, Mailbox, Standing, State, standing
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr
from motion_desk.ui.navigation import Entry
from motion_desk.ui.sign_ins.asking import Found, mailboxes
from motion_desk.ui.sign_ins.attempt import Attempt

MARKS = {
    State.INCOMPLETE: ("circle-alert", "error"),
    State.NOBODY: ("circle", "muted"),
    State.PERSON: ("circle-check", "success"),
    State.APPLICATION: ("circle-check", "success"),
    State.ENDED: ("circle-alert", "warning"),
    State.OTHER: ("circle-alert", "warning"),
    State.DAMAGED: ("circle-x", "error"),
    State.UNKNOWN: ("circle-question-mark", "muted"),
}
"""What a state looks like: an icon's name and a colour's name."""

SHORT = {
    State.INCOMPLETE: "not complete",
    State.NOBODY: "nobody signed in",
    State.PERSON: "signed in",
    State.APPLICATION: "signed in as the application",
    State.ENDED: "the sign-in has ended",
    State.OTHER: "sign-in of another Client ID",
    State.DAMAGED: "the sign-in is damaged",
    State.UNKNOWN: "not known",
}
"""The same in the list of providers."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One provider as the page shows it. ``lab``: what is done now goes to the lab."""

    entry: CloudProviderEntry
    kept: Kept
    mailboxes: tuple[Mailbox, ...]
    standing: Standing
    now: datetime
    place: str = ""
    lasting: bool = False
    lab: bool = False

    @property
    def logins(self) -> tuple[str, ...]:
        """The addresses that are to sign in, in order, each once."""
        return tuple(dict.fromkeys(each.login for each in self.mailboxes if each.login))

    @property
    def is_kept(self) -> bool:
        """Whether there is something to forget."""
        return bool(self.kept.holders) or self.kept.damaged


def shown(desk: Desk, found: Found, entry: CloudProviderEntry, *, lab: bool) -> Shown:
    """What is to be shown of a provider."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    kept = found.kept.get(entry.id, Kept())
    users = mailboxes(desk, found, entry.id)
    peers = tuple(each for each in offered(desk, found) if each.id != entry.id)
    judged = standing(entry, kept, users, peers, now)
    return Shown(entry, kept, users, judged, now, found.place, found.lasting, lab)


def at_the_lab(shown: Shown, attempt: Attempt) -> Holder | None:
    """Who has signed in at the lab, of whom nothing is kept."""
    if attempt.token is None or not attempt.lab or attempt.entry.id != shown.entry.id:
        return None
    return Holder(attempt.login, attempt.token, renews=True, until=attempt.token.expires)


def offered(desk: Desk, found: Found) -> tuple[CloudProviderEntry, ...]:
    """The providers of the workspace; those that are retired only while something is kept of them."""
    return tuple(
        entry
        for entry in desk.workspace.cloud_providers.entries
        if not entry.retired or found.kept.get(entry.id, Kept()) != Kept()
    )


def line(shown: Shown, attempt: Attempt | None) -> Entry:
    """A provider's line in the list."""
    mark = MARKS[shown.standing.state]
    said = tr(SHORT[shown.standing.state])
    if attempt and attempt.under_way and attempt.entry.id == shown.entry.id:
        mark, said = ("loader-circle", "accent"), tr("a sign-in is under way")
    elif shown.standing.worst is Level.ERROR:
        mark = "circle-alert", "error"
    elif shown.standing.worst is Level.WARNING and mark[1] not in {"error", "warning"}:
        mark = "triangle-alert", "warning"
    users = ", ".join(each.account for each in shown.mailboxes) or tr("no account")
    hints = [shown.standing.sentence, *(each.sentence for each in shown.standing.remarks)]
    return Entry(
        shown.entry.id,
        shown.entry.name or tr("Unnamed cloud provider"),
        f"{said[:1].upper()}{said[1:]} · {users}",
        "cloud",
        dim=shown.entry.retired,
        marks=(mark,),
        hint=" ".join(hints),
    )


def same(one: Shown | None, other: Shown) -> bool:
    """Whether both look alike, the minute aside."""
    return one is not None and replace(one, now=other.now) == other
