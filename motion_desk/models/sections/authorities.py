"""Authorities: the CA files that the Motion server was given."""

from typing import ClassVar

from motion_desk.models.certificates import Certificates
from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, lines, rows, text
from motion_desk.models.kinds import Row
from motion_desk.models.section import Section


def authority_name() -> str:
    """Declare the name of a certificate authority."""
    return text(
        "Name", required=True, status=Status.OURS, help="Whose certificate authority this is."
    )


def authority_certificate(help: str) -> str:  # noqa: A002 - as the fields' own
    """Declare the certificates of an authority."""
    return text("Certificate", kind=Certificates(), required=True, status=Status.OURS, help=help)


@declared
class AuthorityEntry(Row):
    """A certificate authority that the Motion server trusts beside Mozilla's roots."""

    TITLE: ClassVar[str] = "Authority"

    name: str = authority_name()
    certificate: str = authority_certificate(
        "The content of the CA file on the Motion server (PEM). Tests judge by it what Motion "
        "would trust."
    )
    note: str = lines(
        "Note",
        status=Status.OURS,
        help="Who gave Motion the file, when, and where it lies on the server.",
    )


@declared
class Authorities(Section):
    """The CA files that the Motion server was given."""

    NAME, TITLE = "authorities", "Certificate authorities"
    ABOUT = (
        "CA files that your Motion server was given, for example by NODE_EXTRA_CA_CERTS. That "
        "Motion runs on Node, which does not read the operating system's store, is inferred."
    )
    entries: tuple[AuthorityEntry, ...] = rows(
        "Authorities",
        AuthorityEntry,
        one="authority",
        status=Status.OURS,
        help="Tests take Motion to trust these, beside the roots that Mozilla trusts.",
    )
