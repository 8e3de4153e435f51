"""Secrets: what an account holds in place of a password. The text itself lives in the keyring."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or client secret: nothing, stored, or typed and not yet stored.

    ``reference`` names the entry in the operating system's keyring. ``typed`` is text that was
    entered and is not stored yet; it is left out of ``repr`` and must never be written anywhere
    but to the keyring.
    """

    reference: str = ""
    typed: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.reference or self.typed)

    def __str__(self) -> str:
        return "typed" if self.typed is not None else "stored" if self.reference else "none"


NO_SECRET = Secret()
