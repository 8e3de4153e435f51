"""Whatever a document holds is written and read back, and its digest tells what it holds."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Integer, Rows, Unreadable
from motion_desk.models.plain import content, digest, dump, load, with_content, word
from motion_desk.models.records import from_row, seal, to_row
from motion_desk.models.secret import Secret
from motion_desk.models.workspace import Workspace
from tests.laws.declared import FEW, FIELDS, KIND_BY_KEY, KIND_BY_NAME, ROWS, empty_with
from tests.strategies import accounts, values, workspaces

documents = st.one_of(accounts(secrets=False), workspaces(secrets=False))


def through_json(plain: Any) -> Any:
    """What comes back of data that was written as JSON."""
    return json.loads(json.dumps(plain))


@pytest.mark.parametrize("key", KIND_BY_KEY)
@given(data=st.data())
def test_a_value_is_what_was_dumped(key: str, data: st.DataObject) -> None:
    kind = KIND_BY_KEY[key]
    value = data.draw(values(kind, secrets=False))
    assert load(kind, through_json(dump(kind, value))) == value


@pytest.mark.parametrize("name", KIND_BY_NAME)
@FEW
@given(text=st.text())
def test_unreadable_text_is_what_was_dumped(name: str, text: str) -> None:
    kind = KIND_BY_NAME[name]
    assert load(kind, through_json(dump(kind, Unreadable(text)))) == Unreadable(text)


@pytest.mark.parametrize("place", ROWS)
def test_unreadable_text_in_a_row_is_what_was_dumped(place: str) -> None:
    kind = FIELDS[place.partition("/")[0]].kind
    cells = {c.name: Unreadable("?") for c in fields_of(ROWS[place]) if isinstance(c.kind, Integer)}
    rows = (ROWS[place](id="2abc", **cells),)
    assert load(kind, through_json(dump(kind, rows))) == rows


@pytest.mark.parametrize("name", KIND_BY_NAME)
def test_a_stored_secret_is_dumped_as_its_reference_alone(name: str) -> None:
    kind = KIND_BY_NAME[name]
    assert dump(kind, Secret("r3f", typed="hunter2")) == "r3f"


@given(documents)
def test_a_document_is_what_its_content_says(document: Document) -> None:
    again = with_content(type(document)(), through_json(content(document)))
    assert again == document
    assert digest(again) == digest(document)


@given(documents, st.randoms())
def test_the_digest_does_not_depend_on_the_order_of_keys(
    document: Document, chance: random.Random
) -> None:
    plain = list(content(document).items())
    chance.shuffle(plain)
    assert digest(with_content(type(document)(), dict(plain))) == digest(document)


@pytest.mark.parametrize("key", FIELDS)
@FEW
@given(data=st.data())
def test_documents_are_equal_exactly_where_their_digests_are(key: str, data: st.DataObject) -> None:
    kind = FIELDS[key].kind
    one, other = (put(empty_with(key), key, data.draw(values(kind, secrets=False))) for _ in "12")
    assert (one == other) == (digest(one) == digest(other))
    unread = put(empty_with(key), key, Unreadable(kind.format(get(one, key))))
    assert digest(unread) != digest(one)


def test_ids_and_versions_are_no_content() -> None:
    assert digest(Account(id="a", version=3)) == digest(Account())


def test_halves_of_one_character_are_told_from_it() -> None:
    """They are one and the same in UTF-16; SQLite and PostgreSQL take neither half."""
    texts = ("\U0001f600", "\ud83d\ude00", "\ud83d", "?")
    assert len({digest(put(Account(), "settings.name", text)) for text in texts}) == len(texts)


@given(documents)
def test_a_document_is_what_its_row_in_the_database_says(document: Document) -> None:
    row = to_row(document)
    again = from_row(type(document), row)
    assert again == document
    assert row["digest"] == seal(row) == seal(dict(reversed(row.items())))


@given(documents)
def test_a_change_of_any_column_breaks_the_seal(document: Document) -> None:
    row = to_row(document)
    for key in FIELDS.keys() & row.keys():
        assert seal({**row, key: "flipped"}) != row["digest"]


@pytest.mark.parametrize("place", ROWS)
def test_the_words_of_row_types_are_unique_and_no_cell_takes_their_place(place: str) -> None:
    kind = FIELDS[place.partition("/")[0]].kind
    assert isinstance(kind, Rows)
    assert len({word(row) for row in kind.types}) == len(kind.types)
    assert {cell.name for cell in fields_of(ROWS[place])}.isdisjoint({"type", "id", "parent"})


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("settings.service", "lycos"),
        ("settings.service", 5),
        ("actions.plan", [{"type": "dance", "id": "2abc"}]),
        ("actions.plan", [{"id": "2abc"}]),
        ("dispositions.entries", [{"type": "agent", "id": "2abc"}]),
    ],
)
def test_data_that_no_dump_has_written_is_refused(key: str, plain: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        with_content(Account(), {key: plain})


def test_a_date_that_no_dump_has_written_is_refused() -> None:
    row = {"type": "CloudProviderEntry", "id": "2abc", "secret_expires": "soon"}
    with pytest.raises(ValueError, match="soon"):
        with_content(Workspace(), {"cloud_providers.entries": [row]})


def test_cells_that_are_not_in_stored_data_have_their_default() -> None:
    """Data of an older version lacks what a newer one declares."""
    plain = {"advanced.header_filters": [{"type": "HeaderFilter", "id": "2abc"}]}
    [row] = with_content(Account(), plain).advanced.header_filters
    assert row == ROWS["advanced.header_filters/HeaderFilter"](id="2abc")
