"""The process: starts the sandbox's process, asks it, and ends it where it takes too much.

The process is this program's own Python, isolated (``-I``: no user's site, no PYTHON… variables,
not the working directory) and told where to look for modules: an installed wheel, a checkout and
``PYTHONPATH`` work alike. A frozen program is started again by itself with ``SANDBOX_SWITCH``,
which ``__main__`` hands on. ``multiprocessing`` would do neither: its children inherit the
program's main module, and with it the window.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import IO, Any

from motion_desk.services.jobs import THREAD_PREFIX, Stopped
from motion_desk.services.templates import RENDERS, SANDBOX_SWITCH, frames, memory_use

START_SECONDS = 10.0
"""Within which the process must have started; a tenth of a second is usual."""
SLICE = 0.02
"""Seconds between two looks at a process that is asked."""

OUT_OF_MEMORY = 75
UNSAFE = 77

_BOOT = (
    "import sys; sys.path[:] = sys.argv[4:]; "
    "from motion_desk.services.templates.child import main; main(sys.argv[1:4])"
)
_KEPT_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What Python itself may need to start; nothing else of the environment is handed on."""


class EndedError(Exception):
    """The process has ended before it answered: ``cause`` is time, memory, unsafe or died."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Process:
    """The sandbox's process, and the thread that watches it while it is asked.

    Belongs to one thread at a time. ``close`` it in the end; after ``EndedError`` or ``Stopped``
    it is closed already.
    """

    def __init__(self, seconds: float, memory: int, work: str = RENDERS) -> None:
        command = [str(seconds), str(memory), work]
        if getattr(sys, "frozen", False):
            command = [sys.executable, SANDBOX_SWITCH, *command]
        else:
            path = [place for place in sys.path if place]
            command = [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, *command, *path]
        self._child = subprocess.Popen(  # noqa: S603  this very program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
            # Ctrl+C in a terminal is for the program, which then stops the rendering itself.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._into: IO[bytes] = self._pipe(self._child.stdin)
        self._out_of: IO[bytes] = self._pipe(self._child.stdout)
        self._watch = Watch(self._child, memory)
        self._ready = False

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101  it was asked for
        return pipe

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def ready(self, stop: threading.Event | None = None) -> None:
        """Return as soon as requests are taken. Raises ``EndedError`` or ``Stopped``."""
        if not self._ready:
            self._exchange(None, "", time.monotonic() + START_SECONDS, stop)
            self._ready = True

    def ask(
        self,
        head: dict[str, Any],
        body: str = "",
        stop: threading.Event | None = None,
        *,
        until: float,
    ) -> tuple[dict[str, Any], str]:
        """The answer to a request. Raises ``EndedError``, or ``Stopped`` once ``stop`` is set.

        Returns or raises at ``until``, an instant of the monotonic clock, and within 100 ms of a
        stop.
        """
        self.ready(stop)
        return self._exchange(head, body, until, stop)

    def _exchange(
        self,
        head: dict[str, Any] | None,
        body: str,
        until: float,
        stop: threading.Event | None,
    ) -> tuple[dict[str, Any], str]:
        self._watch.begin(until, stop)
        try:
            if head is not None:
                frames.write(self._into, head, body)
            answer = frames.read(self._out_of)
        except (OSError, EOFError):
            self._watch.end()
            self.close()
            if self._watch.cause == "stop":
                raise Stopped from None
            causes = {OUT_OF_MEMORY: "memory", UNSAFE: "unsafe"}
            cause = self._watch.cause or causes.get(self._child.returncode, "died")
            raise EndedError(cause) from None
        except BaseException:  # such as Ctrl+C: half an answer would be taken for the next one
            self.close()
            raise
        self._watch.end()
        return answer

    def close(self) -> None:
        """End the process and the thread; harmless when repeated."""
        self._watch.close()
        self._child.kill()
        self._child.wait()
        self._out_of.close()
        with suppress(OSError):  # what it still held has no reader any more
            self._into.close()


class Watch:
    """A thread that kills a process which is asked and takes too long or too much."""

    def __init__(self, child: subprocess.Popen[bytes], memory: int) -> None:
        self.cause = ""
        self._child = child
        self._memory = memory
        self._deadline = 0.0
        self._stop: threading.Event | None = None
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(
            target=self._run, name=f"{THREAD_PREFIX}template-watch", daemon=True
        )
        self._thread.start()

    def begin(self, until: float, stop: threading.Event | None) -> None:
        """Watch from now on, and kill at an instant of the monotonic clock."""
        with self._lock:
            self._deadline = until
            self._stop = stop
        self._asked.set()

    def end(self) -> None:
        """The answer is there: kill nothing from here on."""
        self._asked.clear()
        with self._lock:  # a kill that has begun is over behind this
            self._deadline = 0.0

    def close(self) -> None:
        """End the thread; returns once it has ended."""
        self._closed = True
        self.end()
        self._asked.set()
        self._thread.join()

    def _run(self) -> None:
        while self._asked.wait() and not self._closed:
            with self._lock:
                if self._deadline and (cause := self._found()):
                    self.cause = cause
                    self._child.kill()
                    return
            time.sleep(SLICE)

    def _found(self) -> str:
        """Why the process has to be killed; empty where it has not."""
        if self._stop is not None and self._stop.is_set():
            return "stop"
        if time.monotonic() > self._deadline:
            return "time"
        if not memory_use.BOUNDED and memory_use.resident(self._child.pid) > self._memory:
            return "memory"
        return ""
