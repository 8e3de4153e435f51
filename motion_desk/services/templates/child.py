"""The child: the sandbox's own process, with limits, and with no way to anything outside it.

Started by ``process``; it imports Jinja, css-inline, the standard library and modules of this
package that do the same. Frames come in and go out by the standard streams. Once it is set up it
opens no file, reaches no network and starts no program any more, whatever a template should get
hold of: the first attempt ends the process.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any, NoReturn, Protocol

from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError

from motion_desk.services.templates import MOVES_CSS, frames, marking, sandbox

OUT_OF_MEMORY = 75
"""The exit code where not even an answer could be made any more."""
UNSAFE = 77
"""The exit code where something outside was reached for."""
KEPT = 8
"""Templates that stay compiled."""

_NEEDED_TO_COMPILE = frozenset({"compile", "exec", "object.__getattr__", "sys._getframe"})
_HARMLESS = frozenset({"builtins.id"})
_REHEARSAL = """{{ 'a\\n'|wordwrap(2) }}{{ 'http://a.example'|urlize }}{{ [1.5]|tojson }}"""
"""What makes Jinja import what it imports late, while that is still possible."""


class Door:
    """Whether code may be compiled at the moment. Nothing else is ever let through."""

    def __init__(self) -> None:
        self.open = False


def shut_off(door: Door) -> None:
    """Let this process reach nothing outside it any more; for good.

    An audit hook cannot be removed. Events that are not known to be harmless end the process at
    once, so that what one version of Python calls by a new name is not let through.
    """

    def hook(event: str, _values: tuple[object, ...]) -> None:
        if event in _HARMLESS or (door.open and event in _NEEDED_TO_COMPILE):
            return
        if door.open and event == "open":
            # Python looks for the source of what it cannot compile; it goes on without.
            raise PermissionError
        os._exit(UNSAFE)

    sys.addaudithook(hook)


def limit(memory: int) -> None:
    """Bound this process, where the system can: ``memory`` in bytes, no file, no other process."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches
        return
    bounds = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_NPROC: 0,
    }
    for which, bound in bounds.items():
        try:
            resource.setrlimit(which, (bound, bound))
        except (OSError, ValueError):  # macOS takes no bound of memory: the parent watches
            continue


class Work(Protocol):
    """What a process is for."""

    def answer(self, head: dict[str, Any], source: str) -> tuple[dict[str, Any], str]:
        """The head and the body of the answer to a request; never raises ``Exception``."""
        ...


class MovingCss:
    """Moves the CSS of a page into its elements. The library takes 40 ms to load."""

    def __init__(self) -> None:
        from motion_desk.services.templates.finished import inlining

        self._inlining = inlining
        inlining.moved("<p>")  # so that it is loaded

    def answer(self, _head: dict[str, Any], source: str) -> tuple[dict[str, Any], str]:
        """The page, or in the head a sentence that says why there is none."""
        try:
            return {}, self._inlining.moved(source)
        except self._inlining.InliningError as error:
            return {"message": error.sentence}, ""


class Answers:
    """Answers requests to render, one at a time, and keeps the latest templates compiled."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._environments = {plain: sandbox.Environment(plain=plain) for plain in (False, True)}
        self._prepared: OrderedDict[tuple[str, bool], sandbox.Prepared] = OrderedDict()
        sandbox.rendered(sandbox.prepare(self._environments[False], _REHEARSAL, (), ()), {})

    def answer(self, head: dict[str, Any], source: str) -> tuple[dict[str, Any], str]:
        """The head and the body of the answer to a request; never raises ``Exception``."""
        prepared: sandbox.Prepared | None = None
        try:
            prepared = self._of(head, source)
            if prepared is None:
                return {"unknown": True}, ""
            page = sandbox.rendered(prepared, head["data"])
            page = marking.marked(page, sandbox.OPENING, sandbox.CLOSING, spans=head["spans"])
        except MemoryError:
            self._prepared.clear()
            return {"code": "memory"}, ""
        except Exception as error:  # a template can make anything go wrong
            with self._compiling():  # a traceback's frames are shut off like all code
                line = _line(error, prepared)
            return {"code": _code(error), "message": _message(error), "line": line}, ""
        names = list(prepared.alias_by_name)
        answer = {"names": names, "unreadable": prepared.unreadable}
        return answer, page

    def _of(self, head: dict[str, Any], source: str) -> sandbox.Prepared | None:
        key = head["digest"], head["plain"]
        if key in self._prepared:
            self._prepared.move_to_end(key)
            return self._prepared[key]
        if "literals" not in head:
            return None
        with self._compiling():
            prepared = sandbox.prepare(
                self._environments[head["plain"]], source, head["literals"], head["expressions"]
            )
        self._prepared[key] = prepared
        if len(self._prepared) > KEPT:
            self._prepared.popitem(last=False)
        return prepared

    @contextmanager
    def _compiling(self) -> Iterator[None]:
        self._door.open = True
        try:
            yield
        finally:
            self._door.open = False


def _code(error: Exception) -> str:
    if isinstance(error, sandbox.TooLargeError):
        return "output"
    if isinstance(error, sandbox.UnreadableError):
        return "syntax"
    if isinstance(error, RecursionError):
        return "recursion"
    if isinstance(error, SecurityError):
        return "unsafe"
    if isinstance(error, TemplateNotFound):
        return "include"
    return "undefined" if isinstance(error, UndefinedError) else "failed"


def _message(error: Exception) -> str:
    try:
        said = error.name if isinstance(error, TemplateNotFound) else error
        return " ".join(str(said).split())[:200]
    except Exception:  # some texts are made by what the template gave
        return type(error).__name__


def _line(error: Exception, prepared: sandbox.Prepared | None) -> int:
    """The line of the template that an error comes from; 0 where it comes from none."""
    if isinstance(error, sandbox.UnreadableError):
        return error.line
    line = 0
    step: TracebackType | None = error.__traceback__
    while step is not None:
        if prepared and step.tb_frame.f_code.co_filename == sandbox.FILE:
            line = prepared.template.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    return line


def serve(incoming: IO[bytes], outgoing: IO[bytes], seconds: float, work: Work) -> None:
    """Answer requests until there are no more. ``seconds`` are for one of them."""
    alarm = getattr(signal, "setitimer", None)
    while True:
        try:
            head, source = frames.read(incoming)
        except EOFError:
            return
        if alarm:  # ends this process where its parent is gone or stuck
            alarm(signal.ITIMER_REAL, seconds + 1)
        answer, page = work.answer(head, source)
        del head, source
        frames.write(outgoing, answer, page)
        if alarm:
            alarm(signal.ITIMER_REAL, 0)
        if answer.get("code") == "memory":
            return


def main(arguments: Sequence[str]) -> NoReturn:
    """Serve by the standard streams; ``arguments`` are seconds, bytes and what the process is for.

    Never returns.
    """
    seconds, memory = float(arguments[0]), int(arguments[1])
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    code = 0
    try:
        door = Door()
        work: Work = MovingCss() if arguments[2] == MOVES_CSS else Answers(door)
        limit(memory)
        shut_off(door)
        frames.write(outgoing, {"ready": True})
        serve(incoming, outgoing, seconds, work)
    except MemoryError:
        code = OUT_OF_MEMORY
    except BrokenPipeError:
        code = 0
    finally:
        os._exit(code)
