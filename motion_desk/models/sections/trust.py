"""Trust: certificates that tests from this workstation accept beyond the usual ones."""

from datetime import date
from typing import ClassVar

from motion_desk.models.certificates import Fingerprint
from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, day, host, integer, rows, text
from motion_desk.models.kinds import Row
from motion_desk.models.section import Section
from motion_desk.models.sections.authorities import authority_certificate, authority_name


@declared
class PinEntry(Row):
    """One server whose certificate is known by its fingerprint."""

    TITLE: ClassVar[str] = "Pinned certificate"

    host: str = host(
        "Host",
        required=True,
        status=Status.OURS,
        help="The mail server that shows this certificate, as it is named under IMAP or SMTP.",
    )
    port: int = integer(
        "Port",
        993,
        low=1,
        high=65_535,
        required=True,
        status=Status.OURS,
        help="The port on which it shows it.",
    )
    fingerprint: str = text(
        "SHA-256 fingerprint",
        kind=Fingerprint(),
        required=True,
        status=Status.OURS,
        help="What stands for the certificate: only this one has it. Ask whoever runs the server "
        "for it, and compare. Colons that are pasted with it are left out.",
    )
    reason: str = text(
        "Reason",
        status=Status.OURS,
        help="Why this certificate is accepted although no authority vouches for it.",
    )
    review: date | None = day(
        "Review on",
        status=Status.OURS,
        help="The day on which somebody looks at this again, at the latest when the certificate "
        "ends.",
    )


@declared
class PrivateAuthorityEntry(Row):
    """A certificate authority of one's own that tests of this account trust."""

    TITLE: ClassVar[str] = "Private authority"

    name: str = authority_name()
    certificate: str = authority_certificate(
        "The authority's certificate as text (PEM), with its intermediate ones if it has any."
    )


@declared
class Trust(Section):
    """Certificates that tests from this workstation accept beyond the usual ones."""

    NAME, TITLE = "trust", "Trust"
    ABOUT = (
        "Certificates that tests from this workstation accept beyond the usual ones. Motion never "
        "sees them, and its verdict never changes by them."
    )

    pins: tuple[PinEntry, ...] = rows(
        "Pinned certificates",
        PinEntry,
        one="pinned certificate",
        status=Status.OURS,
        help="Servers whose certificate tests accept by its fingerprint.",
    )
    authorities: tuple[PrivateAuthorityEntry, ...] = rows(
        "Private authorities",
        PrivateAuthorityEntry,
        one="private authority",
        status=Status.OURS,
        help="Certificate authorities that tests trust for this account alone.",
    )
