"""Refusals: why a probe cannot be written, or its result not be taken; a closed set."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Refusal(Enum):
    """Each refusal by its word, with its sentence as a template."""

    template: str

    def __new__(cls, word: str, template: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.template = template
        return member

    NOTHING_TO_PROBE = (
        "nothing-to-probe",
        "The account names no server yet. Fill in host and port first.",
    )
    TOO_LARGE = ("too-large", "This file is larger than any result of a probe.")
    NO_FILE = (
        "no-file",
        "This is no file that can be read. Choose the file that the probe's output went to.",
    )
    NO_TEXT = (
        "no-text",
        "This file is not in UTF-8, so it is not what the probe printed. Bring it as it is there.",
    )
    BROKEN = (
        "broken",
        "This is not all of a probe's result: {detail}. Take all that the probe prints.",
    )
    OTHER_VERSION = (
        "other-version",
        "This result has format {found}, not {known}. Write a new probe here, and run that one.",
    )
    OTHER_ACCOUNT = (
        "other-account",
        "This result is of another account, with the id “{found}”.",
    )
    OTHER_VALUES = (
        "other-values",
        "The account's servers have changed since. Write a new probe, and run that one.",
    )


class HostProbeError(Exception):
    """A probe was not written, or its result not taken; nothing was changed."""

    def __init__(self, refusal: Refusal, **values: object) -> None:
        self.refusal = refusal
        self.sentence = refusal.template.format_map(values)
        super().__init__(self.sentence)
