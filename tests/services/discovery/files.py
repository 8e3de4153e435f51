"""Autoconfig files for tests, good and bad."""

from __future__ import annotations


def server(
    kind: str, host: str, port: int, socket: str, username: str = "%EMAILADDRESS%", way: str = ""
) -> str:
    """One server of a file."""
    place = "incomingServer" if kind in ("imap", "pop3") else "outgoingServer"
    return (
        f'<{place} type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
        f"<socketType>{socket}</socketType><username>{username}</username>"
        f"<authentication>{way or 'password-cleartext'}</authentication></{place}>"
    )


def file(*servers: str, domain: str = "shop.test") -> bytes:
    """A file for a domain."""
    inside = "".join(servers)
    text = (
        f'<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x">'
        f"<domain>{domain}</domain>{inside}</emailProvider></clientConfig>"
    )
    return text.encode("utf-8")


IMAP = server("imap", "imap.shop.test", 993, "SSL")
SMTP = server("smtp", "smtp.%EMAILDOMAIN%", 587, "STARTTLS", "%EMAILLOCALPART%")
GOOD = file(server("pop3", "pop.shop.test", 995, "SSL"), IMAP, SMTP)

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    b"<!ENTITY c '&b;&b;&b;&b;'>]><clientConfig>&c;</clientConfig>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<clientConfig><emailProvider>&a;</emailProvider></clientConfig>"
)
TYPED = b'<!DOCTYPE clientConfig SYSTEM "https://elsewhere.test/x.dtd">' + GOOD.partition(b"?>")[2]
DEEP = b"<clientConfig>" + b"<a>" * 1_500 + b"</a>" * 1_500 + b"</clientConfig>"
WIDE = b"<clientConfig>" + b"<a/>" * 20_000 + b"</clientConfig>"
