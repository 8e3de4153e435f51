"""What all connections of one lab have in common: people, mailboxes, counts and certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motion_desk.services.lab.certificates import Certificates
from motion_desk.services.lab.faults import PASSWORD, Fault
from motion_desk.services.lab.identity.bearer import Verdict
from motion_desk.services.lab.identity.server import IdentityServer
from motion_desk.services.lab.mailboxes import Mailboxes, Post
from motion_desk.services.lab.sasl import Claim
from motion_desk.services.lab.seen import Seen
from motion_desk.services.lab.signatures import Signatures

HOST = "mail.lab.example"
"""What the servers call themselves."""


@dataclass(slots=True)
class Common:
    """Belongs to the servers' thread once the lab is started, all but ``seen``."""

    people: Mapping[str, str] | None = field(repr=False)
    scale: float
    seen: Seen
    certificates: Certificates
    post: Post
    identity_server: IdentityServer
    signatures: Signatures
    put_off: dict[tuple[str, str], float] = field(default_factory=dict)
    """When greylisting first met a sender and a recipient, by the loop's clock in seconds."""

    def verdict(self, claim: Claim, fault: Fault, protocol: str) -> Verdict:
        """What “imap” or “smtp” thinks of what a client shows: a token, or that it knows a password.

        The password need be known only as far as the fault and the lab’s people ask for it.
        """
        if claim.token is not None:
            return self.identity_server.takes(fault, protocol, claim.user, claim.token)
        if self.people is not None:
            right = self.people.get(claim.user)
            is_right = right is not None and claim.is_proven_by(right.encode("utf-8"))
        else:
            is_right = not fault.right_password or claim.is_proven_by(PASSWORD.encode("utf-8"))
        return Verdict.SOUND if is_right else Verdict.PASSWORD

    def mailboxes(self, person: str, fault: Fault) -> Mailboxes:
        """The mailboxes of a person as the fault has them."""
        return self.post.of(person, fault.layout)
