"""Steps in Entra: what the administrator of the tenant does with the application's registration."""

from __future__ import annotations

from motion_desk.models.endpoints import Protocol
from motion_desk.models.engines.tokens import ROLES, SCOPES
from motion_desk.services.oauth import step_texts
from motion_desk.services.oauth.standing import distance
from motion_desk.services.oauth.step_texts import Text
from motion_desk.services.oauth.tenant_step import (
    APP,
    ENTRA,
    REGISTRATIONS,
    Origin,
    Step,
    Subject,
    Way,
)


def registration(subject: Subject, way: Way) -> Step:
    """Registering the application, once for each account."""
    names = [each.account for each in subject.mailboxes] or [subject.entry.name]
    token = subject.token(way)
    why = ""
    if token and token.application:
        why = "Microsoft has issued a token to it."
    elif subject.client_id:
        why = "Its Client ID is filled in here."
    return Step(
        "registration",
        "Register the application",
        ENTRA,
        f"{REGISTRATIONS} → New registration",
        ("One registration for each email account: Motion's page asks for an app id of its own.",),
        (Origin.MOTION, Origin.MICROSOFT),
        tuple(Text("Name", f"XCALLY Motion – {name}") for name in names),
        True if why else None,
        why,
    )


def account_types() -> Step:
    """Who may sign in: accounts of this directory."""
    return Step(
        "account-types",
        "Let only accounts of this directory sign in",
        ENTRA,
        f"{REGISTRATIONS} → New registration → Supported account types",
        (
            "Choose “Accounts in this organizational directory only”, the first choice on Motion's page.",
        ),
        (Origin.MOTION, Origin.MICROSOFT),
    )


def ids(subject: Subject) -> Step:
    """The two ids, which both sides need."""
    missing = [
        label
        for label, value in (("Tenant ID", subject.tenant), ("Client ID", subject.client_id))
        if not value
    ]
    known = (
        ("Directory (tenant) ID", subject.tenant),
        ("Application (client) ID", subject.client_id),
    )
    return Step(
        "ids",
        "Note the two ids",
        ENTRA,
        f"{APP} → Overview",
        ("Both go into the cloud provider, here and in Motion.",),
        (Origin.MICROSOFT, Origin.INFERRED),
        tuple(Text(label, value) for label, value in known if value),
        not missing,
        f"{' and '.join(missing)} missing here." if missing else "Both are filled in here.",
    )


def permissions(subject: Subject, way: Way) -> Step:
    """The permissions for IMAP and SMTP, in this way of signing in."""
    if way is Way.APPLICATION:
        needed = tuple(ROLES.values())
        where = "APIs my organization uses → Office 365 Exchange Online → Application permissions"
        sentence = (
            "The application then needs no person. It opens only mailboxes given to it below."
        )
        origins: tuple[Origin, ...] = (Origin.MICROSOFT,)
    else:
        needed = (*SCOPES.values(), "offline_access")
        where = "Microsoft Graph → Delegated permissions"
        sentence = (
            "They are listed under Microsoft Graph, though tokens are asked of Outlook. Without "
            "offline_access nothing is renewed."
        )
        # The page names the section; which permissions stand there is not public.
        origins = (Origin.MICROSOFT, Origin.INFERRED)
    done, why = _allowed(subject, way)
    return Step(
        "permissions",
        "Add the permissions",
        ENTRA,
        f"{APP} → API permissions → Add a permission → {where}",
        (sentence,),
        origins,
        tuple(Text("Permission", each) for each in needed),
        done,
        why,
    )


def _allowed(subject: Subject, way: Way) -> tuple[bool | None, str]:
    """Whether the token has what both protocols need."""
    token = subject.token(way)
    if token is None:
        return None, ""
    table = ROLES if way is Way.APPLICATION else SCOPES
    missing = [table[protocol] for protocol in Protocol if table[protocol] not in token.permissions]
    if missing:
        return False, f"The token does not allow {' and '.join(missing)}."
    return True, "The token allows both."


def consent(subject: Subject, way: Way) -> Step:
    """The administrator's consent for the whole tenant."""
    done, why = _allowed(subject, way)
    address = step_texts.consent_address(subject.tenant, subject.client_id)
    return Step(
        "consent",
        "Grant admin consent",
        ENTRA,
        f"{APP} → API permissions → Grant admin consent",
        ("Or open this address as an administrator, and agree.",) if address else (),
        (Origin.MICROSOFT,),
        (Text("Address", address),) if address else (),
        # A permission may be missing because it was never added: no proof that none was granted.
        done or None,
        why if done else "",
    )


def secret(subject: Subject) -> Step:
    """The client secret, which has an end."""
    ends, done, why = subject.entry.secret_expires, None, ""
    if ends is not None:
        done = ends >= subject.now.astimezone().date()
        verb = "ends" if done else "ended"
        why = f"It {verb} on {ends.isoformat()}, {distance(ends, subject.now)}."
        if done and not subject.entry.client_secret:
            done, why = None, f"{why} Its value is not kept here."
    elif subject.entry.client_secret:
        why = "Its value is kept here. Note under “Secret expires” on which day it ends."
    return Step(
        "secret",
        "Make a client secret",
        ENTRA,
        f"{APP} → Certificates & secrets → New client secret",
        (
            "Copy the value at once, not the id: it is shown only once. Hand it over on a safe way.",
            "Note the day on which it ends: Motion needs a new one before.",
        ),
        (Origin.MOTION, Origin.MICROSOFT),
        (Text("Description", f"XCALLY Motion – {subject.entry.name}"),),
        done,
        why,
    )


def motions_address() -> Step:
    """Motion's own redirect address, of which only a question is known."""
    question = (
        "Which redirect URI does the Cloud Provider (service Microsoft Azure, type Outlook365) of "
        "our Motion server use, and which API permissions does it ask for?"
    )
    return Step(
        "motions-address",
        "Add Motion's own redirect address",
        ENTRA,
        f"{APP} → Authentication → Add a platform → Web",
        (
            (
                "Motion's page has a section for it, but the address is not public. Look for it where "
                "Motion shows the cloud provider, or ask XCALLY."
            ),
            "Inferred: it begins with the HTTPS address at which your Motion server is reached.",
        ),
        (Origin.MOTION, Origin.INFERRED),
        (Text("Question to XCALLY", question),),
    )


def localhost(subject: Subject) -> Step:
    """The redirect address of a sign-in in a workstation's browser (RFC 8252 §7.3)."""
    done = subject.kept.flow == "browser"
    return Step(
        "localhost",
        "Allow a sign-in in a workstation's browser",
        ENTRA,
        f"{APP} → Authentication → Add a platform → Mobile and desktop applications",
        (
            "Microsoft allows any port of this address. Motion Desk needs it; inferred: Motion does not.",
        ),
        (Origin.MICROSOFT, Origin.TESTS),
        (Text("Redirect URI", "http://localhost"),),
        True if done else None,
        "A sign-in in the browser has succeeded." if done else "",
    )


def public_flows(subject: Subject) -> Step:
    """What a sign-in by a device code asks for (RFC 8628)."""
    done = subject.kept.flow == "device"
    return Step(
        "public-flows",
        "Allow a sign-in by a code",
        ENTRA,
        f"{APP} → Authentication → Settings",
        (
            "Set “Allow public client flows” to Yes. Motion Desk needs it; inferred: Motion does not.",
        ),
        (Origin.MICROSOFT, Origin.TESTS),
        done=True if done else None,
        why="A sign-in by a code has succeeded." if done else "",
    )
