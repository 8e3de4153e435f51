"""Places that give no permission or no room leave what there was, and the sentence says which."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from motion_desk.services.store import Store
from tests.services.store.samples import folder_bytes, run, support

# Root may read and write everything, unless it lays down just that.
CAPABILITIES = "-dac_override,-dac_read_search"
ORDINARY = (
    ["setpriv", f"--inh-caps={CAPABILITIES}", f"--bounding-set={CAPABILITIES}"]
    if sys.platform == "linux" and os.geteuid() == 0
    else []
)
permissions = pytest.mark.skipif(
    sys.platform == "win32" or bool(ORDINARY and not shutil.which("setpriv")),
    reason="permissions cannot be laid down here",
)

TRY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store, WorkspaceError
from tests.services.store.samples import support

def tried(call):
    try:
        return call()
    except WorkspaceError as error:
        print(error.reason.name, error.sentence)

path = Path(sys.argv[2])
store = tried(lambda: getattr(Store, sys.argv[1])(path, Secrets(system=False)))
if store:
    [listed] = store.accounts() or [None]
    print("opened", store.read_only, listed and store.load(listed.id).settings.name)
    tried(lambda: store.save(support()))
    tried(lambda: store.keep_draft("new", {}))
    tried(lambda: store.delete("any"))
    tried(lambda: store.forget("any"))
    tried(lambda: store.keep_run("any", datetime.now(UTC), "f1", "passed", {}))
    tried(lambda: store.forget_run("any"))
    store.close()
"""


@permissions
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_a_read_only_file_or_folder_can_be_read(closed: Path, file: int, folder: int) -> None:
    closed.chmod(file)
    closed.parent.chmod(folder)
    before = folder_bytes(closed.parent)
    first, *others = run(TRY, "open", closed, before=ORDINARY)
    assert first == "opened True Support"
    assert len(others) == 6
    assert all(line.startswith("READ_ONLY") for line in others)
    assert folder_bytes(closed.parent) == before
    closed.parent.chmod(0o755)


@permissions
def test_a_read_only_copy_of_an_open_file_shows_what_the_journal_has(
    store: Store, tmp_path: Path
) -> None:
    store.save(support())
    left = tmp_path / "left"
    left.mkdir()
    for path in store.path.parent.glob(f"{store.path.name}*"):
        if path.is_file():
            shutil.copy(path, left)
            (left / path.name).chmod(0o444)
    left.chmod(0o555)
    assert run(TRY, "open", left / store.path.name, before=ORDINARY)[0] == "opened True Support"
    left.chmod(0o755)


@permissions
def test_a_file_that_may_not_be_read(closed: Path) -> None:
    before = folder_bytes(closed.parent)
    closed.chmod(0o000)
    [line] = run(TRY, "open", closed, before=ORDINARY)
    assert line.startswith("NO_PERMISSION")
    assert closed.name in line
    closed.chmod(0o644)
    assert folder_bytes(closed.parent) == before


@permissions
def test_a_folder_that_may_not_be_written_takes_no_new_file(path: Path) -> None:
    path.parent.chmod(0o555)
    [line] = run(TRY, "create", path, before=ORDINARY)
    assert line.startswith("NO_PERMISSION")
    path.parent.chmod(0o755)
    assert list(path.parent.iterdir()) == []


MOUNTED = """
mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"
"""

FILL = """
import sys
from dataclasses import replace
from pathlib import Path
from motion_desk.models.changes import change
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store, WorkspaceError
from tests.services.store.samples import support

path = Path(sys.argv[1])
try:
    store = Store.create(path, Secrets(system=False))
    saved = store.save(support())
    store.save(change(saved, "template.body", "x" * 3_000_000))
except WorkspaceError as error:
    print(error.reason.name, path.name in error.sentence)
print(sorted(entry.name for entry in path.parent.iterdir()))
if path.exists():
    print(store.load(saved.id) == saved)
    store.close()
    print(sorted(entry.name for entry in path.parent.iterdir()))
"""


def may_mount() -> bool:
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
            check=False,
            capture_output=True,
        ).returncode
    )


@pytest.mark.skipif(not may_mount(), reason="no small disk can be made here")
@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("32k", ["FULL True", "[]"]),
        ("600k", ["FULL True", "['w', 'w-shm', 'w-wal']", "True", "['w']"]),
    ],
)
def test_a_full_disk_leaves_what_there_was(tmp_path: Path, size: str, expected: list[str]) -> None:
    small = ["unshare", "-rm", "bash", "-c", MOUNTED, "bash", size, str(tmp_path)]
    printed = run(FILL, tmp_path / "w", before=small)
    assert printed == expected
