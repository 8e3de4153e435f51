"""Token table: what a token says, line by line, and what each line means for IMAP and SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motion_desk.models.endpoints import Protocol
from motion_desk.models.engines.tokens import ROLES, SCOPES, Flaw, Judgement, Token
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.oauth.kept import Holder
from motion_desk.services.oauth.standing import flaws


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a token says: ``value`` is a text or a moment; ``wrong``: it would not do."""

    label: str
    value: str | datetime
    meaning: str
    wrong: bool = False


_ALLOWS = {
    SCOPES[Protocol.IMAP]: "IMAP may open every mailbox that the person may open.",
    SCOPES[Protocol.SMTP]: "SMTP may send as the person, and as whom the person may send.",
    ROLES[Protocol.IMAP]: "IMAP may open the mailboxes that the application was given.",
    ROLES[Protocol.SMTP]: "SMTP may send from the mailboxes that the application was given.",
}
_OF_FLAW = {
    "Audience": (Flaw.GRAPH, Flaw.AUDIENCE),
    "Tenant": (Flaw.TENANT,),
    "Issued": (Flaw.NOT_YET_VALID,),
    "Expires": (Flaw.EXPIRED,),
}


def lines(holder: Holder, entry: CloudProviderEntry, now: datetime) -> tuple[Line, ...]:
    """What the token of somebody says; empty where there is none to tell of.

    ``now`` has a time zone. Nothing of the token itself is in it.
    """
    token = holder.token
    if token is None or not token.readable:
        return ()
    found = [each for protocol in Protocol for each in flaws(holder, protocol, entry, now)]
    first, *others = (_judged(line, found) for line in _lines(token, holder))
    return (first, *_permissions(token, found), *others)


def missing(holder: Holder) -> str:
    """Why there is nothing to tell of a token, or an empty text."""
    if holder.token is None:
        return "There is no token at the moment: the next test gets a new one."
    if not holder.token.readable:
        return Judgement(Flaw.UNREADABLE).sentence
    return ""


def _lines(token: Token, holder: Holder) -> Iterator[Line]:
    text = "The service that takes the token: for IMAP and SMTP it must be Outlook."
    yield Line("Audience", token.audience or "none", text)
    yield Line("Tenant", token.tenant or "not said", "The directory that issued it.")
    if token.is_application:
        yield Line("Login", "none", "No person: the application signed in by itself.")
    else:
        text = (
            "Who signed in. SMTP logs in under this name, IMAP under that of the mailbox (inferred "
            "for Motion)."
        )
        yield Line("Login", token.user or holder.login or "not said", text)
    text = "The Client ID that it was issued to."
    yield Line("Application", token.application or "not said", text)
    if token.issued:
        yield Line("Issued", token.issued, "From then on servers take it.")
    if token.expires:
        text = "From then on no server takes it."
        if holder.renews:
            text += " The next test then gets a new one by itself."
        yield Line("Expires", token.expires, text)


def _judged(line: Line, found: list[Judgement]) -> Line:
    """The line, with what is wrong with it in place of what it means."""
    wrong = [each for each in found if each.flaw in _OF_FLAW.get(line.label, ())]
    return Line(line.label, line.value, wrong[0].sentence, wrong=True) if wrong else line


def _permissions(token: Token, found: list[Judgement]) -> Iterator[Line]:
    for name in token.permissions:
        yield Line("Permission", name, _ALLOWS.get(name, "Of no use for IMAP and SMTP."))
    for each in found:
        if each.flaw is Flaw.PERMISSION:
            protocol = next(
                (one for one in Protocol if each.values["needed"] in (SCOPES[one], ROLES[one])),
                Protocol.IMAP,
            )
            text = f"It is missing: {protocol.label} would be refused."
            yield Line("Permission", each.values["needed"], text, wrong=True)
