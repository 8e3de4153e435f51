"""Kinds: the closed set of value types a field can have, each with its own check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar, Self

from motion_desk.models.declared import Declared, declared
from motion_desk.models.secret import NO_SECRET, Secret

Fault = tuple[str, dict[str, object]]
"""A code and the values that its sentence in ``SENTENCES`` needs."""

SENTENCES = {
    "type": "This is not {expected}.",
    "character": "Character {position} cannot be stored ({name}). Delete it.",
    "long": "At most {most} characters are allowed; this has {length}. Shorten it by {over}.",
    "lines": "This must be a single line. Remove the line break.",
    "whole": "“{text}” is not a whole number. Type digits only.",
    "range": "{value} is outside {low} to {high}. Choose a number in that range.",
    "blank": "Spaces at the start or end would be taken as part of it. Remove them.",
    "host": "“{text}” is not a host name or IP address. Example: mail.example.com.",
    "port_in_host": "“{text}” contains a port. Put the host here and {port} into the port field.",
    "url_in_host": "“{text}” is a web address. Enter only the host: {host}.",
    "address": "“{text}” is not an email address. Example: support@example.com.",
    "url": "“{text}” is not a web address. It must start with https:// or http:// and name a host.",
    "date": "“{text}” is not a date. Write it as year-month-day, for example 2027-03-31.",
    "choice": "“{text}” is not offered here. Choose one of: {offered}.",
    "fingerprint": "“{text}” is not a SHA-256 fingerprint. Write its 64 digits, 0 to 9 and a to f, without colons.",
    "private_key": "This holds a private key. It must stay on its server and is not kept here: delete it, and paste the certificate alone.",
    "binary_certificate": "This is not text. Turn the file into text (openssl x509 -inform der -in FILE), then paste that.",
    "no_certificate": "This is not a certificate. Paste the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
    "open_certificate": "The certificate that begins on line {line} has no end. Paste it up to its -----END CERTIFICATE----- line.",
    "damaged_certificate": "The certificate that begins on line {line} is damaged or cut short. Copy it again, whole.",
    "stray_line": "Line {line} belongs to no certificate. Delete it, or paste what it belongs to from its -----BEGIN CERTIFICATE----- line.",
    "other_block": "Line {line} is about “{what}”, which is no certificate. Delete that part.",
}


@dataclass(frozen=True)
class Unreadable:
    """Text that was typed and could not be read as a value of its kind. It is never stored."""

    text: str


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def _character_fault(text: str) -> Fault | None:
    """What no store takes: U+0000 and lone surrogates (PostgreSQL and UTF-8 refuse them)."""
    if found := _UNSTORABLE.search(text):
        return "character", {"position": found.start() + 1, "name": f"U+{ord(found[0]):04X}"}
    return None


@dataclass(frozen=True, repr=False, eq=False)
class Kind:
    """What values a field takes. ``empty`` is the value that means "not filled in".

    Kinds are not compared, so they go without the methods for it: see ``Declared`` for why.
    """

    empty: ClassVar[object] = ""
    expected: ClassVar[str] = "text"

    def check(self, value: object) -> Iterator[Fault]:
        """Yield what is wrong with the value; an empty value is never wrong here."""
        raise NotImplementedError  # every kind below says it

    def parse(self, text: str) -> object:
        """The value that a person's text stands for, or ``Unreadable``; undone by ``format``."""
        return text

    def format(self, value: object) -> str:
        """The value as text for a person."""
        return value.text if isinstance(value, Unreadable) else str(value)


@dataclass(frozen=True, repr=False, eq=False)
class Text(Kind):
    """A single line of text of at most ``most`` characters."""

    most: int = 255
    trimmed: bool = True

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield "type", {"expected": self.expected}
            return
        if len(value) > self.most:
            over = len(value) - self.most
            yield "long", {"most": self.most, "length": len(value), "over": over}
        if fault := _character_fault(value):
            yield fault
        if "\n" in value or "\r" in value:
            yield "lines", {}
        elif self.trimmed and value != value.strip():
            yield "blank", {}
        elif 0 < len(value) <= self.most:
            yield from self._faults(value)

    def _faults(self, text: str) -> Iterator[Fault]:
        """What is wrong with a filled, trimmed, single line that is not too long."""
        yield from ()


@dataclass(frozen=True, repr=False, eq=False)
class Lines(Kind):
    """Plain text of many lines, of at most ``most`` characters."""

    most: int = 65_535

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield "type", {"expected": self.expected}
            return
        if len(value) > self.most:
            over = len(value) - self.most
            yield "long", {"most": self.most, "length": len(value), "over": over}
        if fault := _character_fault(value):
            yield fault


@dataclass(frozen=True, repr=False, eq=False)
class RichText(Lines):
    """Text with formatting; the value is its HTML source, kept to the letter."""

    most: int = 5_000_000


