"""Remarks: what a review of a finished mail can find; a closed set, each with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motion_desk.models.problems import Severity
from motion_desk.services.templates.finished.remark_texts import TEXTS

MOST_OF_A_KIND = 50
"""Remarks with one code that a review holds; the last of them says how many more there are."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found, and where. ``text`` is a template filled with ``values``.

    ``code`` is for programs and stays; ``line`` and ``column`` count from 1, in characters.
    ``share`` is, where known, which part (0–1) of the mail clients that caniemail has tested shows
    what is used: a share of programs, not of people.
    """

    code: str
    severity: Severity
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int = 1
    column: int = 1
    share: float | None = None

    @property
    def sentence(self) -> str:
        """What was found and what to do, in one to three sentences."""
        return self.text.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark that does not know its line yet: what a check gives, at an offset."""

    code: str
    at: int
    values: Mapping[str, object] = field(default_factory=dict)
    share: float | None = None


def finding(code: str, at: int, **values: object) -> Finding:
    """A finding with the values of its sentence, long ones shortened."""
    return Finding(code, at, {name: shortened(value) for name, value in values.items()})


def shortened(value: object, longest: int = 120) -> object:
    """A value as it is put into a sentence: one line, without controls, with a bounded length."""
    if not isinstance(value, str):
        return value
    if len(value) <= longest and value.isprintable():
        return value
    plain = "".join(c if c.isprintable() else "�" for c in value[: longest + 1])
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def remark(found: Finding, line: int, column: int) -> Remark:
    """The remark of a finding that stands there."""
    severity, text = TEXTS[found.code]
    return Remark(found.code, severity, text, found.values, line, column, found.share)
