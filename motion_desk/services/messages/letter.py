"""Letter: a whole message as people read it: who, when, its text, and what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from re import compile as compiled

from motion_desk.models.incoming import Incoming
from motion_desk.services.messages.decoding import decoded, storable, text_of, unlabelled
from motion_desk.services.messages.reading import Unreadable, read_headers

LARGEST = 50 * 1024 * 1024
"""Bytes of a message that are read; reading takes some four times as much memory."""
LONGEST_TEXT = 1_000_000
"""Characters of each text that are kept."""
MOST_PARTS = 1_000
"""Parts that are looked at."""
MOST_LINES = 2_000_000
"""Lines that are read, more than 50 MB of an attachment has; each takes some 100 bytes of memory."""
MOST_PEOPLE = 1_000
MOST_REFERENCES = 200
_LONGEST_ADDRESSES = 100_000
_LONGEST_FIELD = 10_000
"""Characters of a field that says how a part is built; servers refuse longer lines."""
_LINE_END = compiled(rb"\r\n|\r|\n")
_MESSAGE_ID = compiled(r"<[^<>\s]{1,995}>")


@dataclass(frozen=True, slots=True)
class Person:
    """A name, which may be empty, and an address as it was written."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is attached: its name, its kind such as “image/png”, and its size in bytes, decoded."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole message. Texts are empty where there are none, ``date`` is aware of its zone.

    ``references`` are the message ids that it answers, the oldest first, In-Reply-To last.
    ``left_out`` says what could not be read or was too much, a sentence each.
    """

    incoming: Incoming
    subject: str
    sender: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    date: datetime | None
    message_id: str
    references: tuple[str, ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    left_out: tuple[str, ...]


def read_message(data: bytes) -> Letter:
    """A whole message. Raises ``Unreadable`` where it has no header, or is larger than 50 MB.

    The structure is that of the standard library's parser, which never raises for what a message
    holds; headers are read by ``read_headers``, for its newer policies do raise there.
    """
    if len(data) > LARGEST:
        raise Unreadable(f"The message has {len(data):,} bytes; more than 50 MB are not read.")
    incoming = read_headers(data)
    people = _people(incoming, "From") or (Person("", ""),)
    text, html, attachments, left_out = _contents(data)
    return Letter(
        incoming,
        " ".join(incoming.first("Subject").split()),
        people[0],
        _people(incoming, "To"),
        _people(incoming, "Cc"),
        _date(incoming.first("Date")),
        next(iter(_ids(incoming, "Message-ID")), ""),
        tuple(dict.fromkeys([*_ids(incoming, "References"), *_ids(incoming, "In-Reply-To")])),
        text,
        html,
        attachments,
        tuple(filter(None, (incoming.left_out, *left_out))),
    )


def _contents(data: bytes) -> tuple[str, str, tuple[Attachment, ...], list[str]]:
    """The texts of a message, what is attached, and what was left out."""
    texts: dict[str, str] = {"text/plain": "", "text/html": ""}
    attachments: list[Attachment] = []
    left_out: list[str] = []
    try:
        message = BytesParser(_Bounded, policy=compat32).parsebytes(_lines_of(data, left_out))
        for number, part in enumerate(_leaves(message)):
            if number == MOST_PARTS:
                left_out.append(f"Only the first {MOST_PARTS:,} parts were read.")
                break
            kind, name = part.get_content_type(), _name(part)
            content = part.get_payload(decode=True)
            data_of_part = content if isinstance(content, bytes) else b""
            shown = part.get_content_disposition() != "attachment" and not name
            if shown and kind in texts and not texts[kind]:
                texts[kind] = _text(part, data_of_part)
                if len(texts[kind]) > LONGEST_TEXT:
                    left_out.append(f"Only the first {LONGEST_TEXT:,} characters were kept.")
                    texts[kind] = texts[kind][:LONGEST_TEXT]
            else:
                attachments.append(Attachment(name, kind, len(data_of_part)))
    except RecursionError:
        left_out.append("The message is nested too deeply; not all of its parts were read.")
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as error:
        # The parser of headers of parts stumbles so over some that are damaged.
        left_out.append(f"Not all of its parts could be read ({type(error).__name__}).")
    return texts["text/plain"], texts["text/html"], tuple(attachments), left_out


class _Bounded(Message):
    """A message or part whose fields are cut: parameters are told apart in time by their square."""

    def set_raw(self, name: str, value: str) -> None:
        super().set_raw(name, value[:_LONGEST_FIELD])


def _lines_of(data: bytes, left_out: list[str]) -> bytes:
    """The lines of a message that are read; ``left_out`` is told where there are more."""
    last = next(islice(_LINE_END.finditer(data), MOST_LINES - 1, None), None)
    if last is None or last.end() == len(data):
        return data
    left_out.append(f"Only the first {MOST_LINES:,} lines were read.")
    return data[: last.end()]


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no others, in order; an attached message is one of them."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            waiting.extend(each for each in reversed(payload) if isinstance(each, Message))
        else:
            yield part


def _name(part: Message) -> str:
    name = part.get_filename("")
    return " ".join(storable(decoded(name)).split())[:255]


def _text(part: Message, data: bytes) -> str:
    charset = str(part.get_param("charset", "") or "")
    text = text_of(data, charset) if charset else unlabelled(data)
    return storable(text).replace("\r\n", "\n").replace("\r", "\n")


def _people(incoming: Incoming, name: str) -> tuple[Person, ...]:
    """The people in all headers of a name, decoded after they were told apart (RFC 2047 §5)."""
    wanted = name.casefold()
    raw = [each.raw for each in incoming.headers if each.name.casefold() == wanted]
    if sum(map(len, raw)) > _LONGEST_ADDRESSES:
        raw = [each[: _LONGEST_ADDRESSES // len(raw)] for each in raw]
    try:
        pairs = getaddresses(raw)
    except (RecursionError, ValueError, IndexError):  # thousands of nested comments, and the like
        return ()
    found = [Person(" ".join(decoded(shown).split()), address) for shown, address in pairs]
    return tuple(each for each in found if each.name or each.address)[:MOST_PEOPLE]


def _ids(incoming: Incoming, name: str) -> list[str]:
    return _MESSAGE_ID.findall(incoming.first(name))[-MOST_REFERENCES:]


def _date(content: str) -> datetime | None:
    """The day and time of a header; one without a zone counts as UTC (RFC 5322 §3.3)."""
    try:
        found = parsedate_to_datetime(content)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
