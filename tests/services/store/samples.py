"""Sample accounts, and scripts that run in a process of their own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.secret import Secret
from motion_desk.models.sections.actions import ToAgent

ROOT = Path(__file__).parents[3]


def support(name: str = "Support", password: str = "hunter2") -> Account:  # noqa: S107
    """An account of a custom service with a password, an action and some text."""
    account = Account()
    values = {
        "settings.name": name,
        "settings.key": "SUP",
        "settings.address": "support@example.com",
        "settings.agents": ("ag1", "ag2"),
        "imap.host": "mail.example.com",
        "imap.password": Secret(typed=password),
        "template.body": "<p>Grüße, {{ name }}</p>" * 50,
        "actions.plan": (ToAgent(id="a1", agent="ag1", timeout=30),),
    }
    for key, value in values.items():
        account = change(account, key, value)
    return account


def run(script: str, *arguments: object, before: Sequence[str] = ()) -> list[str]:
    """The lines that a Python script prints; its errors come out as a failed assertion."""
    done = subprocess.run(
        [*before, sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """All files of a folder with what they hold, but the memory that open programs share."""
    files = (p for p in folder.iterdir() if p.is_file() and not p.name.endswith("-shm"))
    return {path.name: path.read_bytes() for path in files}
