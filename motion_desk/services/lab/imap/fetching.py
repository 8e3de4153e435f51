"""FETCH: what a message's items are, and how they stand in a reply (RFC 3501, 7.4.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.utils import getaddresses

from motion_desk.services.lab.imap.grammar import GrammarError, Value, listed, string
from motion_desk.services.lab.mailboxes import Message

_MACROS = {
    "ALL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"),
    "FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE"),
}
_SYNONYMS = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY.PEEK[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}
_PLAIN = ("UID", "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE")
_SECTION = re.compile(r"BODY(\.PEEK)?\[(.*)\](?:<(\d{1,10})\.(\d{1,10})>)?", re.IGNORECASE)
_FIELDS = re.compile(r"HEADER\.FIELDS(\.NOT)? \(([^()]*)\)", re.IGNORECASE)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def asked(value: Value) -> list[str]:
    """The items that a client asks for. Raises ``GrammarError`` for one that is not known."""
    if isinstance(value, str) and value.upper() in _MACROS:
        return list(_MACROS[value.upper()])
    items = value if isinstance(value, tuple) else (value,)
    return [_known(item) for item in items]


def marks_as_read(items: Sequence[str]) -> bool:
    """Whether fetching them sets the flag ``Seen``, as a section without PEEK does."""
    sections = [_section(item) for item in items]
    return any(section and not section[1] for section in sections)


def fetched(message: Message, items: Sequence[str]) -> bytes:
    """The items of a message with their values, in brackets."""
    return listed(b"%b %b" % (_label(item), _value(message, item)) for item in items)


def date_time(message: Message) -> bytes:
    """When a message arrived, as INTERNALDATE has it."""
    when = message.received
    text = f"{when:%d}-{MONTHS[when.month - 1]}-{when:%Y %H:%M:%S %z}"
    return string(text)


def header_and_text(content: bytes) -> tuple[bytes, bytes]:
    """The header of a message with the empty line behind it, and what follows."""
    header, gap, text = content.partition(b"\r\n\r\n")
    return header + (gap or b"\r\n\r\n"), text


def _section(item: str) -> re.Match[str] | None:
    return _SECTION.fullmatch(_SYNONYMS.get(item, item))


def _known(item: Value) -> str:
    if not isinstance(item, str):
        raise GrammarError("no items to fetch")
    name = item.upper()
    if name in _PLAIN or name in _SYNONYMS:
        return name
    section = _section(item)
    if section is None:
        raise GrammarError("an item that the lab does not have")
    if section[2].upper() not in ("", "HEADER", "TEXT") and not _FIELDS.fullmatch(section[2]):
        raise GrammarError("a part that the lab does not have")
    return item


def _label(item: str) -> bytes:
    section = _SECTION.fullmatch(item)
    if section is None:
        return item.encode("ascii")
    origin = f"<{section[3]}>" if section[3] else ""
    return f"BODY[{section[2]}]{origin}".encode()


def _value(message: Message, item: str) -> bytes:
    if section := _section(item):
        whole = _part(message.content, section[2])
        first = int(section[3] or 0)
        wanted = whole[first : first + int(section[4])] if section[3] else whole
        return b"{%d}\r\n%b" % (len(wanted), wanted)
    match item:
        case "UID":
            return b"%d" % message.uid
        case "FLAGS":
            return listed(flag.encode("ascii") for flag in sorted(message.flags))
        case "RFC822.SIZE":
            return b"%d" % len(message.content)
        case "INTERNALDATE":
            return date_time(message)
        case _:
            return _envelope(message.content)


def _part(content: bytes, part: str) -> bytes:
    header, text = header_and_text(content)
    if fields := _FIELDS.fullmatch(part):
        wanted = {name.strip('"').lower() for name in fields[2].split()}
        lines = [
            line
            for line in re.split(rb"\r\n(?![ \t])", header.rstrip(b"\r\n"))
            if (line.partition(b":")[0].decode("latin-1").lower() in wanted) is not bool(fields[1])
        ]
        return b"".join(line + b"\r\n" for line in lines) + b"\r\n"
    return {"": content, "HEADER": header, "TEXT": text}[part.upper()]


def _envelope(content: bytes) -> bytes:
    message = message_from_bytes(header_and_text(content)[0])

    def text(name: str) -> bytes:
        value = message[name]
        return string(None if value is None else re.sub(r"\r?\n", "", str(value)))

    def people(name: str) -> bytes:
        values = [str(value) for value in message.get_all(name, [])]
        pairs = [(shown, address) for shown, address in getaddresses(values) if address]
        if not pairs:
            return b"NIL"
        return b"(" + b"".join(_person(shown, address) for shown, address in pairs) + b")"

    sender = people("From")
    return listed(
        [
            text("Date"),
            text("Subject"),
            sender,
            people("Sender") if message["Sender"] else sender,
            people("Reply-To") if message["Reply-To"] else sender,
            people("To"),
            people("Cc"),
            people("Bcc"),
            text("In-Reply-To"),
            text("Message-ID"),
        ]
    )


def _person(shown: str, address: str) -> bytes:
    local, _, host = address.rpartition("@")
    return listed([string(shown or None), b"NIL", string(local), string(host)])
