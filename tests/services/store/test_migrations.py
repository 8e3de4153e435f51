"""Older files are backed up and brought up to date, or left exactly as they are."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from motion_desk.models import certificates, internet, kinds, records
from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.runs import RunSummary
from motion_desk.models.sections.trust import PinEntry
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Reason, Store, WorkspaceError, schema
from motion_desk.services.store.database import Database
from motion_desk.services.store.files import APPLICATION_ID
from tests.services.store.samples import folder_bytes, run, support

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

FAILING = '''"""A step that fails half-way."""
from alembic import op
revision = "9999"
down_revision = "HEAD"

def upgrade():
    op.execute("DELETE FROM account")
    op.execute("CREATE TABLE half (way TEXT)")
    op.execute("SELECT * FROM nowhere")
'''


def differences(path: Path) -> list[object]:
    with Database(path) as database, database.reading() as transaction:
        context = MigrationContext.configure(transaction, opts={"compare_type": True})
        return list(compare_metadata(context, records.metadata))


def old_file(path: Path, content: Path, revision: str = "0001") -> None:
    """A file of an older revision with the rows of a newest one, made by the old steps themselves.

    What a row has in newer columns is left out, and the row sealed as an older version did.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    with Database(path) as database:
        with database.writing() as transaction:
            schema.upgrade(transaction, to=revision)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("ATTACH ? AS newest", [str(content)])
        for table in ("account", "workspace", "uses", "secret"):
            info = connection.execute(f"PRAGMA main.table_info({table})")
            names = ", ".join(f'"{column["name"]}"' for column in info)
            connection.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM newest.{table}"  # noqa: S608
            )
        for table in ("account", "workspace"):
            for row in connection.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608
                update = f"UPDATE {table} SET digest = ? WHERE id = ?"  # noqa: S608
                connection.execute(update, [records.seal(dict(row)), row["id"]])
        connection.close()


def test_alembic_knows_the_same_revisions() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == schema.REVISIONS


def test_every_kind_has_a_column_type() -> None:
    declared = {**vars(kinds), **vars(internet), **vars(certificates)}.values()
    missing = [
        kind.__name__
        for kind in declared
        if isinstance(kind, type) and issubclass(kind, kinds.Kind) and kind is not kinds.Kind
        if not any(base in records.COLUMN_TYPES for base in kind.__mro__)
    ]
    assert missing == []


def test_a_new_file_is_what_the_declarations_say(store: Store, path: Path) -> None:
    store.close()
    assert differences(path) == []


def test_migrated_and_new_files_are_equal(path: Path, tmp_path: Path, secrets: Secrets) -> None:
    migrated = tmp_path / "migrated"
    migrated.touch()
    with Database(migrated) as database, database.writing() as transaction:
        schema.upgrade(transaction)
    assert differences(migrated) == []
    Store.create(path, secrets).close()
    shapes = []
    for file in (path, migrated):
        connection = sqlite3.connect(file)
        names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        shapes.append(
            {
                # But for their order: SQLite adds a column behind all others.
                name: {column[1:] for column in connection.execute(f"PRAGMA table_info({name})")}
                for (name,) in connection.execute(names)
            }
        )
        connection.close()
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("revision", schema.REVISIONS[:-1])
def test_an_older_file_keeps_its_data_and_has_a_back_up(
    store: Store, tmp_path: Path, secrets: Secrets, revision: str
) -> None:
    saved = store.save(support())
    workspace = store.workspace()
    store.close()
    old = tmp_path / "old" / store.path.name
    old.parent.mkdir()
    old_file(old, store.path, revision)
    store.path.unlink()
    before = old.read_bytes()

    again = Store.open(old, secrets)
    assert again.load(saved.id) == saved
    assert again.workspace() == workspace
    assert again.text_of(saved.imap.password.reference) == "hunter2"
    again.keep_draft(saved.id, {})
    run_id = again.keep_run(saved.id, NOON, "f1", "passed", {"steps": []})
    assert again.last_runs() == {saved.id: RunSummary(run_id, NOON, "f1", "passed")}
    again.save(change(saved, "trust.pins", (PinEntry(id="2abc", host="mail.example.com"),)))
    again.close()
    assert differences(old) == []
    [backup] = old.parent.glob("*.bak")
    assert backup.name.startswith(f"{old.name}.before-{schema.HEAD}.")
    assert sorted(old.parent.iterdir()) == sorted([old, backup])

    backup.rename(old)
    assert {row[0] for row in rows(old, "SELECT version_num FROM alembic_version")} == {revision}
    assert len(old.read_bytes()) == len(before)
    Store.open(old, secrets).close()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_back_ups_never_overwrite_each_other(store: Store) -> None:
    store.close()
    backups = {schema.migrate(store.path, "0001") for _ in range(3)}
    assert len(backups) == 3
    assert all(backup.stat().st_size for backup in backups)


def test_a_step_that_fails_leaves_the_file_as_it_was(store: Store, tmp_path: Path) -> None:
    store.save(support())
    store.close()
    scripts = tmp_path / "scripts"
    shutil.copytree(schema.MIGRATIONS, scripts)
    failing = FAILING.replace("HEAD", schema.HEAD)
    (scripts / "versions" / "r9999_failing.py").write_text(failing)
    before = store.path.read_bytes()
    with pytest.raises(WorkspaceError) as met:
        schema.migrate(store.path, schema.HEAD, scripts)
    assert met.value.reason is Reason.NOT_MIGRATED
    [backup] = store.path.parent.glob("*.bak")
    assert str(backup) in met.value.sentence
    assert store.path.read_bytes() == before
    assert len(rows(backup, "SELECT * FROM account")) == 1


def test_an_older_file_that_cannot_be_changed_is_left_alone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    old = tmp_path / "old"
    old_file(old, store.path)
    monkeypatch.setattr("os.access", lambda *_: False)  # what a read-only folder answers
    before = folder_bytes(tmp_path)
    with pytest.raises(WorkspaceError, match="brought up to date") as met:
        Store.open(old, Secrets(system=False))
    assert met.value.reason is Reason.READ_ONLY
    assert folder_bytes(tmp_path) == before


def test_a_column_that_a_later_step_adds_needs_no_new_digest() -> None:
    row = records.to_row(Account(id="a", version=1))
    assert records.seal({**row, "later.field": None}) == row["digest"]
    assert records.from_row(Account, {**row, "imap.host": None}) == Account(id="a", version=1)


def test_alembic_and_keyring_stay_unimported_for_a_file_of_today(store: Store) -> None:
    store.save(support())
    store.close()
    script = """
import sys
from pathlib import Path
from motion_desk.services.store import WorkspaceError
print("sqlalchemy" in sys.modules)
from motion_desk.services.store import Store
from motion_desk.services.secrets import Secrets
store = Store.open(Path(sys.argv[1]), Secrets())
print(len(store.accounts()), store.load(store.accounts()[0].id).imap.password)
store.close()
print("alembic" in sys.modules, "keyring" in sys.modules, "PySide6" in sys.modules)
"""
    assert run(script, store.path) == ["False", "1 stored", "False False False"]
