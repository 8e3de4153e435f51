"""Documents that nobody would want to edit, declared through the public helpers, for tests.

`section_of` and `document_of` make declarations of any sort, good or bad; `synthetic_catalogue`
makes a large good one, to measure how the cost of an edit grows with the number of fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, make_dataclass
from functools import cache
from itertools import cycle, islice
from typing import Any

from motion_desk.models.catalogue import DIRECTORY, Catalogue, collect
from motion_desk.models.choices import BUILT_IN, Service
from motion_desk.models.declared import declared
from motion_desk.models.document import Document
from motion_desk.models.fields import (
    Follow,
    address,
    choice,
    host,
    integer,
    lines,
    reference,
    rows,
    secret,
    text,
    toggle,
)
from motion_desk.models.rules import ALWAYS, Rule, when
from motion_desk.models.section import Section
from motion_desk.models.sections.routing import HeaderFilter

SECTIONS = 10
MODE = "part0.mode"
"""The choice (a `Service`) that decides which sections are shown: the odd ones, for a custom one."""


def section_of(
    name: str, fields: Mapping[str, Any], *, title: str = "", visible: Rule = ALWAYS
) -> type[Section]:
    """A type of section with fields made by the helpers of `models.fields`, in their order."""
    made = type(
        name.title(),
        (Section,),
        {
            "__annotations__": dict.fromkeys(fields, Any),
            "NAME": name,
            "TITLE": title or name.capitalize(),
            "ABOUT": "Made for a test.",
            "VISIBLE": visible,
            **fields,
        },
    )
    return declared(made)


def document_of(*sections: type[Section], name: str = "Synthetic") -> type[Document]:
    """A type of document with sections; to be given to `collect`."""
    return make_dataclass(
        name,
        [(section.NAME, section, field(default_factory=section)) for section in sections],
        bases=(Document,),
        frozen=True,
        kw_only=True,
    )


@cache
def synthetic_catalogue(fields: int = 200) -> Catalogue:
    """The catalogue of a document type of `fields` fields (at least 100) in ten sections.

    `catalogue.document(id=…)` is a document of it, at its defaults. `MODE` shows one half of the
    sections or the other. In each section `switch` leads `port` and shows five fields; `name` is
    required and starts empty; `mail` leads `login`. `part9.filters` holds rows. Made once for each number of fields.
    """
    shares = [fields // SECTIONS + (place < fields % SECTIONS) for place in range(SECTIONS)]
    sections = [_section(place, count) for place, count in enumerate(shares)]
    return collect(document_of(*sections), known=DIRECTORY)


def _section(place: int, count: int) -> type[Section]:
    name = f"part{place}"
    found: dict[str, Any] = {}
    if place == 0:
        found["mode"] = choice("Mode", Service.CUSTOM, help="Decides what is shown.")
    if place == SECTIONS - 1:
        found["filters"] = rows("Filters", HeaderFilter, one="filter", help="Some rows.")
    for number, (stem, make) in enumerate(islice(cycle(_MAKERS.items()), count - len(found))):
        turn = number // len(_MAKERS) + 1
        suffix = f"_{turn}" if turn > 1 else ""
        more = {"group": f"Group {turn}", "help": _HELP}
        found[stem + suffix] = make(f"{stem.capitalize()} {turn}", f"{name}.", suffix, more)
    services = BUILT_IN if place % 2 == 0 else (Service.CUSTOM,)
    visible = when(MODE, *services) if place else ALWAYS
    return section_of(name, found, title=f"Part {place}", visible=visible)


_HELP = "What this field is for, in the words of an administrator."
_Maker = Callable[[str, str, str, dict[str, Any]], Any]

# What the sections of an account are made of, in about the same shares.
_MAKERS: Mapping[str, _Maker] = {
    "name": lambda label, at, n, more: text(label, required=True, **more),
    "switch": lambda label, at, n, more: toggle(label, True, **more),
    "server": lambda label, at, n, more: host(
        label, "mail.example.com", required=True, visible=when(f"{at}switch{n}", True), **more
    ),
    "port": lambda label, at, n, more: integer(
        label,
        993,
        low=1,
        high=65_535,
        required=True,
        visible=when(f"{at}switch{n}", True),
        follow=Follow(f"{at}switch{n}", {True: 993, False: 143}),
        **more,
    ),
    "mail": lambda label, at, n, more: address(label, "support@example.com", **more),
    "login": lambda label, at, n, more: text(
        label,
        "support@example.com",
        visible=when(f"{at}switch{n}", True),
        follow=Follow(f"{at}mail{n}"),
        **more,
    ),
    "password": lambda label, at, n, more: secret(
        label, visible=when(f"{at}switch{n}", True), **more
    ),
    "timeout": lambda label, at, n, more: integer(label, 10, low=1, high=2_147_483, **more),
    "list": lambda label, at, n, more: reference(label, "lists.entries", **more),
    "note": lambda label, at, n, more: lines(label, visible=when(f"{at}switch{n}", True), **more),
}
