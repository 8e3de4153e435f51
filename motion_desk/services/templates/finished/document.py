"""Document: the elements of HTML source in their order, and what is damaged in it.

A much simpler tree than a browser's: enough to know what an element stands in. What the HTML
standard lets people leave out (</p>, </li>, </td> …) is no damage.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from motion_desk.services.jobs import Stopped
from motion_desk.services.templates.finished.markup import (
    MOST_TAGS,
    RAW,
    RCDATA,
    Comment,
    Tag,
    Text,
    tokens,
)

DEEPEST = 256
"""Levels of nesting beyond which a mail is remarked on; Chromium itself flattens at 512."""
VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements that have no content and no end tag."""
_OPTIONAL_END = frozenset(
    [
        "body",
        "colgroup",
        "dd",
        "dt",
        "head",
        "html",
        "li",
        "optgroup",
        "option",
        "p",
        "rb",
        "rp",
        "rt",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
# What a start tag ends, and the elements beyond which it does not look.
_CELL, _SCOPE = ("td", "th", "caption"), ("table", "object", "marquee", "template", "button")
_TABLE = ("table", "template")
_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(_BLOCKS, (("p",), (*_CELL, *_SCOPE))),
    "li": (("li", "p"), ("ul", "ol", "menu", *_CELL, *_SCOPE)),
    **dict.fromkeys(("dt", "dd"), (("dt", "dd", "p"), ("dl", *_CELL, *_SCOPE))),
    "option": (("option",), ("select", "datalist", "optgroup")),
    "optgroup": (("optgroup", "option"), ("select",)),
    **dict.fromkeys(("td", "th"), (_CELL, ("tr", *_TABLE))),
    "tr": (("tr", *_CELL), ("tbody", "thead", "tfoot", *_TABLE)),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"),
        (("tbody", "thead", "tfoot", "tr", "colgroup", *_CELL), _TABLE),
    ),
    "body": (("head",), ("html",)),
}
_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"})
_FOREIGN = ("svg", "math")


# Unclosed, they are told by their text, which then is cut.
_SAID_BY_TEXT = RAW | RCDATA


class Flaw(Enum):
    """The ways in which HTML can be damaged."""

    UNCLOSED = "unclosed"
    STRAY_END = "stray-end"
    CUT_TAG = "cut-tag"
    CUT_COMMENT = "cut-comment"
    CUT_TEXT = "cut-text"
    TOO_DEEP = "too-deep"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class Damage:
    """One flaw: the element it concerns and the offset at which it stands."""

    flaw: Flaw
    name: str
    at: int


@dataclass(slots=True, eq=False)
class Element:
    """An element: its start tag, its place among the elements, that of its parent (-1: none)."""

    tag: Tag
    index: int
    parent: int
    depth: int
    stop: int = 0
    """The offset at which its content ends."""

    @property
    def name(self) -> str:
        """Its name in small letters."""
        return self.tag.name


T = TypeVar("T")

_SLICE = 256
"""Elements or texts between two looks at whether somebody wants the end: some milliseconds' work."""


def until(stop: threading.Event | None, items: Iterable[T]) -> Iterator[T]:
    """The items, as long as ``stop`` is not set; then raises ``jobs.Stopped``."""
    for count, item in enumerate(items):
        if not count % _SLICE and stop is not None and stop.is_set():
            raise Stopped
        yield item


class Stoppable(list[T]):
    """A list that goes to no end: whoever goes through it is stopped by the document's ``stop``.

    So all that looks at a mail can be stopped, and need not know of it.
    """

    stop: threading.Event | None = None

    def __iter__(self) -> Iterator[T]:
        items = super().__iter__()
        return items if self.stop is None else until(self.stop, items)


