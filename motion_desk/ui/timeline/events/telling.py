"""Telling: which template an event's text is made of, and with which values."""

from __future__ import annotations

from motion_desk.models.account import Account
from motion_desk.models.engines.timeline.events import Event, EventKind
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.actions import AutoReply
from motion_desk.models.surfaces import Surface
from motion_desk.models.workspace import Workspace
from motion_desk.ui.timeline.events.texts import Told


def told_by(
    event: Event, account: Account, workspace: Workspace, incoming: Incoming | None
) -> Told | None:
    """The template behind an automatic reply or a notification, or ``None`` where there is none."""
    found = _template(event, account, workspace)
    if found is None:
        return None
    source, surface = found
    queues = {row.name for row in workspace.queues.entries}
    return Told(
        source,
        surface,
        workspace,
        incoming,
        account=account.settings.name,
        address=account.settings.address,
        queue=event.person if event.person in queues else "",
        agent="" if event.person in queues else event.person,
    )


def _template(event: Event, account: Account, workspace: Workspace) -> tuple[str, Surface] | None:
    if event.kind is EventKind.NOTIFIED:
        return account.notification.template, Surface.NOTIFICATION
    if event.kind is not EventKind.REPLIED:
        return None
    for row in account.actions.plan:
        if row.id == event.row and isinstance(row, AutoReply):
            return row.text, Surface.AUTO_REPLY
    for entry in workspace.mail_templates.entries:
        if entry.id == account.transfer.mail_template:
            return entry.value, Surface.ACCOUNT_TRANSFER
    return None
