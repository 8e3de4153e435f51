"""Kinds let good values through and say of bad ones, with a code, what is wrong."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

import pytest

from motion_desk.models.choices import Service
from motion_desk.models.internet import Address, Host, Url
from motion_desk.models.kinds import (
    SENTENCES,
    Choice,
    Date,
    Integer,
    Kind,
    Lines,
    Reference,
    References,
    RichText,
    Rows,
    SecretText,
    Text,
    Toggle,
    Unreadable,
)
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.sections.actions import Close, Noop
from motion_desk.models.sections.settings import LONGEST_WAIT
from tests.patience import PROMPT

KEY, PORT, WAIT = Text(most=5), Integer(1, 65_535), Integer(1, LONGEST_WAIT)
PLAN, LIST, AGENTS = Rows((Noop,)), Reference("lists.entries"), References("agents.entries")

GOOD: list[tuple[Kind, Any]] = [
    (KEY, "12345"),
    (KEY, "äöü€\U0001f600"),
    (KEY, ""),
    (Text(), "x" * 255),
    (Text(trimmed=False), " as typed "),
    (Lines(), " a\r\nb\n"),
    (Lines(), "x" * 65_535),
    (RichText(), "<p>Hello</p>\n" * 10_000),
    (WAIT, 1),
    (WAIT, 2_147_483),
    (WAIT, None),
    (PORT, 65_535),
    (Integer(-5, 5), -5),
    (Toggle(), False),
    (Choice(Service), Service.HOTMAIL),
    (Date(), date(2027, 3, 31)),
    (Date(), None),
    (LIST, ""),
    (LIST, "3k9f"),
    (AGENTS, ()),
    (AGENTS, ("3k9f", "2abc")),
    (SecretText(), NO_SECRET),
    (SecretText(), Secret("reference")),
    (SecretText(), Secret(typed=" with spaces \n")),
    (PLAN, (Noop(id="3k9f"), Noop(id="2abc"))),
]

BAD: list[tuple[Kind, Any, str]] = [
    (KEY, "123456", "At most 5 characters are allowed; this has 6. Shorten it by 1."),
    (KEY, " abc", "Spaces at the start or end would be taken as part of it. Remove them."),
    (KEY, "abc\u00a0", "Spaces at the start or end would be taken as part of it. Remove them."),
    (KEY, "a\nb", "This must be a single line. Remove the line break."),
    (KEY, "a\rb", "This must be a single line. Remove the line break."),
    (KEY, "\n", "This must be a single line. Remove the line break."),
    (KEY, "ab\0c", "Character 3 cannot be stored (U+0000). Delete it."),
    (KEY, "\ud83d", "Character 1 cannot be stored (U+D83D). Delete it."),
    (KEY, "a\udfff", "Character 2 cannot be stored (U+DFFF). Delete it."),
    (KEY, None, "This is not text."),
    (KEY, 5, "This is not text."),
    (Lines(), "a\n\0", "Character 3 cannot be stored (U+0000). Delete it."),
    (Lines(most=3), "four", "At most 3 characters are allowed; this has 4. Shorten it by 1."),
    (Lines(), b"bytes", "This is not text."),
    (RichText(most=3), "<p>\n", "At most 3 characters are allowed; this has 4. Shorten it by 1."),
    (WAIT, 0, "0 is outside 1 to 2147483. Choose a number in that range."),
    (WAIT, 2_147_484, "2147484 is outside 1 to 2147483. Choose a number in that range."),
    (WAIT, -10, "-10 is outside 1 to 2147483. Choose a number in that range."),
    (PORT, 70_000, "70000 is outside 1 to 65535. Choose a number in that range."),
    (PORT, Unreadable("imap"), "“imap” is not a whole number. Type digits only."),
    (PORT, True, "This is not a whole number."),
    (PORT, 993.0, "This is not a whole number."),
    (PORT, "993", "This is not a whole number."),
    (Toggle(), Unreadable("maybe"), "This is not on or off (true or false)."),
    (Toggle(), 1, "This is not on or off (true or false)."),
    (Toggle(), None, "This is not on or off (true or false)."),
    (
        Choice(Service),
        Unreadable("AOL"),
        "“AOL” is not offered here. Choose one of: Outlook365, Yahoo, Hotmail, Gmail, Custom.",
    ),
    (Choice(Service), "gmail", "This is not one of the choices."),
    (Choice(Service), None, "This is not one of the choices."),
    (
        Date(),
        Unreadable("31.3.2027"),
        "“31.3.2027” is not a date. Write it as year-month-day, for example 2027-03-31.",
    ),
    (Date(), datetime(2027, 3, 31, 12), "This is not a date."),  # noqa: DTZ001
    (Date(), "2027-03-31", "This is not a date."),
    (LIST, None, "This is not an entry of the directory."),
    (AGENTS, ["3k9f"], "This is not entries of the directory."),
    (AGENTS, ("3k9f", None), "This is not entries of the directory."),
    (SecretText(), "hunter2", "This is not a secret."),
    (SecretText(), Secret(typed="a\0"), "Character 2 cannot be stored (U+0000). Delete it."),
    (
        SecretText(),
        Secret(typed="x" * 16_385),
        "At most 16384 characters are allowed; this has 16385. Shorten it by 1.",
    ),
    (PLAN, [Noop()], "This is not a list of rows."),
    (PLAN, (Noop(), Close()), "This is not a list of rows."),
    (PLAN, "rows", "This is not a list of rows."),
]


def sentences(kind: Kind, value: object) -> list[str]:
    """All that a kind finds wrong with a value."""
    return [SENTENCES[code].format_map(said) for code, said in kind.check(value)]


def short(value: object) -> str:
    return type(value).__name__ if isinstance(value, Kind) else ascii(value)[:24]


@pytest.mark.parametrize(("kind", "value"), GOOD, ids=short)
def test_a_good_value_is_let_through(kind: Kind, value: object) -> None:
    assert sentences(kind, value) == []


@pytest.mark.parametrize(("kind", "value", "sentence"), BAD, ids=short)
def test_a_bad_value_has_a_sentence(kind: Kind, value: object, sentence: str) -> None:
    assert sentences(kind, value) == [sentence]


def test_a_value_can_be_wrong_in_several_ways() -> None:
    codes = [code for code, _ in KEY.check(" too\0long\n")]
    assert codes == ["long", "character", "lines"]


def test_text_of_ten_megabytes_is_judged_at_once() -> None:
    """It is checked again at every edit; what is too long is not looked into any further."""
    huge = "1.a:@[" * 1_700_000
    for kind in (Text(), Lines(), RichText(), Host(), Url(), Address()):
        before = time.process_time()
        assert [code for code, _ in kind.check(huge)] == ["long"]
        assert time.process_time() - before < PROMPT
    before = time.process_time()
    assert isinstance(WAIT.parse("9" * 10_000_000), Unreadable)
    assert time.process_time() - before < PROMPT


READ: list[tuple[Kind, str, Any]] = [
    (WAIT, "10", 10),
    (WAIT, " 10\t", 10),
    (WAIT, "+10", 10),
    (WAIT, "-1", -1),
    (WAIT, "007", 7),
    (WAIT, "", None),
    (WAIT, "   ", None),
    (WAIT, "10 s", Unreadable("10 s")),
    (WAIT, "1e3", Unreadable("1e3")),
    (WAIT, "1_000", Unreadable("1_000")),
    (WAIT, "1.5", Unreadable("1.5")),
    (WAIT, "１０", Unreadable("１０")),
    (WAIT, "9" * 18, int("9" * 18)),
    (WAIT, "9" * 19, Unreadable("9" * 19)),
    (Toggle(), "ON", True),
    (Toggle(), " yes ", True),
    (Toggle(), "true", True),
    (Toggle(), "off", False),
    (Toggle(), "No", False),
    (Toggle(), "false", False),
    (Toggle(), "", Unreadable("")),
    (Toggle(), "1", Unreadable("1")),
    (Choice(Service), "outlook365", Service.OUTLOOK365),
    (Choice(Service), "GMAIL", Service.GMAIL),
    (Choice(Service), "", Unreadable("")),
    (Date(), "2027-03-31", date(2027, 3, 31)),
    (Date(), " 2027-03-31 ", date(2027, 3, 31)),
    (Date(), "", None),
    (Date(), "2027-02-29", Unreadable("2027-02-29")),
    (Date(), "31/03/2027", Unreadable("31/03/2027")),
    (SecretText(), "", NO_SECRET),
    (SecretText(), " p ", Secret(typed=" p ")),
    (Text(), " kept ", " kept "),
]


@pytest.mark.parametrize(("kind", "text", "value"), READ, ids=short)
def test_text_is_read_as_a_value(kind: Kind, text: str, value: object) -> None:
    read = kind.parse(text)
    assert read == value
    assert type(read) is type(value)


WRITTEN: list[tuple[Kind, Any, str]] = [
    (WAIT, 10, "10"),
    (WAIT, None, ""),
    (WAIT, Unreadable("ten"), "ten"),
    (Toggle(), True, "on"),
    (Toggle(), False, "off"),
    (Choice(Service), Service.CUSTOM, "Custom"),
    (Choice(Service), Unreadable("AOL"), "AOL"),
    (Date(), date(2027, 3, 31), "2027-03-31"),
    (Date(), date(7, 3, 1), "0007-03-01"),
    (Date(), None, ""),
    (Date(), Unreadable("soon"), "soon"),
    (SecretText(), Secret(typed="hunter2"), "typed"),
    (SecretText(), Secret("r3f"), "stored"),
    (SecretText(), NO_SECRET, "none"),
]


@pytest.mark.parametrize(("kind", "value", "text"), WRITTEN, ids=short)
def test_a_value_is_written_for_people(kind: Kind, value: object, text: str) -> None:
    assert kind.format(value) == text


def test_a_secret_counts_as_filled_in_once_it_is_typed_or_stored() -> None:
    assert not NO_SECRET
    assert Secret(typed="x")
    assert Secret("r3f")
    assert Secret(typed="one") != Secret(typed="other")
