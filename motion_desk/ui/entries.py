"""Entries: the lines of the two lists, and the commands that are possible, from the desk."""

from __future__ import annotations

from collections.abc import Mapping

from motion_desk.models.account import AccountSummary
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.problems import Severity
from motion_desk.models.views import SectionView, View
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr
from motion_desk.ui.navigation import Entry
from motion_desk.ui.panels.panels import Panel, Signs, panels_of

__all__ = [
    "WORKSPACE",
    "catalogue_of",
    "of_accounts",
    "of_sections",
    "panels",
    "possible",
    "shown_line",
    "title",
]

ICONS = {
    "settings": "settings",
    "imap": "inbox",
    "smtp": "send",
    "authentication": "key-round",
    "template": "file-text",
    "notification": "bell",
    "transfer": "arrow-left-right",
    "disposition": "list-checks",
    "advanced": "sliders-horizontal",
    "dispositions": "tags",
    "canned_answers": "message-square-quote",
    "actions": "route",
    "trust": "shield-check",
    "expectations": "target",
    "general": "settings",
    "invitations": "mail-plus",
    "lists": "contact",
    "queues": "layers",
    "agents": "users",
    "users": "user-round",
    "pauses": "coffee",
    "tags": "tag",
    "cloud_providers": "cloud",
    "mail_templates": "file-code",
    "variables": "braces",
    "authorities": "badge-check",
}
WORKSPACE = "workspace"
"""The id of the workspace's line in the list of accounts."""


def panels(desk: Desk | None) -> tuple[Panel, ...]:
    """The panels of the open document; none where nothing is open."""
    if desk is None or desk.current is None:
        return ()
    return panels_of(desk.account is not None)


def of_sections(
    view: View | None, panels: tuple[Panel, ...], signs: Mapping[str, Signs]
) -> tuple[Entry, ...]:
    """The lines of the sections that are shown, and apart from them those of the panels.

    ``signs`` stand on the lines of panels, by their names.
    """
    shown = [section for section in view.sections if section.visible] if view else []
    lines = [_of_section(section) for section in shown]
    for place, panel in enumerate(panels if view else ()):
        sign = signs.get(panel.name, Signs())
        title = tr(panel.title)
        lines.append(
            Entry(
                panel.name,
                title,
                "",
                panel.icon,
                marks=sign.marks,
                hint=sign.hint,
                apart=place == 0,
            )
        )
    return tuple(lines)


def of_accounts(desk: Desk) -> tuple[Entry, ...]:
    """The line of the workspace and those of all accounts; none where no file is open."""
    workspace = desk.workspace
    if not workspace.id:
        return ()
    changed = {opened.draft.id for opened in desk.unsaved}
    first = Entry(
        WORKSPACE,
        tr("Workspace"),
        tr("Directory, general settings"),
        "building-2",
        changed=workspace.id in changed,
    )
    accounts = desk.summaries().values()
    return (first, *(_of_account(account, account.id in changed) for account in accounts))


def shown_line(desk: Desk) -> str:
    """The id of the line of the open document."""
    account = desk.account
    return account.id if account else WORKSPACE if desk.current else ""


def title(desk: Desk) -> str:
    """What the open document is called."""
    account = desk.account
    if account:
        return account.settings.name or tr("Unnamed account")
    return tr("Workspace") if desk.current else ""


def possible(desk: Desk) -> frozenset[str]:
    """The words of the commands that have something to act on now."""
    words: set[str] = set()
    if desk.workspace.id:  # there is none after a file that cannot be opened
        words |= {"new-account", "import", "export", "bin"}
    if desk.account:
        words |= {"test", "detect", "duplicate", "activate", "delete"}
    if desk.current and desk.current.changed:
        words.add("save")
    if desk.unsaved:
        words.add("save-all")
    return frozenset(words)


def _of_section(section: SectionView) -> Entry:
    colours = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    count = section.problems
    hint = tr("{} problems").format(count) if count != 1 else tr("1 problem")
    return Entry(
        section.name,
        tr(section.title),
        "",
        ICONS[section.name],
        count,
        colours.get(section.worst, "muted") if section.worst else "muted",
        section.changed,
        hint=hint if count else "",
    )


def _of_account(account: AccountSummary, changed: bool) -> Entry:
    marks: tuple[tuple[str, str], ...] = ()
    hints = [account.service.label]
    if account.any_certificate:
        marks = (("shield-alert", "warning"),)
        hints.append(tr("Accepts any certificate"))
    if not account.active:
        marks = (*marks, ("power-off", "muted"))
        hints.append(tr("Not active"))
    if changed:
        hints.append(tr("Unsaved changes"))
    below = account.address or hints[0]
    return Entry(
        account.id,
        account.name or tr("Unnamed account"),
        below,
        "mail",
        changed=changed,
        dim=not account.active,
        marks=marks,
        hint=". ".join(hints),
    )
