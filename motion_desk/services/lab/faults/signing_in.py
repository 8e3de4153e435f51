"""Faults of signing in: what the identity server gives out, refuses, or says in place of both."""

from __future__ import annotations

from motion_desk.services.lab.faults.behaviour import Answers, Fault, SigningIn

OTHER_TENANT = "other-tenant"
"""The tenant of ``token-tenant``, from which no mail server of the lab takes a token."""
GRAPH = "https://graph.microsoft.com"

SIGNING_IN = (
    Fault(
        "token-audience",
        "Token for another service",
        "Tokens are for Microsoft Graph, so the mail servers refuse them.",
        signing_in=SigningIn(audience=GRAPH, permissions=("Mail.ReadWrite", "Mail.Send")),
    ),
    Fault(
        "token-tenant",
        "Token of another tenant",
        "Tokens come from another tenant than the mailboxes are in.",
        signing_in=SigningIn(tenant=OTHER_TENANT),
    ),
    Fault(
        "token-scope",
        "Token without the permission",
        "Tokens allow neither IMAP nor SMTP.",
        signing_in=SigningIn(permissions=("Mail.Read",)),
    ),
    Fault(
        "consent-needed",
        "Consent needed",
        "Neither the person nor an administrator has agreed to what the application asks for.",
        signing_in=SigningIn(refuses_person=65001, refuses_application=65001),
    ),
    Fault(
        "secret-expired",
        "Client secret expired",
        "The secret of the application was right, but its time is over.",
        signing_in=SigningIn(refuses_secret=7000222),
    ),
    Fault(
        "secret-wrong",
        "Client secret wrong",
        "The secret of the application is not the one of its registration.",
        signing_in=SigningIn(refuses_secret=7000215),
    ),
    Fault(
        "app-unknown",
        "Application unknown",
        "The tenant has no application with this client ID.",
        signing_in=SigningIn(refuses_client=700016),
    ),
    Fault(
        "mfa-required",
        "Second factor required",
        "The person must confirm the sign-in with a second factor.",
        signing_in=SigningIn(refuses_person=50076),
    ),
    Fault(
        "conditional-access",
        "Blocked by conditional access",
        "A rule of the tenant forbids the sign-in.",
        signing_in=SigningIn(refuses_person=53003),
    ),
    Fault(
        "token-expired",
        "Token expired",
        "Tokens have ended before they are used, so the mail servers refuse them.",
        signing_in=SigningIn(expired=True),
    ),
    Fault(
        "token-revoked",
        "Sign-in revoked",
        "Renewal is refused: the person has got a new password since signing in.",
        signing_in=SigningIn(refuses_renewal=50173),
    ),
    Fault(
        "refresh-expired",
        "Sign-in too old",
        "Renewal is refused: the sign-in has not been used for too long.",
        signing_in=SigningIn(refuses_renewal=700082),
    ),
    Fault(
        "identity-slow",
        "Slow identity server",
        "Every answer of the identity server takes 12 seconds.",
        signing_in=SigningIn(delay=12),
    ),
    Fault(
        "identity-html",
        "Identity server answers with a page",
        "In place of every answer there is a page for people.",
        signing_in=SigningIn(answers=Answers.PAGE),
    ),
    Fault(
        "identity-proxy",
        "Proxy asks to sign in",
        "On the way to the identity server a proxy asks people to sign in to the network.",
        signing_in=SigningIn(answers=Answers.PROXY),
    ),
    Fault(
        "identity-down",
        "Identity server down",
        "The identity server says that it is not available.",
        signing_in=SigningIn(answers=Answers.DOWN),
    ),
    Fault(
        "clock-wrong",
        "Clock wrong by hours",
        "This computer’s clock is five hours behind that of the servers.",
        signing_in=SigningIn(clock_ahead=5 * 3600),
    ),
    Fault(
        "token-long",
        "Token of 12 kB",
        "The person is in so many groups that a token has more than 12,288 characters.",
        signing_in=SigningIn(token_length=12_289),
    ),
    Fault(
        "device-declined",
        "Sign-in declined",
        "The person has declined the sign-in with a device code.",
        signing_in=SigningIn(refuses_device=65004),
    ),
    Fault(
        "device-expired",
        "Device code expired",
        "Nobody has entered the device code in time.",
        signing_in=SigningIn(refuses_device=70020),
    ),
)
