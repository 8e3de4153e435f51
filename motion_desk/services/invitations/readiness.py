"""Readiness: what is missing to send invitations, in one sentence, and which account sends them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from motion_desk.models.account import Account
from motion_desk.models.changes import resolve
from motion_desk.models.choices import UsedFor
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import get
from motion_desk.models.endpoints import Protocol, endpoint, obstacles
from motion_desk.models.engines.placeholders import Part, placeholders
from motion_desk.models.internet import Url
from motion_desk.models.sections.directory import InvitationEntry
from motion_desk.models.surfaces import Surface
from motion_desk.models.variables import Known, Variables, known_on
from motion_desk.models.workspace import Workspace
from motion_desk.services.invitations.staff import is_address

CHOSEN = "general.invitation"
BASE = "general.base_address"
TEMPLATES = "invitations.entries"
USED_FOR = "settings.used_for"

_TAG = re.compile(r"<[^<>]*>")
_SHOWN_TAG = re.compile(r"<(?:img|hr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that is missing. ``clause`` says it within a sentence, ``short`` in a list.

    ``key`` is the field to go to; ``account`` the id of the account that it is a field of, or
    empty for the workspace's.
    """

    code: str
    clause: str
    short: str
    key: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is there to send with, as far as it is, and all that is missing, in Motion's order.

    ``others`` are the names of further accounts that are marked as used for Motion's own mail:
    Motion's page does not say how it would choose among several, so the first active one is taken.
    """

    obstacles: tuple[Obstacle, ...]
    template: InvitationEntry | None = None
    account: Account | None = None
    others: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.obstacles

    @property
    def sentence(self) -> str:
        """What is missing in one sentence, the first obstacle plainly and the others listed."""
        if self.obstacles:
            first, *others = self.obstacles
            more = f"; also missing: {_listed([each.short for each in others])}" if others else ""
            return f"No invitation can be sent, for {first.clause}{more}."
        name = self.account.settings.name if self.account else ""
        key = self.template.key if self.template else ""
        return f"Invitations can be sent: template “{key}”, account “{name}”."


def readiness(workspace: Workspace, accounts: Iterable[Account], variables: Variables) -> Readiness:
    """What is missing to send invitations by the values on screen. Raises nothing.

    ``accounts`` may be all of them, for those for customers are passed over. ``variables`` are
    those that the program ships with.
    """
    template = chosen_template(workspace)
    found = [*_of_general(workspace, template)]
    if template is not None:
        found += _of_template(workspace, template, known(workspace, variables))
    account, others, missing = _of_accounts(workspace, accounts)
    return Readiness((*found, *missing), template, account, others)


def known(workspace: Workspace, variables: Variables) -> Known:
    """The variables of invitations: those that the program ships with, and the workspace's."""
    return known_on(Surface.INVITATION, variables, workspace.variables.entries)


def chosen_template(workspace: Workspace) -> InvitationEntry | None:
    """The template that the General settings name, where it is there."""
    chosen = workspace.general.invitation
    entries = workspace.invitations.entries
    return next((each for each in entries if chosen and each.id == chosen), None)


def mentions(source: str, name: str) -> bool:
    """Whether a template puts a variable in, plainly or within an expression."""
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.])")
    return any(
        found.name == name
        if found.part is Part.PLACEHOLDER
        else found.part.construct and word.search(source, found.start, found.end)
        for found in placeholders(source)
    )


def has_link(source: str, names: Known) -> bool:
    """Whether a template says where to go: by the link's variable, or by a link of its own."""
    expected = [each for each in names.values() if each.expected]
    return not expected or any(
        mentions(source, each.name) or (each.instead and each.instead in source)
        for each in expected
    )


