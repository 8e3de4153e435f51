"""The table of AADSTS codes: meaning, who can mend it, what to do, and what to ask them for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Mender(Enum):
    """Who can mend what a code tells of."""

    YOU = "you"
    TENANT_ADMINISTRATOR = "tenant administrator"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code in plain words: ``sentence`` says what is wrong, ``to_do`` what helps.

    ``request`` is what the administrator of the tenant is asked for, or empty.
    """

    sentence: str
    by: Mender
    to_do: str
    request: str = ""


def _yours(sentence: str, to_do: str) -> Meaning:
    return Meaning(sentence, Mender.YOU, to_do)


def _theirs(sentence: str, to_do: str, request: str) -> Meaning:
    return Meaning(sentence, Mender.TENANT_ADMINISTRATOR, to_do, request)


_NEW_SECRET = (
    "Please make a new client secret (Microsoft Entra admin centre → App registrations → the "
    "application → Certificates & secrets), and send us its value, not its id, on a safe way."
)
_CONSENT = (
    "Please open Microsoft Entra admin centre → Enterprise applications → the application → "
    "Permissions, and grant admin consent for IMAP.AccessAsUser.All and SMTP.Send (listed under "
    "Microsoft Graph), and offline_access."
)
_POLICY = (
    "Please look the sign-in up under Microsoft Entra admin centre → Monitoring & health → "
    "Sign-in logs: it names the policy. Please except this application or this user from it, or "
    "tell us from where and how the sign-in is allowed."
)
_AGAIN = "Sign in again."

