"""Failures: the closed set of what can be wrong, each with the words for it."""

from __future__ import annotations

from enum import Enum
from typing import Self

from motion_desk.services.tester import encryption_failures as encryption

SAID = "{sentence}"
"""The cause of what ``services/oauth`` has a sentence for."""


class Failure(Enum):
    """Everything that a test can find. ``title``, in a few words, and ``cause`` are templates."""

    title: str
    cause: str

    def __new__(cls, word: str, title: str, cause: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.title = title
        member.cause = cause
        return member

    # Values
    INCOMPLETE = (
        "incomplete",
        "Values are missing or wrong",
        "The test cannot begin: {problems}",
    )
    NO_PASSWORD = (
        "no-password",
        "The password is not at hand",
        "The test needs the password and has not got it: {reason}",
    )

    # Name
    NAME_UNKNOWN = (
        "name-unknown",
        "No such host",
        "The name “{host}” has no address: it is mistyped, or known only inside another network.",
    )
    NAME_UNANSWERED = (
        "name-unanswered",
        "The name service does not answer",
        "Whether “{host}” exists cannot be told: the name service said nothing within {seconds} s.",
    )

    # Connection
    PORT_REFUSED = (
        "port-refused",
        "The port is closed",
        "The host is there, but nothing listens on port {port}.",
    )
    PORT_SILENT = (
        "port-silent",
        "No answer on this port",
        "Nobody answered on port {port} within {seconds} s: a firewall drops the packets, or the "
        "host is off.",
    )
    UNREACHABLE = (
        "unreachable",
        "The host cannot be reached",
        "There is no way to the host: {reason}.",
    )
    SOME_ADDRESSES_DEAD = (
        "some-addresses-dead",
        "Some addresses do not answer",
        "{dead} did not take the connection, {alive} did. A program that tries the first address "
        "only would wait or fail.",
    )

    # Encryption
    TLS_TO_CLEAR_PORT = encryption.TLS_TO_CLEAR_PORT
    TLS_TOO_OLD = encryption.TLS_TOO_OLD
    TLS_BROKEN = encryption.TLS_BROKEN
    TLS_REFUSED = encryption.TLS_REFUSED
    CLIENT_CERTIFICATE = encryption.CLIENT_CERTIFICATE
    STARTTLS_REFUSED = encryption.STARTTLS_REFUSED
    SELF_SIGNED = encryption.SELF_SIGNED
    AUTHORITY_UNKNOWN = encryption.AUTHORITY_UNKNOWN
    CHAIN_INCOMPLETE = encryption.CHAIN_INCOMPLETE
    CERTIFICATE_EXPIRED = encryption.CERTIFICATE_EXPIRED
    CERTIFICATE_NOT_YET_VALID = encryption.CERTIFICATE_NOT_YET_VALID
    CERTIFICATE_UNUSABLE = encryption.CERTIFICATE_UNUSABLE
    WRONG_NAME = encryption.WRONG_NAME
    CERTIFICATE_EXPIRES = encryption.CERTIFICATE_EXPIRES
    ANY_CERTIFICATE = encryption.ANY_CERTIFICATE
    PINNED = encryption.PINNED
    CLEAR_TEXT = encryption.CLEAR_TEXT

    # Greeting and whatever is said
    SPEAKS_TLS = (
        "speaks-tls",
        "This port begins with encryption",
        "The server said nothing in clear text, and answered to TLS: port {port} is encrypted "
        "from the first byte.",
    )
    GREETING_SLOW = (
        "greeting-slow",
        "The server does not greet in time",
        "The connection stands, but the server did not say a word within {seconds} s.",
    )
    POP3 = (
        "pop3",
        "This is a POP3 server",
        "Port {port} speaks POP3. Motion fetches mail by IMAP only.",
    )
    OTHER_PROTOCOL = (
        "other-protocol",
        "This server speaks {other} instead of {protocol}",
        "Port {port} speaks {other}: it is the server for the other direction.",
    )
    NO_MAIL_SERVER = (
        "no-mail-server",
        "This is no mail server",
        "What answers on port {port} speaks no {protocol}. It said: “{said}”.",
    )
    TURNED_AWAY = (
        "turned-away",
        "The server turns this computer away",
        "The server ended the conversation at once. It may admit only certain addresses, or be "
        "overloaded.",
    )
    CLOSED = (
        "closed",
        "The server closed the connection",
        "The server hung up in the middle of the conversation.",
    )
    TOO_SLOW = (
        "too-slow",
        "The server did not answer in time",
        "The server took longer than {seconds} s to answer.",
    )
    ENDLESS = (
        "endless",
        "The server's answer has no end",
        "The server sends more than an answer can need ({detail}). Reading was stopped.",
    )
    NONSENSE = (
        "nonsense",
        "The server's answer makes no sense",
        "The answer breaks the rules of {protocol}: “{said}”.",
    )
    REFUSED = (
        "refused",
        "The server says no",
        "The server refused this step.",
    )

    # Login
    LOGIN_NEEDS_ENCRYPTION = (
        "login-needs-encryption",
        "The server takes no password in clear text",
        "The server allows the login only on an encrypted connection.",
    )
    OAUTH_ONLY = (
        "oauth-only",
        "The server takes no passwords",
        "The server offers {offered} only: the login needs modern authentication, not a password.",
    )
    NO_MECHANISM = (
        "no-mechanism",
        "No way to log in is offered",
        "The server offers {offered}. None of it takes a username and password from Motion.",
    )
    LOGIN_NOT_OFFERED = (
        "login-not-offered",
        "The server does not ask for a login",
        "The server offers no login here, although Authentication is on.",
    )
    UNSENDABLE_PASSWORD = (
        "unsendable-password",
        "This login cannot be sent",
        "{reason}",
    )
    NON_ASCII_LOGIN = (
        "non-ascii-login",
        "The login has letters beyond ASCII",
        "It was sent in UTF-8 by {mechanism}, and accepted. Whether Motion sends it in the same way "
        "is not documented.",
    )
    WRONG_PASSWORD = (
        "wrong-password",
        "Username or password is refused",
        "The server does not accept this username with this password.",
    )
    APP_PASSWORD = (
        "app-password",
        "An app password is needed",
        "The mailbox is protected by two-step verification: the provider refuses the account's "
        "own password and wants an app password.",
    )
    TENANT_GATE = (
        "tenant-gate",
        "Microsoft 365 blocks this login",
        "The login was not even looked at: {gate}",
    )
    PASSWORD_EXPIRED = (
        "password-expired",
        "The password has expired",
        "The server says that the password is too old and must be changed.",
    )
    NOT_AUTHORIZED = (
        "not-authorized",
        "The login is not allowed to use this",
        "Username and password are right, but this user may not use {protocol} or this mailbox.",
    )
    CONTACT_ADMINISTRATOR = (
        "contact-administrator",
        "The server asks you to contact its administrator",
        "The account is blocked or needs something that only the server's administrator can do.",
    )
    LOGIN_UNAVAILABLE = (
        "login-unavailable",
        "The server cannot check passwords now",
        "A part of the server that checks passwords is down. It is no fault of the settings.",
    )
    TOO_MANY_CONNECTIONS = (
        "too-many-connections",
        "Too many connections",
        "The server allows only so many connections of one user or address at a time.",
    )
    LOGIN_SLOW = (
        "login-slow",
        "The login takes too long",
        "The server took longer than {seconds} s to check the password.",
    )
    XOAUTH2_NOT_OFFERED = (
        "xoauth2-not-offered",
        "The server does not take tokens",
        "The server offers {offered}, but not XOAUTH2, by which Motion logs in with modern "
        "authentication (inferred).",
    )
    TOKEN_REFUSED = (
        "token-refused",
        "The server refuses the token",
        "The token is in order as far as can be seen, but the server does not let {user} in with "
        "it{status}. Mostly {user} may not open this mailbox, or the protocol is switched off.",
    )
    NOT_GRANTED = (
        "not-granted",
        "The login may not open this mailbox",
        "The token was accepted, but whoever signed in has no access to the mailbox {user}.",
    )

    # Sign-in
    SIGN_IN_NEEDED = "sign-in-needed", "Nobody has signed in yet", SAID
    OTHER_SIGN_IN = "other-sign-in", "Somebody else has signed in", SAID
    PROVIDER_INCOMPLETE = "provider-incomplete", "The cloud provider is incomplete", SAID
    IDENTITY_UNREACHABLE = "identity-unreachable", "The sign-in service cannot be reached", SAID
    IDENTITY_UNTRUSTED = "identity-untrusted", "The sign-in service is not trusted", SAID
    IDENTITY_SLOW = "identity-slow", "The sign-in service does not answer in time", SAID
    IDENTITY_DOWN = "identity-down", "The sign-in service is out of order", SAID
    IDENTITY_PAGE = "identity-page", "A web page came in place of a token", SAID
    IDENTITY_PROXY = "identity-proxy", "A proxy wants a sign-in of its own", SAID
    IDENTITY_NONSENSE = "identity-nonsense", "The sign-in service's answer makes no sense", SAID
    CLOCK_WRONG = "clock-wrong", "A clock is wrong", SAID
    SECRET_EXPIRED = "secret-expired", "The client secret has expired", SAID
    SECRET_WRONG = "secret-wrong", "The client secret is wrong", SAID
    APP_UNKNOWN = "app-unknown", "The tenant does not know the application", SAID
    APP_SETTINGS = "app-settings", "The app registration lacks something", SAID
    TENANT_WRONG = "tenant-wrong", "Tenant and user do not belong together", SAID
    CONSENT_NEEDED = "consent-needed", "Consent is missing", SAID
    MFA_REQUIRED = "mfa-required", "A second factor is wanted", SAID
    CONDITIONAL_ACCESS = "conditional-access", "A policy of the tenant forbids the sign-in", SAID
    USER_BLOCKED = "user-blocked", "The user may not sign in", SAID
    SIGN_IN_REVOKED = "sign-in-revoked", "The sign-in was revoked", SAID
    SIGN_IN_EXPIRED = "sign-in-expired", "The sign-in has expired", SAID
    SIGN_IN_REFUSED = "sign-in-refused", "The sign-in is refused", SAID
    TOKEN_AUDIENCE = "token-audience", "The token is for another service", SAID
    TOKEN_PERMISSION = "token-permission", "The token lacks a permission", SAID
    TOKEN_TENANT = "token-tenant", "The token comes from another tenant", SAID
    TOKEN_USER = "token-user", "The token is somebody else's", SAID
    TOKEN_EXPIRED = "token-expired", "The token has expired", SAID
    TOKEN_UNREADABLE = "token-unreadable", "The token cannot be read", SAID
    TOKEN_TOO_LONG = (
        "token-too-long",
        "The token is too long for SMTP",
        "The token has {size} characters, and a line of SMTP's login takes 12,288 (RFC 4954). "
        "Mostly the user is in very many groups.",
    )

    # Mailbox
    MAILBOX_MISSING = (
        "mailbox-missing",
        "There is no such mailbox",
        "The server has no mailbox “{mailbox}”.",
    )
    MAILBOX_FORBIDDEN = (
        "mailbox-forbidden",
        "The mailbox may not be opened",
        "The mailbox “{mailbox}” is there, but this user may not open it.",
    )
    OVER_QUOTA = (
        "over-quota",
        "The mailbox is full",
        "The server says that the mailbox has used up its space; new mail is turned away.",
    )
    READ_ONLY = (
        "read-only",
        "The mailbox cannot be changed",
        "The server opens “{mailbox}” read-only for this user: Motion could not mark messages as "
        "seen.",
    )

    # Sending
    LOGIN_NEEDED = (
        "login-needed",
        "The server wants a login before mail",
        "The server takes mail only from clients that have logged in.",
    )
    SENDER_REFUSED = (
        "sender-refused",
        "The sender's address is refused",
        "This login may not send as {address}.",
    )
    RECIPIENT_REFUSED = (
        "recipient-refused",
        "The recipient is refused",
        "The server does not take mail for {address}, the account's own address.",
    )
    RELAY_DENIED = (
        "relay-denied",
        "The server does not pass mail on",
        "The server takes no mail for {address} from this client: it does not know the login that "
        "allows it.",
    )
    GREYLISTED = (
        "greylisted",
        "The server asks to try again later",
        "The server turns unknown senders away for a while (greylisting) and takes the mail at a "
        "second try.",
    )
    TOO_LARGE = (
        "too-large",
        "The message is too large for the server",
        "The server takes messages of at most {size}.",
    )
    SERVICE_CLOSING = (
        "service-closing",
        "The server stops serving for now",
        "The server ended the session: it is overloaded, in maintenance, or limits how much is "
        "sent.",
    )
    # Round trip
    ROUND_TRIP_LOST = (
        "round-trip-lost",
        "The message did not arrive in time",
        "The server took the message, but within {seconds} s it was in none of {folders}. It is "
        "late, or was sorted away or thrown away without a word.",
    )
    ROUND_TRIP_JUNK = (
        "round-trip-junk",
        "The message arrived as junk",
        "The server took the message for junk and put it into “{found}”. Motion fetches from "
        "“{mailbox}” and would not see it.",
    )
    ROUND_TRIP_ELSEWHERE = (
        "round-trip-elsewhere",
        "The message arrived in another mailbox",
        "The message is in “{found}”. Motion fetches from “{mailbox}” and would not see it.",
    )
    ROUND_TRIP_TWICE = (
        "round-trip-twice",
        "The message arrived more than once",
        "“{mailbox}” holds {count} copies of it. Motion would take each of them for a message of "
        "its own (inferred).",
    )
    NEAR_TIMEOUT = (
        "near-timeout",
        "The timeout is close",
        "This took {taken} s of the {limit} s that the account allows.",
    )
