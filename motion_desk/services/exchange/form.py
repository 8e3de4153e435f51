"""The form of documents: what the reader, the writer and the schema must agree on."""

from __future__ import annotations

import re

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE, Catalogue
from motion_desk.models.document import Document
from motion_desk.models.kinds import Rows
from motion_desk.models.workspace import Workspace

FORMAT = 1
"""The version of the form. A text with a higher one comes from a newer Motion Desk."""

SCHEMA_FILE = "motion-desk.schema.json"
FIRST_LINE = f"# yaml-language-server: $schema=./{SCHEMA_FILE}\n"

FORMAT_KEY, KIND_KEY, ID_KEY = "motion_desk", "kind", "id"
CHILDREN = "children"
"""The key under which the rows below a row of a tree stand."""

ID_PATTERN = r"[0-9A-Za-z_-]{1,64}"

CATALOGUES: dict[str, Catalogue] = {"account": ACCOUNT, "workspace": WORKSPACE}
_WORDS: dict[type[Document], str] = {Account: "account", Workspace: "workspace"}


def kind_word(document: Document) -> str:
    """The word under ``kind`` that names a document's type."""
    return _WORDS[type(document)]


def is_id(text: str) -> bool:
    """Whether a text can be a document's id."""
    return re.fullmatch(ID_PATTERN, text, re.ASCII) is not None


def type_key(kind: Rows) -> str:
    """The key that names a row's type where rows are of several (``action: queue``), else empty."""
    return kind.one if len(kind.types) > 1 else ""
