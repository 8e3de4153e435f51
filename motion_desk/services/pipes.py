"""Pipes: which of them are read, and which might keep a reader waiting for ever."""

from __future__ import annotations

from pathlib import Path

_CONNECTED = ("/dev", "/proc")


def may_never_end(path: Path) -> bool:
    """Whether a path is a pipe with a name, to which nobody may ever write.

    One that the shell has connected, as for ``/dev/stdin`` and ``<(…)``, is read as it is meant.
    Raises ``OSError`` as ``Path.is_fifo`` does.
    """
    return path.is_fifo() and not any(map(path.is_relative_to, _CONNECTED))
