"""Step texts: what is copied into PowerShell, browsers and forms, filled in without any risk."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from motion_desk.services.oauth.standing import Mailbox

MAILBOX, LOGIN = "<address of the mailbox>", "<address that signs in>"
TENANT, CLIENT = "<Directory (tenant) ID>", "<Application (client) ID>"
OBJECT = "<Object ID of the enterprise application>"
"""What stands where a value is not known; it is to be filled in by hand."""

_ONCE = "# Once on your computer: Install-Module ExchangeOnlineManagement -Scope CurrentUser"
# PowerShell takes all of these for a single quote (about_Quoting_Rules).
_QUOTES = "'‘’‚‛"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to copy, and what it is for."""

    label: str
    text: str


def quoted(value: str) -> str:
    """A value as a PowerShell string in which nothing is run, whatever was typed in.

    In single quotes nothing is expanded; quotes within are doubled, and what cannot be seen goes.
    """
    shown = "".join(each for each in value if each.isprintable())
    return "'" + "".join(each * 2 if each in _QUOTES else each for each in shown) + "'"


def consent_address(tenant: str, client_id: str) -> str:
    """Where an administrator agrees for the whole tenant; empty while an id is missing.

    Microsoft Learn, “Grant tenant-wide admin consent to an application”.
    """
    if not tenant or not client_id:
        return ""
    host = "https://login.microsoftonline.com"
    return f"{host}/{quote(tenant, safe='')}/adminconsent?client_id={quote(client_id, safe='')}"


def connecting(tenant: str = "") -> str:
    """The lines that open Exchange Online in PowerShell."""
    where = f" -Organization {quoted(tenant)}" if tenant else ""
    return f"{_ONCE}\nImport-Module ExchangeOnlineManagement\nConnect-ExchangeOnline{where}"


def access_for_person(mailboxes: tuple[Mailbox, ...]) -> str:
    """Lets whoever signs in open a mailbox that is not their own, and send as it."""
    lines = [connecting()]
    for each in mailboxes or (Mailbox("", MAILBOX, LOGIN),):
        mailbox, person = quoted(each.address), quoted(each.login)
        lines += [
            f"Add-MailboxPermission -Identity {mailbox} -User {person} -AccessRights FullAccess",
            f"Add-RecipientPermission -Identity {mailbox} -Trustee {person} -AccessRights SendAs",
        ]
    return "\n".join(lines)


def service_principal(tenant: str, client_id: str) -> str:
    """Makes the application known to Exchange Online."""
    application, organization = quoted(client_id or CLIENT), tenant or TENANT
    return (
        f"{connecting(organization)}\n"
        f"New-ServicePrincipal -AppId {application} -ObjectId {quoted(OBJECT)}"
    )


def access_for_application(mailboxes: tuple[Mailbox, ...]) -> str:
    """Lets the application open mailboxes."""
    lines = [connecting()]
    lines += [
        f"Add-MailboxPermission -Identity {quoted(each.address or MAILBOX)} -User "
        f"{quoted(OBJECT)} -AccessRights FullAccess"
        for each in mailboxes or (Mailbox("", MAILBOX, ""),)
    ]
    return "\n".join(lines)


def protocols(mailboxes: tuple[Mailbox, ...], *, by_login: bool) -> str:
    """Turns IMAP on for the mailboxes, and SMTP for whoever logs in there.

    ``by_login``: SMTP is logged in to by the person rather than by the mailbox.
    """
    lines = [connecting()]
    for each in mailboxes or (Mailbox("", MAILBOX, LOGIN),):
        sender = each.login if by_login and each.login else each.address
        lines += [
            f"Set-CASMailbox -Identity {quoted(each.address)} -ImapEnabled $true",
            f"Set-CASMailbox -Identity {quoted(sender)} -SmtpClientAuthenticationDisabled $false",
        ]
    return "\n".join(dict.fromkeys(lines))
