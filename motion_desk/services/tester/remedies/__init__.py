"""Remedies: what can be done about each failure, the best first; every failure has at least one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.remedies import certificates, connection, login, mail, sign_in
from motion_desk.services.tester.remedies.case import Case
from motion_desk.services.tester.steps import Finding, Remedy

__all__ = ["REMEDIES", "Case", "remedied"]

REMEDIES: Mapping[Failure, Callable[[Case, Finding], Iterator[Remedy]]] = {
    **connection.REMEDIES,
    **certificates.REMEDIES,
    **login.REMEDIES,
    **sign_in.REMEDIES,
    **mail.REMEDIES,
}
"""For each failure what gives its remedies; a test holds that none is missing."""


def remedied(case: Case, finding: Finding) -> tuple[Remedy, ...]:
    """The remedies of a finding, ranked."""
    return tuple(REMEDIES[finding.failure](case, finding))
