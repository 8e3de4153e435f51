"""Search: what all sources share: the address, the network, and within what they must answer."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from motion_desk.models.internet import Address
from motion_desk.services.discovery.candidates import Ending, SourceEnded
from motion_desk.services.domain.checks import domain_of
from motion_desk.services.domain.resolver import Answer, Asking, Kind, Resolver, Said
from motion_desk.services.mail.names import Place, Route, is_address

MOST_ADDRESSES = 4


@dataclass(frozen=True, slots=True)
class Request:
    """What is searched for, and how.

    ``ispdb``: also ask Thunderbird's public list, which then learns of the domain. ``resolver``
    answers for the name service, and ``route``, where given, leads hosts elsewhere, as in tests.
    ``given`` are authorities (PEM) beside Mozilla's and this workstation's. ``patience``: seconds
    for each source. ``proxy`` is a web address; ``None`` stands for the system's, empty for none.
    """

    address: str
    resolver: Resolver
    ispdb: bool = False
    route: Route | None = None
    given: tuple[str, ...] = ()
    patience: float = 5.0
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """One search under way. Values only, so that every source may use it on its thread."""

    address: str
    local_part: str
    domain: str
    request: Request
    asking: Asking

    def ask(self, name: str, kind: Kind) -> Answer:
        """The name service's answer. Raises ``SourceEnded`` where it is none to rely on."""
        answer = self.request.resolver.ask(name, kind, self.asking)
        if answer.said is Said.LOOP:
            raise SourceEnded(Ending.LOOP, f"The aliases of {name} lead in a circle.")
        if answer.said is Said.NONSENSE:
            raise SourceEnded(Ending.NONSENSE, "The name service's answer makes no sense.")
        if answer.said is Said.UNANSWERED:
            raise SourceEnded(Ending.UNANSWERED, "The name service did not answer in time.")
        return answer

    def places(self, host: str, port: int) -> tuple[Place, ...]:
        """Where a host is; empty where it does not exist. Raises as ``ask`` does.

        Addresses that no mail server of others can have, such as this very computer's, are taken
        for a lie: nothing is ever sent there.
        """
        if self.request.route is not None:
            try:
                return tuple(Place(*each) for each in self.request.route(host, port))
            except LookupError:
                return ()
        if is_address(host):
            return (Place(host, port),) if _is_honest(host) else ()
        found = [
            record.text for kind in (Kind.A, Kind.AAAA) for record in self.ask(host, kind).records
        ]
        honest = [each for each in found if _is_honest(each)]
        if found and not honest:
            raise SourceEnded(
                Ending.NONSENSE,
                f"The name service leads {host} to {found[0]}, which can be nobody's server.",
            )
        return tuple(Place(each, port) for each in honest[:MOST_ADDRESSES])


def _is_honest(text: str) -> bool:
    address = ip_address(text)
    return not (
        address.is_loopback
        or address.is_unspecified
        or address.is_multicast
        or address.is_link_local
    )


def parts(address: str) -> tuple[str, str]:
    """The local part and the domain (ASCII) of an address. Raises ``ValueError`` with a sentence."""
    for _, values in Address().check(address):
        raise ValueError(f"“{values.get('text', address)!s:.254}” is not an email address.")
    if not address:
        raise ValueError("There is no email address to look for.")
    return address.rpartition("@")[0], domain_of(address)
