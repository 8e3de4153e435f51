"""Letter: a finished mail as a whole message, as it would be sent (RFC 5322, 2045–2047, 2387)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from hashlib import sha256
from typing import NamedTuple

from motion_desk.services.mail.errors import NameUnknown
from motion_desk.services.mail.names import ascii_host
from motion_desk.services.templates.finished.data_uris import Data, data, is_data
from motion_desk.services.templates.finished.headers import header, phrase, words
from motion_desk.services.templates.finished.markup import Tag, tokens
from motion_desk.services.templates.finished.text import plain_text

LONGEST_HEADER = 2_000
"""Characters of a subject or name; RFC 5322 §2.1.1 bounds lines, not headers."""
_PRINTED = 200_000
"""Characters up to which HTML is quoted-printable, and can be read in the source; the encoder is
slow, so that a longer one is Base64."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<box>[^<>]+)>\s*\Z")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\Z|\[[\w:.]+\]\Z",
    re.IGNORECASE,
)
_IMAGE_KINDS = frozenset({"png", "jpeg", "gif", "webp", "bmp", "svg+xml", "apng", "avif"})


class LetterError(ValueError):
    """A message cannot be made; the text is a sentence that says why and what to do."""


def letter(
    html: str,
    *,
    subject: str,
    sender: str,
    recipient: str,
    text: str | None = None,
    date: datetime | None = None,
    attaches_images: bool = False,
) -> bytes:
    """A whole message with lines that end in CR LF: the text part, then the HTML.

    ``sender`` and ``recipient`` are “name <address>” or an address; a domain beyond ASCII is
    written as its A-label. ``text`` is the plain-text part, by default ``plain_text(html)``;
    ``date`` is aware of its zone, by default now. With ``attaches_images`` embedded images become
    parts that the HTML names by “cid:”, which mail clients show that block data URIs.

    Raises ``LetterError`` for a subject, name or address that would begin another header (CR, LF,
    NUL and all other controls) or is none, and for text that cannot be sent (lone surrogates,
    U+0000).
    """
    said = plain_text(html) if text is None else text
    for what, content in (("HTML", html), ("plain text", said)):
        _refuse_unsendable(what, content)
    from_, to = _mailbox("sender", sender), _mailbox("recipient", recipient)
    head = [
        header("Subject", *words(_header("subject", subject))),
        header("From", *phrase(from_.name), from_.angled),
        header("To", *phrase(to.name), to.angled),
        header("Date", format_datetime(date or datetime.now(UTC))),
        header("Message-ID", make_msgid(domain=from_.domain.strip("[]").replace(":", "."))),
    ]
    body = EmailMessage(policy=SMTP)
    body.set_content(said, cte="quoted-printable" if len(said) <= _PRINTED else "base64")
    images: dict[str, Data] = {}
    if attaches_images:
        html = _with_parts(html, images)
    body.add_alternative(
        html, subtype="html", cte="quoted-printable" if len(html) <= _PRINTED else "base64"
    )
    _attach(body, images)
    return "".join(head).encode("ascii") + body.as_bytes()


def _refuse_unsendable(what: str, content: str) -> None:
    if found := _SURROGATE.search(content):
        raise LetterError(
            f"The {what} holds half a character (U+{ord(found[0]):04X}), which cannot be sent. "
            "Delete it and type the character again."
        )
    if "\0" in content:
        raise LetterError(
            f"The {what} holds the character U+0000, which cannot be sent. Delete it."
        )


def _header(what: str, content: str) -> str:
    if found := _CONTROL.search(content):
        raise LetterError(
            f"The {what} holds the character U+{ord(found[0]):04X}. A line end or control there "
            "could add other headers to the message: take it out."
        )
    _refuse_unsendable(what, content)
    if len(content) > LONGEST_HEADER:
        raise LetterError(
            f"The {what} has {len(content):,} characters; more than {LONGEST_HEADER:,} are not sent."
        )
    return content.strip()


class _Mailbox(NamedTuple):
    """A name, which may be empty, and an address in ASCII."""

    name: str
    local: str
    domain: str

    @property
    def angled(self) -> str:
        """The address as it stands in a header."""
        address = f"{self.local}@{self.domain}"
        return f"<{address}>" if self.name else address


def _mailbox(what: str, content: str) -> _Mailbox:
    content = _header(what, content)
    named = _NAMED.match(content)
    box = named["box"].strip() if named else content
    name = _unquoted(named["name"].strip()) if named else ""
    local, at, domain = box.rpartition("@")
    try:
        host = ascii_host(domain) if at else ""
    except NameUnknown:
        host = ""
    if domain.startswith("[") and host:
        host = f"[{host}]"
    if not local.isascii():
        raise LetterError(
            f"The {what}’s address “{box[:200]}” has letters beyond ASCII before the “@”. Few mail "
            "servers take that (SMTPUTF8, RFC 6531): use another address."
        )
    if len(local) > 64 or not _LOCAL.match(local) or not _HOST.match(host):
        raise LetterError(f"The {what}’s address “{box[:200]}” is no e-mail address.")
    return _Mailbox(name, local, host)


def _unquoted(name: str) -> str:
    """A name as it is meant, without the quotes of RFC 5322 around it."""
    if len(name) > 1 and name[0] == name[-1] == '"':
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return name


def _with_parts(html: str, images: dict[str, Data]) -> str:
    """The HTML with embedded images named by “cid:”; what they hold goes into ``images``.

    What is no image, or is damaged, stays as it is.
    """
    pieces, at = [], 0
    for start, stop, value in _embedded(html):
        held = data(value)
        kind = held.kind.partition("/")[2]
        if held.flaw or not held.kind.startswith("image/") or kind not in _IMAGE_KINDS:
            continue
        name = sha256(held.content).hexdigest()[:32]
        images[name] = held
        # Quoted: the source may have done without quotes.
        pieces += [html[at:start], f"cid:{name}@motion-desk.invalid"]
        at = stop
    return "".join([*pieces, html[at:]])


def _embedded(html: str) -> Iterator[tuple[int, int, str]]:
    for token in tokens(html):
        if isinstance(token, Tag) and not token.is_end:
            for name in ("src", "background"):
                attribute = token.attributes.get(name)
                if attribute and is_data(attribute.raw):
                    end = attribute.value_at + len(attribute.raw)
                    yield attribute.value_at, end, attribute.value


def _attach(message: EmailMessage, images: dict[str, Data]) -> None:
    page = message.get_body(("html",))
    if not images or page is None:
        return
    for name, held in images.items():
        subtype = held.kind.partition("/")[2]
        page.add_related(
            held.content,
            maintype="image",
            subtype=subtype,
            cid=f"<{name}@motion-desk.invalid>",
            disposition="inline",
            filename=f"{name[:8]}.{subtype.partition('+')[0]}",
        )
    page.set_param("type", "text/html")  # RFC 2387 §3.1