@dataclass(frozen=True, repr=False, eq=False)
class Integer(Kind):
    """A whole number from ``low`` to ``high``, or ``None`` where nothing is filled in."""

    low: int = 0
    high: int = 2_147_483_647
    empty: ClassVar[object] = None
    expected: ClassVar[str] = "a whole number"

    def check(self, value: object) -> Iterator[Fault]:
        if isinstance(value, Unreadable):
            yield "whole", {"text": value.text}
        elif value is None:
            return
        elif not isinstance(value, int) or isinstance(value, bool):
            yield "type", {"expected": self.expected}
        elif not self.low <= value <= self.high:
            yield "range", {"value": value, "low": self.low, "high": self.high}

    def parse(self, text: str) -> object:
        bare = text.strip()
        if not bare:
            return None
        if re.fullmatch(r"[+-]?[0-9]{1,18}", bare, re.ASCII):
            return int(bare)
        return Unreadable(text)

    def format(self, value: object) -> str:
        return "" if value is None else Kind.format(self, value)


@dataclass(frozen=True, repr=False, eq=False)
class Toggle(Kind):
    """On or off."""

    empty: ClassVar[object] = False
    expected: ClassVar[str] = "on or off (true or false)"

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield "type", {"expected": self.expected}

    def parse(self, text: str) -> object:
        known = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
        return known.get(text.strip().lower(), Unreadable(text))

    def format(self, value: object) -> str:
        return "on" if value is True else "off" if value is False else Kind.format(self, value)


class Option(Enum):
    """A choice's member: its value is the word in documents, its label the one on screen."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, repr=False, eq=False)
class Choice(Kind):
    """One of the members of an enumeration of options."""

    options: type[Option]
    expected: ClassVar[str] = "one of the choices"

    def check(self, value: object) -> Iterator[Fault]:
        if isinstance(value, Unreadable):
            offered = ", ".join(option.label for option in self.options)
            yield "choice", {"text": value.text, "offered": offered}
        elif not isinstance(value, self.options):
            yield "type", {"expected": self.expected}

    def parse(self, text: str) -> object:
        bare = text.strip().lower()
        for option in self.options:
            if bare in (option.value, option.label.lower()):
                return option
        return Unreadable(text)

    def format(self, value: object) -> str:
        return value.label if isinstance(value, Option) else Kind.format(self, value)


@dataclass(frozen=True, repr=False, eq=False)
class Date(Kind):
    """A calendar day, or ``None``."""

    empty: ClassVar[object] = None
    expected: ClassVar[str] = "a date"

    def check(self, value: object) -> Iterator[Fault]:
        if isinstance(value, Unreadable):
            yield "date", {"text": value.text}
        elif value is not None and type(value) is not date:
            yield "type", {"expected": self.expected}

    def parse(self, text: str) -> object:
        bare = text.strip()
        if not bare:
            return None
        try:
            return date.fromisoformat(bare)
        except ValueError:
            return Unreadable(text)

    def format(self, value: object) -> str:
        if value is None:
            return ""
        return value.isoformat() if isinstance(value, date) else Kind.format(self, value)


@dataclass(frozen=True, repr=False, eq=False)
class Reference(Kind):
    """The id of an entry of the directory, of the named list there; empty means none."""

    to: str
    expected: ClassVar[str] = "an entry of the directory"

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield "type", {"expected": self.expected}


@dataclass(frozen=True, repr=False, eq=False)
class References(Kind):
    """The ids of entries of the directory, each once, in an order."""

    to: str
    empty: ClassVar[object] = ()
    expected: ClassVar[str] = "entries of the directory"

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
            yield "type", {"expected": self.expected}


@dataclass(frozen=True, repr=False, eq=False)
class SecretText(Kind):
    """A password or other secret, kept in the operating system's keyring."""

    empty: ClassVar[object] = NO_SECRET
    expected: ClassVar[str] = "a secret"
    most: int = 16_384

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, Secret):
            yield "type", {"expected": self.expected}
        elif value.typed is not None:
            if len(value.typed) > self.most:
                length = len(value.typed)
                yield "long", {"most": self.most, "length": length, "over": length - self.most}
            if fault := _character_fault(value.typed):
                yield fault

    def parse(self, text: str) -> object:
        return Secret(typed=text) if text else NO_SECRET


@declared
class Row(Declared):
    """One line of a rows field. ``id`` is short, random and never changes."""

    id: str = ""


@dataclass(frozen=True, repr=False, eq=False)
class Rows(Kind):
    """An ordered tuple of rows, each of one of the ``types``; ``tree``: nested by ``parent``.

    ``deepest`` is how many levels a tree may have, 0 for any number. It keeps rows from being
    dragged deeper; that a document holds to it is checked elsewhere.
    """

    types: tuple[type[Row], ...]
    one: str = "row"
    tree: bool = False
    deepest: int = 0
    empty: ClassVar[object] = ()
    expected: ClassVar[str] = "a list of rows"

    def check(self, value: object) -> Iterator[Fault]:
        if not isinstance(value, tuple) or not all(isinstance(row, self.types) for row in value):
            yield "type", {"expected": self.expected}
