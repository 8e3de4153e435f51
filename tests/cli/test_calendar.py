"""calendar: the list that it prints, and the file that it writes."""

import json
from datetime import date, timedelta
from pathlib import Path

from motion_desk.models.document import put
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.cli.conftest import Run


def a_workspace(path: Path, days: int | None) -> Path:
    """A workspace with a client secret that ends some days from today."""
    made = Workspace(id="here")
    if days is not None:
        ends = date.today() + timedelta(days=days)  # noqa: DTZ011 - a day here
        entry = CloudProviderEntry(id="clou", name="Entra", secret_expires=ends)
        made = put(made, "cloud_providers.entries", (entry,))
    Store.create(path, Secrets(system=False), made).close()
    return path


def test_what_ends_is_listed_and_written(tmp_path: Path, run: Run) -> None:
    path = a_workspace(tmp_path / "w.motiondesk", 30)
    ics = tmp_path / "all.ics"
    result = run("calendar", "--workspace", path, "--ics", ics)
    [line] = result.stdout.splitlines()
    assert "in 30 days" in line
    assert "Client secret ends: Entra" in line
    assert result.stderr == f"1 day written to {ics}.\n"
    assert b"SUMMARY:Client secret ends: Entra\r\n" in ics.read_bytes()
    [row] = json.loads(run("calendar", "--workspace", path, "--json").stdout)
    assert row["ending"] == "client-secret"
    assert row["uid"].encode() in ics.read_bytes()


def test_a_day_that_is_past_is_said_to_be(tmp_path: Path, run: Run) -> None:
    path = a_workspace(tmp_path / "w.motiondesk", -1)
    assert "1 day ago" in run("calendar", "--workspace", path).stdout


def test_a_workspace_without_days_says_so(tmp_path: Path, run: Run) -> None:
    path = a_workspace(tmp_path / "w.motiondesk", None)
    assert run("calendar", "--workspace", path).stdout == (
        "Nothing of this workspace is known to end.\n"
    )


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, run: Run) -> None:
    path = a_workspace(tmp_path / "w.motiondesk", 1)
    missing = tmp_path / "missing" / "all.ics"
    result = run("calendar", "--workspace", path, "--ics", missing, code=1)
    assert str(missing) in result.stderr
