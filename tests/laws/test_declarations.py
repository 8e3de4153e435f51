"""A declaration that is unsound is refused when it is collected, with a sentence that says why."""

from collections.abc import Callable
from graphlib import CycleError
from typing import Any

import pytest

from motion_desk.models.catalogue import ACCOUNT, DIRECTORY, catalogue_of, collect
from motion_desk.models.declared import declared
from motion_desk.models.document import Document
from motion_desk.models.fields import (
    Follow,
    Status,
    host,
    integer,
    reference,
    references,
    rows,
    text,
    toggle,
)
from motion_desk.models.kinds import Row
from motion_desk.models.rules import when
from tests.synthetic import document_of, section_of

Fields = Callable[[], dict[str, Any]]


@declared
class Stop(Row):
    """A row whose cells are sound."""

    name: str = text("Name")
    after: str = reference("After", "trip.stops")


@declared
class LostStop(Row):
    """A row with a rule on a cell that it has not."""

    name: str = text("Name", visible=when("missing", True))


@declared
class OuterStop(Row):
    """A row with a rule on a field of its document: rows know their own cells only."""

    name: str = text("Name", visible=when("trip.switch", True))


@declared
class WrongStop(Row):
    """A row with a default that its kind refuses."""

    port: int = integer("Port", 0, low=1, high=9)


@declared
class StrayStop(Row):
    """A row that refers to nothing."""

    after: str = reference("After", "trip.nothing")


def trip(fields: dict[str, Any], **options: Any) -> type[Document]:
    """A document of one section, `trip`."""
    return document_of(section_of("trip", fields, **options))


SOUND: dict[str, Fields] = {
    "a follower": lambda: {
        "switch": toggle("Switch"),
        "port": integer(
            "Port", 143, low=1, high=999, follow=Follow("trip.switch", {True: 993, False: 143})
        ),
    },
    "a rule on a field declared later": lambda: {
        "name": text("Name", visible=when("trip.switch", True)),
        "switch": toggle("Switch"),
    },
    "rows that refer to each other": lambda: {"stops": rows("Stops", Stop, one="stop")},
    "a reference to the directory": lambda: {"list": reference("List", "lists.entries")},
    "what is ours and says why": lambda: {"name": text("Name", status=Status.OURS, note="Why.")},
}

REFUSED: dict[str, tuple[Fields, str]] = {
    "a rule on nothing": (
        lambda: {"name": text("Name", visible=when("trip.missing", True))},
        "trip.name depends on trip.missing, which is not declared",
    ),
    "a rule on nothing, deep inside": (
        lambda: {
            "switch": toggle("Switch"),
            "name": text("Name", visible=~(when("trip.switch", True) | when("trip.missing", True))),
        },
        "trip.name depends on trip.missing, which is not declared",
    ),
    "a leader that is not there": (
        lambda: {"name": text("Name", follow=Follow("trip.missing"))},
        "trip.name follows trip.missing, which is not declared",
    ),
    "a follower that starts off its suggestion": (
        lambda: {
            "switch": toggle("Switch"),
            "port": integer(
                "Port", 993, low=1, high=999, follow=Follow("trip.switch", {True: 993, False: 143})
            ),
        },
        "trip.port starts with another value than its leader suggests",
    ),
    "a follower without a suggestion": (
        lambda: {
            "switch": toggle("Switch"),
            "port": integer(
                "Port", 993, low=1, high=999, follow=Follow("trip.switch", {True: 993})
            ),
        },
        "trip.port starts with another value than its leader suggests",
    ),
    "a default out of range": (
        lambda: {"port": integer("Port", 70_000, low=1, high=65_535)},
        "the default of trip.port is wrong: range",
    ),
    "a default of another kind": (
        lambda: {"host": host("Host", "https://example.com")},
        "the default of trip.host is wrong: url_in_host",
    ),
    "a reference to nothing": (
        lambda: {"list": reference("List", "trip.missing")},
        "trip.list refers to trip.missing, which is not declared",
    ),
    "a reference to what is no list": (
        lambda: {"name": text("Name"), "list": reference("List", "trip.name")},
        "trip.list refers to trip.name, which is not declared",
    ),
    "references to nothing": (
        lambda: {"lists": references("Lists", "trip.missing")},
        "trip.lists refers to trip.missing, which is not declared",
    ),
    "unconfirmed for no reason": (
        lambda: {"name": text("Name", status=Status.UNCONFIRMED)},
        "trip.name is unconfirmed and does not say why",
    ),
    "a row's rule on a missing cell": (
        lambda: {"stops": rows("Stops", LostStop, one="stop")},
        "trip.stops/name depends on missing, which its row has not",
    ),
    "a row's rule on a field": (
        lambda: {"switch": toggle("Switch"), "stops": rows("Stops", OuterStop, one="stop")},
        "trip.stops/name depends on trip.switch, which its row has not",
    ),
    "a row's default out of range": (
        lambda: {"stops": rows("Stops", WrongStop, one="stop")},
        "the default of port is wrong: range",
    ),
    "a row's reference to nothing": (
        lambda: {"stops": rows("Stops", StrayStop, one="stop")},
        "after refers to trip.nothing, which is not declared",
    ),
}

