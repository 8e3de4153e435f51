"""Steps in Motion: what the administrator of Motion does with the cloud provider."""

from __future__ import annotations

from motion_desk.models.choices import SignIn
from motion_desk.services.oauth.step_texts import Text
from motion_desk.services.oauth.tenant_step import MOTION, Origin, Step, Subject


def in_motion(subject: Subject) -> Step:
    """The cloud provider in Motion, with what is inferred of its form."""
    done, why = _noted(subject)
    return Step(
        "cloud-provider",
        "Create the cloud provider in Motion",
        MOTION,
        "Cloud Providers",
        (
            "Service: Microsoft Azure. Type: Outlook365.",
            "Inferred: it asks for Client ID, Tenant ID and client secret.",
        ),
        (Origin.MOTION, Origin.INFERRED),
        done=done,
        why=why,
    )


def authenticated(subject: Subject) -> Step:
    """Motion's own sign-in, which no sign-in here replaces."""
    done, why = _noted(subject)
    logins = dict.fromkeys(each.login for each in subject.mailboxes if each.login)
    return Step(
        "authenticated",
        "Authenticate the cloud provider in Motion",
        MOTION,
        "Cloud Providers → the cloud provider",
        (
            (
                "Microsoft's page asks for password, second factor and whatever the tenant's policies "
                "want. A sign-in in Motion Desk does not do this."
            ),
        ),
        (Origin.MOTION,),
        tuple(Text("Sign in as", login) for login in logins),
        done,
        why,
    )


def _noted(subject: Subject) -> tuple[bool | None, str]:
    """What was noted by hand about Motion, which cannot be seen from here."""
    if subject.entry.signed_in is SignIn.DONE:
        return True, "Noted here: signed in on the Motion server."
    if subject.entry.signed_in is SignIn.NEEDED:
        return None, "Noted here: the sign-in on the Motion server is needed."
    return None, ""


def associated(subject: Subject) -> Step:
    """The fields of the email account."""
    texts = []
    for each in subject.mailboxes:
        texts.append(Text(f"Username of {each.account}", each.address))
        if each.login:
            texts.append(Text(f"Modern authentication email of {each.account}", each.login))
    return Step(
        "associated",
        "Let the email account use it",
        MOTION,
        "Email Accounts → Edit → Authentication",
        (
            "Turn on Modern Authentication, and choose the cloud provider.",
            (
                "For a shared mailbox, Username is the mailbox, and Modern Authentication Email is "
                "whoever signs in (inferred)."
            ),
        ),
        (Origin.MOTION, Origin.INFERRED),
        tuple(text for text in texts if text.text),
    )


def application_in_motion() -> Step:
    """What is unknown about applications in Motion."""
    return Step(
        "application-in-motion",
        "Ask whether Motion signs in as an application",
        MOTION,
        "–",
        (
            (
                "Motion's page describes only the sign-in of a person. That it can use an application's "
                "own sign-in is not documented."
            ),
        ),
        (Origin.MOTION,),
        (
            Text(
                "Question to XCALLY",
                "Can a Cloud Provider (service Microsoft Azure, type Outlook365) sign in by client "
                "credentials (IMAP.AccessAsApp, SMTP.SendAsApp), without a person?",
            ),
        ),
    )
