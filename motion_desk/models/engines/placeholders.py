"""Placeholders: what in a template's text is not plain text, and where it stands.

Motion documents ``{{ name }}`` and nothing else. The rest is read as Jinja would, which renders
the previews: ``{% … %}`` statements, ``{# … #}`` comments and expressions. Braces that people
leave open, that an editor has torn apart, or that belong to a style sheet are told from those,
for they are to stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
"""A name, or names joined by dots: ``fromAccount``, ``user.name``."""


class Part(Enum):
    """What a part of a template is."""

    PLACEHOLDER = "placeholder"
    EXPRESSION = "expression"
    STATEMENT = "statement"
    COMMENT = "comment"
    EMPTY = "empty"
    SPLIT = "split"
    SPACED = "spaced"
    UNCLOSED = "unclosed"
    STRAY = "stray"
    STYLE = "style"

    @property
    def construct(self) -> bool:
        """Whether it goes beyond what Motion documents, and is rendered nevertheless."""
        return self in _CONSTRUCTS

    @property
    def literal(self) -> bool:
        """Whether its opening braces stay in the rendered text as they are."""
        return self in _LITERALS


_CONSTRUCTS = frozenset({Part.EXPRESSION, Part.STATEMENT, Part.COMMENT})
_LITERALS = frozenset({Part.EMPTY, Part.SPLIT, Part.SPACED, Part.UNCLOSED, Part.STYLE})


@dataclass(frozen=True, slots=True)
class Found:
    """One part: ``source[start:end]``, offsets in characters from 0.

    ``name`` is that of a placeholder, or the one that a torn or spaced one seems to mean.
    """

    part: Part
    start: int
    end: int
    name: str = ""


class Lines:
    """Turns offsets of a text into lines and columns, both from 1, a column a character.

    Asked in the text's order, it counts each line once; going back, it begins anew.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._line, self._begin = 1, 0

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        if offset < self._begin:
            self._line, self._begin = 1, 0
        self._line += self._source.count("\n", self._begin, offset)
        self._begin = self._source.rfind("\n", self._begin, offset) + 1 or self._begin
        return self._line, offset - self._begin + 1


_TOKEN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|<(/?)(?:style|script)(?=[\s/>])", re.IGNORECASE)
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_NO_BREAK = re.compile(
    "&(?:nbsp|#160|#x0*a0);?|[\u00a0\u2007\u200b\u202f\u2060\ufeff]", re.IGNORECASE
)
"""What editors put in place of a space: Motion's page shows plain spaces only."""
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_ENDRAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


def placeholders(source: str) -> Iterator[Found]:
    """Everything of a template that is not plain text, in order, without overlaps.

    Time grows with the length of the text alone, whatever braces it holds, and nothing is read
    beyond what is asked for: a caller may stop early.
    """
    return _Scanner(source).parts()


class _Scanner:
    """Goes through a text's braces with at most one opening one in mind.

    One that turns out to be left open is gone back to. What lies between it and the next opening
    brace holds none, so that no character is read more than twice.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._opener = ""
        self._opened = 0
        self._in_style = False
        # Beyond the last closing brace of its sort, nothing can be closed any more.
        self._last = {opener: source.rfind(closer) for opener, closer in _CLOSING.items()}
        self._may_end_raw = True

    def parts(self) -> Iterator[Found]:
        """See ``placeholders``."""
        while token := _TOKEN.search(self._source, self._at):
            self._at = token.end()
            found = self._read(token[0], token.start(), style=token[1] == "")
            if found is not None:
                yield found
        if self._opener:
            yield self._left_open()

    def _read(self, text: str, start: int, *, style: bool) -> Found | None:
        if self._opener == "{#":
            return self._closed(start + 2) if text == "#}" else None
        if self._opener == "{%" and text == "{{":
            return None  # a table within a statement
        if text[0] == "<" or text in _CLOSING:
            if self._opener:
                return self._left_open()
            if text[0] == "<":
                self._in_style = style
                return None
            return self._open(text, start)
        if self._opener and text == _CLOSING[self._opener]:
            return self._closed(start + 2)
        if text == "}}" and not self._opener and not self._in_style:
            return Found(Part.STRAY, start, start + 2)
        return None

    def _open(self, text: str, start: int) -> Found | None:
        if self._in_style and text == "{#":
            return Found(Part.STYLE, start, start + 2)  # a rule for an id: @media print{#top{…}}
        if start > self._last[text]:
            return Found(Part.UNCLOSED, start, start + 2)
        self._opener, self._opened = text, start
        return None

    def _left_open(self) -> Found:
        """What was opened last, and that it stays open; goes on right behind it."""
        self._opener = ""
        self._at = self._opened + 2
        return Found(Part.UNCLOSED, self._opened, self._at)

    def _closed(self, end: int) -> Found:
        opener, start = self._opener, self._opened
        self._opener = ""
        if opener == "{#":
            return Found(Part.COMMENT, start, end)
        if opener == "{%":
            return Found(Part.STATEMENT, start, self._end_of_raw(start, end))
        return self._expression(start, end)

    def _end_of_raw(self, start: int, end: int) -> int:
        """Where a statement ends; ``raw`` ends with all that it keeps from being read."""
        if self._may_end_raw and _RAW.match(self._source, start):
            if ended := _ENDRAW.search(self._source, end):
                self._at = ended.end()
                return self._at
            self._may_end_raw = False
        return end

    def _expression(self, start: int, end: int) -> Found:
        content = self._source[start + 2 : end - 2]
        stripped = content.strip(" \t\r\n\f")
        if not stripped:
            return Found(Part.EMPTY, start, end)
        if NAME.fullmatch(stripped):
            return Found(Part.PLACEHOLDER, start, end, stripped)
        from html import unescape  # late: most texts need none

        untagged = _TAG.sub("", content)
        name = unescape(_NO_BREAK.sub(" ", untagged)).strip()
        if NAME.fullmatch(name):
            torn = untagged != content
            return Found(Part.SPLIT if torn else Part.SPACED, start, end, name)
        if _TAG.search(_STRING.sub("", content)):
            # Text with tags, up to the closing brace of something else.
            self._opener, self._opened = "{{", start
            return self._left_open()
        return Found(Part.EXPRESSION, start, end)
