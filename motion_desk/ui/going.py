"""Going: what a row of an account takes with it when it is deleted, and who refers to that."""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.directory import Names, Surroundings, uses
from motion_desk.models.document import Document, get
from motion_desk.models.kinds import Rows
from motion_desk.models.rows import subtree
from motion_desk.ui.form.words import tr

MOST_NAMED = 6
"""Users that are named; of more it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Going:
    """What the question says; ``is_plain`` where a row goes alone and nothing refers to it."""

    is_plain: bool
    text: str = ""
    detail: str = ""


def going(document: Document, surroundings: Surroundings, key: str, row_id: str) -> Going:
    """What deleting a row of the rows field ``key`` takes along, and what refers to any of it."""
    gone = list(subtree(get(document, key), row_id))
    # What goes along needs no other target: its own references are left out.
    users = [
        (use, entry)
        for use, target, entry in uses(document)
        if target == key and entry in gone and not _is_in(use, key, gone)
    ]
    if len(gone) == 1 and not users:
        return Going(is_plain=True)
    names = surroundings.names(document)
    kind = catalogue_of(document).fields[key].kind
    one = tr(kind.one) if isinstance(kind, Rows) else ""
    below = len(gone) - 1
    text = tr("Delete “{name}”?")
    if below == 1:
        text = tr("Delete “{name}” and the {one} below it?")
    elif below:
        text = tr("Delete “{name}” and the {count} {one}s below it?")
    name = names.name(key, row_id) or one
    detail = tr("Undo brings all of it back.") if below else tr("Undo brings it back.")
    if users:
        detail = f"{_used(document, names, key, users)} {detail}"
    return Going(False, text.format(name=name, count=below, one=one), detail)


def _is_in(use: str, key: str, gone: list[str]) -> bool:
    head, _, cell = use.partition("/")
    return head == key and cell.partition("/")[0] in gone


def _used(document: Document, names: Names, key: str, users: list[tuple[str, str]]) -> str:
    """Who refers to what goes, in sentences: each user once, with all that it refers to."""
    targets: dict[str, dict[str, None]] = {}
    for use, entry in users:
        targets.setdefault(_user(document, names, use), {})[names.name(key, entry)] = None
    said = [
        tr("{user} refers to {what}").format(
            user=user, what=tr(" and ").join(f"“{each}”" for each in what)
        )
        for user, what in targets.items()
    ]
    if len(said) > MOST_NAMED:
        left = len(said) - MOST_NAMED
        said = [*said[:MOST_NAMED], tr("{} more refer to others of them").format(left)]
    after = tr("It will have to name another one, and is shown as a problem until it does.")
    if len(targets) > 1:
        after = tr("They will have to name others, and are shown as problems until they do.")
    return f"{'; '.join(said)}. {after}"


def _user(document: Document, names: Names, use: str) -> str:
    """Who refers, by its section's name and its own: “Actions: 2. Close: Refunded”."""
    head, _, cell = use.partition("/")
    catalogue = catalogue_of(document)
    section = next(info for info in catalogue.sections if info.name == head.partition(".")[0])
    title = names.name(head, cell.partition("/")[0]) if cell else catalogue.fields[head].label
    return f"“{tr(section.title)}: {title}”"