@dataclass(slots=True)
class Document:
    """What a source holds. A text's number is the index of the element it stands in, or -1.

    Once ``stop`` is set, going through what it holds raises ``jobs.Stopped``.
    """

    source: str
    stop: threading.Event | None = None
    elements: Stoppable[Element] = field(default_factory=Stoppable)
    texts: Stoppable[tuple[Text, int]] = field(default_factory=Stoppable)
    comments: Stoppable[Comment] = field(default_factory=Stoppable)
    damages: list[Damage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.elements.stop = self.texts.stop = self.comments.stop = self.stop

    def parent(self, element: Element) -> Element | None:
        """The element in which another stands."""
        return self.elements[element.parent] if element.parent >= 0 else None

    def around(self, index: int) -> Iterator[Element]:
        """The element with this index and all it stands in, the innermost first."""
        while index >= 0:
            yield self.elements[index]
            index = self.elements[index].parent

    def content(self, text: Text) -> str:
        """The source of a text."""
        return self.source[text.at : text.end]


class _Reader:
    def __init__(self, source: str, stop: threading.Event | None) -> None:
        self.document = Document(source, stop)
        self._open: list[Element] = []
        # Where in `_open` the elements of a name stand: so that nothing is ever searched for.
        self._places: dict[str, list[int]] = defaultdict(list)

    def read(self) -> Document:
        document = self.document
        for count, token in enumerate(until(document.stop, tokens(document.source))):
            if count == MOST_TAGS * 2 or len(document.elements) == MOST_TAGS:
                self._damage(Flaw.TOO_MANY, "", token.at)
                break
            if isinstance(token, Text):
                self._text(token)
            elif isinstance(token, Comment):
                document.comments.append(token)
                if not token.closed:
                    self._damage(Flaw.CUT_COMMENT, "", token.at)
            elif token.is_end:
                self._end(token)
            else:
                self._start(token)
        self._close(0, len(document.source))
        return document

    def _text(self, text: Text) -> None:
        at = self._open[-1].index if self._open else -1
        self.document.texts.append((text, at))
        if not text.closed:
            self._damage(Flaw.CUT_TEXT, self._open[-1].name if self._open else "", text.at)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if not tag.closed:
            # A browser drops it; what it would do is still worth a remark.
            self._damage(Flaw.CUT_TAG, name, tag.at)
        if name in _ENDS and self._open:
            ended, limits = _ENDS[name]
            limit = self._innermost(limits)
            outermost = min([self._first_beyond(each, limit) for each in ended])
            if outermost < len(self._open):
                self._close(outermost, tag.at)
        if name in ("html", "body") and self._places[name]:
            return
        elements = self.document.elements
        parent = self._open[-1].index if self._open else -1
        element = Element(tag, len(elements), parent, len(self._open), tag.end)
        elements.append(element)
        if len(self._open) == DEEPEST:
            self._damage(Flaw.TOO_DEEP, name, tag.at)
        is_single = (
            name in VOID
            or not tag.closed
            or (
                self.document.source.endswith("/>", tag.at, tag.end)
                and any(self._places[each] for each in _FOREIGN)
            )
        )
        if not is_single:
            self._places[name].append(len(self._open))
            self._open.append(element)

    def _end(self, tag: Tag) -> None:
        name = tag.name
        if not tag.closed:
            self._damage(Flaw.CUT_TAG, name, tag.at)
            return
        if name in VOID:
            return
        places = self._places[name]
        limit = self._innermost(_TABLE) if name in _TABLE_PARTS else self._innermost(_CELL)
        if not places or places[-1] < limit:
            self._damage(Flaw.STRAY_END, name, tag.at)
            return
        if name in ("html", "body"):
            # What follows them still belongs to the body; they end with the source.
            return
        self._close(places[-1] + 1, tag.at)
        element = self._open.pop()
        element.stop = tag.at
        places.pop()

    def _innermost(self, names: tuple[str, ...]) -> int:
        innermost = -1
        for name in names:
            places = self._places.get(name)
            if places and places[-1] > innermost:
                innermost = places[-1]
        return innermost

    def _first_beyond(self, name: str, limit: int) -> int:
        """Where the first open element of a name beyond a limit stands; if none, past all."""
        places = self._places[name]
        at = bisect_right(places, limit)
        return places[at] if at < len(places) else len(self._open)

    def _close(self, count: int, at: int) -> None:
        """End all open elements but the first ``count``."""
        while len(self._open) > count:
            element = self._open.pop()
            element.stop = at
            self._places[element.name].pop()
            if element.name not in _OPTIONAL_END and element.name not in _SAID_BY_TEXT:
                self._damage(Flaw.UNCLOSED, element.name, element.tag.at)

    def _damage(self, flaw: Flaw, name: str, at: int) -> None:
        self.document.damages.append(Damage(flaw, name, at))


def read(source: str, stop: threading.Event | None = None) -> Document:
    """The document of a source. Never fails; time and memory are linear, tags are bounded.

    Once ``stop`` is set, this, and what goes through the document later, raise ``jobs.Stopped``.
    """
    return _Reader(source, stop).read()
