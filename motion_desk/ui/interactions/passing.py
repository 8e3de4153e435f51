"""Passing on: a letter of a conversation as the message that trial and timeline take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motion_desk.services.interactions.query import Conversation
from motion_desk.ui.interactions.letters import Shown

if TYPE_CHECKING:
    from motion_desk.models.incoming import Incoming


def incoming(conversation: Conversation, shown: Shown | None, to: str) -> Incoming:
    """The letter on screen as a message; of a conversation without letters, what its row tells.

    ``to`` is the account's address. Raises ``Unreadable`` (services.messages.reading) where the
    letter has no header. A large letter takes a moment: not for the window's thread.
    """
    from motion_desk.services.messages.reading import read_headers

    name = conversation.subject
    if shown is not None and (shown.letter.raw or shown.letter.header):
        return read_headers(shown.letter.raw or shown.letter.header, name)
    return read_headers(made_header(conversation, to), name)


def made_header(conversation: Conversation, to: str) -> str:
    """A header of what a conversation's row tells: who wrote to whom, when, and of what."""
    from email.utils import format_datetime

    lines = [f"From: {_line(conversation.contact)}", f"To: {_line(to)}"]
    lines.append(f"Subject: {_line(conversation.subject)}")
    if conversation.started is not None:
        lines.append(f"Date: {format_datetime(conversation.started)}")
    return "".join(f"{line}\r\n" for line in lines) + "\r\n"


def _line(text: str) -> str:
    """A text on one line: a header ends with its line (RFC 5322 section 2.2)."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