def _of_general(workspace: Workspace, template: InvitationEntry | None) -> Iterator[Obstacle]:
    if template is None:
        gone = bool(workspace.general.invitation)
        clause = (
            "the invitation template that is chosen under General is no longer there"
            if gone
            else "no invitation template is chosen under General, and Motion chooses none by itself"
        )
        yield Obstacle("template", clause, "the invitation template", CHOSEN)
    base = workspace.general.base_address
    if not base:
        clause = "the invitation link base address is not filled in under General"
        yield Obstacle("base", clause, "the invitation link base address", BASE)
    elif not is_https(base):
        clause = "the invitation link base address is not a whole address that begins with https://"
        yield Obstacle("base", clause, "a base address with https://", BASE)


def is_https(text: str) -> bool:
    """Whether a text is an absolute https address with a host."""
    return bool(text) and not any(Url().check(text)) and urlsplit(text).scheme == "https"


def _of_template(
    workspace: Workspace, template: InvitationEntry, names: Known
) -> Iterator[Obstacle]:
    def obstacle(code: str, clause: str, short: str, field: str) -> Obstacle:
        return Obstacle(code, clause, short, f"{TEMPLATES}/{template.id}/{field}")

    shown = f"“{template.key}”"
    if not template.key:
        yield obstacle("key", "the chosen template has no key", "the template's key", "key")
    elif sum(each.key == template.key for each in workspace.invitations.entries) > 1:
        clause = f"more than one template has the key {shown}, which must be unique"
        yield obstacle("key", clause, "a key of its own for the template", "key")
    if not template.subject.strip():
        clause = f"the template {shown} has no subject"
        yield obstacle("subject", clause, "the template's subject", "subject")
    if _is_blank(template.value):
        clause = f"the template {shown} has no text"
        yield obstacle("value", clause, "the template's text", "value")
    elif not has_link(template.value, names):
        clause = f"the text of the template {shown} holds no link to follow"
        yield obstacle("link", clause, "a link in the template's text", "value")


def _is_blank(html: str) -> bool:
    text = _TAG.sub("", html).replace("&nbsp;", "")
    return not text.strip() and not _SHOWN_TAG.search(html)


def _of_accounts(
    workspace: Workspace, accounts: Iterable[Account]
) -> tuple[Account | None, tuple[str, ...], tuple[Obstacle, ...]]:
    """The account that sends, the names of others that could, and what the account lacks."""
    marked = [each for each in accounts if get(each, USED_FOR) is UsedFor.MOTION]
    if not marked:
        clause = "no account is marked as used for Motion's own mail (Settings, Used for)"
        short = "an account for Motion's own mail"
        return None, (), (Obstacle("account", clause, short, USED_FOR),)
    lacking: Mapping[int, tuple[Obstacle, ...]] = {
        number: tuple(_of_account(workspace, each)) for number, each in enumerate(marked)
    }
    # The first that lacks nothing; else the first that is active; else the first.
    best = min(lacking, key=lambda n: (len(lacking[n]) > 0, not marked[n].settings.active, n))
    others = tuple(each.settings.name for n, each in enumerate(marked) if n != best)
    return marked[best], others, lacking[best]


def _of_account(workspace: Workspace, account: Account) -> Iterator[Obstacle]:
    name = f"“{account.settings.name}”"
    values = resolve(account).effective
    if values["settings.active"] is not True:
        clause = f"the account {name} is not active"
        yield Obstacle(
            "inactive", clause, f"the switch Active of {name}", "settings.active", account.id
        )
    if not is_address(endpoint(account, Protocol.SMTP).address):
        clause = f"the account {name} has no email address to send from"
        short = f"the address of {name}"
        yield Obstacle("address", clause, short, "settings.address", account.id)
    found = obstacles(account, Surroundings(workspace), Protocol.SMTP)
    if found:
        fields = _listed(list(dict.fromkeys(_label(each.key) for each in found)))
        clause = f"the account {name} lacks what sending needs ({fields})"
        yield Obstacle("smtp", clause, f"{fields} of {name}", found[0].key, account.id)


def _label(key: str) -> str:
    from motion_desk.models.catalogue import ACCOUNT

    return ACCOUNT.fields[key].label


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
