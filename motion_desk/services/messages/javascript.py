r"""JavaScript: its regular expressions, which Motion is inferred to use, as our engine writes them.

The grammar is that of ECMA-262 (2024) §22.2.1 with annex B.1.2 and without flags, for Motion's page
has no place for any. What the two engines read in different ways is translated; what means nothing
in JavaScript, but something elsewhere, is said. Three differences stay: JavaScript counts a
character beyond U+FFFF as two, a group that took no part is empty there when it is named again, and
“\S” within a class does not take spaces beyond ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from motion_desk.models.engines.header_filters import Unsearchable
from motion_desk.services.messages.effort import Effort, Group

TOO_LARGE = "This regular expression is nested too deeply, or repeats too much. Make it simpler."
LARGEST = 20_000
"""Atoms of an expression with its counted repetitions written out, as our engine does: 6 MB."""

_SPACES = r"\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What “\\s” is in JavaScript (ECMA-262 §22.2.2.9)."""
_ANY = r"[^\n\r\u2028\u2029]"
"""What “.” is in JavaScript (§22.2.2.7); here it takes all but “\\n”."""
_SLASHES = re.compile(r"/.*/[a-z]*\Z", re.DOTALL)
_COUNT = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_NUMBER = re.compile(r"[0-9]+")
_GROUP = re.compile(r"\(\?(?:[:=!]|<[=!])")
_NAME = re.compile(r"\(\?<([A-Za-z_$][\w$]*)>", re.ASCII)
_CODE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")
_CONTROL = re.compile(r"\\c([A-Za-z])")
_BACK_NAME = re.compile(r"\\k<([A-Za-z_$][\w$]*)>", re.ASCII)
_OPENING = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]?|(\()(?!\?(?!<[^=!]))", re.DOTALL)
_DIGITS = "123456789"
_PLAIN_ESCAPES = {"d", "D", "w", "W", "t", "n", "r", "f", "v"}


@dataclass(frozen=True, slots=True)
class Translated:
    r"""An expression for our engine, and the longest text in which it is certain to end soon.

    That is an upper bound by the expression's form: repetitions behind one another, none of them
    within another. ``quick_up_to`` is in characters, -1 where nothing is certain. ``on_one_line``
    is the same where a text holds no line end but perhaps “\n”, and quicker.
    """

    text: str
    quick_up_to: int
    on_one_line: str


def translated(pattern: str) -> Translated:
    """A JavaScript expression for our engine. Raises ``Unsearchable`` where it is none."""
    if _SLASHES.match(pattern):
        raise Unsearchable(
            "Slashes around an expression, and flags behind it, are JavaScript’s source; whether "
            "Motion takes them off is not documented. Write the expression alone, with “\\/” for "
            "a slash."
        )
    return _Translation(pattern).whole()


class _Translation:
    """One expression being read from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._written: list[str] = []
        self._open = [Group(0)]
        self._groups = sum(1 for each in _OPENING.finditer(pattern) if each[1])
        self._closed: set[int] = set()
        self._opened = 0
        self._names: dict[str, int] = {}

    def whole(self) -> Translated:
        """Read all of it."""
        while self._at < len(self._pattern):
            self._atom()
        if len(self._open) > 1:
            raise self._wrong("the “(” is never closed", self._open[-1].at)
        effort = self._open[0].closed()
        if effort.size > LARGEST:
            raise Unsearchable(TOO_LARGE)
        on_one_line = ["." if each == _ANY else each for each in self._written]
        return Translated("".join(self._written), effort.quick_up_to, "".join(on_one_line))

    def _atom(self) -> None:
        at, pattern, group = self._at, self._pattern, self._open[-1]
        character = pattern[at]
        if character == "\\":
            self._escape()
            if pattern[at + 1] in "bB":
                return
        elif character == "[":
            self._class()
        elif character == "(":
            self._group()
        elif character == ")":
            if len(self._open) == 1:
                raise self._wrong("the “)” closes nothing", at)
            closed = self._open.pop()
            self._closed.add(closed.number)
            self._took(1, ")")
            self._open[-1].add(closed.closed())
            if not closed.number and pattern.startswith(("(?<=", "(?<!"), closed.at):
                return  # what looks behind cannot be repeated
        elif character == "|":
            group.branch()
            self._took(1, "|")
        elif character in "*+?" or _COUNT.match(pattern, at):
            raise self._wrong(f"nothing stands before the “{character}” to be repeated", at)
        elif character in "^$":
            self._took(1, "^" if character == "^" else r"\Z")
            group.add(Effort())
            return
        else:
            group.add(Effort())
            self._took(1, _ANY if character == "." else re.escape(character))
        if character not in "(|":
            self._quantifier()

    def _group(self) -> None:
        at = self._at
        opened = Group(at)
        if self._pattern[at : at + 2] != "(?":
            self._took(1, "(")
            opened.number = self._opened = self._opened + 1
        elif named := _NAME.match(self._pattern, at):
            if named[1] in self._names:
                raise self._wrong(f"two groups are called “{named[1]}”", at)
            opened.number = self._opened = self._opened + 1
            self._names[named[1]] = opened.number
            self._took(len(named[0]), f"(?P<{_name(named[1])}>")
        elif form := _GROUP.match(self._pattern, at):
            self._took(len(form[0]), form[0])
        else:
            said = self._pattern[at : at + 4].rstrip(")") + "…"
            raise self._wrong(f"JavaScript has no “{said}”", at)
        self._open.append(opened)

    def _quantifier(self) -> None:
        """The quantifier behind an atom, if there is one."""
        pattern, at, group = self._pattern, self._at, self._open[-1]
        counted = _COUNT.match(pattern, at)
        if counted:
            low = _number(counted[1])
            high = (_number(counted[3]) if counted[3] else inf) if counted[2] else float(low)
            if high < low:
                raise self._wrong(f"in “{counted[0]}” the numbers are the wrong way round", at)
            length = len(counted[0])
        elif pattern[at : at + 1] in ("*", "+", "?") and at < len(pattern):
            low, high = {"*": (0, inf), "+": (1, inf), "?": (0, 1.0)}[pattern[at]]
            length = 1
        else:
            return
        group.repeated(low, high)
        self._took(length, pattern[at : at + length])
        if pattern[self._at : self._at + 1] == "?":
            self._took(1, "?")
        following = pattern[self._at : self._at + 1]
        if following and (following in "*+?" or _COUNT.match(pattern, self._at)):
            raise self._wrong(f"the “{following}” repeats what is repeated already", self._at)

    def _escape(self) -> None:
        """An escape outside a class."""
        group, pattern, at = self._open[-1], self._pattern, self._at
        following = pattern[at + 1 : at + 2]
        if following in ("b", "B") and following:
            group.add(Effort())
            self._took(2, f"\\{following}")
        elif following in ("s", "S") and following:
            group.add(Effort())
            self._took(2, f"[{'^' if following == 'S' else ''}{_SPACES}]")
        elif following in _DIGITS and following:
            digits = _NUMBER.match(pattern, at + 1)
            said = digits[0] if digits else following
            if int(said) > self._groups:
                raise self._nobody(f"\\{said}", at)
            group.add(Effort(1))
            # One that is not complete yet is empty there.
            self._took(1 + len(said), f"(?:\\{said})" if int(said) in self._closed else "(?:)")
        elif named := _BACK_NAME.match(pattern, at):
            if f"(?<{named[1]}>" not in pattern:
                raise self._nobody(named[0], at)
            group.add(Effort(1))
            closed = self._names.get(named[1]) in self._closed
            self._took(len(named[0]), f"(?P={_name(named[1])})" if closed else "(?:)")
        else:
            group.add(Effort())
            length, written = self._character(at)
            self._took(length, written)

    def _character(self, at: int) -> tuple[int, str]:
        """The length of an escape for one character or kind, and how our engine writes it."""
        pattern = self._pattern
        following = pattern[at + 1 : at + 2]
        if not following:
            raise self._wrong("nothing stands behind the “\\”", at)
        if code := _CODE.match(pattern, at):
            return len(code[0]), code[0]
        if control := _CONTROL.match(pattern, at):
            return 3, f"\\x{ord(control[1]) % 32:02x}"
        if following in _PLAIN_ESCAPES:
            return 2, f"\\{following}"
        if following == "0" and not pattern[at + 2 : at + 3].isdigit():
            return 2, r"\x00"
        if following.isalnum():
            if following in "pPu":
                raise self._wrong(
                    f"“\\{following}” needs the flag “u”, which has no place here", at
                )
            raise Unsearchable(
                f"In JavaScript, whose expressions Motion is inferred to use, “\\{following}” is only "
                f"“{following}” (character {at + 1}). Write that, or what was meant in another way."
            )
        return 2, re.escape(following)

    def _class(self) -> None:
        """A class in square brackets, which our engine would read in other ways."""
        start, pattern = self._at, self._pattern
        at, negated = start + 1, False
        if pattern[at : at + 1] == "^":
            at, negated = at + 1, True
        parts: list[str] = []
        while pattern[at : at + 1] != "]":
            if at >= len(pattern):
                raise self._wrong("the “[” is never closed", start)
            length, part = self._member(at)
            parts.append(part)
            at += length
        self._open[-1].add(Effort())
        self._took(at + 1 - start, self._written_class(parts, start, negated=negated))

    def _written_class(self, parts: list[str], start: int, *, negated: bool) -> str:
        if not parts:  # “[]” matches nothing, “[^]” any character
            return r"[\x00-\U0010ffff]" if negated else "(?!)"
        for position in range(1, len(parts) - 1):
            first, dash, last = parts[position - 1 : position + 2]
            if dash == "-":
                ends = [ord(each) if len(each) == 1 else None for each in (first, last)]
                if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
                    raise self._wrong(f"“{first}-{last}” is the wrong way round", start)
        return f"[{'^' if negated else ''}{''.join(parts)}]"

    def _member(self, at: int) -> tuple[int, str]:
        character, following = self._pattern[at], self._pattern[at + 1 : at + 2]
        if character != "\\":
            return 1, f"\\{character}" if character in "[&|~^" else character
        if following == "b":
            return 2, r"\x08"
        if following == "s":
            return 2, _SPACES
        if following == "S":
            return 2, r"\S"
        if following == "-":
            return 2, r"\-"
        return self._character(at)

    def _took(self, length: int, written: str) -> None:
        self._at += length
        self._written.append(written)

    def _nobody(self, said: str, at: int) -> Unsearchable:
        return Unsearchable(
            f"“{said}” names a group that is not there (character {at + 1}). JavaScript, whose "
            "expressions Motion is inferred to use, takes it for other characters."
        )

    def _wrong(self, what: str, at: int) -> Unsearchable:
        return Unsearchable(
            f"This is no regular expression of JavaScript, which Motion is inferred to use: {what} "
            f"(character {at + 1})."
        )


def _name(name: str) -> str:
    """A group's name for our engine, which knows no “$”."""
    return name.replace("$", "_dollar_")


def _number(digits: str) -> int:
    """A count; one beyond all that is ever tried here stands for all of them."""
    return int(digits) if len(digits) < 10 else 10**9
