"""Rendering: a template and its data become a page, in a process that can be given up.

Names without a value stay in the page as they are written. Whatever a template contains, it ends
within the limits: in a page, or in a sentence.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from motion_desk.models.engines.placeholders import Found, Lines, Part, placeholders
from motion_desk.services.templates.marking import MISSING_CLASS
from motion_desk.services.templates.process import EndedError, Process

__all__ = ["MISSING_CLASS", "Construct", "RenderError", "Rendered", "Renderer"]

SECONDS = 1.8
"""With the start of a process, a person is told within 2 s."""
MEMORY = 256 * 1024 * 1024

LONGEST_SOURCE = 5_000_000
"""Characters of a template: those that its field takes."""
MOST_PARTS = 20_000
"""Braces of a template: Jinja takes more than a second to compile as many names."""
LONGEST_DATA = 2_000_000
"""Characters of all names and values together."""
MOST_VALUES = 2_000

_KEPT = 8
_RESERVED = frozenset(
    {"and", "else", "if", "in", "is", "not", "or", "range", "self", "super"}
    | {"true", "false", "none", "True", "False", "None"}
)
"""Words that Jinja would take for something else than a name."""

_SENTENCES = {
    "time": "This template takes longer than {seconds:g} s. Look for loops without an end, and for "
    "very long lists.",
    "memory": "This template needs more than {memory} MB. Look for loops and for texts that are "
    "repeated many times.",
    "output": "The result is larger than 20 MB. Look for loops and for very long values.",
    "recursion": "{at}this template is nested too deep, or calls itself again and again.",
    "unsafe": "{at}this reaches for something that templates may not use ({message}). Remove it.",
    "include": "{at}this asks for another template, “{message}”. Write its text here instead.",
    "syntax": "{at}this cannot be read: {message}. Correct it, or write the braces otherwise.",
    "undefined": "{at}this asks something of a name that has no value: {message}.",
    "failed": "{at}this cannot be rendered: {message}.",
    "died": "The template has ended the process that renders it. Look for deep nesting, or try again.",
    "long": "This template has {length} characters, and at most {most} are rendered. Shorten it.",
    "parts": "This template has more than {most} braces. Remove those that are not meant.",
    "data": "The data are too large: at most {most} values of {characters} characters in all are "
    "taken. Shorten them.",
    "start": "The process that renders templates does not start ({message}).",
}


class RenderError(Exception):
    """A template has no page. ``sentence`` says why and what to do; ``line`` is 0 for no line.

    ``code`` is one of time, memory, output, recursion, unsafe, include, syntax, undefined, failed, died,
    long, parts, data, start.
    """

    def __init__(self, code: str, line: int = 0, **values: object) -> None:
        at = f"Line {line}: " if line else ""
        sentence = _SENTENCES[code].format_map({"at": at, **values})
        self.sentence = sentence[0].upper() + sentence[1:]
        self.code = code
        self.line = line
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class Construct:
    """A part that goes beyond what Motion documents; ``read`` is false where it stayed as it was."""

    text: str
    line: int
    column: int
    read: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page, and the names that its template looks up: those with a value and those without."""

    html: str
    missing: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    constructs: tuple[Construct, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A template's text as the process needs it."""

    text: str
    digest: str
    literals: tuple[int, ...]
    expressions: tuple[tuple[int, int], ...]
    constructs: tuple[Found, ...]
    reserved: tuple[str, ...]


class Renderer:
    """Renders templates, one after the other, in one process that is started when first needed.

    May be used from one thread at a time; each call blocks, so never from the window's. A process
    that was killed is replaced at the next call. ``close`` it in the end, or use ``with``.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: Process | None = None
        self._sources: OrderedDict[str, _Source] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the process ahead of the first page. Raises ``RenderError`` (start)."""
        self._started(None)

    def render(
        self,
        source: str,
        data: Mapping[str, str | None],
        stop: threading.Event | None = None,
        *,
        spans: bool = True,
        plain: bool = False,
    ) -> Rendered:
        """The page that a template becomes with data, by the name of each value.

        Values are text: what is markup in HTML is escaped. A name that ``data`` lacks, or whose
        value is ``None``, stays as ``{{ name }}``; with ``spans``, within a span of the class
        ``MISSING_CLASS`` wherever text stands. ``plain`` is for what is no HTML, such as a
        subject: nothing is escaped and nothing marked. Raises ``RenderError``, and
        ``jobs.Stopped`` within 100 ms after ``stop`` is set.
        """
        if len(data) > MOST_VALUES or _length(data) > LONGEST_DATA:
            raise RenderError("data", most=MOST_VALUES, characters=LONGEST_DATA)
        process = self._started(stop)
        until = time.monotonic() + self._seconds  # all that follows is the template's doing
        prepared = self._prepared(source)
        head: dict[str, Any] = {
            "digest": prepared.digest,
            "data": dict(data),
            "spans": spans and not plain,
            "plain": plain,
        }
        answer, page = self._asked(process, head, prepared, stop, until)
        if "code" in answer:
            raise self._error(answer["code"], answer.get("line", 0), answer.get("message", ""))
        return _rendered(prepared, data, answer, page)

    def close(self) -> None:
        """End the process; harmless when repeated. The renderer can be used again."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def _prepared(self, source: str) -> _Source:
        found = self._sources.get(source)
        if found is None:
            found = _read(source)
            self._sources[source] = found
            if len(self._sources) > _KEPT:
                self._sources.popitem(last=False)
        return found

    def _asked(
        self,
        process: Process,
        head: dict[str, Any],
        source: _Source,
        stop: threading.Event | None,
        until: float,
    ) -> tuple[dict[str, Any], str]:
        try:
            answer, page = process.ask(head, "", stop, until=until)
            if "unknown" in answer:
                head |= {"literals": source.literals, "expressions": source.expressions}
                answer, page = process.ask(head, source.text, stop, until=until)
        except EndedError as error:
            self._process = None
            outside = "a file, the network or a module" if error.cause == "unsafe" else ""
            raise self._error(error.cause, message=outside) from None
        except BaseException:
            self.close()
            raise
        if answer.get("code") == "memory":
            self.close()  # a process that ran out of memory may have lost more than it knows
        return answer, page

    def _started(self, stop: threading.Event | None) -> Process:
        if self._process is None:
            try:
                self._process = Process(self._seconds, self._memory)
                self._process.ready(stop)
            except OSError as error:
                raise RenderError("start", message=error.strerror) from None
            except EndedError as error:
                self._process = None
                raise RenderError("start", message=error.cause) from None
            except BaseException:
                self.close()
                raise
        return self._process

    def _error(self, code: str, line: int = 0, message: str = "") -> RenderError:
        megabytes = self._memory // 1024 // 1024
        return RenderError(
            code, line, message=message.rstrip("."), seconds=self._seconds, memory=megabytes
        )


def _length(data: Mapping[str, str | None]) -> int:
    return sum(len(name) + len(value or "") for name, value in data.items())


def _read(source: str) -> _Source:
    if len(source) > LONGEST_SOURCE:
        raise RenderError("long", length=len(source), most=LONGEST_SOURCE)
    found = tuple(islice(placeholders(source), MOST_PARTS + 1))
    if len(found) > MOST_PARTS:
        raise RenderError("parts", most=MOST_PARTS)
    reserved = [
        each
        for each in found
        if each.part is Part.PLACEHOLDER and each.name.partition(".")[0] in _RESERVED
    ]
    literals = [each for each in found if each.part.literal] + reserved
    return _Source(
        source,
        hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        tuple(each.start for each in literals),
        tuple((each.start, each.end) for each in found if each.part is Part.EXPRESSION),
        tuple(each for each in found if each.part.construct),
        tuple(dict.fromkeys(each.name for each in reserved)),
    )


def _rendered(
    source: _Source, data: Mapping[str, str | None], answer: Mapping[str, Any], page: str
) -> Rendered:
    names: list[str] = answer["names"]
    unread = set(answer["unreadable"])
    constructs: tuple[Construct, ...] = ()
    if source.constructs:
        lines = Lines(source.text)
        constructs = tuple(
            Construct(
                source.text[each.start : each.end],
                *lines.place(each.start),
                each.start not in unread,
            )
            for each in source.constructs
        )
    missing = [name for name in names if data.get(name) is None]
    used = [name for name in names if data.get(name) is not None]
    return Rendered(page, (*missing, *source.reserved), tuple(used), constructs)
