"""A password that was typed is found in nothing that is made of a document but the password."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from motion_desk.models.account import Account
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import effective, resolve, summary
from motion_desk.models.checks import check
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings, uses
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Kind, SecretText
from motion_desk.models.places import secrets_of
from motion_desk.models.plain import content, dump
from motion_desk.models.records import seal, to_row
from motion_desk.models.secret import Secret
from motion_desk.models.views import view
from motion_desk.models.workspace import Workspace
from tests.laws.declared import CELLS, DECLARED, FIELDS, empty_with, row_of

PLANTED = "Tr0ub4dor&3"
# A good one, and such that checks complain about.
TYPED = {
    "good": PLANTED,
    "long": PLANTED * 2000,
    "unstorable": f"{PLANTED}\0",
    "half a character": f"{PLANTED}\ud800",
}
PLACES = [key for key, field in DECLARED.items() if field.secret]


def planted(place: str, secret: Secret) -> Document:
    """A document with a secret in one of the places that hold secrets."""
    key = place.partition("/")[0]
    if place in FIELDS:
        return put(empty_with(key), key, secret)
    cell: dict[str, Any] = {CELLS[place].name: secret}
    return put(empty_with(key), key, (replace(row_of(place)(id="2abc"), **cell),))


def texts(document: Document) -> Iterator[str]:
    """Every text that models make of a document."""
    yield from (repr(document), str(document), f"{document}")
    yield json.dumps(content(document))  # what the digest is taken of
    row = to_row(document)
    yield f"{row} {seal(row)}"
    yield f"{effective(document)} {resolve(document)} {uses(document)}"
    for key, field in catalogue_of(document).fields.items():
        yield from texts_of_value(field.kind, get(document, key))
    for key, secret in secrets_of(document):
        yield f"{key} {secret} {secret!r}"
    for problem in check(document):
        yield f"{problem!r} {problem.sentence}"
    yield repr(view(document, document, Surroundings()))
    if isinstance(document, Account):
        yield repr(summary(document))


def texts_of_value(kind: Kind, value: object) -> Iterator[str]:
    """Every text that a kind makes of a value."""
    yield f"{value} {value!r} {kind.format(value)} {dump(kind, value)}"
    if isinstance(value, tuple):
        for row in value:
            for cell in fields_of(type(row)):
                yield from texts_of_value(cell.kind, getattr(row, cell.name))


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("place", PLACES)
def test_a_typed_secret_is_found_in_no_text(place: str, typed: str) -> None:
    for secret in (Secret(typed=TYPED[typed]), Secret("r3f", typed=TYPED[typed])):
        document = planted(place, secret)
        # Shown, where a choice decides.
        if isinstance(document, Account) and place.startswith("authentication."):
            document = put(document, "settings.service", Service.GMAIL)
        assert [found for _, found in secrets_of(document)] == [secret]
        assert [text for text in texts(document) if PLANTED in text] == []


@pytest.mark.parametrize("place", PLACES)
def test_a_refused_secret_is_told_by_what_is_wrong_with_it(place: str) -> None:
    document = planted(place, Secret(typed=TYPED["unstorable"]))
    if place.startswith("authentication."):
        document = put(document, "settings.service", Service.GMAIL)
    [problem] = [problem for problem in check(document) if problem.code == "character"]
    assert problem.sentence == f"Character {len(PLANTED) + 1} cannot be stored (U+0000). Delete it."


def test_texts_would_show_what_is_no_secret() -> None:
    """Else nothing would be found because nothing is looked at."""
    for document, key in ((Account(), "settings.name"), (Workspace(), "general.base_address")):
        shown = [text for text in texts(put(document, key, PLANTED)) if PLANTED in text]
        assert len(shown) >= 6


def test_only_secrets_hold_secrets() -> None:
    assert len(PLACES) == 4
    for key in PLACES:
        assert isinstance(DECLARED[key].kind, SecretText)
