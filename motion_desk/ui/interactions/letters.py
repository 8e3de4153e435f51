"""Letters: the messages of a conversation made ready to be shown, away from the window's thread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motion_desk.services.interactions.query import Conversation, KeptLetter

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive

MOST_TEXT, MOST_HTML = 200_000, 2_000_000
"""Characters of a text, and of a page, that are shown: more would hold up the window."""
_FROM_ELSEWHERE = re.compile(
    r"<(?!a\b|area\b)[^<>]*\b(?:src|srcset|background|poster|data|href|action)\s*=\s*[\"']?\s*"
    r"(?:https?:|ftp:|file:)?//|url\(\s*[\"']?\s*(?:https?:|ftp:|file:)?//|@import\b|"
    r"<meta\b[^<>]*\burl\s*=",
    re.IGNORECASE,
)
"""What would be fetched from elsewhere; a link that somebody must click is none of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter, cut to what can be shown. ``elsewhere``: its page asks for something remote."""

    letter: KeptLetter
    text: str
    html: str
    is_cut: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation with its letters, the oldest first; ``None`` where it is no longer kept."""

    number: int
    conversation: Conversation | None
    letters: tuple[Shown, ...]


def opened(archive: Archive, number: int) -> Opened:
    """A conversation as the reading pane shows it; on the archive's thread."""
    conversation = archive.conversation(number)
    letters = archive.letters(number) if conversation else ()
    return Opened(number, conversation, tuple(_shown(each) for each in letters))


def _shown(letter: KeptLetter) -> Shown:
    text, html = letter.text[:MOST_TEXT], letter.html[:MOST_HTML]
    is_cut = len(text) < len(letter.text) or len(html) < len(letter.html)
    return Shown(letter, text, html, is_cut, asks_elsewhere(html))


def asks_elsewhere(html: str) -> bool:
    """Whether a page asks for pictures, styles or the like that it does not hold itself."""
    return _FROM_ELSEWHERE.search(html) is not None
