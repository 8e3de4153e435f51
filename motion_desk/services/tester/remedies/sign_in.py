"""Remedies for sign-ins: what a person, the tenant's administrator or the network can mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from motion_desk.models.endpoints import Protocol
from motion_desk.services.oauth.codes import letter, meaning
from motion_desk.services.oauth.provider import Provider, provider_of
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.remedies.case import (
    Case,
    advised,
    asked,
    changed,
    retried,
    typed,
)
from motion_desk.services.tester.remedies.connection import turned_in
from motion_desk.services.tester.steps import Change, Finding, Remedy, Who

_IDENTITY = "authentication.modern_address"


def _provider(case: Case) -> Provider:
    """The account's cloud provider, or an empty one."""
    chosen = case.account.authentication.cloud_provider
    for entry in case.workspace.cloud_providers.entries:
        if entry.id == chosen:
            return provider_of(entry)
    return Provider("", "", "", "")


def _login(case: Case) -> str:
    return case.endpoint.login.identity if case.endpoint.login else ""


def _again(case: Case, code: str = "sign-in") -> Remedy:
    text = "Sign in to the cloud provider{who}. The sign-in stays in this workstation's keyring."
    login = _login(case)
    return typed(case, code, text, "password", who=f" as {login}" if login else "")


def _sign_in(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield _again(case)


def _other(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield _again(case)
    there = str(finding.values.get("there", ""))
    if "@" in there and " " not in there and case.endpoint.login and case.endpoint.login.modern:
        text = "Or set “Modern authentication email” to {there}, who has signed in here."
        yield changed(case, "use-identity", text, {"there": there}, Change(_IDENTITY, there))


def _incomplete(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = (
        "Complete the cloud provider: Tenant ID, Client ID and, for an application, the Client "
        "secret, from the app registration."
    )
    yield typed(case, "complete-provider", text, "password")


def _reach(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("again", "Test again in a minute.", 60)
    text = "Let this workstation reach login.microsoftonline.com on port 443."
    letter = (
        "Hello,\n\nto sign in to Microsoft 365, this workstation and our Motion server must reach "
        "https://login.microsoftonline.com (TCP port 443). From this workstation it fails: "
        f"{finding.cause}\n\nPlease allow it.\n"
    )
    yield asked("allow-identity", text, Who.NETWORK_TEAM, letter)


def _opened(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = (
        "Ask for login.microsoftonline.com to be let through unopened, or for the proxy's "
        "authority to be put into this workstation's trust."
    )
    letter = (
        "Hello,\n\nTLS to login.microsoftonline.com is opened on the way, by an authority that this "
        f"workstation does not trust. {finding.cause}\n\nPlease except this host, as Microsoft "
        "asks for, or install the authority's certificate here.\n"
    )
    yield asked("except-identity", text, Who.NETWORK_TEAM, letter)


def _wait(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("again", "Test again in a minute: it mostly passes by itself.", 60)
    yield advised("status", "See https://status.cloud.microsoft for known disturbances.")


def _page(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised(
        "open-browser",
        "Open any page in a browser: a network that wants a sign-in shows it there. Then test "
        "again.",
    )
    yield from _reach(case, finding)


def _nonsense(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("again", "Test again in a minute.", 60)
    yield from _opened(case, finding)


def _clock(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised(
        "clock",
        "Set this workstation's clock and time zone, best by the network. Motion's server has a "
        "clock of its own.",
    )


def _by_code(case: Case, finding: Finding) -> Iterator[Remedy]:
    """What the code's table says; a secret is typed in, everything else is not."""
    found = meaning(finding.code)
    text = letter(finding.code, _provider(case), _login(case), finding.words)
    if finding.failure in (Failure.SECRET_EXPIRED, Failure.SECRET_WRONG):
        yield typed(case, "client-secret", "{to_do}", "password", to_do=found.to_do)
        yield asked("ask-secret", "Ask for a new client secret.", _TENANT, text)
    elif text:
        yield asked("ask-tenant", "{to_do}", _TENANT, text, to_do=found.to_do)
    else:
        yield advised("mend-sign-in", "{to_do}", to_do=found.to_do)
    yield _again(case, "sign-in-again")


_TENANT = Who.TENANT_ADMINISTRATOR


def _audience(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield _again(case)
    text = "Have the permissions for Outlook given, in place of those for Graph."
    yield asked("outlook-permissions", text, _TENANT, _permissions(case))


def _permission(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = "Have {needed} given to the application, and consent granted; then sign in again."
    needed = "SMTP.Send" if case.protocol is Protocol.SMTP else "IMAP.AccessAsUser.All"
    yield asked("give-permission", text, _TENANT, _permissions(case), needed=needed)
    yield _again(case)


def _permissions(case: Case) -> str:
    provider = _provider(case)
    return (
        "Hello,\n\nour contact centre (XCALLY Motion) fetches and sends mail by OAuth 2. Its "
        "application needs these permissions:\n"
        "- for a person's sign-in: IMAP.AccessAsUser.All, SMTP.Send and offline_access "
        "(Microsoft Graph → Delegated permissions);\n"
        "- for an application by itself: IMAP.AccessAsApp and SMTP.SendAsApp (APIs my "
        "organization uses → Office 365 Exchange Online → Application permissions), a service "
        "principal in Exchange Online, and Full Access to the mailbox.\n\n"
        f"Tenant: {provider.tenant}\nApplication (client) ID: {provider.client_id}\n\n"
        "Please add them (App registrations → API permissions) and grant admin consent.\n"
    )


def _tenant(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = (
        "Compare the Tenant ID of the cloud provider with Microsoft Entra ID → Overview, and sign "
        "in with an address of that tenant."
    )
    yield typed(case, "tenant-id", text, "password")
    yield _again(case)


def _expired(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield from _clock(case, finding)
    yield _again(case)


def _unreadable(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised(
        "login-tells",
        "See what the step “Login” says: personal accounts have such tokens, and servers take them.",
    )


def _long(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        f"Hello,\n\nthe access token of {_login(case)} is longer than a line of SMTP may be "
        "(12,288 characters). Please take the user out of groups that are not needed, or limit "
        "the groups claim of the application (App registrations → Token configuration).\n"
    )
    text = "Have the token made shorter: it lists the user's groups."
    yield asked("shorter-token", text, _TENANT, letter)


def _no_xoauth2(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = "Turn modern authentication off, where the server takes a password."
    if case.key("login") == "authentication.modern":
        yield changed(case, "modern-off", text, {}, Change("authentication.modern", False))
    yield turned_in(case, finding)


def _refused(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield asked(
        "give-access",
        "Have access to the mailbox and the protocol checked.",
        Who.MAIL_TEAM,
        _access(case),
    )
    yield _again(case)


def _granted(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = "Have {login} given Full Access and Send As for the mailbox."
    login = _login(case) or "the application"
    yield asked("give-access", text, Who.MAIL_TEAM, _access(case), login=login)


def _access(case: Case) -> str:
    login = case.endpoint.login
    mailbox = login.username if login else case.endpoint.address
    return (
        f"Hello,\n\n{_login(case) or 'our application'} signs in by OAuth 2 and has a valid token, "
        f"but {case.where} ({case.protocol.label}) does not let it open {mailbox}. Please check:\n"
        f"1. Full Access and Send As for {mailbox} (Exchange admin centre → Mailboxes → "
        "Delegation);\n"
        f"2. {case.protocol.label} for the mailbox (Manage email apps; for SMTP “Authenticated "
        "SMTP”);\n"
        "3. that no policy of the tenant forbids it.\n"
    )


_Remedies = Callable[[Case, Finding], Iterator[Remedy]]
REMEDIES: Mapping[Failure, _Remedies] = {
    Failure.SIGN_IN_NEEDED: _sign_in,
    Failure.OTHER_SIGN_IN: _other,
    Failure.PROVIDER_INCOMPLETE: _incomplete,
    Failure.IDENTITY_UNREACHABLE: _reach,
    Failure.IDENTITY_UNTRUSTED: _opened,
    Failure.IDENTITY_SLOW: _reach,
    Failure.IDENTITY_DOWN: _wait,
    Failure.IDENTITY_PAGE: _page,
    Failure.IDENTITY_PROXY: _page,
    Failure.IDENTITY_NONSENSE: _nonsense,
    Failure.CLOCK_WRONG: _clock,
    Failure.SECRET_EXPIRED: _by_code,
    Failure.SECRET_WRONG: _by_code,
    Failure.APP_UNKNOWN: _by_code,
    Failure.APP_SETTINGS: _by_code,
    Failure.TENANT_WRONG: _by_code,
    Failure.CONSENT_NEEDED: _by_code,
    Failure.MFA_REQUIRED: _by_code,
    Failure.CONDITIONAL_ACCESS: _by_code,
    Failure.USER_BLOCKED: _by_code,
    Failure.SIGN_IN_REVOKED: _sign_in,
    Failure.SIGN_IN_EXPIRED: _sign_in,
    Failure.SIGN_IN_REFUSED: _by_code,
    Failure.TOKEN_AUDIENCE: _audience,
    Failure.TOKEN_PERMISSION: _permission,
    Failure.TOKEN_TENANT: _tenant,
    Failure.TOKEN_USER: _sign_in,
    Failure.TOKEN_EXPIRED: _expired,
    Failure.TOKEN_UNREADABLE: _unreadable,
    Failure.TOKEN_TOO_LONG: _long,
    Failure.XOAUTH2_NOT_OFFERED: _no_xoauth2,
    Failure.TOKEN_REFUSED: _refused,
    Failure.NOT_GRANTED: _granted,
}
