"""Faults: what is wrong with a document's text, each with its place and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from motion_desk.models.kinds import SENTENCES


class Place(NamedTuple):
    """Where something stands in a text; both numbers count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    ``key`` is the field's key (``imap.port``); a cell's is ``actions.plan/2/timeout``, by the
    position of its row from 1. It is empty where no field is meant.
    """

    line: int
    column: int
    key: str
    sentence: str


class DocumentError(Exception):
    """A text that cannot be taken over, with everything that is wrong with it.

    ``unreadable`` says that it is no document of this program at all: no YAML, no UTF-8, of
    another origin or of a newer format. Otherwise single fields are wrong.
    """

    def __init__(
        self, faults: Iterable[Fault], source_name: str = "", *, unreadable: bool = False
    ) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        self.source_name = source_name
        self.unreadable = unreadable
        super().__init__(self.faults)

    def __str__(self) -> str:
        """One line for each fault: file, line, column, key and sentence."""
        start = f"{self.source_name}:" if self.source_name else ""
        return "\n".join(
            f"{start}{fault.line}:{fault.column}: {fault.key}{': ' if fault.key else ''}"
            f"{fault.sentence}"
            for fault in self.faults
        )


def suggested(name: str, offered: Iterable[str]) -> str:
    """“ Did you mean “…”?”, or nothing where no offered name is close."""
    by_folded = {each.casefold(): each for each in offered}
    close = get_close_matches(name.casefold(), by_folded, n=1)
    return f" Did you mean “{by_folded[close[0]]}”?" if close else ""


def shortened(text: str) -> str:
    """A text short enough to stand in a sentence: at most 60 characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def sentence(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a kind's fault."""
    short = {
        name: shortened(value) if isinstance(value, str) and name == "text" else value
        for name, value in values.items()
    }
    return SENTENCES[code].format_map(short)
