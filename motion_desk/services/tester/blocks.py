"""Blocks: what a written report is made of, whatever it is written as.

All texts are as they came, those of servers too: whoever writes a block escapes every one.
"""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.services.tester.steps import State
from motion_desk.services.tester.verdict import Tone


@dataclass(frozen=True, slots=True)
class Banner:
    """The verdict, and in one line what was tested."""

    tone: Tone
    sentence: str
    detail: str
    about: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the banner is the one of level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``note`` is one that says something beside the matter."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that stand as they are: somebody else's words, or ``to_send`` a text to be copied."""

    title: str
    lines: tuple[str, ...]
    to_send: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. Without a ``head`` the first cell of each row names the second.

    ``states``, where given, has that of each row, which then also stands in its first cell.
    """

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    title: str = ""
    states: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item of blocks; ``numbered`` where the order ranks them."""

    items: tuple[tuple[Block, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A finding: its title, whether it failed or only warns, and all about it."""

    title: str
    state: State
    blocks: tuple[Block, ...]


Block = Banner | Heading | Text | Listing | Table | Items | Card
