"""Sample: one template with one data set, sent to the lab or to oneself."""

from __future__ import annotations

from collections.abc import Mapping

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sent import Purpose
from motion_desk.models.variables import Known
from motion_desk.services.invitations.merging import Recipient, Template
from motion_desk.services.invitations.sending import Order
from motion_desk.services.tester.run import Order as Login


def sample(
    template: Template,
    data: Mapping[str, str | None],
    login: Login,
    known: Known,
    *,
    to: str = "",
) -> Order:
    """The order for a sample of any surface; ``sending.send`` sends it.

    ``to`` must have been typed by a person for this; without, it goes to the account's own
    address. Where ``login`` leads to the lab, nothing leaves this computer. Names that ``data``
    lacks stay in braces. An address that is none is told: by ``send`` as ``ValueError``, in the lab
    as what was not sent.
    """
    address = to or endpoint(login.account, Protocol.SMTP).address
    purpose = Purpose.LAB if login.lab else Purpose.OWN
    return Order(purpose, template, (Recipient(address, address, dict(data)),), login, known)
