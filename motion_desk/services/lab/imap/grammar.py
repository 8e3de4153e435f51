"""IMAP's grammar: commands into values, and values into what stands in replies (RFC 3501, 9)."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

Value: TypeAlias = "str | bytes | tuple[Value, ...]"
"""An atom is ``str``, a quoted string or literal ``bytes``, a list in brackets a tuple."""

Answer = TypeVar("Answer")

LITERAL_MARK = re.compile(rb"\{(\d{1,12})(\+?)\}\r?\n\Z")
"""The end of a line that a literal follows: its bytes, and whether it comes without being asked."""

_LINE_END = re.compile(rb"\r?\n\Z")
_LITERAL = re.compile(rb"\{(\d+)\+?\}\r?\n")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)
# A section in square brackets belongs to its atom, blanks, lists and all: BODY[HEADER.FIELDS (TO)].
_ATOM = re.compile(rb'(?:\[[^\]]*\]|[^ ()"\r\n{])+')
_SAFE = re.compile(rb"[^\x00\r\n\x80-\xff]{0,1000}")

# Deeper than anybody searches; each level is a call.
_DEEPEST = 20


class GrammarError(Exception):
    """What was sent is no command; the text says why, without repeating it."""


def parsed(command: bytes) -> list[Value]:
    """The values of one command, whose literals stand in it as they were sent.

    Raises ``GrammarError``.
    """
    text = _LINE_END.sub(b"", command)  # one only: a literal may end in another
    values, end = _values(text, 0, 0)
    if end < len(text):
        raise GrammarError("a closing bracket without an opening one")
    return list(values)


def _values(text: bytes, at: int, depth: int) -> tuple[tuple[Value, ...], int]:
    """The values from a place on, up to the end or a closing bracket, and where that is."""
    if depth > _DEEPEST:
        raise GrammarError("too many brackets")
    values: list[Value] = []
    while at < len(text) and text[at : at + 1] != b")":
        if text[at : at + 1] == b" ":
            at += 1
        elif text[at : at + 1] == b"(":
            inner, at = _values(text, at + 1, depth + 1)
            if at == len(text):
                raise GrammarError("an opening bracket without a closing one")
            values.append(inner)
            at += 1
        elif found := _LITERAL.match(text, at):
            at = found.end() + int(found[1])
            if at > len(text):
                raise GrammarError("a literal that is too short")
            values.append(text[found.end() : at])
        elif found := _QUOTED.match(text, at):
            values.append(_ESCAPED.sub(rb"\1", found[1]))
            at = found.end()
        elif found := _ATOM.match(text, at):
            values.append(found[0].decode("utf-8", "surrogateescape"))
            at = found.end()
        else:
            raise GrammarError("a sign that cannot stand there")
    return tuple(values), at


def as_bytes(value: Value) -> bytes:
    """An atom or a string as bytes. Raises ``GrammarError`` for a list."""
    if isinstance(value, tuple):
        raise GrammarError("a list in place of a string")
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def as_text(value: Value) -> str:
    """An atom or a string as text. Raises ``GrammarError`` for a list and for what is no UTF-8."""
    try:
        return as_bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        raise GrammarError("a text that is not UTF-8") from None


def string(value: bytes | str | None) -> bytes:
    """A string for a reply: quoted where that can be, else a literal; NIL for nothing."""
    if value is None:
        return b"NIL"
    if isinstance(value, str):
        value = value.encode("utf-8")
    if _SAFE.fullmatch(value):
        return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return b"{%d}\r\n%b" % (len(value), value)


def listed(values: Iterable[bytes]) -> bytes:
    """A list for a reply."""
    return b"(" + b" ".join(values) + b")"


def chosen(written: str, numbers: Sequence[int]) -> list[int]:
    """Those of some rising numbers that a set such as ``1:3,7,9:*`` names.

    ``*`` is the last of them. Raises ``GrammarError`` where it is no set.
    """
    last = numbers[-1] if numbers else 0
    ranges = []
    for part in written.split(","):
        ends = part.split(":")
        if len(ends) > 2 or not all(end == "*" or re.fullmatch(r"\d{1,10}", end) for end in ends):
            raise GrammarError("no set of numbers")
        ranges.append(sorted(last if end == "*" else int(end) for end in (ends[0], ends[-1])))
    return [number for number in numbers if any(low <= number <= high for low, high in ranges)]


def called(command: Callable[..., Answer], *values: object, **named: object) -> Answer:
    """What a command gives back. Raises ``GrammarError`` for a wrong number of values."""
    try:
        inspect.signature(command).bind(*values, **named)
    except TypeError:
        raise GrammarError("the wrong number of arguments") from None
    return command(*values, **named)
