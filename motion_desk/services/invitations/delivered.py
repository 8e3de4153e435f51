"""Delivered: what becomes of one message, and what is told on the way to that."""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.models.sent import Outcome
from motion_desk.services.tester.steps import Began, Ended, Renewed, Step

AGAIN_AFTER = (0.0, 1.0, 5.0, 15.0)
"""Seconds to wait before each further try of one message; after the last one all is given up."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tells that nothing is sent for ``seconds``, and why, in a sentence."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message. ``words`` are the server's own, ``meaning`` is a sentence."""

    outcome: Outcome
    words: str = ""
    meaning: str = ""


class GivenUpError(Exception):
    """Nothing more can be sent, to nobody; ``sentence`` says why. ``step`` is that of a test."""

    def __init__(self, sentence: str, step: Step | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.step = step


Happened = Began | Ended | Renewed | Waiting
