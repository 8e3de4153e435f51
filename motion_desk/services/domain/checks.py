"""Checks: all that is looked at of a sender's domain, side by side, within a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from motion_desk.models.internet import Host
from motion_desk.services.domain.dmarc import dmarc
from motion_desk.services.domain.mx import mx
from motion_desk.services.domain.resolver import Asking, Resolver
from motion_desk.services.domain.results import Check, CheckName, Remark, Tone
from motion_desk.services.domain.spf import spf
from motion_desk.services.jobs import THREAD_PREFIX, Stopped, wait_for
from motion_desk.services.mail.errors import NameUnknown
from motion_desk.services.mail.names import ascii_host, is_address

PATIENCE = 5.0
"""Seconds for each check; all of them run side by side."""

_CHECKS: dict[CheckName, Callable[[str, Resolver, Asking], Check]] = {
    CheckName.MX: mx,
    CheckName.SPF: spf,
    CheckName.DMARC: dmarc,
}


@dataclass(frozen=True, slots=True)
class DomainReport:
    """What was found of a domain. ``problem`` says why nothing could be looked at.

    After a stop, checks that were not done say so by a remark with the code “….stopped”.
    """

    domain: str
    checks: tuple[Check, ...] = ()
    problem: str = ""

    @property
    def tone(self) -> Tone:
        """The worst of its checks."""
        return max((each.tone for each in self.checks), key=list(Tone).index, default=Tone.UNKNOWN)

    def check(self, name: CheckName) -> Check | None:
        """The check with a name, where it was made."""
        return next((each for each in self.checks if each.name is name), None)


def domain_of(text: str) -> str:
    """The domain of an address, or a domain itself, in ASCII. Raises ``ValueError`` for neither."""
    bare = text.strip().rpartition("@")[2].rstrip(".")
    if not bare or "." not in bare or is_address(bare) or any(Host().check(bare)):
        raise ValueError(f"“{text.strip()[:254]}” is neither an email address nor a domain.")
    try:
        return ascii_host(bare)
    except NameUnknown:
        raise ValueError(f"“{bare[:254]}” can be no domain.") from None


def examine(
    text: str, resolver: Resolver, stop: threading.Event, *, patience: float = PATIENCE
) -> DomainReport:
    """What DNS says of an address's domain, as far as mail is concerned.

    Ends within ``patience`` (seconds) and a little, and within 100 ms of ``stop``. Raises nothing.
    """
    try:
        domain = domain_of(text)
    except ValueError as error:
        return DomainReport(text.strip()[:254], (), str(error))
    asking = Asking(monotonic() + patience, stop)
    found: dict[CheckName, Check] = {}

    def make(name: CheckName) -> None:
        try:
            found[name] = _CHECKS[name](domain, resolver, asking)
        except Stopped:
            remark = Remark(f"{name.value}.stopped", Tone.UNKNOWN, "It was stopped.")
            found[name] = Check(name, (remark,))

    threads = [
        threading.Thread(
            target=make, args=(name,), name=f"{THREAD_PREFIX}{name.value}", daemon=True
        )
        for name in _CHECKS
    ]
    for thread in threads:
        thread.start()
    wait_for(threads)
    return DomainReport(domain, tuple(found[name] for name in _CHECKS if name in found))
