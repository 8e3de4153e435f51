"""Data: sets of values that previews show in place of names: made up, one's own, or a message's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path
from typing import TYPE_CHECKING

from motion_desk.models.surfaces import Surface
from motion_desk.models.variables import Known, known_on
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.pipes import may_never_end

if TYPE_CHECKING:
    from motion_desk.services.exchange.yaml_tree import Node

LARGEST_FILE = 1024 * 1024
"""Bytes of a file with a data set."""
LARGEST_HEADERS = 256 * 1024
"""Bytes at the start of a message in which its headers are looked for."""
LONGEST_HEADER = 8_192
"""Characters of a header that are taken; servers refuse longer ones by far."""
DEEPEST = 10
"""Levels of nesting of a data set; names with more parts are no variables."""

_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


class DataError(Exception):
    """A file holds no data set. ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class DataSet:
    """Values by their variable's name; ``None`` is a value that is not there."""

    name: str
    title: str
    values: Mapping[str, str | None]


def variables(surface: Surface, workspace: Workspace) -> Known:
    """The variables of a surface by name: those that ship with the program and the workspace's."""
    return known_on(surface, bundled.variables(), workspace.variables.entries)


def sets(surface: Surface, workspace: Workspace) -> tuple[DataSet, ...]:
    """The made-up data sets of a surface, with a value for each of its variables.

    The first is an ordinary one. The workspace's own variables have their sample values, which
    the other sets distort like all others.
    """
    known = variables(surface, workspace)
    return tuple(
        DataSet(
            each["name"],
            each["title"],
            {name: _value(each, name, variable.sample) for name, variable in known.items()},
        )
        for each in json.loads(bundled.text("data/sets.json"))["sets"]
    )


def _value(made_up: Mapping[str, object], name: str, sample: str) -> str | None:
    values = made_up["values"]
    if isinstance(values, dict) and name in values:
        return str(values[name])
    others = made_up.get("others")
    if others == "missing":
        return None
    if isinstance(others, str):
        return others
    length = made_up.get("repeat")
    if isinstance(length, int) and sample:
        return " ".join([sample] * (length // (len(sample) + 1) + 1))
    return sample


def of_file(path: Path) -> DataSet:
    """The data set in a JSON or YAML file, or in the headers of a message (``.eml``).

    Tables are joined by dots: ``user: {name: Anna}`` gives ``user.name``. Raises ``DataError``.
    """
    try:
        if may_never_end(path):
            raise DataError(f"{path} is a pipe, and no file. Save what it gives to a file.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from None
    if path.suffix.lower() == ".eml":
        found = of_message(content)
        if not any(found.values.values()):
            raise DataError(
                f"{path} has no sender, recipient or subject. Choose a message that was saved as .eml."
            )
        return DataSet(path.stem, path.name, found.values)
    if len(content) > LARGEST_FILE:
        raise DataError(f"{path} is larger than 1 MB, so it is no data set.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path} is not UTF-8. Save it as UTF-8.") from None
    return DataSet(path.stem, path.name, _values_of(path, text))


def _values_of(path: Path, text: str) -> dict[str, str | None]:
    """The values of a text; JSON is YAML."""
    # Late: reading YAML costs 50 ms, and few previews need it.
    from motion_desk.services.exchange.faults import DocumentError
    from motion_desk.services.exchange.yaml_tree import Table, tree

    try:
        node = tree(text)
    except DocumentError as error:
        fault = error.faults[0]
        raise DataError(f"{path}:{fault.line}: {fault.sentence}") from None
    if not isinstance(node, Table):
        raise DataError(f"{path} holds no data set. Write one “name: value” on each line.")
    return dict(_flat(path, node, ""))


def _flat(path: Path, node: Node, name: str) -> Iterator[tuple[str, str | None]]:
    from motion_desk.services.exchange.yaml_tree import Scalar, Table

    if isinstance(node, Scalar):
        value = node.value
        # Numbers and days stay as they are written: 0039 is a prefix, and no number.
        yield name, None if value is None else node.text
    elif isinstance(node, Table) and name.count(".") < DEEPEST:
        for pair in node.pairs:
            yield from _flat(path, pair.node, f"{name}.{pair.name}" if name else pair.name)
    else:
        line = node.place.line
        raise DataError(f"{path}:{line}: “{name}” is a list or too deep. Give it one value.")


def of_message(content: bytes) -> DataSet:
    """The data set that a message's headers give: sender, recipient, subject.

    Only the headers are read, within bounds. Headers that are damaged give what can be read of
    them; ones that are not there have no value. Never raises for a message's content.
    """
    found = _END_OF_HEADERS.search(content, 0, LARGEST_HEADERS)
    head = content[: found.start() if found else LARGEST_HEADERS]
    message = BytesParser(policy=policy.compat32).parsebytes(head, headersonly=True)
    subject = _text(message["Subject"])
    name, address = _person(message["From"])
    first, _, last = name.rpartition(" ")
    to_name, to_address = _person(message["To"])
    values = {
        "from": _text(message["From"]),
        "to": _text(message["To"]),
        "subject": subject,
        "contact.email": address,
        "contact.firstName": first or last,
        "contact.lastName": last if first else "",
        "account.email": to_address,
        "account.name": to_name,
    }
    title = subject or "A message"
    return DataSet("message", title, {each: value or None for each, value in values.items()})


def _text(header: object) -> str:
    """A header as people read it: decoded, on one line, without control characters."""
    if header is None:
        return ""
    raw = str(header)[:LONGEST_HEADER]
    try:
        decoded = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        decoded = raw
    plain = "".join(each if each.isprintable() else " " for each in decoded)
    return " ".join(plain.split())


def _person(header: object) -> tuple[str, str]:
    """The name and the address of the first person in a header; empty where there is none."""
    try:
        # Before it is decoded: a comma in an encoded name separates no addresses.
        people = getaddresses([str(header or "")[:LONGEST_HEADER]])
    except RecursionError:  # thousands of nested comments
        return "", ""
    name, address = people[0] if people else ("", "")
    return _text(name), _text(address)
