"""Results: what a check of a domain found, as plain values with codes and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from motion_desk.services.domain.resolver import Answer, Said
from motion_desk.services.tester.steps import Fact


class Tone(Enum):
    """How good a remark is, from good to bad; ``UNKNOWN``: nobody said."""

    GOOD = "good"
    NOTE = "note"
    UNKNOWN = "unknown"
    BAD = "bad"


class CheckName(Enum):
    """The checks of a domain, by the word for each, with its title."""

    MX = "mx"
    SPF = "spf"
    DMARC = "dmarc"
    DKIM = "dkim"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found. ``meaning`` says what it means for replies that Motion sends.

    ``code`` is for programs. It stays what it is, while sentences may change.
    """

    code: str
    tone: Tone
    sentence: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a domain: its remarks, at least one, the worst first, and its evidence."""

    name: CheckName
    remarks: tuple[Remark, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def tone(self) -> Tone:
        """The worst of its remarks."""
        return max((each.tone for each in self.remarks), key=list(Tone).index)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its remarks."""
        return tuple(each.code for each in self.remarks)


def check(name: CheckName, remarks: Iterator[Remark], *facts: Fact) -> Check:
    """A check with its remarks in order, the worst first."""
    tones = list(Tone)
    ranked = sorted(remarks, key=lambda each: -tones.index(each.tone))
    return Check(name, tuple(ranked), facts)


_UNSAID = {
    Said.UNANSWERED: "the name service did not answer in time",
    Said.LOOP: "its aliases lead in a circle, or have no end",
    Said.NONSENSE: "the name service answered with something that makes no sense",
}


def unsaid(name: CheckName, asked: str, answer: Answer) -> Remark:
    """The remark for a question to which there is no answer that can be relied on."""
    reason = _UNSAID[answer.said]
    code = f"{name.value}.{answer.said.value}"
    sentence = f"The {name.title} record of {asked} cannot be told: {reason}."
    if answer.said is Said.LOOP:
        return Remark(
            code,
            Tone.BAD,
            sentence,
            "Other servers cannot read it either. Tell whoever keeps the domain's DNS.",
        )
    return Remark(code, Tone.UNKNOWN, sentence, "Check again later, or from another network.")
