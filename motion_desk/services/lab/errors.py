"""Errors: why the lab cannot be started, as sentences for people."""

from __future__ import annotations


class LabError(Exception):
    """The lab cannot be started; ``sentence`` says why and what can be done about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
