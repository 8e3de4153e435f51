"""An import takes a file whole or not at all, and says exactly what is wrong with it."""

from __future__ import annotations

import codecs
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.columns import (
    Choices,
    Target,
    guessed,
    orders,
    proposed,
    remember,
)
from motion_desk.services.interactions.dates import DateOrder
from motion_desk.services.interactions.errors import ArchiveError, Reason
from motion_desk.services.interactions.importing import Imported, Progress, course
from motion_desk.services.interactions.query import Conversation, Query, Status
from motion_desk.services.interactions.sheet import SheetError, examine
from motion_desk.services.jobs import Job, Stopped
from tests.services.interactions.made import ACCOUNT, archive_of, brought_in, counted, export


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.interactions"


def sheet_of(folder: Path, content: str | bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def kept(path: Path) -> list[Conversation]:
    with Archive(path) as archive:
        return sorted(archive.page(Query(account=ACCOUNT), 0).rows, key=lambda each: each.id)


def state(path: Path) -> tuple[dict[str, int], int]:
    with Archive(path) as archive:
        return archive.accounts(), counted(archive, Query(account=ACCOUNT, text="example"))


ROW = "7,,Ann <ann@x.example>,Hällo,2025-01-02 03:04:05Z,2025-01-03T00:00:00+01:00,Closed,Sold,a;b,Bo,1"
HEAD = "ID,Watching,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,Owner,Read"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found_out(
    tmp_path: Path, path: Path, encoding: str, delimiter: str
) -> None:
    row = ROW.replace("a;b", "a b" if delimiter in ";|" else "a;b")
    text = f"{HEAD}\r\n{row}\r\n".replace(",", delimiter)
    assert brought_in(path, sheet_of(tmp_path, text.encode(encoding))).kept
    [found] = kept(path)
    assert found.id == "7"
    assert found.subject == "Hällo"
    assert found.contact == "Ann <ann@x.example>"
    assert found.started == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.last == datetime(2025, 1, 2, 23, tzinfo=UTC)
    assert found.status is Status.CLOSED
    assert (found.substatus, found.owner, found.read, found.letters) == ("Sold", "Bo", True, 0)


def test_excels_own_line_about_the_delimiter_is_heeded(tmp_path: Path, path: Path) -> None:
    file = sheet_of(tmp_path, codecs.BOM_UTF8 + b"sep=;\r\nID;Subject\r\n1;a,b\r\n")
    assert brought_in(path, file).kept
    assert [each.subject for each in kept(path)] == ["a,b"]


def test_tags_and_texts_are_kept_and_found(tmp_path: Path, path: Path) -> None:
    file = sheet_of(
        tmp_path, 'Id;tags;body\n1;"one, two";"Dear all,\nhippopotamus"\n2;"[""x""]";\n'
    )
    brought_in(path, file)
    first, second = kept(path)
    assert (first.tags, second.tags) == (("one", "two"), ("x",))
    assert (first.letters, second.letters) == (1, 0)
    with Archive(path) as archive:
        [letter] = archive.letters(first.number)
        assert letter.text == "Dear all,\nhippopotamus"
        assert letter.raw is None
        assert counted(archive, Query(account=ACCOUNT, text="hippo")) == 1


def test_columns_are_guessed_in_english_italian_and_the_databases_words(tmp_path: Path) -> None:
    for header in (
        "ID,Watching,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,Owner,Read",
        "id,watching,from,subject,createdAt,lastMsgAt,closed,substatus,tags,UserId,read",
        (
            "Identificativo,Osservatori,Mittente,Oggetto,Creato il,Ultimo messaggio,Stato,"
            "Sottostato,Etichette,Operatore,Letto"
        ),
    ):
        sheet = examine(sheet_of(tmp_path, f"{header}\n{ROW}\n"))
        expected = [target for target in Target if target is not Target.TEXT]
        assert [column.target for column in guessed(sheet)] == expected, header


def test_a_name_that_is_only_near_is_said_to_be_uncertain(tmp_path: Path) -> None:
    sheet = examine(sheet_of(tmp_path, "ID,Subjekt,Zebra,Subject\n1,a,b,c\n"))
    by_title = [(each.target, each.certain) for each in guessed(sheet)]
    assert by_title == [(Target.ID, True), (None, True), (None, True), (Target.SUBJECT, True)]
    sheet = examine(sheet_of(tmp_path, "ID,Subjekt\n1,a\n"))
    assert guessed(sheet)[1].certain is False


def test_of_two_columns_with_one_name_the_first_is_taken(tmp_path: Path, path: Path) -> None:
    file = sheet_of(tmp_path, "ID,Subject,Subject\n1,first,second\n")
    assert [each.target for each in guessed(examine(file))] == [Target.ID, Target.SUBJECT, None]
    brought_in(path, file)
    assert [each.subject for each in kept(path)] == ["first"]


def test_the_same_export_again_doubles_nothing_and_updates(path: Path, tmp_path: Path) -> None:
    file = export(tmp_path / "e.csv", 5_000)
    first = brought_in(path, file)
    before = state(path)
    again = brought_in(path, file)
    assert (first.added, again.added, again.updated) == (5_000, 0, 5_000)
    assert state(path) == before
    text = file.read_text().replace("example.com", "moved.test").replace("vip", "gone")
    brought_in(path, sheet_of(tmp_path, text))
    with Archive(path) as archive:
        assert counted(archive, Query(account=ACCOUNT, text="example")) == 0
        assert archive.count(Query(account=ACCOUNT, text="moved test")).number == 5_000
        assert counted(archive, Query(account=ACCOUNT, tag="vip")) == 0
        assert counted(archive, Query(account=ACCOUNT, tag="gone")) == 5_000


def test_a_later_export_adds_what_is_new(path: Path, tmp_path: Path) -> None:
    brought_in(path, export(tmp_path / "a.csv", 300))
    done = brought_in(path, export(tmp_path / "b.csv", 300, first=201))
    assert (done.added, done.updated) == (200, 100)
    assert state(path) == ({ACCOUNT: 500}, 500)


def test_columns_that_a_file_has_not_stay_as_they_were(path: Path, tmp_path: Path) -> None:
    brought_in(path, sheet_of(tmp_path, f"{HEAD}\n{ROW}\n"))
    brought_in(path, sheet_of(tmp_path, "ID,Owner\n7,Zoe\n"))
    [found] = kept(path)
    assert (found.owner, found.substatus, found.subject) == ("Zoe", "Sold", "Hällo")


def test_an_id_twice_in_a_file_counts_once_by_its_last_row(path: Path, tmp_path: Path) -> None:
    rows = [f"{n % 3_000},s{n}" for n in range(6_000)] + ["2999,last", "2999,very last"]
    done = brought_in(path, sheet_of(tmp_path, "ID,Subject\n" + "\n".join(rows)))
    assert (done.rows, done.added, done.updated) == (6_002, 3_000, 3_002)
    with Archive(path) as archive:
        assert archive.total(ACCOUNT) == 3_000
        assert counted(archive, Query(account=ACCOUNT, text="very last")) == 1
        assert counted(archive, Query(account=ACCOUNT, text="s5999")) == 0


DATES = [
    ("2025-03-04 05:06:07", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ("2025-03-04T05:06", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
    ("2025-03-04", datetime(2025, 3, 4, tzinfo=UTC)),
    ("2025-03-04 05:06:07.123456", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ("2025-03-04 05:06:07 +0200", datetime(2025, 3, 4, 3, 6, 7, tzinfo=UTC)),
    ("2025-03-04 05:06:07 UTC", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ("2025/3/4 05:06", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
    ("04.03.2025 05:06:07", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ("04/03/2025 05:06", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
    ("4/3/2025", datetime(2025, 3, 4, tzinfo=UTC)),
    ("04/03/2025 12:06 am", datetime(2025, 3, 4, 0, 6, tzinfo=UTC)),
    ("04/03/2025, 05:06:07 PM", datetime(2025, 3, 4, 17, 6, 7, tzinfo=UTC)),
    ("1741064767", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ("1741064767000", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ("", None),
    ("NULL", None),
]


@pytest.mark.parametrize(("text", "instant"), DATES, ids=[text for text, _ in DATES])
def test_dates_are_read_in_many_forms(
    tmp_path: Path, path: Path, text: str, instant: datetime | None
) -> None:
    sheet = examine(sheet_of(tmp_path, f'ID,Subject,Started at\n1,x,"{text}"\n'))
    choices = Choices(proposed(sheet)[0].targets, DateOrder.DAY_FIRST, utc=True)
    assert brought_in(path, sheet.path, choices).kept
    assert [each.started for each in kept(path)] == [instant]


WRONG = [
    "31/02/2025",
    "2025-13-01",
    "yesterday",
    "12/31/2025",
    "2025-01-01 25:00",
    "1/1/25 x",
    "99",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_date_refuses_its_row_and_says_why(tmp_path: Path, path: Path, text: str) -> None:
    sheet = examine(sheet_of(tmp_path, f"ID,Started at\n1,03/04/2025\n2,{text}\n"))
    choices = Choices(proposed(sheet)[0].targets, DateOrder.DAY_FIRST)
    done = brought_in(path, sheet.path, choices)
    assert not done.kept
    assert [(each.line, text in each.sentence) for each in done.refused] == [(3, True)]
    assert state(path) == ({}, 0)
    done = brought_in(path, sheet.path, choices, leave_out=True)
    assert (done.kept, done.added, done.refusals) == (True, 1, 1)


def test_a_date_that_can_be_read_in_two_ways_is_asked_for(tmp_path: Path, path: Path) -> None:
    sheet = examine(sheet_of(tmp_path, "ID,Started at\n1,03/04/2025\n2,05/06/2025\n"))
    choices, _ = proposed(sheet)
    assert orders(sheet, choices.targets) == {*DateOrder}
    assert choices.date_order is None
    with pytest.raises(SheetError, match="two ways"):
        course(path, ACCOUNT, sheet, choices)
    brought_in(path, sheet.path, Choices(choices.targets, DateOrder.MONTH_FIRST, utc=True))
    assert kept(path)[0].started == datetime(2025, 3, 4, tzinfo=UTC)


def test_one_date_that_tells_the_order_tells_it_for_all(tmp_path: Path) -> None:
    sheet = examine(sheet_of(tmp_path, "ID,Started at\n1,03/04/2025\n2,05/16/2025\n"))
    assert proposed(sheet)[0].date_order is DateOrder.MONTH_FIRST


def test_columns_are_remembered_by_the_header(tmp_path: Path, path: Path) -> None:
    sheet = examine(sheet_of(tmp_path, "Number,What,Started at\n1,x,03/04/2025\n"))
    targets = (Target.ID, Target.SUBJECT, Target.STARTED)
    with Archive(path) as archive:
        assert proposed(sheet, archive)[1] is False
        remember(sheet, Choices(targets, DateOrder.MONTH_FIRST, utc=True), archive)
    with Archive(path) as archive:
        choices, remembered = proposed(sheet, archive)
        assert remembered
        assert choices == Choices(targets, DateOrder.MONTH_FIRST, utc=True)
        other = examine(sheet_of(tmp_path, "Number,What\n1,x\n"))
        assert proposed(other, archive)[1] is False


def test_a_remembered_order_that_the_file_contradicts_is_dropped(
    tmp_path: Path, path: Path
) -> None:
    sheet = examine(sheet_of(tmp_path, "ID,Started at\n1,03/04/2025\n"))
    with Archive(path) as archive:
        targets = (Target.ID, Target.STARTED)
        remember(sheet, Choices(targets, DateOrder.MONTH_FIRST), archive)
        other = examine(sheet_of(tmp_path, "ID,Started at\n1,23/04/2025\n"))
        assert proposed(other, archive)[0].date_order is DateOrder.DAY_FIRST


@pytest.mark.parametrize("after", [0, 3, 6])
def test_a_stop_leaves_the_archive_as_it_was(path: Path, tmp_path: Path, after: int) -> None:
    brought_in(path, export(tmp_path / "a.csv", 300))
    before = state(path)
    sheet = examine(export(tmp_path / "b.csv", 10_000))
    stop = threading.Event()
    run = course(path, ACCOUNT, sheet, proposed(sheet)[0])(stop)
    for _ in range(after):
        assert isinstance(next(run), Progress)
    stop.set()
    with pytest.raises(Stopped):
        for _ in run:
            pass
    assert state(path) == before


def test_an_import_that_is_forgotten_leaves_the_archive_as_it_was(
    path: Path, tmp_path: Path
) -> None:
    brought_in(path, export(tmp_path / "a.csv", 300))
    before = state(path)
    sheet = examine(export(tmp_path / "b.csv", 10_000))
    run: Iterator[object] = course(path, ACCOUNT, sheet, proposed(sheet)[0])(threading.Event())
    next(run)
    next(run)
    del run
    assert state(path) == before


def test_others_read_on_while_an_import_runs(path: Path, tmp_path: Path) -> None:
    brought_in(path, export(tmp_path / "a.csv", 300))
    sheet = examine(export(tmp_path / "b.csv", 6_000))
    with Archive(path) as archive:
        query = Query(account=ACCOUNT)
        seen = []
        for event in Job("import", course(path, ACCOUNT, sheet, proposed(sheet)[0])).events():
            if isinstance(event, Progress):
                seen.append(counted(archive, query))
        assert seen[0] == 300
        assert {*seen} <= {300, 6_000}
        assert counted(archive, query) == 6_000
        assert isinstance(event, Imported)


def test_a_full_disk_leaves_the_archive_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(path, export(tmp_path / "a.csv", 300))
    before = state(path)
    writing = Archive.writing

    def limited(self: Archive) -> object:
        with self.reading() as connection:
            [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
            connection.execute(f"PRAGMA max_page_count = {pages + 50}")
        return writing(self)

    monkeypatch.setattr(Archive, "writing", limited)
    with pytest.raises(ArchiveError) as caught:
        brought_in(path, export(tmp_path / "b.csv", 10_000))
    assert caught.value.reason is Reason.FULL
    monkeypatch.undo()
    assert state(path) == before


def test_another_writer_is_named(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motion_desk.services.store.files.BUSY_SECONDS", 0.05)
    with Archive(path) as archive, archive.writing(), pytest.raises(ArchiveError) as caught:
        brought_in(path, export(tmp_path / "b.csv", 10))
    assert caught.value.reason is Reason.LOCKED


def test_archives_of_tests_have_what_was_asked_for(tmp_path: Path) -> None:
    assert state(archive_of(tmp_path, 50)) == ({ACCOUNT: 50}, 50)
