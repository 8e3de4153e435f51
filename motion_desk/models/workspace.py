"""A workspace: one Motion server's general settings and the directory its accounts refer to."""

from __future__ import annotations

from dataclasses import dataclass, field

from motion_desk.models.document import Document
from motion_desk.models.sections import directory
from motion_desk.models.sections.authorities import Authorities
from motion_desk.models.sections.general import General
from motion_desk.models.sections.variables import Variables


@dataclass(frozen=True, kw_only=True)
class Workspace(Document):
    """What the accounts of one Motion server share."""

    general: General = field(default_factory=General)
    invitations: directory.Invitations = field(default_factory=directory.Invitations)
    lists: directory.Lists = field(default_factory=directory.Lists)
    queues: directory.Queues = field(default_factory=directory.Queues)
    agents: directory.Agents = field(default_factory=directory.Agents)
    users: directory.Users = field(default_factory=directory.Users)
    pauses: directory.Pauses = field(default_factory=directory.Pauses)
    tags: directory.Tags = field(default_factory=directory.Tags)
    cloud_providers: directory.CloudProviders = field(default_factory=directory.CloudProviders)
    mail_templates: directory.MailTemplates = field(default_factory=directory.MailTemplates)
    variables: Variables = field(default_factory=Variables)
    authorities: Authorities = field(default_factory=Authorities)
