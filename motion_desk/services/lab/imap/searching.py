"""SEARCH: which messages a client's conditions hold for (RFC 3501, 6.4.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from motion_desk.services.lab.imap.fetching import MONTHS, header_and_text
from motion_desk.services.lab.imap.grammar import GrammarError, Value, as_text, chosen
from motion_desk.services.lab.mailboxes import Message

Condition = Callable[[Message], bool]

_FLAGS = ("ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN")
_HEADERS = ("BCC", "CC", "FROM", "SUBJECT", "TO")
_DATES = ("BEFORE", "ON", "SINCE")


def found(messages: Sequence[Message], words: Sequence[Value]) -> list[Message]:
    """The messages for which all conditions hold. Raises ``GrammarError`` for an unknown one."""
    rest = list(words)
    if rest[:1] and isinstance(rest[0], str) and rest[0].upper() == "CHARSET":
        rest = rest[2:]
    conditions = list(_conditions(iter(rest), messages))
    if not conditions:
        raise GrammarError("nothing to search for")
    return [message for message in messages if all(holds(message) for holds in conditions)]


def _conditions(words: Iterator[Value], messages: Sequence[Message]) -> Iterator[Condition]:
    for word in words:
        yield _condition(word, words, messages)


def _condition(word: Value, rest: Iterator[Value], messages: Sequence[Message]) -> Condition:
    if isinstance(word, tuple):
        inner = list(_conditions(iter(word), messages))
        return lambda message: all(holds(message) for holds in inner)
    name = as_text(word).upper()
    if name in _FLAGS:
        return _flagged(name)
    if name.startswith("UN") and name[2:] in _FLAGS:
        return _not(_flagged(name[2:]))
    if name in _HEADERS:
        return _in_header(name, _next_text(rest))
    if name in _DATES:
        return _arrived(name, _next_text(rest))
    match name:
        case "ALL":
            return lambda message: True
        case "NEW" | "RECENT":
            return lambda message: False
        case "OLD":
            return lambda message: True
        case "NOT":
            return _not(_next_condition(rest, messages))
        case "OR":
            first, second = _next_condition(rest, messages), _next_condition(rest, messages)
            return lambda message: first(message) or second(message)
        case "HEADER":
            return _in_header(_next_text(rest), _next_text(rest))
        case "BODY" | "TEXT":
            return _in_text(_next_text(rest), whole=name == "TEXT")
        case "UID":
            uids = set(chosen(_next_text(rest), [message.uid for message in messages]))
            return lambda message: message.uid in uids
        case _:
            numbers = chosen(name, range(1, len(messages) + 1))
            named = {messages[number - 1].uid for number in numbers}
            return lambda message: message.uid in named


def _next(rest: Iterator[Value]) -> Value:
    for value in rest:
        return value
    raise GrammarError("a condition that breaks off")


def _next_text(rest: Iterator[Value]) -> str:
    return as_text(_next(rest))


def _next_condition(rest: Iterator[Value], messages: Sequence[Message]) -> Condition:
    return _condition(_next(rest), rest, messages)


def _flagged(name: str) -> Condition:
    flag = "\\" + name.capitalize()
    return lambda message: flag in message.flags


def _not(condition: Condition) -> Condition:
    return lambda message: not condition(message)


def _in_header(name: str, text: str) -> Condition:
    wanted = text.casefold()

    def holds(message: Message) -> bool:
        parsed = message_from_bytes(header_and_text(message.content)[0])
        return any(wanted in _readable(value).casefold() for value in parsed.get_all(name, []))

    return holds


def _readable(value: object) -> str:
    """A header's value with encoded words decoded, as far as that can be done."""
    try:
        return str(make_header(decode_header(str(value))))
    except (HeaderParseError, LookupError, UnicodeError):
        return str(value)


def _in_text(text: str, *, whole: bool) -> Condition:
    wanted = text.casefold().encode("utf-8")

    def holds(message: Message) -> bool:
        searched = message.content if whole else header_and_text(message.content)[1]
        return wanted in searched.lower()

    return holds


def _arrived(name: str, text: str) -> Condition:
    try:
        day_of_month, month, year = text.split("-")
        day = date(int(year), MONTHS.index(month.capitalize()) + 1, int(day_of_month))
    except ValueError:
        raise GrammarError("no date") from None

    def holds(message: Message) -> bool:
        arrived: date = message.received.date()
        return {"BEFORE": arrived < day, "ON": arrived == day, "SINCE": arrived >= day}[name]

    return holds