TABLE: Mapping[int, Meaning] = {
    0: _theirs(
        "Microsoft refuses the sign-in.",
        "Send the administrator of the tenant the code and Microsoft's own words.",
        "Please look the code up at https://login.microsoftonline.com/error and the sign-in under "
        "Microsoft Entra admin centre → Monitoring & health → Sign-in logs.",
    ),
    # The app registration's secret
    7000222: _theirs(
        "The client secret of the app registration has expired.",
        "Have a new client secret made, and put its value into the cloud provider, here and in "
        "Motion.",
        _NEW_SECRET,
    ),
    7000215: _theirs(
        "The client secret is wrong. Often its id was copied in place of its value.",
        "Put the secret's value into the cloud provider. Where it was not kept, have a new one "
        "made: Microsoft shows it only once.",
        _NEW_SECRET,
    ),
    7000218: _theirs(
        "The app registration does not let workstations sign in: it wants a client secret even "
        "from a person's sign-in.",
        "Have “Allow public client flows” turned on for the app registration.",
        "Please turn on “Allow public client flows” (Microsoft Entra admin centre → App "
        "registrations → the application → Authentication → Settings).",
    ),
    # The app registration itself
    700016: _theirs(
        "The tenant knows no application with this Client ID: it is mistyped, or belongs to "
        "another tenant.",
        "Compare Client ID and Tenant ID of the cloud provider with the overview of the app "
        "registration.",
        "Please tell us the Application (client) ID and the Directory (tenant) ID from the "
        "overview of the app registration, and whether the application exists in this tenant.",
    ),
    50011: _theirs(
        "The app registration does not know the address that the browser is to come back to.",
        "Have http://localhost added as an address of the platform “Mobile and desktop "
        "applications”.",
        "Please add the redirect URI http://localhost (Microsoft Entra admin centre → App "
        "registrations → the application → Authentication → Add a platform → Mobile and desktop "
        "applications).",
    ),
    70011: _theirs(
        "A permission that was asked for is not one that Microsoft knows or allows here.",
        "Have the permissions of the app registration looked through.",
        "Please see that the application has the delegated permissions IMAP.AccessAsUser.All and "
        "SMTP.Send, which are listed under Microsoft Graph.",
    ),
    500011: _theirs(
        "The tenant does not know the service that the token is to be for: Exchange Online is not "
        "there, or it is the wrong tenant.",
        "Compare the Tenant ID, and ask whether the tenant has Exchange Online.",
        "Please tell us whether this tenant has Exchange Online (service principal "
        "00000002-0000-0ff1-ce00-000000000000), or which tenant the mailbox is in.",
    ),
    9002313: _yours(
        "Microsoft takes the request for malformed: mostly a Client ID or Tenant ID with a stray "
        "character.",
        "Type Tenant ID and Client ID of the cloud provider again.",
    ),
    900561: _yours(
        "The sign-in page was called in a way that it does not take (GET in place of POST, or the "
        "other way round): often a page that was reloaded or kept as a bookmark.",
        "Begin the sign-in again, and do not reload its page.",
    ),
    # The tenant
    90002: _yours(
        "There is no tenant with this Tenant ID: it is mistyped, or belongs to another cloud.",
        "Copy the Tenant ID from Microsoft Entra ID → Overview: Directory (tenant) ID.",
    ),
    50020: _theirs(
        "Whoever signed in belongs to another tenant and is no guest in this one.",
        "Sign in with the address of this tenant. If the address is right, compare the Tenant ID.",
        "Please tell us which tenant this user belongs to, or invite the user into this one.",
    ),
    # Consent
    65001: _theirs(
        "Nobody has allowed the application to read and send mail yet (consent).",
        "Sign in and agree, or have the administrator agree for the whole tenant.",
        _CONSENT,
    ),
    65004: _yours(
        "The question whether the application may read and send mail was answered with no.",
        "Sign in again and agree, or ask the administrator of the tenant to agree for all.",
    ),
    90094: _theirs(
        "Only an administrator of the tenant may allow what the application asks for.",
        "Have the administrator agree for the whole tenant.",
        _CONSENT,
    ),
    # The person
    50034: _yours(
        "The tenant knows nobody with this address: it is mistyped, or of another tenant.",
        "Compare “Modern authentication email” and the Tenant ID.",
    ),
    50057: _theirs(
        "The user is disabled. Shared mailboxes are so by design: a person with access to one "
        "must sign in, not the mailbox itself.",
        "For a shared mailbox, put a person's address into “Modern authentication email”. "
        "Otherwise have the user enabled.",
        "Please enable this user, or tell us who has Full Access and Send As for the mailbox.",
    ),
    50105: _theirs(
        "The application is only for users who are assigned to it, and this one is not.",
        "Have the user assigned to the application.",
        "Please assign the user to the application (Microsoft Entra admin centre → Enterprise "
        "applications → the application → Users and groups), or turn “Assignment required” off.",
    ),
    50126: _yours(
        "The password typed on the sign-in page is wrong, or the user is unknown.",
        "Sign in again with the right password.",
    ),
    50173: _yours(
        "The sign-in was revoked: the password was changed, or an administrator ended all "
        "sessions.",
        _AGAIN,
    ),
    700082: _yours(
        "The sign-in has expired, because it was not used for a long time (mostly 90 days).",
        _AGAIN,
    ),
    # Policies
    50076: _theirs(
        "The tenant wants a second factor (MFA), which no program can give in silence.",
        "Sign in again with the second factor. Where it is wanted again and again, ask for an "
        "exception for this application.",
        _POLICY,
    ),
    50079: _theirs(
        "The tenant wants a second factor (MFA), and this user has not set one up yet.",
        "Set it up at https://aka.ms/mfasetup, then sign in again.",
        _POLICY,
    ),
    53003: _theirs(
        "A conditional access policy of the tenant forbids this sign-in.",
        "Ask the administrator of the tenant which policy it is. Signing in from the Motion "
        "server may be judged otherwise than from here.",
        _POLICY,
    ),
    53000: _theirs(
        "A conditional access policy of the tenant lets in only managed devices, and this one is "
        "none.",
        "Sign in on a managed device, or ask for an exception.",
        _POLICY,
    ),
    # The device code
    70016: _yours(
        "The code has not been typed in on the sign-in page yet.",
        "Open the page, type the code, and sign in.",
    ),
    70020: _yours(
        "The code was not typed in on the sign-in page in time.",
        "Begin again for a new code.",
    ),
}
"""Meanings by number; 0 is the default."""
