"""Patterns: regular expressions in bounded time, by the engine ``regex``.

Motion is inferred to run on Node, whose engine backtracks as this one does; RE2 and its like end
in linear time, but know neither lookarounds nor backreferences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter, thread_time

import regex

from motion_desk.models.engines.header_filters import Span, Unsearchable
from motion_desk.services.messages.javascript import TOO_LARGE, translated

LONGEST_PATTERN = 1_000
"""Characters; Motion Desk's own field takes fewer."""
LONGEST_TEXT = 100_000
"""Characters of a header that are looked through; servers refuse longer headers by far."""
AT_ONCE = 0.002
"""Seconds that a search may take before it gives the interpreter's lock free."""
PATIENCE = 0.05
"""Seconds that one search may take in all."""
BUDGET = 1.0
"""Seconds that the slow searches of one pattern may take in one run, all taken together."""
_UNNOTICED = 0.0001
"""Seconds of each search that do not count."""
_KEPT = 1_024
_KEEPS_LOCK = False
"""“concurrent” of a quick search, given by position: a keyword would cost as much as the search."""

TOO_SLOW = (
    "This regular expression took too long and is not applied: parts that repeat within one another "
    "try every way to divide a text. Make it simpler."
)
TOO_LONG = f"This regular expression has more than {LONGEST_PATTERN:,} characters. Make it shorter."


@dataclass(slots=True)
class _Pattern:
    """A pattern, ready: up to how long a text it needs no clock, and what it may still take.

    ``on_line`` is its search in a text without line ends.
    """

    search: Callable[..., regex.Match[str] | None]
    on_line: Callable[..., regex.Match[str] | None]
    quick_up_to: int
    left: float = BUDGET


class Patterns:
    """The searches of one run, such as one matrix: call it with a pattern and a text.

    Each search ends within ``PATIENCE``, and all of one pattern within ``BUDGET`` beside those that
    are quick; a pattern that took longer is not tried again by this object and raises
    ``Unsearchable``, as one that is none does. Compiled patterns are shared by all runs. One that
    is not certain to end soon gives the interpreter's lock free after 2 ms; those before keep it,
    for with another busy thread each release would cost 5 ms. Belongs to one thread.
    """

    def __init__(self) -> None:
        self._ready: dict[str, _Pattern] = {}
        self._wrong: dict[str, Unsearchable] = {}

    def __call__(self, pattern: str, text: str) -> Span | None:
        """Where the pattern is first found in the text. Raises ``Unsearchable``."""
        ready = self._ready.get(pattern) or self._made(pattern)
        if len(text) <= ready.quick_up_to:
            found = ready.search(text, None, None, _KEEPS_LOCK)
        else:
            found = self._bounded(pattern, ready, text[:LONGEST_TEXT])
        return found.span() if found is not None else None

    def prepared(self, pattern: str) -> Callable[[str], Span | None]:
        """The search of one pattern, quicker for many texts. Raises ``Unsearchable``, as it does."""
        ready = self._ready.get(pattern) or self._made(pattern)
        search, on_line = ready.search, ready.on_line

        def find(text: str) -> Span | None:
            if len(text) > ready.quick_up_to:
                return self(pattern, text)
            found = search(text, None, None, _KEEPS_LOCK)
            return None if found is None else found.span()

        def find_on_line(text: str) -> Span | None:
            if len(text) <= ready.quick_up_to and text.isascii() and "\r" not in text:
                found = on_line(text, None, None, _KEEPS_LOCK)
                return None if found is None else found.span()
            return self(pattern, text)

        return find if on_line is search else find_on_line

    def _made(self, pattern: str) -> _Pattern:
        if wrong := self._wrong.get(pattern):
            raise wrong.with_traceback(None)
        compiled = _compiled(pattern)
        if isinstance(compiled, str):
            raise self._refused(pattern, compiled)
        found, on_line, quick_up_to = compiled
        search = found.search
        one = search if on_line is found else on_line.search
        self._ready[pattern] = _Pattern(search, one, quick_up_to)
        return self._ready[pattern]

    def _refused(self, pattern: str, sentence: str) -> Unsearchable:
        """Note that a pattern is not to be tried again."""
        if ready := self._ready.pop(pattern, None):
            ready.quick_up_to = -1  # for those who hold it prepared
        self._wrong[pattern] = Unsearchable(sentence)
        return self._wrong[pattern]

    def _bounded(self, pattern: str, ready: _Pattern, text: str) -> regex.Match[str] | None:
        begun = perf_counter()
        try:
            found = ready.search(text, timeout=AT_ONCE, concurrent=False)
        except TimeoutError:
            found = self._slow(pattern, ready, text)
        except MemoryError:
            raise self._refused(pattern, TOO_LARGE) from None
        else:
            ready.left -= max(0.0, perf_counter() - begun - _UNNOTICED)
        if ready.left <= 0:
            raise self._refused(pattern, TOO_SLOW)
        return found

    def _slow(self, pattern: str, ready: _Pattern, text: str) -> regex.Match[str] | None:
        """Search again from the start, with the interpreter's lock free."""
        begun = thread_time()
        try:
            return ready.search(text, timeout=PATIENCE - AT_ONCE, concurrent=True)
        except TimeoutError:
            raise self._refused(pattern, TOO_SLOW) from None
        except MemoryError:
            raise self._refused(pattern, TOO_LARGE) from None
        finally:
            ready.left -= thread_time() - begun


def fault(pattern: str) -> str:
    """Why a pattern is no regular expression of JavaScript, as a sentence; empty where it is one."""
    compiled = _compiled(pattern)
    return compiled if isinstance(compiled, str) else ""


@lru_cache(_KEPT)
def _compiled(pattern: str) -> tuple[regex.Pattern[str], regex.Pattern[str], int] | str:
    """A pattern for any text and for one line, and in how long a one it is quick; or why not."""
    if len(pattern) > LONGEST_PATTERN:
        return TOO_LONG
    try:
        ours = translated(pattern)
        # Its own cache would keep the same; ASCII, for “\d” and “\w” are that in JavaScript.
        flags = regex.V0 | regex.ASCII
        made = on_line = regex.compile(ours.text, flags, cache_pattern=False)
        if ours.on_one_line != ours.text:
            on_line = regex.compile(ours.on_one_line, flags, cache_pattern=False)
    except Unsearchable as error:
        return error.sentence
    except regex.error as error:
        return f"This is no regular expression: {error}."
    except (RecursionError, MemoryError, OverflowError):
        return TOO_LARGE
    return made, on_line, ours.quick_up_to
