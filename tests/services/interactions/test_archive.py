"""The archive finds, counts and pages exactly what a query asks for, and deletes for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.interactions.archive import Archive, path_beside, set_aside
from motion_desk.services.interactions.errors import ArchiveError, Reason
from motion_desk.services.interactions.query import (
    ROWS_A_PAGE,
    SORTABLE,
    Column,
    Condition,
    Conversation,
    Operator,
    Query,
    Status,
)
from tests.services.interactions.made import ACCOUNT, BEGAN, archive_of, brought_in, counted, export

ROWS = 20_000
KEYS: Mapping[Column, Callable[[Conversation], Any]] = {
    Column.ID: lambda each: int(each.id),
    Column.CONTACT: lambda each: each.contact[:40].casefold(),
    Column.SUBJECT: lambda each: each.subject[:40].casefold(),
    Column.STARTED: lambda each: each.started,
    Column.LAST: lambda each: each.last,
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("archive"), ROWS)


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as opened:
        yield opened


def listed(archive: Archive, query: Query) -> list[Conversation]:
    found: list[Conversation] = []
    number = 0
    while rows := archive.page(query, number).rows:
        found += rows
        number += 1
    return found


def everything(archive: Archive) -> list[Conversation]:
    return listed(archive, Query(account=ACCOUNT))


def test_the_archive_stands_beside_its_workspace() -> None:
    assert path_beside(Path("/a/b/Team.motiondesk")) == Path("/a/b/Team.interactions")


@pytest.mark.parametrize("sort", SORTABLE, ids=lambda each: str(each.value))
@pytest.mark.parametrize("descending", [True, False])
def test_pages_give_every_row_once_and_in_order(
    archive: Archive, sort: Column, descending: bool
) -> None:
    found = listed(archive, Query(account=ACCOUNT, sort=sort, descending=descending))
    assert len({each.number for each in found}) == len(found) == ROWS
    keys = [(KEYS[sort](each), each.number) for each in found]
    assert keys == sorted(keys, reverse=descending)


def test_a_page_is_the_same_before_and_after_counting(path: Path) -> None:
    query = Query(account=ACCOUNT)
    with Archive(path) as fresh, Archive(path) as known:
        assert counted(known, query) == ROWS
        for number in (0, 15, 16, 17, 40, ROWS // ROWS_A_PAGE, 500):
            assert fresh.page(query, number) == known.page(query, number)


def test_counting_goes_on_where_it_stopped(archive: Archive) -> None:
    query = Query(account=ACCOUNT, status=Status.CLOSED)
    numbers = []
    while not (count := archive.count(query, 0.000_001)).complete:
        numbers.append(count.number)
    assert numbers == sorted(numbers)
    assert count.number == ROWS * 4 // 5


FILTERS: list[tuple[Query, Callable[[Any], object]]] = [
    (Query(account=ACCOUNT, status=Status.OPEN), lambda c: c.status is Status.OPEN),
    (Query(account=ACCOUNT, read=False), lambda c: c.read is False),
    (Query(account=ACCOUNT, substatus="Waiting"), lambda c: c.substatus == "Waiting"),
    (Query(account=ACCOUNT, substatus="Nobody's"), lambda _: False),
    (
        Query(account=ACCOUNT, started_from=BEGAN + timedelta(days=3), status=Status.CLOSED),
        lambda c: c.started >= BEGAN + timedelta(days=3) and c.status is Status.CLOSED,
    ),
    (
        Query(account=ACCOUNT, started_to=BEGAN + timedelta(days=2)),
        lambda c: c.started < BEGAN + timedelta(days=2),
    ),
    (
        Query(
            account=ACCOUNT,
            any_of=True,
            sort=Column.SUBJECT,
            conditions=(
                Condition(Column.SUBJECT, Operator.BEGINS, "BA"),
                Condition(Column.LAST, Operator.BEFORE, BEGAN + timedelta(days=1)),
                Condition(Column.ID, Operator.IS, "777"),
            ),
        ),
        lambda c: (
            c.subject.casefold().startswith("ba")
            or c.last < BEGAN + timedelta(days=1)
            or c.id == "777"
        ),
    ),
    (
        Query(
            account=ACCOUNT,
            conditions=(
                Condition(Column.CONTACT, Operator.CONTAINS_NOT, "a"),
                Condition(Column.SUBSTATUS, Operator.NOT_EMPTY),
                Condition(Column.TAGS, Operator.IS, "vip"),
                Condition(Column.STATUS, Operator.IS_NOT, "open"),
            ),
        ),
        lambda c: "a" not in c.contact.casefold() and c.substatus and c.status is not Status.OPEN,
    ),
]


@pytest.mark.parametrize("number", range(len(FILTERS)))
def test_filters_find_what_fits_and_nothing_else(archive: Archive, number: int) -> None:
    query, fits = FILTERS[number]
    expected = {each.id for each in everything(archive) if fits(each)}
    found = listed(archive, query)
    assert len(found) == len(expected) == counted(archive, query)
    assert {each.id for each in found} == expected


def test_tags_and_owners_are_found_by_name(archive: Archive) -> None:
    values = archive.values(ACCOUNT)
    assert values.substatuses == ("Pending", "Waiting")
    assert "vip" in values.tags
    for tag in values.tags[:3]:
        expected = {each.number for each in everything(archive) if tag in each.tags}
        assert {
            each.number for each in listed(archive, Query(account=ACCOUNT, tag=tag))
        } == expected
    owner = values.owners[3]
    assert {each.owner for each in listed(archive, Query(account=ACCOUNT, owner=owner))} == {owner}


def test_a_search_finds_the_beginnings_of_all_its_words(archive: Archive) -> None:
    sought = everything(archive)[100]
    first, second, *_ = sought.subject.split()
    found = listed(archive, Query(account=ACCOUNT, text=f"{second[:3].upper()} {first}"))
    assert sought in found
    for each in found:
        parts = (
            f"{each.subject} {each.contact}".casefold().replace("@", " ").replace("<", " ").split()
        )
        assert any(part.startswith(second[:3]) for part in parts)
        assert any(part.startswith(first) for part in parts)


def test_a_search_for_everything_is_capped_and_says_so(archive: Archive) -> None:
    count = archive.count(Query(account=ACCOUNT, text="example"))
    assert (count.number, count.complete, count.capped) == (10_000, True, True)


@given(text=st.text(max_size=30))
def test_no_text_is_a_fault_of_syntax(path: Path, text: str) -> None:
    with Archive(path) as archive:
        archive.page(Query(account=ACCOUNT, text=text), 0)


@pytest.mark.parametrize("text", ['"', "NEAR(a b)", "subject: x", "a AND", "*", "-", "' OR 1=1"])
def test_the_words_of_the_search_language_are_words(archive: Archive, text: str) -> None:
    archive.page(Query(account=ACCOUNT, text=text), 0)


def test_accents_and_capitals_make_no_difference(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text("ID,Subject\n1,Überweisung geprüft\n2,Perche\u0301 no\n", "utf-8")
    brought_in(tmp_path / "a.interactions", file)
    with Archive(tmp_path / "a.interactions") as archive:
        for text, identity in (("uber GEPRUFT", "1"), ("perché", "2"), ("perche", "2")):
            assert [e.id for e in listed(archive, Query(account=ACCOUNT, text=text))] == [identity]


def test_another_account_sees_nothing_of_it(archive: Archive) -> None:
    other = Query(account="another")
    assert listed(archive, other) == []
    assert counted(archive, other) == 0
    assert archive.total("another") == 0
    assert listed(archive, Query(account="another", text="example")) == []


def test_a_conversation_is_found_by_its_number(archive: Archive) -> None:
    row = archive.page(Query(account=ACCOUNT), 3).rows[7]
    assert archive.conversation(row.number) == row
    assert archive.conversation(10**9) is None


def test_many_rows_of_one_key_are_paged_by_number(tmp_path: Path) -> None:
    file = tmp_path / "same.csv"
    rows = 9_000
    body = "".join(f"{n},Same,{'x' if n == 5 else ''}\n" for n in range(1, rows + 1))
    file.write_text("ID,Subject,Owner\n" + body)
    brought_in(tmp_path / "a.interactions", file)
    with Archive(tmp_path / "a.interactions") as archive:
        for descending in (True, False):
            query = Query(account=ACCOUNT, descending=descending)
            found = [each.number for each in listed(archive, query)]
            assert found == sorted(range(1, rows + 1), reverse=descending)


def test_a_page_far_down_is_found_behind_many_rows_of_one_key(tmp_path: Path) -> None:
    """The walk passes over the end of a run of equal keys in the middle of a stride."""
    file = tmp_path / "runs.csv"
    rows = 12_000
    file.write_text("ID,Subject\n" + "".join(f"{n},{'abc'[n * 3 // rows]}\n" for n in range(rows)))
    brought_in(tmp_path / "a.interactions", file)
    query = Query(account=ACCOUNT, sort=Column.SUBJECT, descending=False)
    for page in (*range(14, 18), *range(29, 34), 46):
        with Archive(tmp_path / "a.interactions") as archive:
            archive.page(query, 40)
            first = page * ROWS_A_PAGE
            expected = [str(n) for n in range(first, min(first + ROWS_A_PAGE, rows))]
            assert [each.id for each in archive.page(query, page).rows] == expected


def texts_in(path: Path) -> bytes:
    return b"".join(
        other.read_bytes() for other in path.parent.glob(path.name + "*") if other.is_file()
    )


def test_delete_all_leaves_no_text_in_any_file(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 3_000)
    with Archive(path) as archive:
        rows = everything(archive)
        word = rows[50].subject.split()[0].encode()
        name = rows[50].owner.encode()
        assert archive.delete_all(ACCOUNT) == 3_000
        for moment in ("open", "closed"):
            left = texts_in(path)
            assert b"example" not in left, moment
            assert word not in left, moment
            assert name not in left, moment
            if moment == "open":
                archive.close()
    with Archive(path) as archive:
        assert archive.accounts() == {}
        assert everything(archive) == []
        assert archive.values(ACCOUNT).owners == ()
        assert archive.size() < 200_000


def test_what_is_too_old_is_deleted_and_the_rest_stays_findable(tmp_path: Path) -> None:
    path = tmp_path / "a.interactions"
    now = datetime.now(UTC)
    rows = [
        f"{n},old{n} xylophone,{now - timedelta(days=100):%Y-%m-%d %H:%M:%S}" for n in range(20)
    ]
    rows += [f"{n},new{n} word,{now:%Y-%m-%d %H:%M:%S}" for n in range(20, 200)]
    file = tmp_path / "e.csv"
    file.write_text("ID,Subject,Last message\n" + "\n".join(rows))
    brought_in(path, file)
    with Archive(path) as archive:
        archive.kept_days = 30
        assert archive.older_than(30) == 20
        assert archive.delete_older_than(30) == 20
        assert archive.older_than(30) == 0
        assert b"lophone" not in texts_in(path)  # words share their beginnings in the index
        assert archive.total(ACCOUNT) == 180
        assert counted(archive, Query(account=ACCOUNT, text="word")) == 180
        assert counted(archive, Query(account=ACCOUNT, text="new77")) == 1
        assert counted(archive, Query(account=ACCOUNT, text="xylophone")) == 0
    with Archive(path) as archive:
        assert archive.kept_days == 30
        archive.kept_days = None
        assert archive.kept_days is None


def test_deleting_one_account_leaves_the_other_findable(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 500)
    with Archive(path) as archive, archive.writing() as connection:
        connection.execute("UPDATE account SET id = 'other'")
    brought_in(path, export(tmp_path / "second.csv", 400))
    with Archive(path) as archive:
        assert archive.accounts() == {ACCOUNT: 400, "other": 500}
        assert archive.delete_all("other") == 500
        assert counted(archive, Query(account=ACCOUNT, text="example")) == 400
        assert archive.delete_all() == 400
        assert archive.accounts() == {}


def test_a_foreign_file_is_named_and_left(tmp_path: Path) -> None:
    for number, content in enumerate([b"Hello", b"SQLite format 3\0" + bytes(2000), b"x" * 5000]):
        path = tmp_path / f"{number}.interactions"
        path.write_bytes(content)
        with pytest.raises(ArchiveError) as caught:
            Archive(path)
        assert caught.value.reason is Reason.FOREIGN
        assert path.read_bytes() == content


def test_a_newer_file_is_named_and_can_be_set_aside(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 10)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError) as caught:
        Archive(path)
    assert caught.value.reason is Reason.NEWER
    assert path.read_bytes() == before
    aside = set_aside(path)
    assert aside.read_bytes() == before
    with Archive(path) as archive:
        assert archive.accounts() == {}


@pytest.mark.parametrize("where", [0.1, 0.3, 0.5, 0.9])
def test_damage_is_named_whenever_it_is_met(tmp_path: Path, where: float) -> None:
    path = archive_of(tmp_path, 2_000)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096 + int((size - 4096) * where) // 4096 * 4096)
        file.write(b"\xde\xad\xbe\xef" * 20_000)
    with suppress(ArchiveError), Archive(path) as archive:
        everything(archive)
        archive.count(Query(account=ACCOUNT, text="ba"))
        archive.delete_all()
    # Whatever was met, nothing but a named error came out; in the end the file can be set aside.
    assert set_aside(path).exists()


def test_a_cut_file_is_damaged(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 2_000)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])
    with pytest.raises(ArchiveError) as caught, Archive(path) as archive:
        everything(archive)
    assert caught.value.reason is Reason.DAMAGED


def test_a_folder_in_its_place_is_foreign(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        Archive(tmp_path)
    assert caught.value.reason is Reason.FOREIGN


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        Archive(tmp_path / "nowhere" / "a.interactions")
    assert caught.value.reason is Reason.UNREADABLE


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.interactions"):
        assert (tmp_path / "a.interactions").stat().st_mode & 0o077 == 0
