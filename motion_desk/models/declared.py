"""Declared: what sections and rows are: frozen values whose attributes are declared fields."""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, dataclass, fields
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T", bound="Declared")


class Declared:
    """Base of sections and rows: all keywords, frozen, and equal where their values are.

    Some fifty of them are made while the window waits to be painted. Methods that are inherited
    spare it the generation and compilation of five methods for each: 20 ms in all.
    """

    _defaults: ClassVar[dict[str, Any]] = {}

    def __init__(self, **values: Any) -> None:
        if not values.keys() <= self._defaults.keys():
            unknown = ", ".join(sorted(values.keys() - self._defaults.keys()))
            raise TypeError(f"{type(self).__name__} has no {unknown}")
        vars(self).update(self._defaults)
        vars(self).update(values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def declared(cls: type[T]) -> type[T]:
    """Make a dataclass of a section or row; ``replace`` and ``fields`` work as with any other."""
    made = dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=True)(cls)
    made._defaults = {field.name: field.default for field in _fields(made)}
    return made


def _fields(made: Any) -> tuple[Field[Any], ...]:
    return fields(made)
