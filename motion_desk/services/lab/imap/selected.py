"""A selected mailbox: the messages that one client has been told of, under their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from motion_desk.services.lab.imap import fetching
from motion_desk.services.lab.imap.grammar import GrammarError, Value, as_text, chosen, listed
from motion_desk.services.lab.mailboxes import DELETED, SEEN, Folder, Message

FLAGS = ("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft")


class Selected:
    """One client's view of a folder. What others do to it is told by ``news`` only.

    The untagged replies that methods return are whole lines.
    """

    def __init__(self, folder: Folder, *, writable: bool) -> None:
        self.folder = folder
        self.writable = writable
        self.known = list(folder.messages)

    def chosen(self, written: Value, *, by_uid: bool) -> list[Message]:
        """The messages that a set of numbers names. Raises ``GrammarError``."""
        numbers = [message.uid for message in self.known] if by_uid else self._numbers()
        wanted = set(chosen(as_text(written), list(numbers)))
        return [each for number, each in zip(numbers, self.known, strict=True) if number in wanted]

    def news(self) -> Iterator[bytes]:
        """What others have removed and added since."""
        there = set(self.folder.messages)
        for number in reversed(self._numbers()):
            if self.known[number - 1] not in there:
                del self.known[number - 1]
                yield b"* %d EXPUNGE\r\n" % number
        new = [message for message in self.folder.messages if message not in set(self.known)]
        if new:
            self.known += new
            yield b"* %d EXISTS\r\n" % len(self.known)

    def fetch(self, messages: Sequence[Message], items: Sequence[str]) -> Iterator[bytes]:
        """The replies to FETCH; reads a message by that where the items do."""
        reads = self.writable and fetching.marks_as_read(items)
        for message in messages:
            wanted = list(items)
            if reads and SEEN not in message.flags:
                message.flags.add(SEEN)
                wanted += [] if "FLAGS" in items else ["FLAGS"]
            yield self._line(message, fetching.fetched(message, wanted))

    def store(
        self, messages: Sequence[Message], what: Value, flags: Value, *, by_uid: bool
    ) -> Iterator[bytes]:
        """Change flags and give the replies to STORE. Raises ``GrammarError``."""
        verb, _, silent = as_text(what).upper().partition(".")
        names = {_flag(each) for each in (flags if isinstance(flags, tuple) else (flags,))}
        if verb not in ("FLAGS", "+FLAGS", "-FLAGS") or silent not in ("", "SILENT"):
            raise GrammarError("no way to change flags")
        for message in messages:
            match verb[0]:
                case "+":
                    message.flags |= names
                case "-":
                    message.flags -= names
                case _:
                    message.flags = set(names)
            if not silent:
                items = ["UID", "FLAGS"] if by_uid else ["FLAGS"]
                yield self._line(message, fetching.fetched(message, items))

    def expunge(self, among: Sequence[Message]) -> Iterator[bytes]:
        """Remove those of some messages that are marked as deleted, and say which."""
        gone = {message for message in among if DELETED in message.flags}
        self.folder.messages = [each for each in self.folder.messages if each not in gone]
        yield from self.news()

    def numbers(self, messages: Sequence[Message], *, by_uid: bool) -> Iterator[int]:
        """The numbers or UIDs of messages."""
        for message in messages:
            yield message.uid if by_uid else self.known.index(message) + 1

    def _numbers(self) -> range:
        return range(1, len(self.known) + 1)

    def _line(self, message: Message, content: bytes) -> bytes:
        return b"* %d FETCH %b\r\n" % (self.known.index(message) + 1, content)


def flags_listed(names: Sequence[str]) -> bytes:
    """Flags as a list for a reply."""
    return listed(name.encode("ascii") for name in names)


def _flag(value: Value) -> str:
    """A flag in the spelling of ``FLAGS``; keywords stay as they are."""
    name = as_text(value)
    if not name.isascii() or not name:
        raise GrammarError("no flag")
    return next((flag for flag in FLAGS if flag.upper() == name.upper()), name)
