"""Staff: the people who can be invited, users and agents, and what is wrong with their values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from motion_desk.models.internet import Address, Url
from motion_desk.models.kinds import SENTENCES, Text
from motion_desk.models.workspace import Workspace

AGENT = "Agent"
"""The role of people from the list of agents, which has none of its own."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user or an agent, as plain values; whatever is not known is empty.

    ``link`` is the personal invitation link, from Motion's “generate invitation link”. It lets
    whoever has it choose the password, so it is in no ``repr`` and is never stored; Motion Desk
    cannot make one. ``values`` are those of variables that a workspace adds, by their name.
    """

    name: str = ""
    username: str = ""
    address: str = ""
    internal: str = ""
    alias: str = ""
    role: str = ""
    link: str = field(default="", repr=False)
    values: Mapping[str, str] = field(default_factory=dict)


FIELDS: Mapping[str, str] = {
    "name": "Full name",
    "username": "User name",
    "address": "Email address",
    "internal": "Internal",
    "alias": "Alias",
    "role": "Role",
    "link": "Invitation link",
}
"""The labels of a person's values, in the order in which they are shown and exported."""

assert [*FIELDS, "values"] == [each.name for each in fields(Person)]  # noqa: S101 - kept in step

_LONGEST_VALUE = 2_000
_KINDS: Mapping[str, Text] = {
    **dict.fromkeys(FIELDS, Text()),
    "address": Address(),
    "link": Url(),
}
_OWN = Text(most=_LONGEST_VALUE)


def is_address(text: str) -> bool:
    """Whether a text is an email address by itself."""
    return bool(text) and not any(_KINDS["address"].check(text))


def of_directory(workspace: Workspace) -> tuple[Person, ...]:
    """The agents and users of a workspace's directory, the retired aside; none has a link."""
    agents = (
        Person(each.name, each.username, each.address, each.internal, each.alias, AGENT)
        for each in workspace.agents.entries
        if not each.retired
    )
    users = (
        Person(each.name, each.username, each.address, role=each.role)
        for each in workspace.users.entries
        if not each.retired
    )
    return (*agents, *users)


def faults(person: Person) -> Iterator[tuple[str, str]]:
    """What is wrong with a person's values, each as a field or variable's name and a sentence.

    A missing value is no fault as long as there is a name or an address: who has no address can be
    listed, and not invited. No sentence holds a link.
    """
    if not person.name and not person.address:
        yield "name", "There is neither a name nor an address. Fill in at least one of them."
    for name in FIELDS:
        yield from _faults(name, getattr(person, name), _KINDS[name])
    for name, value in person.values.items():
        yield from _faults(name, value, _OWN)


def _faults(name: str, value: str, kind: Text) -> Iterator[tuple[str, str]]:
    if name == "link" and any(kind.check(value)):
        yield name, "The link is not a web address. Copy it from Motion again."
        return
    for code, values in kind.check(value):
        yield name, f"{FIELDS.get(name, name)}: {SENTENCES[code].format_map(values)}"
        return
    # Line breaks were told above; the others would show as nothing, or end a header.
    hidden = next((each for each in value if unicodedata.category(each) == "Cc"), "")
    if hidden:
        sentence = f"It holds an invisible control character (U+{ord(hidden):04X}). Delete it."
        yield name, f"{FIELDS.get(name, name)}: {sentence}"
