"""Marks: the icon and the colour of each kind of event, and the words for a moment."""

from __future__ import annotations

import re

from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.events import Event, EventKind
from motion_desk.ui.form.words import tr

SIGNS = {
    EventKind.ARRIVED: ("mail", "accent"),
    EventKind.PASSED: ("shield-check", "success"),
    EventKind.REJECTED: ("mail-x", "error"),
    EventKind.CONTACT: ("contact", "muted"),
    EventKind.WAITING: ("hourglass", "warning"),
    EventKind.ASKED: ("clock", "accent"),
    EventKind.NOTIFIED: ("bell", "accent"),
    EventKind.DECLINED: ("user-x", "warning"),
    EventKind.TIMED_OUT: ("timer-off", "warning"),
    EventKind.ACCEPTED: ("user-check", "success"),
    EventKind.REPLIED: ("bot", "accent"),
    EventKind.NOT_REPLIED: ("circle-slash", "muted"),
    EventKind.JUMPED: ("corner-down-right", "muted"),
    EventKind.TAGGED: ("tag", "muted"),
    EventKind.LOGGED: ("file-text", "muted"),
    EventKind.COMMANDED: ("code-xml", "muted"),
    EventKind.SKIPPED: ("skip-forward", "warning"),
    EventKind.HANDLED: ("user-round", "success"),
    EventKind.TRANSFERRED: ("arrow-left-right", "accent"),
    EventKind.NOT_TRANSFERRED: ("circle-x", "warning"),
    EventKind.RETURNED: ("undo-2", "warning"),
    EventKind.DISPOSED: ("list-checks", "accent"),
    EventKind.PAUSED: ("coffee", "muted"),
    EventKind.CLOSED: ("circle-minus", "accent"),
    EventKind.UNREAD: ("inbox", "warning"),
    EventKind.ENDLESS: ("infinity", "error"),
}
"""Pairs of an icon's and a colour's name; a test holds that no kind is missing."""

TEXTS = {
    EventKind.REPLIED: "The reply's text",
    EventKind.NOTIFIED: "As the agent sees it",
}
"""The kinds of events that come with a text, and what unfolds it."""


def moment(seconds: int) -> str:
    """When something happens, in words, counted from the message's arrival."""
    if not seconds:
        return tr("at once")
    return tr("after {}").format(together(in_words(seconds)))


def together(text: str) -> str:
    """The text, in which each number stays on the line of its unit of time."""
    return re.sub(r"(\d) (?=(?:s|min|h|days?)\b)", "\\1\u00a0", text)


def said(event: Event) -> str:
    """What happens, in the language of the window."""
    return tr(event.text).format_map(event.values)


def lasting(event: Event) -> int:
    """Seconds for which an event lasts; 0 where nothing does."""
    return max(0, event.until - event.at) if event.until is not None else 0


LONGEST = 38
"""Characters of a name in a button, which cannot break its lines."""


def short(text: str, most: int = LONGEST) -> str:
    """A text for a button: of one longer than ``most`` characters the middle is left out."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
