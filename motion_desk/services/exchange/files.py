"""Files of documents: their text, or a sentence why it cannot be had."""

from __future__ import annotations

from pathlib import Path

from motion_desk.services.exchange.faults import DocumentError, Fault, Place
from motion_desk.services.pipes import may_never_end

LARGEST = 16 * 1024 * 1024
"""Bytes: three rich texts of the greatest length. Reading this much takes about eight seconds."""


def load(path: Path) -> str:
    """The text of a document's file, without a byte order mark.

    Raises ``DocumentError`` (unreadable) where the file cannot be opened, is larger than
    ``LARGEST``, is not UTF-8, or is a pipe with a name. Never reads more than ``LARGEST`` bytes.
    """
    try:
        if may_never_end(path):
            raise _unreadable(path, "This is a pipe, and no file. Save what it gives to a file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, f"This cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        most = LARGEST // 1024 // 1024
        raise _unreadable(path, f"This is larger than {most} MB, so it is no document.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        text = "This is not UTF-8, in which documents are written. Save it as UTF-8."
        raise _unreadable(path, text, Place(line, column)) from None


def _unreadable(path: Path, sentence: str, place: Place | None = None) -> DocumentError:
    fault = Fault(*(place or Place()), "", sentence)
    return DocumentError([fault], str(path), unreadable=True)
