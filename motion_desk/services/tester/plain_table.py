"""Plain tables: mappings of plain data, read strictly, with a sentence for whatever does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from string import Formatter
from typing import TypeVar

E = TypeVar("E", bound=Enum)

Value = str | int | float | None

LARGEST = 1e15
"""No number in a report comes near it, whatever its unit."""


class PlainTable:
    """One mapping; ``place`` says in sentences where it stands. All methods raise ``ValueError``."""

    def __init__(self, given: object, place: str = "") -> None:
        self._place = place
        if not isinstance(given, Mapping):
            raise self._wrong("", "no table of names and values")
        self._given = given

    def has(self, name: str) -> bool:
        """Whether there is anything of this name."""
        return name in self._given

    def text(self, name: str) -> str:
        """A text."""
        found = self._given.get(name)
        if not isinstance(found, str):
            raise self._wrong(name, "no text")
        return found

    def number(self, name: str) -> float:
        """A number of at most ``LARGEST``."""
        found = self._given.get(name)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self._wrong(name, "no number")
        if not -LARGEST <= found <= LARGEST:
            raise self._wrong(name, "out of range")
        return found

    def flag(self, name: str) -> bool:
        """True or false."""
        found = self._given.get(name)
        if not isinstance(found, bool):
            raise self._wrong(name, "neither true nor false")
        return found

    def moment(self, name: str) -> datetime:
        """A moment with its time zone, in the form of ISO 8601."""
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise self._wrong(name, "no moment") from None
        if found.tzinfo is None:
            raise self._wrong(name, "a moment without a time zone")
        return found

    def word(self, name: str, words: type[E]) -> E:
        """One of a closed set of words."""
        text = self.text(name)
        try:
            return words(text)
        except ValueError:
            raise self._wrong(name, f"“{text[:60]}”, which this version does not know") from None

    def tables(self, name: str) -> tuple[PlainTable, ...]:
        """A list of tables."""
        found = self._given.get(name)
        if not isinstance(found, list | tuple):
            raise self._wrong(name, "no list")
        places = (f"{self._path(name)}[{position}]" for position in range(len(found)))
        return tuple(PlainTable(each, place) for each, place in zip(found, places, strict=True))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self._given.get(name)
        if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
            raise self._wrong(name, "no list of texts")
        return tuple(found)

    def values(self, name: str) -> dict[str, Value]:
        """Names with texts, numbers, flags or nothing."""
        found = self._given.get(name)
        if not isinstance(found, Mapping):
            raise self._wrong(name, "no table of names and values")
        for key, value in found.items():
            if not isinstance(key, str) or not isinstance(value, Value):
                raise self._wrong(name, "no table of names with single values")
        return dict(found)

    def fills(self, template: str, values: Mapping[str, object]) -> None:
        """Raise unless a template asks for nothing but some of the values, just as they are."""
        try:
            asked = [(name, form, how) for _, name, form, how in Formatter().parse(template)]
        except ValueError:
            raise self._wrong("text", "no sentence that can be filled") from None
        for name, form, how in asked:
            if name is not None and (form or how or name not in values):
                raise self._wrong("values", "not what its sentence needs")

    def _path(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place and name else self._place or name

    def _wrong(self, name: str, what: str) -> ValueError:
        path = self._path(name)
        subject = f"its “{path}” is {what}" if path else f"it is {what}"
        return ValueError(f"This is no report of Motion Desk: {subject}.")
