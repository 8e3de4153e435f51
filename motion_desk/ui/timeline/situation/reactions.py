"""Reactions: how somebody takes being asked, as the cells of a line, and what a choice makes of it."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.scenario import Availability, Presence
from motion_desk.ui.form.words import tr

QUICK = 20
"""Seconds after which people answer where they are there."""


class Reaction(IntEnum):
    """What somebody does first when asked."""

    NEVER = 0
    ANSWERS = 1
    REJECTS = 2


WORDS = {
    Reaction.NEVER: "no answer",
    Reaction.ANSWERS: "answers",
    Reaction.REJECTS: "rejects",
}


def reaction(shown: Availability) -> Reaction:
    """What happens first where somebody both rejects and answers."""
    if shown.answers is None and shown.rejects is None:
        return Reaction.NEVER
    if shown.rejects is None:
        return Reaction.ANSWERS
    if shown.answers is None or shown.rejects < shown.answers:
        return Reaction.REJECTS
    return Reaction.ANSWERS


def seconds(shown: Availability) -> int | None:
    """After how many seconds somebody does it; ``None`` for who never answers."""
    return shown.rejects if reaction(shown) is Reaction.REJECTS else shown.answers


def possible(shown: Availability) -> tuple[Reaction, ...]:
    """What can be chosen: who is away can come back, but not reject."""
    here = shown.presence is Presence.ON_LINE
    return tuple(each for each in Reaction if here or each is not Reaction.REJECTS)


def with_presence(shown: Availability, presence: Presence) -> Availability:
    """The same person, who is there or away."""
    rejects = shown.rejects if presence is Presence.ON_LINE else None
    return replace(shown, presence=presence, rejects=rejects)


def with_reaction(shown: Availability, chosen: Reaction) -> Availability:
    """The same person, who does something else when asked, after as many seconds as before."""
    known = [each for each in (shown.answers, shown.rejects) if each is not None]
    after = known[0] if known else QUICK
    return replace(
        shown,
        answers=after if chosen is Reaction.ANSWERS else None,
        rejects=after if chosen is Reaction.REJECTS else None,
    )


def with_seconds(shown: Availability, after: int) -> Availability:
    """The same person, who does the same sooner or later; who never answers now does."""
    if reaction(shown) is Reaction.REJECTS:
        return replace(shown, rejects=after)
    return replace(shown, answers=after)


def in_a_sentence(shown: Availability) -> str:
    """How somebody takes being asked, in words for tool tips and for those who listen."""
    after = seconds(shown)
    if after is None:
        return tr("{} is {} and never answers.").format(shown.name, tr(shown.presence.label))
    said = tr("{} is {} and {} after {}.")
    does = tr(WORDS[reaction(shown)])
    return said.format(shown.name, tr(shown.presence.label), does, in_words(after))
