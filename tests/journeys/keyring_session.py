"""A desktop session with a real keyring, and what a window does in it: a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

KEYRING_TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
UNLOCKED = """printf %s "$KEYRING_PASSWORD" |
gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; exec "$@"
"""


def in_session(home: Path, *arguments: object) -> list[str]:
    """The lines that this program prints, run in a session whose keyring is unlocked."""
    session = ["dbus-run-session", "--", "bash", "-c", UNLOCKED, "bash"]
    done = subprocess.run(
        [*session, sys.executable, "-m", "tests.journeys.keyring_session", *map(str, arguments)],
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
            "KEYRING_PASSWORD": "open sesame",
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def main(what: str, path: Path) -> None:
    """Create an account with all its passwords, or only look; print what the keyring has then."""
    from PySide6.QtWidgets import QApplication

    from motion_desk.app import Application
    from motion_desk.models.document import get
    from motion_desk.services.store import Store
    from tests.journeys.driver import Answers, Driver
    from tests.journeys.filling import PASSWORDS

    driver = Driver(application := Application(QApplication([]), Answers()))
    application.open(path, "new" if what == "create" else "open")
    driver.wait(lambda: driver.console.desk.current, "the first document")
    driver.settled()
    if what == "create":
        driver.command("new-account")
        driver.press("create")
        driver.wait(driver.accounts, "the new account")
        for service, section in (
            ("Gmail", "authentication"),
            ("Custom", "imap"),
            ("Custom", "smtp"),
        ):
            driver.section("settings")
            driver.pick("settings.service", service)
            driver.section(section)
            driver.type(f"{section}.password", PASSWORDS[f"{section}.password"])
        driver.save()
    current = driver.console.desk.current
    assert current is not None
    for key in PASSWORDS:
        secret = get(current.saved, key)
        assert secret.typed is None
        driver.console.session.ask(partial(Store.text_of, reference=secret.reference), print)
    driver.settled()
    print(*driver.console.window.notices.texts or ["no notice"])
    driver.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
