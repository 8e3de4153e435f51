"""Host files: writes the probe for the Motion server, and reads what it printed there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test import records
from motion_desk.ui.test.records import Imported

Refused = Callable[[str], object]
"""Is told why a file was not written or not taken, in a sentence."""


class HostFiles:
    """Asks for files and deals with them on the store's thread: disks may be slow.

    Both are of the open account as it is on the screen, saved or not.
    """

    def __init__(self, tools: PanelTools) -> None:
        self._tools = tools

    def _account(self) -> Account | None:
        self._tools.desk.settle()
        return self._tools.desk.account

    def save(self, saved: Callable[[Path], object], refused: Refused) -> None:
        """Ask where to write the probe, write it there, and tell where it is."""
        account = self._account()
        path = self._tools.questions.save_probe(probe_name(account)) if account else None
        if account is None or not path:
            return

        def written(_: None) -> None:
            self._tools.tell(tr("The probe is in {}.").format(path))
            saved(path)

        def failed(error: Exception) -> None:
            text = tr("The probe was not written to {}: {}.")
            self._refuse(error, text, path, refused)

        self._tools.session.ask(lambda _: _write(path, account), written, failed)

    def read(self, taken: Callable[[Imported], None], refused: Refused) -> None:
        """Ask for the file with the result, and read and keep what it says."""
        account, workspace = self._account(), self._tools.desk.workspace
        path = self._tools.questions.open_result() if account else None
        if account is None or not path:
            return

        def failed(error: Exception) -> None:
            self._refuse(error, tr("{} was not read: {}."), path, refused)

        self._tools.session.ask(
            lambda store: records.imported(store, path, account, workspace),
            taken,
            failed,
        )

    def _refuse(self, error: Exception, text: str, path: Path, refused: Refused) -> None:
        sentence = str(getattr(error, "sentence", ""))
        if sentence:
            refused(sentence)
        elif isinstance(error, OSError):
            refused(text.format(path, error.strerror or error))
        else:
            self._tools.session.failed.emit(error)


def probe_name(account: Account) -> str:
    """A file's name for an account's probe, which every file system and shell takes as it is."""
    said = re.sub(r"[^A-Za-z0-9]+", "-", account.settings.key or account.settings.name)
    return "-".join(filter(None, ("probe", said.strip("-").lower()))) + ".py"


def _write(path: Path, account: Account) -> None:
    path.write_text(records.probe_text(account), encoding="ascii", newline="\n")
