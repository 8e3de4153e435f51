"""Merging: a template and a person become the letter that is previewed, and sent as it is."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from motion_desk.models.sent import Purpose
from motion_desk.models.surfaces import Surface
from motion_desk.models.variables import Known
from motion_desk.services.invitations.staff import Person, faults, is_address
from motion_desk.services.invitations.subject import subject_line
from motion_desk.services.templates.rendering import Construct, Renderer

_OF_PERSON: Mapping[str, str] = {
    "user.name": "name",
    "user.fullname": "name",
    "user.email": "address",
    "user.internal": "internal",
}
"""Which value of a person each variable of the catalogue stands for. That ``user.name`` is the full
name is inferred; that there are the others, too: see their status in the catalogue."""


@dataclass(frozen=True, slots=True)
class Template:
    """What is written: ``name`` is its key or name in lists, ``subject`` a template of one line."""

    surface: Surface
    name: str
    subject: str
    html: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is for, and where it goes: ``address`` is the person's, or one's own.

    ``data`` fills the template. ``link`` is the personal one, or empty where a sample stands for
    it. ``obstacle`` says in a sentence why nothing can be sent; empty where something can.
    """

    who: str
    address: str
    data: Mapping[str, str | None] = field(repr=False)
    link: str = field(default="", repr=False)
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished message. ``content`` is all of it, with CRLF, as the server will get it.

    ``to`` is the address for the server, its domain in ASCII. ``missing`` are names that stay visible in braces, ``unknown`` those of them that no catalogue
    lists, ``constructs`` what goes beyond Motion's documentation. ``obstacle`` says why it can
    not go to a person for real. What is sent later differs in Date and Message-ID only.
    """

    recipient: Recipient
    to: str
    subject: str
    html: str = field(repr=False)
    content: bytes = field(repr=False)
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    constructs: tuple[Construct, ...] = ()
    obstacle: str = ""


_BOUNDARY = re.compile(rb'^Content-Type: multipart/[a-z]+;\s+boundary="([^"\r\n]+)"', re.MULTILINE)


class MergeError(Exception):
    """There is no letter for this recipient; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def recipients(
    people: Iterable[Person],
    purpose: Purpose,
    known: Known,
    *,
    base_address: str,
    own: str = "",
) -> tuple[Recipient, ...]:
    """Each person as a recipient, in order, with what keeps a letter from them.

    Without an address, with a malformed one, or with one that came before nothing is sent. For
    real, each needs a link that leads to the host of ``base_address``: one that leads elsewhere
    would let somebody else ask for passwords. Samples hold the catalogue's sample of a link
    instead, so that nobody uses up a real one. ``own`` is where samples to oneself go.
    """
    seen: set[str] = set()
    found = []
    for person in people:
        obstacle = _obstacle(person, purpose, seen, base_address)
        seen.add(person.address.casefold())
        link = person.link if purpose is Purpose.REAL else ""
        address = own if purpose is Purpose.OWN else person.address
        data = data_of(person, known, link)
        found.append(Recipient(person.name or person.address, address, data, link, obstacle))
    return tuple(found)


def data_of(person: Person, known: Known, link: str) -> dict[str, str | None]:
    """The values of a person by the names of the variables; a name without a value is not there.

    Without ``link`` each variable that stands for a link has the sample of its catalogue.
    """
    data: dict[str, str | None] = {}
    for name, variable in known.items():
        value = getattr(person, _OF_PERSON[name]) if name in _OF_PERSON else ""
        if variable.expected:
            value = link or variable.sample
        if value := person.values.get(name) or value:
            data[name] = value
    return data


def _obstacle(person: Person, purpose: Purpose, seen: Collection[str], base_address: str) -> str:
    wrong = dict(faults(person))
    if not person.address:
        return "There is no email address. Fill it in."
    if "address" in wrong:
        return f"“{person.address}” is no email address. Correct it."
    if person.address.casefold() in seen:
        return f"{person.address} comes more than once. Only the first is used."
    if wrong:
        return next(iter(wrong.values()))
    return _obstacle_of_link(person, base_address) if purpose is Purpose.REAL else ""


def _obstacle_of_link(person: Person, base_address: str) -> str:
    if not person.link:
        return "There is no invitation link. Copy it from Motion: “generate an invitation link”."
    link, base = urlsplit(person.link), urlsplit(base_address)
    if (link.scheme, link.hostname) != ("https", base.hostname):
        where = f"{link.scheme}://{link.hostname}"
        return (
            f"The link leads to {where}, and the base address is {base_address}. Copy the link "
            "from Motion again."
        )
    return ""


def merged(
    template: Template,
    recipient: Recipient,
    sender: str,
    known: Known,
    renderer: Renderer,
    stop: threading.Event | None = None,
) -> Letter:
    """The letter for a recipient, as it will be sent. Blocks: never on the window's thread.

    Raises ``MergeError`` for what cannot be a message, ``RenderError`` for a template without a
    page, and ``Stopped`` within 100 ms of ``stop``.
    """
    from motion_desk.services.mail.errors import NameUnknown
    from motion_desk.services.mail.names import ascii_host
    from motion_desk.services.templates.finished.inlining import inlined
    from motion_desk.services.templates.finished.letter import letter

    if not is_address(recipient.address):
        raise MergeError(recipient.obstacle or f"“{recipient.address}” is no email address.")
    local, _, domain = recipient.address.rpartition("@")
    try:
        to = f"{local}@{ascii_host(domain)}"
    except NameUnknown:
        raise MergeError(f"“{domain}” can be no domain. Correct the address.") from None
    subject = subject_line(renderer, template.subject, recipient.data, stop)
    page = renderer.render(template.html, recipient.data, stop, spans=False)
    try:
        html = inlined(page.html, stop=stop)
        made = letter(html, subject=subject.html, sender=sender, recipient=to)
    except ValueError as error:  # a line break in a header, or HTML that cannot be finished
        raise MergeError(str(error)) from None
    missing = tuple(dict.fromkeys((*subject.missing, *page.missing)))
    return Letter(
        recipient,
        to,
        subject.html,
        html,
        _with_settled_boundaries(made),
        missing,
        tuple(name for name in missing if name not in known),
        (*subject.constructs, *page.constructs),
        _obstacle_of_letter(recipient, missing, page.used, known),
    )


def _with_settled_boundaries(content: bytes) -> bytes:
    """The message with boundaries that are always the same, in place of random ones.

    So the same letter made again has the same bytes. “=_” stands in no quoted-printable text and
    in no Base64, so that none can hold a boundary (RFC 2045 §6.7).
    """
    for number, boundary in enumerate(dict.fromkeys(_BOUNDARY.findall(content))):
        content = content.replace(boundary, b"=_motion_desk_%d" % number)
    return content


def _obstacle_of_letter(
    recipient: Recipient, missing: Collection[str], used: Collection[str], known: Known
) -> str:
    """Why a finished letter cannot go to a person for real; empty where it can."""
    if recipient.obstacle:
        return recipient.obstacle
    if missing:
        names = ", ".join(f"{{{{ {name} }}}}" for name in missing)
        return f"There is no value for {names}. Fill it in, or take it out of the template."
    if recipient.link and not any(name in used for name in _names_of_link(known)):
        names = " or ".join(f"{{{{ {name} }}}}" for name in _names_of_link(known))
        return f"The template does not put the personal link in. Write {names} where it belongs."
    return ""


def _names_of_link(known: Known) -> Iterator[str]:
    return (name for name, variable in known.items() if variable.expected)
