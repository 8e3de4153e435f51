"""An account: one mailbox that Motion serves, with all its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from motion_desk.models.choices import Service
from motion_desk.models.document import Document
from motion_desk.models.sections.actions import Actions
from motion_desk.models.sections.answers import CannedAnswers, Dispositions
from motion_desk.models.sections.authentication import Authentication
from motion_desk.models.sections.expectations import Expectations
from motion_desk.models.sections.imap import Imap
from motion_desk.models.sections.messages import Notification, Template
from motion_desk.models.sections.routing import Advanced, Disposition, Transfer
from motion_desk.models.sections.settings import Settings
from motion_desk.models.sections.smtp import Smtp
from motion_desk.models.sections.trust import Trust


@dataclass(frozen=True, kw_only=True)
class Account(Document):
    """One mailbox that Motion serves. The order of sections is the page's, then our own."""

    settings: Settings = field(default_factory=Settings)
    imap: Imap = field(default_factory=Imap)
    smtp: Smtp = field(default_factory=Smtp)
    authentication: Authentication = field(default_factory=Authentication)
    template: Template = field(default_factory=Template)
    notification: Notification = field(default_factory=Notification)
    transfer: Transfer = field(default_factory=Transfer)
    disposition: Disposition = field(default_factory=Disposition)
    advanced: Advanced = field(default_factory=Advanced)
    dispositions: Dispositions = field(default_factory=Dispositions)
    canned_answers: CannedAnswers = field(default_factory=CannedAnswers)
    actions: Actions = field(default_factory=Actions)
    trust: Trust = field(default_factory=Trust)
    expectations: Expectations = field(default_factory=Expectations)


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """What the list of accounts, and the checks of other accounts, need to know of one.

    ``any_certificate`` and ``cloud_provider`` are what counts: off and empty where hidden.
    """

    id: str
    name: str = ""
    key: str = ""
    service: Service = Service.CUSTOM
    address: str = ""
    active: bool = False
    any_certificate: bool = False
    cloud_provider: str = ""
