"""Secrets: the texts behind references, in the system's keyring; the only door to ``keyring``."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")

LONGEST_ENTRY = 1_200
"""UTF-16 units in one entry: Windows takes 2,560 bytes, and some room is left."""

# A text that is kept in parts leaves this in its place, with their number. A control character
# begins it, so that no password is taken for it; one that is all the same is kept in parts too.
_PARTS = "\x1fmotion-desk parts "

# Only these keep what they are given, and keep it to themselves. Whatever else keyring offers
# may be a plain file, ask on a terminal, or silently store nothing.
_KNOWN = {
    ("keyring.backends.SecretService", "Keyring"): "Secret Service",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
    ("keyring.backends.kwallet", "DBusKeyringKWallet4"): "KWallet",
    ("keyring.backends.libsecret", "Keyring"): "libsecret",
    ("keyring.backends.macOS", "Keyring"): "macOS Keychain",
    ("keyring.backends.Windows", "WinVaultKeyring"): "Windows Credential Manager",
}

_SESSION_ONLY = "Passwords are kept until the program is closed and must then be typed again."


class SecretsError(Exception):
    """The keyring did not do what it was asked; ``sentence`` says what can be done."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Status:
    """Where secrets are kept. ``lasting``: they outlive the program. ``sentence``: for people."""

    lasting: bool
    name: str
    sentence: str


class _Backend(Protocol):
    """What is used of a keyring's backend."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def service_of(workspace_id: str) -> str:
    """The name under which the keyring lists the entries of a workspace."""
    return f"motion-desk/{workspace_id}"


def new_reference() -> str:
    """A random name for a new entry, of 16 characters."""
    return secrets.token_urlsafe(12)


class Secrets:
    """The texts behind references. Used from one thread, for a keyring's prompt blocks its caller.

    ``system=False`` leaves the system's keyring alone and keeps texts for the session. The keyring
    is looked for when it is first needed. Nothing here is logged, and no ``repr`` shows a text.
    """

    def __init__(self, *, system: bool = True) -> None:
        self._session: dict[tuple[str, str], str] = {}
        self._backend: _Backend | None = None
        self._status: Status | None = None
        if not system:
            self._status = Status(False, "", f"No keyring is used. {_SESSION_ONLY}")

    @property
    def status(self) -> Status:
        """Where secrets are kept; finding it out may take 100 ms the first time."""
        if self._status is None:
            self._backend, self._status = _find_backend()
        return self._status

    def get(self, service: str, reference: str) -> str | None:
        """The text of an entry, or ``None`` where there is none. Raises ``SecretsError``."""
        first = self._get(service, reference)
        if first is None or not first.startswith(_PARTS):
            return first
        count = int(first.removeprefix(_PARTS))
        parts = [self._get(service, _part(reference, number)) for number in range(1, count + 1)]
        if None in parts:
            raise SecretsError("The keyring has lost a part of this password. Type it again.")
        return "".join(part for part in parts if part)

    def put(self, service: str, reference: str, text: str) -> None:
        """Keep a text under a reference that was never used before. Raises ``SecretsError``."""
        parts = _split(text)
        if len(parts) == 1 and not text.startswith(_PARTS):
            self._put(service, reference, text)
            return
        for number, part in enumerate(parts, 1):
            self._put(service, _part(reference, number), part)
        self._put(service, reference, f"{_PARTS}{len(parts)}")

    def forget(self, service: str, reference: str) -> bool:
        """Delete an entry. Returns whether it is now certain that there is none.

        It is not where secrets are kept for the session and this one is unknown: it may be in a
        keyring that cannot be reached today. Raises ``SecretsError``.
        """
        first = self._get(service, reference)
        if first is None:
            return self.status.lasting
        if first.startswith(_PARTS):
            for number in range(int(first.removeprefix(_PARTS)), 0, -1):
                if self._get(service, _part(reference, number)) is not None:
                    self._delete(service, _part(reference, number))
        self._delete(service, reference)
        return True

    def _get(self, service: str, name: str) -> str | None:
        if not self.status.lasting:
            return self._session.get((service, name))
        backend = self._backend
        return _asked(lambda: backend.get_password(service, name) if backend else None)

    def _put(self, service: str, name: str, text: str) -> None:
        if not self.status.lasting:
            self._session[service, name] = text
        elif backend := self._backend:
            _asked(lambda: backend.set_password(service, name, text))

    def _delete(self, service: str, name: str) -> None:
        if not self.status.lasting:
            del self._session[service, name]
        elif backend := self._backend:
            _asked(lambda: backend.delete_password(service, name))


def _part(reference: str, number: int) -> str:
    return f"{reference}.{number}"


def _split(text: str) -> list[str]:
    """The text in pieces that each fit into an entry; a character beyond U+FFFF takes two units."""
    size = LONGEST_ENTRY if max(text, default="") <= "\uffff" else LONGEST_ENTRY // 2
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]


def _asked(call: Callable[[], T]) -> T:
    """The result of a call to the keyring; raises ``SecretsError`` for whatever it raises."""
    try:
        return call()
    except Exception as error:  # backends raise errors of D-Bus, of Windows and of their own
        failure = type(error).__name__
    # Raised out here, so that no traceback leads to an error that could quote the secret.
    if failure in ("KeyringLocked", "InitError", "PromptDismissedException", "LockedException"):
        raise SecretsError("The keyring is locked. Unlock it, then try again.")
    raise SecretsError(f"The keyring did not answer as it should ({failure}). Try again later.")


def _find_backend() -> tuple[_Backend | None, Status]:
    """The system's keyring as far as it is one that can be trusted, and what to say of it."""
    try:
        import keyring

        chosen = keyring.get_keyring()
    except Exception as error:  # a broken plug-in or setting of keyring must not end the program
        why = f"The system's keyring cannot be used ({type(error).__name__})."
        return None, Status(False, "", f"{why} {_SESSION_ONLY}")
    # Where several are found, keyring offers a chain of them; some of its links may be plain files.
    for backend in getattr(chosen, "backends", [chosen]):
        if name := _KNOWN.get((type(backend).__module__, type(backend).__name__)):
            return backend, Status(True, name, f"Passwords are kept in {name}.")
    why = "No system keyring was found."
    module = type(chosen).__module__
    if not module.startswith(("keyring.backends.fail", "keyring.backends.chainer")):
        why = f"keyring is set to {module}, which is not known to keep passwords safely."
    return None, Status(False, "", f"{why} {_SESSION_ONLY}")
