"""What all connections of one lab have in common: people, mailboxes, counts and certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motion_desk.services.lab.certificates import Certificates
from motion_desk.services.lab.faults import PASSWORD, Fault
from motion_desk.services.lab.mailboxes import Mailboxes, Post
from motion_desk.services.lab.sasl import Claim
from motion_desk.services.lab.seen import Seen

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
    put_off: dict[tuple[str, str], float] = field(default_factory=dict)
    """When greylisting first met a sender and a recipient, by the loop's clock in seconds."""

    def lets_in(self, claim: Claim, fault: Fault) -> bool:
        """Whether a client knows its password, as far as it must."""
        if self.people is not None:
            right = self.people.get(claim.user)
            return right is not None and claim.is_proven_by(right.encode("utf-8"))
        return not fault.right_password or claim.is_proven_by(PASSWORD.encode("utf-8"))

    def mailboxes(self, person: str, fault: Fault) -> Mailboxes:
        """The mailboxes of a person as the fault has them."""
        return self.post.of(person, fault.layout)
