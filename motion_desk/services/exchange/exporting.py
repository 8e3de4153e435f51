"""Exporting: documents as files of a folder, and never over a file that people changed."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.models.directory import Surroundings
from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.form import SCHEMA_FILE
from motion_desk.services.exchange.schema import schema_text
from motion_desk.services.exchange.writing import write

WORKSPACE_FILE = "workspace.yaml"

_OPENING_LINES = 3
"""Lines by which a file is known again: format, kind and id, or the schema's title."""


class NotOursError(Exception):
    """Files stand in the way that no export of these documents wrote; none was touched."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = tuple(paths)
        names = ", ".join(str(path) for path in self.paths)
        super().__init__(
            f"{names}: this was not written by an export of the same document. "
            "Move it away, or export with --overwrite."
        )


def export(
    folder: Path,
    workspace: Workspace,
    accounts: Iterable[Account],
    *,
    whole: bool = True,
    overwrite: bool = False,
) -> list[Path]:
    """Write accounts, the schema, and if ``whole`` the workspace; returns the documents' paths.

    A file is called after its account's name, and keeps that name while the account has it. All
    files are looked at before the first is written: raises ``NotOursError`` where one is in the
    way, and ``OSError`` where the folder cannot be written.
    """
    surroundings = Surroundings(workspace)
    texts = {WORKSPACE_FILE: write(workspace, surroundings)} if whole else {}
    for account in accounts:
        texts[_file_name(account, texts)] = write(account, surroundings)
    documents = list(texts)
    texts[SCHEMA_FILE] = schema_text()
    foreign = [folder / name for name, text in texts.items() if _is_foreign(folder / name, text)]
    if foreign and not overwrite:
        raise NotOursError(foreign)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        _replace(folder / name, text)
    return [folder / name for name in documents]


def _file_name(account: Account, taken: Iterable[str]) -> str:
    """A name that every file system takes: letters, digits and hyphens, at most 60 of them."""
    plain = unicodedata.normalize("NFKD", account.settings.name.replace("ß", "ss"))
    stem = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower())
    stem = stem.strip("-")[:60].strip("-") or account.id
    # Windows has devices of these names; workspace.yaml is not an account.
    if f"{stem}.yaml" in taken or stem == "workspace" or _is_device(stem):
        stem = f"{stem}-{account.id}"
    return f"{stem}.yaml"


def _is_device(stem: str) -> bool:
    return re.fullmatch(r"con|prn|aux|nul|(com|lpt)[0-9]", stem) is not None


def _is_foreign(path: Path, text: str) -> bool:
    """Whether there is a file that does not open as ``text`` does."""
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return False
    return _opening(there) != _opening(text.encode())


def _opening(data: bytes) -> list[bytes]:
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    # The first line names the schema, or opens its object: both may be written in other ways.
    return lines[1 : 1 + _OPENING_LINES]


def _replace(path: Path, text: str) -> None:
    """Put a whole file in the place of what is there: nobody ever sees half of it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