CIRCLES: dict[str, Fields] = {
    "itself": lambda: {"switch": toggle("Switch", visible=when("trip.switch", True))},
    "each other": lambda: {
        "one": toggle("One", visible=when("trip.other", True)),
        "other": toggle("Other", visible=when("trip.one", True)),
    },
    "by following": lambda: {
        "one": text("One", follow=Follow("trip.other")),
        "other": text("Other", follow=Follow("trip.one")),
    },
    "by following what decides": lambda: {
        "one": toggle("One", follow=Follow("trip.other")),
        "other": toggle("Other", visible=~when("trip.one", True)),
    },
}


@pytest.mark.parametrize("case", SOUND)
def test_a_sound_declaration_is_collected(case: str) -> None:
    document = trip(SOUND[case]())
    catalogue = collect(document, known=DIRECTORY)
    assert catalogue_of(document(id="x")) is catalogue
    assert [info.name for info in catalogue.sections] == ["trip"]


@pytest.mark.parametrize("case", REFUSED)
def test_an_unsound_declaration_is_refused(case: str) -> None:
    fields, sentence = REFUSED[case]
    document = trip(fields())
    with pytest.raises(ValueError, match=r"\w") as caught:
        collect(document, known=DIRECTORY)
    assert str(caught.value).startswith(sentence)
    with pytest.raises(KeyError):
        catalogue_of(document())


@pytest.mark.parametrize("case", CIRCLES)
def test_a_circle_is_refused(case: str) -> None:
    with pytest.raises(CycleError):
        collect(trip(CIRCLES[case]()))


def test_a_section_that_its_own_field_decides_about_is_refused() -> None:
    with pytest.raises(CycleError):
        collect(trip({"switch": toggle("Switch")}, visible=when("trip.switch", True)))


def test_a_section_that_nothing_decides_about_is_refused() -> None:
    with pytest.raises(ValueError, match=r"trip\.name depends on trap\.switch"):
        collect(trip({"name": text("Name")}, visible=when("trap.switch", True)))


def test_a_section_under_another_name_is_refused() -> None:
    section = section_of("trip", {"name": text("Name")})
    document = document_of(section)
    section.NAME = "trap"
    with pytest.raises(ValueError, match="Trip is named trap, not trip"):
        collect(document)


def test_an_entry_of_the_workspace_is_known_only_where_it_is_given() -> None:
    with pytest.raises(ValueError, match=r"refers to lists\.entries"):
        collect(trip({"list": reference("List", "lists.entries")}))


def test_fields_come_after_all_that_they_depend_on() -> None:
    place = {field.key: number for number, (field, _) in enumerate(ACCOUNT.in_order)}
    assert sorted(place) == sorted(ACCOUNT.fields)
    for field, rule in ACCOUNT.in_order:
        needed = set(rule.keys()) | ({field.follow.leader} if field.follow else set())
        assert all(place[key] < place[field.key] for key in needed)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("imap.port", "IMAP port"),
        ("actions.plan/3k9f/timeout", "Timeout"),
        ("actions.plan/3k9f/when_false", "If false, go to"),
        ("actions.plan/3k9f", "Plan"),
        ("dispositions.entries/3k9f/name", "Name"),
    ],
)
def test_a_key_names_its_declaration(key: str, label: str) -> None:
    assert ACCOUNT.field(key).label == label


def test_a_key_of_nothing_names_no_declaration() -> None:
    with pytest.raises(KeyError):
        ACCOUNT.field("imap.colour")
