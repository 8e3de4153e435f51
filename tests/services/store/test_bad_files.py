"""Files that cannot be opened say why and what to do, and stay as they are."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Reason, Store, WorkspaceError, files
from tests.services.store.samples import folder_bytes, support


@contextmanager
def refused(path: Path, reason: Reason) -> Iterator[None]:
    """What happens inside is refused for this reason, in words, and no file changes."""
    before = folder_bytes(path.parent)
    with pytest.raises(WorkspaceError) as met:
        yield
    assert met.value.reason is reason
    assert str(path.name) in met.value.sentence
    assert met.value.sentence.count(". ") >= 1, "it must also say what can be done"
    assert folder_bytes(path.parent) == before


def edit(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_a_missing_file(path: Path, secrets: Secrets) -> None:
    with refused(path, Reason.MISSING):
        Store.open(path, secrets)


@pytest.mark.parametrize("method", [Store.open, Store.create])
def test_a_missing_folder(path: Path, secrets: Secrets, method: object) -> None:
    with refused(path, Reason.MISSING):
        method(path / "nowhere" / path.name, secrets)  # type: ignore[operator]


def test_a_folder_in_place_of_a_file(tmp_path: Path, secrets: Secrets) -> None:
    with pytest.raises(WorkspaceError, match="is a folder") as met:
        Store.open(tmp_path, secrets)
    assert met.value.reason is Reason.FOREIGN


@pytest.mark.parametrize("content", [b"a text\n", b"SQLite format 3", bytes(5000), b"PK\3\4" * 99])
def test_a_file_that_is_no_database(path: Path, secrets: Secrets, content: bytes) -> None:
    path.write_bytes(content)
    with refused(path, Reason.FOREIGN):
        Store.open(path, secrets)


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_database_of_another_program(path: Path, secrets: Secrets, journal: str) -> None:
    edit(path, f"PRAGMA journal_mode={journal}")
    edit(path, "CREATE TABLE account (id TEXT)")
    with refused(path, Reason.FOREIGN):
        Store.open(path, secrets)


def test_an_empty_file(path: Path, secrets: Secrets) -> None:
    path.touch()
    with refused(path, Reason.EMPTY):
        Store.open(path, secrets)


def test_a_newer_file(closed: Path, secrets: Secrets) -> None:
    edit(closed, "UPDATE alembic_version SET version_num = '9999'")
    with refused(closed, Reason.NEWER):
        Store.open(closed, secrets)


def crashed(path: Path) -> Path:
    """A copy of an open file and its journal: what is left when a program ends abruptly."""
    left = path.parent / "left"
    left.mkdir(exist_ok=True)
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), left)
    return left / path.name


def test_what_is_still_in_the_journal_counts(store: Store, path: Path, secrets: Secrets) -> None:
    before = path.read_bytes()
    edit(path, "UPDATE alembic_version SET version_num = '9999'")
    assert path.read_bytes() == before, "the change is not in the journal"
    with refused(path, Reason.NEWER):
        Store.open(path, secrets)
    with refused(crashed(path), Reason.NEWER):
        Store.open(crashed(path), secrets)


@pytest.mark.parametrize("table", ["alembic_version", "workspace"])
def test_a_file_without_a_table(closed: Path, secrets: Secrets, table: str) -> None:
    edit(closed, f"DROP TABLE {table}")
    with refused(closed, Reason.DAMAGED):
        Store.open(closed, secrets)


def test_a_file_cut_short(closed: Path, secrets: Secrets) -> None:
    os.truncate(closed, closed.stat().st_size // 2)
    with refused(closed, Reason.DAMAGED):
        Store.open(closed, secrets)


def test_a_file_with_a_page_of_noise(closed: Path, secrets: Secrets) -> None:
    with closed.open("r+b") as file:
        file.seek(4096)
        file.write(b"noise" * 800)
    with refused(closed, Reason.DAMAGED):
        Store.open(closed, secrets)


def test_a_file_that_is_there_already_is_never_overwritten(path: Path, secrets: Secrets) -> None:
    path.write_text("mine")
    with refused(path, Reason.EXISTS):
        Store.create(path, secrets)


def test_where_links_are_unknown_nothing_is_overwritten_either(
    path: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT and some file servers have none: there the name is taken first."""

    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    path.write_text("mine")
    with refused(path, Reason.EXISTS):
        Store.create(path, secrets)
    path.unlink()
    Store.create(path, secrets).close()
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_another_program_holds(
    closed: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(closed, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with refused(closed, Reason.LOCKED):
        Store.open(closed, secrets)
    holder.close()
    Store.open(closed, secrets).close()


def test_a_save_while_another_program_writes_is_refused_and_can_be_repeated(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = store.save(support())
    path, secrets = store.path, Secrets(system=False)
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    other = Store.open(path, secrets)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError) as met:
        other.delete(saved.id)
    assert met.value.reason is Reason.LOCKED
    holder.close()
    other.delete(saved.id)
    other.close()


def test_a_crash_leaves_a_journal_that_the_next_opening_plays_back(
    store: Store, secrets: Secrets
) -> None:
    saved = store.save(support())
    again = Store.open(crashed(store.path), secrets)
    assert again.load(saved.id).settings == saved.settings
    again.close()
