"""Failures: the closed set of what can be wrong, each with the words for it."""

from __future__ import annotations

from enum import Enum
from typing import Self


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
        "Whether “{host}” exists cannot be told: this workstation's name service said nothing "
        "within {seconds} s.",
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
        "There is no way from this workstation to the host: {reason}.",
    )
    SOME_ADDRESSES_DEAD = (
        "some-addresses-dead",
        "Some addresses do not answer",
        "{dead} did not take the connection, {alive} did. A program that tries the first address "
        "only would wait or fail.",
    )

    # Encryption
    TLS_TO_CLEAR_PORT = (
        "tls-to-clear-port",
        "This port does not begin with encryption",
        "TLS was begun, but the server speaks clear text on port {port}.",
    )
    TLS_TOO_OLD = (
        "tls-too-old",
        "The server's TLS is too old",
        "The server offers only versions below TLS 1.2, which current programs refuse.",
    )
    TLS_BROKEN = (
        "tls-broken",
        "Encryption was broken off",
        "The server ended the connection in the middle of the TLS handshake.",
    )
    TLS_REFUSED = (
        "tls-refused",
        "Encryption could not be agreed on",
        "The two sides could not agree on TLS ({reason}).",
    )
    CLIENT_CERTIFICATE = (
        "client-certificate",
        "The server wants a client certificate",
        "The server lets in only clients that show a certificate of their own. Motion's page has "
        "no field for one.",
    )
    STARTTLS_REFUSED = (
        "starttls-refused",
        "The server refuses the encryption that it offers",
        "The server offers STARTTLS, and then answers no to it. Something on the way may take "
        "encryption out.",
    )
    SELF_SIGNED = (
        "self-signed",
        "The certificate is self-signed",
        "The server made its certificate itself, so nobody vouches for it.",
    )
    AUTHORITY_UNKNOWN = (
        "authority-unknown",
        "The certificate comes from an unknown authority",
        "“{issuer}” issued the certificate. It is neither among the authorities that Node carries "
        "nor among those that this workspace says Motion was given.",
    )
    CHAIN_INCOMPLETE = (
        "chain-incomplete",
        "The certificate comes alone",
        "The server sends its own certificate without that of “{issuer}”, its issuer, which is no "
        "authority that Motion knows. Mostly the server forgets an intermediate certificate.",
    )
    CERTIFICATE_EXPIRED = (
        "certificate-expired",
        "The certificate has expired",
        "The certificate of “{subject}” was valid until {date}.",
    )
    CERTIFICATE_NOT_YET_VALID = (
        "certificate-not-yet-valid",
        "The certificate is not valid yet",
        "The certificate of “{subject}” is valid from {date} on. Or a clock is wrong: this "
        "workstation's says {now}.",
    )
    CERTIFICATE_UNUSABLE = (
        "certificate-unusable",
        "The certificate cannot be used",
        "The certificate was refused: {reason}.",
    )
    WRONG_NAME = (
        "wrong-name",
        "The certificate is for another name",
        "The certificate names {names}, but not “{host}”.",
    )
    CERTIFICATE_EXPIRES = (
        "certificate-expires",
        "The certificate expires soon",
        "The certificate of “{subject}” is valid until {date}: {days} days more.",
    )
    ANY_CERTIFICATE = (
        "any-certificate",
        "An invalid certificate is accepted",
        "“Accept any certificate” is on, so Motion would go on although {reason}",
    )
    PINNED = (
        "pinned",
        "Trusted on this workstation only",
        "The test goes on because {reason}. Motion would have stopped here.",
    )
    CLEAR_TEXT = (
        "clear-text",
        "Nothing is encrypted",
        "{who} on this connection cross the network as clear text.",
    )

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
        "The password was not even looked at: {gate}",
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
    LOGIN_SEPARATE = (
        "login-separate",
        "Modern authentication is not tested yet",
        "Signing in by modern authentication is not part of this test yet, so what follows the "
        "login cannot be told.",
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
    NEAR_TIMEOUT = (
        "near-timeout",
        "The timeout is close",
        "This took {taken} s of the {limit} s that the account allows.",
    )
