"""Fields: a setting is declared once, here; form, checks, store and documents derive from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from motion_desk.models import internet
from motion_desk.models.kinds import (
    Choice,
    Date,
    Integer,
    Kind,
    Lines,
    Option,
    Reference,
    References,
    RichText,
    Row,
    Rows,
    SecretText,
    Text,
    Toggle,
)
from motion_desk.models.rules import ALWAYS, Rule
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.surfaces import Surface


class Status(Enum):
    """How much Motion's public documentation says about a field."""

    DOCUMENTED = "documented"
    UNCONFIRMED = "unconfirmed"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Follow:
    """A field's suggestion: what it should be, given its leader's value.

    Without ``values`` the suggestion is the leader's own value.
    """

    leader: str
    values: Mapping[object, object] | None = None

    def suggestion(self, leading: object) -> object:
        """What the follower should be while its leader is ``leading``."""
        return leading if self.values is None else self.values[leading]


@dataclass(frozen=True, slots=True)
class Field:
    """The declaration of one setting.

    ``name`` is the attribute's name within its section or row; ``key`` is ``section.name`` for a
    field of a section and ``name`` for one of a row. Rules and
    leaders name keys of the same document, or names within the same row. ``note`` says in a
    sentence what is not documented, or what people should know; ``mark`` is the word beside the
    field where that of its status is not enough; ``warning`` stands beside a value that is on or
    filled in. ``surface`` is where a value with variables is shown. ``source`` names a page of
    ``resources/pages.json``; ``since`` the version of Motion that brought the field.
    """

    key: str
    label: str
    kind: Kind
    default: object
    help: str = ""
    note: str = ""
    unit: str = ""
    group: str = ""
    mark: str = ""
    warning: str = ""
    suggestions: tuple[str, ...] = ()
    required: bool = False
    visible: Rule = ALWAYS
    follow: Follow | None = None
    surface: Surface | None = None
    former: tuple[str, ...] = ()
    status: Status = Status.DOCUMENTED
    source: str = "S1"
    since: str = ""
    name: str = ""

    @property
    def secret(self) -> bool:
        """Whether the value must stay in the keyring."""
        return isinstance(self.kind, SecretText)


def _declare(label: str, kind: Kind, default: object, options: dict[str, Any]) -> Any:
    declared = Field(key="", label=label, kind=kind, default=default, **options)
    return dataclasses.field(default=default, metadata={"field": declared})


def text(label: str, default: str = "", *, kind: Kind | None = None, **options: Any) -> str:
    """Declare a single line of text, or one of the kinds whose values are ``str``."""
    declared: str = _declare(label, kind or Text(), default, options)
    return declared


def lines(label: str, default: str = "", **options: Any) -> str:
    """Declare plain text of several lines."""
    return text(label, default, kind=Lines(), **options)


def rich_text(label: str, default: str = "", **options: Any) -> str:
    """Declare text with formatting, whose value is HTML source."""
    return text(label, default, kind=RichText(), **options)


def host(label: str, default: str = "", **options: Any) -> str:
    """Declare a host name or IP address."""
    return text(label, default, kind=internet.Host(), **options)


def address(label: str, default: str = "", **options: Any) -> str:
    """Declare an email address."""
    return text(label, default, kind=internet.Address(), **options)


def url(label: str, default: str = "", **options: Any) -> str:
    """Declare a web address."""
    return text(label, default, kind=internet.Url(), **options)


def integer(label: str, default: int | None, *, low: int, high: int, **options: Any) -> Any:
    """Declare a whole number from ``low`` to ``high``; ``None`` as default starts it empty."""
    return _declare(label, Integer(low=low, high=high), default, options)


def toggle(label: str, default: bool = False, **options: Any) -> bool:
    """Declare an on/off switch."""
    declared: bool = _declare(label, Toggle(), default, options)
    return declared


def choice(label: str, default: Option, **options: Any) -> Any:
    """Declare a choice among the options of the default's enumeration."""
    return _declare(label, Choice(type(default)), default, options)


def day(label: str, default: date | None = None, **options: Any) -> date | None:
    """Declare a calendar day."""
    declared: date | None = _declare(label, Date(), default, options)
    return declared


def reference(label: str, to: str, **options: Any) -> str:
    """Declare a reference to one row of the rows field ``to`` (same document, or workspace)."""
    declared: str = _declare(label, Reference(to), "", options)
    return declared


def references(label: str, to: str, **options: Any) -> tuple[str, ...]:
    """Declare references to several rows of the rows field ``to``."""
    declared: tuple[str, ...] = _declare(label, References(to), (), options)
    return declared


def secret(label: str, **options: Any) -> Secret:
    """Declare a secret."""
    declared: Secret = _declare(label, SecretText(), NO_SECRET, options)
    return declared


def rows(
    label: str, *types: type[Row], one: str, tree: bool = False, deepest: int = 0, **options: Any
) -> tuple[Any, ...]:
    """Declare an ordered list of rows; ``one`` says what a row is called on its button."""
    declared: tuple[Any, ...] = _declare(label, Rows(types, one, tree, deepest), (), options)
    return declared


def _fields(owner: type, prefix: str) -> Iterator[Field]:
    """The fields that the class itself declares, then the inherited ones."""
    own = owner.__annotations__
    for member in sorted(dataclasses.fields(owner), key=lambda member: member.name not in own):
        if declared := member.metadata.get("field"):
            yield dataclasses.replace(declared, key=prefix + member.name, name=member.name)


_fields_by_row: dict[type, tuple[Field, ...]] = {}


def fields_of(row: type[Row]) -> tuple[Field, ...]:
    """The declared fields of a type of row, in order; their keys are their names."""
    if row not in _fields_by_row:
        _fields_by_row[row] = tuple(_fields(row, ""))
    return _fields_by_row[row]


def section_fields(section: type) -> tuple[Field, ...]:
    """The declared fields of a section, in order; their keys begin with the section's name."""
    return tuple(_fields(section, f"{section.NAME}."))  # type: ignore[attr-defined]  # every section has one
