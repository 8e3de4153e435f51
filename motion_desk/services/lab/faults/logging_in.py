"""Faults of logging in: passwords, mechanisms and accounts that are closed."""

from __future__ import annotations

from motion_desk.services.lab.faults.behaviour import Fault

LOGGING_IN = (
    Fault(
        "wrong-password",
        "Wrong password",
        "Only the right password is accepted.",
        imap_refusal="NO [AUTHENTICATIONFAILED] Authentication failed.",
        smtp_refusal="535 5.7.8 Error: authentication failed",
        right_password=True,
    ),
    Fault(
        "app-password",
        "App password required",
        "The account has two-step verification: only an app password is accepted, which here is "
        "the right password.",
        imap_refusal="NO [ALERT] Application-specific password required: "
        "https://support.google.com/accounts/answer/185833 (Failure)",
        smtp_refusal="534 5.7.9 Application-specific password required. For more information, "
        "go to https://support.google.com/accounts/answer/185833",
        right_password=True,
    ),
    Fault(
        "basic-closed",
        "Passwords no longer accepted",
        "The server offers modern authentication (XOAUTH2) only.",
        login_command=False,
        imap_mechanisms=("XOAUTH2",),
        smtp_mechanisms=("XOAUTH2",),
    ),
    Fault(
        "tenant-gate",
        "Closed by the Microsoft 365 tenant",
        "The tenant has switched off logging in with a password for IMAP and SMTP.",
        imap_refusal="NO LOGIN failed.",
        smtp_refusal="535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is "
        "disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
    ),
    Fault(
        "password-expired",
        "Password expired",
        "The password is right but no longer valid.",
        imap_refusal="NO [EXPIRED] Password expired: choose a new one.",
        smtp_refusal="535 5.7.8 Authentication failed: password expired",
    ),
    Fault(
        "authorization-failed",
        "Logged in, but not allowed in",
        "The password is right, but the user may not use this mailbox.",
        imap_refusal="NO [AUTHORIZATIONFAILED] The user may not act for this mailbox.",
        smtp_refusal="535 5.7.8 Authentication succeeded, authorization failed",
    ),
    Fault(
        "contact-admin",
        "Administrator must unlock the account",
        "The server asks the user to call the administrator.",
        imap_refusal="NO [CONTACTADMIN] The account is locked: call your administrator.",
        smtp_refusal="535 5.7.8 Account locked: call your administrator",
    ),
    Fault(
        "login-unavailable",
        "Log-in service down",
        "The server cannot ask its directory whether the password is right; later it may.",
        imap_refusal="NO [UNAVAILABLE] Temporary authentication failure.",
        smtp_refusal="454 4.7.0 Temporary authentication failure",
    ),
    Fault(
        "login-slow",
        "Slow log-in",
        "Logging in takes 7 seconds, longer than Motion’s usual time for it.",
        login_delay=7,
    ),
    Fault(
        "no-auth",
        "SMTP without log-in",
        "The SMTP server knows no log-in and takes mail without one. IMAP is healthy.",
        smtp_mechanisms=(),
    ),
)
