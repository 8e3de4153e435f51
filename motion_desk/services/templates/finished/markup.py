"""Markup: the tags, texts and comments of HTML source, each with where it stands.

Follows the tokenisation of the HTML standard (WHATWG, §13.2.5) as far as mail needs it. Every
position is passed once: what is never closed reaches to the end of the source, and is said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

MOST_TAGS = 100_000
"""Tags that are kept of one source; a mail of 100 kB has some thousands."""
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "xmp"})
"""Elements whose content is text up to their end tag."""
RCDATA = frozenset({"textarea", "title"})
"""The same, with character references."""

_SPACE = r"\t\n\f\r "
_TEXT = re.compile(r"(?:[^<]+|<(?![A-Za-z!?/]))+")
_END_TAG = re.compile(r"</[A-Za-z]")
_PLAIN_END_TAG = re.compile(rf"</([A-Za-z][^{_SPACE}/>]*)>")
_NAME = re.compile(rf"[^{_SPACE}/>]+")
_ATTRIBUTE = re.compile(
    rf"""[{_SPACE}/]*(?:(?P<end>>)|(?P<name>[^{_SPACE}/>][^{_SPACE}/>=]*)"""
    rf"""(?:[{_SPACE}]*=[{_SPACE}]*(?:"(?P<double>[^"]*)(?P<d>")?|'(?P<single>[^']*)(?P<s>')?"""
    rf"""|(?P<bare>[^{_SPACE}>"'][^{_SPACE}>]*))?)?)"""
)
_COMMENT_END = re.compile(r"--!?>")
_EMPTY_COMMENT = re.compile(r"-?>")


class Attribute(NamedTuple):
    """One attribute: its name in small letters, its value, and where both begin.

    ``value`` has its character references replaced; ``raw`` is as written, ``value_at`` where it
    begins. Without a value both are ``""`` and ``value_at`` is the name's place.
    """

    name: str
    raw: str
    at: int
    value_at: int

    @property
    def value(self) -> str:
        """The value with its character references replaced."""
        return unescape(self.raw) if "&" in self.raw else self.raw


class Tag(NamedTuple):
    """A start or end tag from ``at`` to ``end``. ``closed`` is false where no “>” follows."""

    name: str
    is_end: bool
    at: int
    end: int
    attributes: Mapping[str, Attribute]
    closed: bool = True

    def value(self, name: str) -> str:
        """The value of an attribute, without spaces around it; ``""`` where it has none."""
        found = self.attributes.get(name)
        return found.value.strip() if found else ""


class Text(NamedTuple):
    """Text from ``at`` to ``end``. ``raw``: inside an element that takes no character references.

    ``closed`` is false where such an element has no end tag.
    """

    at: int
    end: int
    raw: bool = False
    closed: bool = True


class Comment(NamedTuple):
    """A comment, document type or other declaration from ``at`` to ``end``.

    ``begin`` and ``stop`` bound what stands inside of it.
    """

    at: int
    end: int
    begin: int
    stop: int
    is_comment: bool
    closed: bool = True


Token = Tag | Text | Comment
_NO_ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType({})


def tokens(source: str, at: int = 0, stop: int | None = None) -> Iterator[Token]:
    """Everything in the source between two offsets, in order and without gaps. Linear time."""
    stop = len(source) if stop is None else stop
    while at < stop:
        if found := _TEXT.match(source, at, stop):
            yield Text(at, found.end())
            at = found.end()
            continue
        following = source[at + 1 : at + 2]
        if following.isalpha():
            tag = _tag(source, at, at + 1, stop)
            yield tag
            at = tag.end
            if tag.name in RAW or tag.name in RCDATA:
                text = _content(source, tag.name, at, stop)
                if text.end > at or not text.closed:
                    yield text
                at = text.end
            elif tag.name == "plaintext":
                yield Text(at, stop, raw=True)
                at = stop
        elif plain := _PLAIN_END_TAG.match(source, at, stop):
            yield Tag(plain[1].lower(), True, at, plain.end(), _NO_ATTRIBUTES)
            at = plain.end()
        elif _END_TAG.match(source, at, stop):
            tag = _tag(source, at, at + 2, stop)
            yield tag
            at = tag.end
        else:
            comment = _comment(source, at, stop)
            yield comment
            at = comment.end


def _tag(source: str, at: int, name_at: int, stop: int) -> Tag:
    name = _NAME.match(source, name_at, stop)
    # A letter stands there: the caller has looked.
    end = name.end() if name else name_at
    attributes: dict[str, Attribute] = {}
    closed = False
    while found := _ATTRIBUTE.match(source, end, stop):
        if found.end() == end:
            break
        end = found.end()
        if found["end"]:
            closed = True
            break
        key = found["name"].lower()
        if key not in attributes:
            attributes[key] = _attribute(found, key)
        if (found["double"] is not None and not found["d"]) or (
            found["single"] is not None and not found["s"]
        ):
            break
    word = name[0].lower() if name else ""
    if not closed:
        end = stop
    return Tag(word, name_at == at + 2, at, end, attributes or _NO_ATTRIBUTES, closed)


def _attribute(found: re.Match[str], name: str) -> Attribute:
    at = found.start("name")
    group = _GROUPS[found.lastgroup or ""]
    return (
        Attribute(name, found[group], at, found.start(group))
        if group
        else Attribute(name, "", at, at)
    )


# By the last group that matched: the one that holds the value.
_GROUPS = {"name": "", "double": "double", "d": "double", "single": "single", "s": "single"} | {
    "bare": "bare"
}


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE | re.ASCII)


def _content(source: str, name: str, at: int, stop: int) -> Text:
    found = _end_of(name).search(source, at, stop)
    return Text(at, found.start() if found else stop, name in RAW, found is not None)


def _comment(source: str, at: int, stop: int) -> Comment:
    if source.startswith("<!--", at):
        if empty := _EMPTY_COMMENT.match(source, at + 4, stop):
            return Comment(at, empty.end(), at + 4, at + 4, True)
        found = _COMMENT_END.search(source, at + 4, stop)
        if found is None:
            return Comment(at, stop, at + 4, stop, True, closed=False)
        return Comment(at, found.end(), at + 4, found.start(), True)
    end = source.find(">", at, stop)
    if end < 0:
        return Comment(at, stop, at + 1, stop, False, closed=False)
    return Comment(at, end + 1, at + 1, end, False)
