"""Runs: tests of an account that were kept, as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KEPT_RUNS = 50
"""How many of its newest tests an account keeps."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One kept test: when it began, of which values, and how it ended.

    ``at`` has its time zone. ``fingerprint`` is that of ``endpoints.fingerprint``: where it is
    the account's of today, nothing was changed since that a test depends on. ``verdict`` is one
    word. ``lab``: it went to the lab, so it proves nothing of the real servers. ``vantage`` says
    from where it was made, and is empty for this workstation. A probe from elsewhere logs in
    nowhere: it is compared, and never counts as the account's verdict or as a proof.
    """

    id: str
    at: datetime
    fingerprint: str
    verdict: str
    lab: bool = False
    vantage: str = ""
