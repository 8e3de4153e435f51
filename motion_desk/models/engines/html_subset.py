"""The HTML subset that the visual editor keeps: read as blocks, with what would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motion_desk.models.engines.html_blocks import Block, Part, Run, normal
from motion_desk.models.engines.html_losses import Loss
from motion_desk.models.engines.html_reader import ODD, SPACES, Reader

_CODE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
_PICTURE_DATA = re.compile(r";base64,[A-Za-z0-9+/=]+")
_UNENDED_TAG = re.compile(r"<[A-Za-z/!?][^<>]*(?=<)")
_MOST_UNENDED = 50
_TAG_BEGINS = re.compile(r"<[A-Za-z/!?]")

MOST_TEXT = 200_000
"""Characters beside the data of pictures; more is not offered for visual editing."""


def is_too_large(html: str) -> bool:
    """Whether HTML is too much for visual editing, which reads all of it at each key."""
    return len(html) > MOST_TEXT and len(_PICTURE_DATA.sub("", html)) > MOST_TEXT


@dataclass(frozen=True, slots=True)
class Reading:
    """What HTML says in the subset, in normal form, and what it says beyond it, by line."""

    blocks: tuple[Part, ...]
    losses: tuple[Loss, ...]


def read(html: str) -> Reading:
    """Read HTML. Text is kept whatever stands around it; what is hidden in a page is not.

    Takes about 0.3 ms a kilobyte; nothing is raised.
    """
    if len(_UNENDED_TAG.findall(html)) > _MOST_UNENDED:
        # The parser takes quadratic time for these: minutes for 100 kB.
        text = SPACES.sub(" ", ODD.sub("", html)).strip()
        return Reading((Block((Run(text),), bare=True),), (Loss(1, "many tags that do not end"),))
    reader = Reader()
    reader.feed(html)
    reader.finish()
    reader.losses += _losses_beyond_tags(html)
    losses = dict.fromkeys(sorted(reader.losses, key=lambda loss: loss.line))
    return Reading(normal(reader.blocks), tuple(losses))


def _losses_beyond_tags(html: str) -> Iterator[Loss]:
    """What the parser of tags does not see; in linear time, whatever the text."""
    for found in _CODE.finditer(html):
        if set("<>&") & set(found[0]):
            line = html.count("\n", 0, found.start()) + 1
            yield Loss(line, "<, > or & inside of a variable")
    behind = html.rfind(">") + 1
    if begun := _TAG_BEGINS.search(html, behind):
        yield Loss(html.count("\n", 0, begun.start()) + 1, "a tag that does not end")


def losses(html: str) -> tuple[Loss, ...]:
    """What editing this HTML visually would lose, by line; nothing where all of it is kept."""
    return read(html).losses
