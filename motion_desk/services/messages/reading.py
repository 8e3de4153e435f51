"""Reading: messages from text, .eml files and mailboxes in one file (mbox), by their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from motion_desk.models.incoming import Incoming
from motion_desk.services.messages.header_lines import LARGEST_HEADER, fields_of

if TYPE_CHECKING:
    from hashlib import _Hash

BLOCK = 256 * 1024
"""Bytes that are read of a file at a time."""
_SEPARATOR = re.compile(
    rb"(?:(?<=\n\n)|(?<=\n\r\n))From [^\n]{0,200}\d\d:\d\d[^\n]{0,60}\d{4}[^\n]{0,20}\n"
)
"""The line before each message of an mbox (RFC 4155 appendix A), with its time and year."""
_LONGEST_SEPARATOR = 400
_EMPTY_LINE = b"\n\n"
_EMPTY_BEFORE = 3
"""Bytes before a separator that show that an empty line is there."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|(?:[!-~]\0){4}|(?:\0[!-~]){4}")
"""The beginning of a text in UTF-16, with a mark or without."""
_OUTLOOK = b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):  # noqa: N818 - what a file is, not a fault of ours
    """Something is no message, or not all of it could be read; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_headers(content: str | bytes, name: str = "") -> Incoming:
    """A message by its header; what stands behind the first empty line counts for its digest only.

    ``name`` is what it is called where it has no subject. Its ``text`` read again gives the same
    headers. Raises ``Unreadable`` where there is no header at all.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    return _incoming(data, sha256(data).hexdigest(), name)


def read_file(path: Path) -> Iterator[Incoming]:
    """The messages of a file, one by one: an .eml has one, an mbox many; its content decides.

    At most some 2 MB of the file are in memory at a time. Where not all of it could be read,
    ``Unreadable`` is raised behind the messages that could, and says what was left out.
    """
    if "\0" in str(path):
        raise Unreadable(f"No file can be called “{path.name}”. Look for a slip in the name.")
    try:
        if path.is_fifo() or path.is_char_device():  # it might never end
            raise Unreadable(f"{path} is no ordinary file. Save the message to one first.")
        with path.open("rb") as file:
            yield from _messages(file, path.name)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from None


def _messages(file: BinaryIO, name: str) -> Iterator[Incoming]:
    beginning = file.read(BLOCK).removeprefix(_BYTE_ORDER_MARK)
    if not beginning.strip():
        raise Unreadable(f"{name} is empty.")
    if _UTF_16.match(beginning):
        raise Unreadable(f"{name} is saved as UTF-16, which no mail is. Save it as UTF-8.")
    if beginning.startswith(_OUTLOOK):
        raise Unreadable(
            f"{name} is a message in Outlook’s own format (.msg). Save it as .eml, or copy its "
            "header from its properties."
        )
    if _SEPARATOR.match(_EMPTY_LINE + beginning, len(_EMPTY_LINE)):
        yield from _of_mbox(file, beginning, name)
        return
    part = _Part()
    while beginning:
        part.add(beginning)
        beginning = file.read(BLOCK)
    yield part.incoming(name)


@dataclass(slots=True)
class _Part:
    """One message being read: its beginning, and the digest of all of it so far."""

    head: bytearray = field(default_factory=bytearray)
    digest: _Hash = field(default_factory=sha256)

    def add(self, data: bytes) -> None:
        """Take the next bytes of the message."""
        self.digest.update(data)
        # One more than is taken, so that what is left out is noticed.
        if (left := LARGEST_HEADER + 1 - len(self.head)) > 0:
            self.head += data[:left]

    @property
    def is_cut(self) -> bool:
        """Whether the message ends within its header."""
        found = fields_of(bytes(self.head))
        return not found.ended and not found.left_out

    def incoming(self, name: str) -> Incoming:
        """The message. Raises ``Unreadable``."""
        return _incoming(bytes(self.head), self.digest.hexdigest(), name)


def _of_mbox(file: BinaryIO, beginning: bytes, name: str) -> Iterator[Incoming]:
    whole, damaged = 0, 0
    last: Incoming | None = None
    cut = False
    for part in _parts(file, beginning):
        if last:
            yield last
            whole += 1
        last = None
        try:
            last = part.incoming(f"{name}, message {whole + damaged + 1}")
            cut = part.is_cut
        except Unreadable:
            damaged += 1
    if last and not cut:
        yield last
        whole += 1
    elif last:
        raise Unreadable(
            f"{name} ends in the middle of a message’s header, so that this message was left out; "
            f"{_counted(whole)} before it could be read."
        )
    if damaged:
        places = "One place" if damaged == 1 else f"{damaged:,} places"
        looks = "looks" if damaged == 1 else "look"
        raise Unreadable(
            f"{places} in {name} {looks} like the beginning of a message, but no header follows. "
            f"{_counted(whole).capitalize()} could be read."
        )


def _parts(file: BinaryIO, beginning: bytes) -> Iterator[_Part]:
    """The messages of an mbox, without the lines between them."""
    buffer, at = _EMPTY_LINE + beginning, len(_EMPTY_LINE)
    part: _Part | None = None
    while True:
        for separator in _SEPARATOR.finditer(buffer, at):
            if part is not None:
                part.add(buffer[at : separator.start()])
                yield part
            part, at = _Part(), separator.end()
        block = file.read(BLOCK)
        # A line between two messages, and the empty one before it, may lie across two blocks.
        until = max(at, len(buffer) - _LONGEST_SEPARATOR) if block else len(buffer)
        if part is not None:
            part.add(buffer[at:until])
        if not block:
            break
        begin = max(0, until - _EMPTY_BEFORE)
        buffer, at = buffer[begin:] + block, until - begin
    if part is not None:
        yield part


def _incoming(head: bytes, digest: str, name: str) -> Incoming:
    found = fields_of(head.removeprefix(_BYTE_ORDER_MARK))
    if not found.headers:
        called = name or "This"
        raise Unreadable(
            f"{called} has no header: it should begin with lines such as “Subject: Hello”."
        )
    text = "\n".join(f"{each.name}: {each.raw}" for each in found.headers)
    incoming = Incoming("", found.headers, text, digest, found.left_out)
    subject = " ".join(incoming.first("Subject").split())
    return replace(incoming, name=subject or name or "(no subject)")


def _counted(messages: int) -> str:
    return "one message" if messages == 1 else f"{messages or 'no'} messages"
