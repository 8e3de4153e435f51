"""Where a file lies decides how its journal is kept."""

import sqlite3
from pathlib import Path

import pytest

from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store, files
from tests.services.store.samples import support

MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:40 / /home rw - autofs systemd-1 rw
41 22 0:41 / /home rw,noatime shared:3 - nfs4 server:/home rw
42 22 0:42 / /mnt/my\\040share rw - cifs //server/share rw
43 41 8:2 / /home/ada/disk rw - btrfs /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/w", "ext4"),
        ("/homes/w", "ext4"),
        ("/home/ada/w", "nfs4"),
        ("/mnt/my share/w", "cifs"),
        ("/home/ada/disk/w", "btrfs"),
    ],
)
def test_the_innermost_and_latest_mount_counts(path: str, kind: str) -> None:
    assert files.mount_type(MOUNTS, Path(path)) == kind


def test_a_local_folder_is_no_network(tmp_path: Path) -> None:
    assert not files.is_network(tmp_path)


def test_a_file_on_a_server_is_held_alone_and_has_no_wal(
    path: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.create(path, secrets).close()
    assert path.read_bytes()[18] == 2, "not in WAL mode"
    monkeypatch.setattr(files, "is_network", lambda _: True)
    store = Store.open(path, secrets)
    saved = store.save(support())
    assert path.read_bytes()[18] == 1, "still in WAL mode"
    assert not list(path.parent.glob("*-wal"))
    other = sqlite3.connect(path, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("SELECT * FROM account")
    other.close()
    store.close()
    monkeypatch.undo()
    again = Store.open(path, secrets)
    assert again.load(saved.id) == saved
    again.close()
