"""Host probes: the file for the Motion host, run as a process of its own and read back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.models.workspace import Workspace
from motion_desk.services.lab import Lab
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.host_probe.reading import read
from motion_desk.services.tester.host_probe.script import script
from motion_desk.services.tester.steps import Report, StepName
from tests.services.tester.orders import account

USER, PASSWORD = "care@meridia.example", "canary-Zwitscher-7f3b"


def on(lab: Lab, **values: object) -> Account:
    """An account whose servers are a lab's real ports."""
    ports = {"imap__port": lab.ports[993], "smtp__port": lab.ports[465], "smtp__secure": True}
    return account("127.0.0.1", USER, PASSWORD, **(ports | values))


def ran(text: str, folder: Path) -> str:
    """What the file prints, run as on a host: alone in a folder, without this environment."""
    path = folder / "probe.py"
    path.write_text(text, encoding="ascii")
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", path.name],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": os.defpath, "LC_ALL": "C"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def there(tested: Account, workspace: Workspace, folder: Path) -> Report:
    """The report of the probe, run for an account."""
    return read(ran(script(tested), folder), tested, workspace)


def first_failure(found: Report, protocol: Protocol) -> tuple[StepName, Failure] | None:
    probe = found.probe(protocol)
    assert probe is not None
    step = probe.failed
    return (step.name, step.findings[0].failure) if step else None
