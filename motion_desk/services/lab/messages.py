"""Sample messages: a dozen that customers might write, and a feed for header filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from typing import NamedTuple

_LINES = compat32.clone(linesep="\r\n")
_FILE = bytes(range(256)) * 12


class Written(NamedTuple):
    """A message, when it arrived, and whether it was read."""

    content: bytes
    received: datetime
    is_read: bool = False


class _Draft(NamedTuple):
    sender: str
    subject: str
    text: str
    hours_ago: float
    extra: str = ""
    """What else the message has: “html”, “file”, “reply” or nothing."""
    headers: tuple[tuple[str, str], ...] = ()


_CUSTOMERS = (
    _Draft(
        "Marta Holm <marta.holm@fjordhotel.example>",
        "Where is order 48213?",
        "Good morning,\n\nthe tracking page has said “in transit” for six days now. Twelve rooms "
        "wait for their lamps.\n\nMarta Holm\nFjordhotel",
        0.4,
    ),
    _Draft(
        "Jürgen Großkopf <j.grosskopf@tischlerei-nord.example>",
        "Rückfrage zur Rechnung Nr. 2031 – Umsatzsteuer",
        "Guten Tag,\n\nauf der Rechnung fehlt unsere Umsatzsteuer-Nummer. Könnten Sie mir eine "
        "berichtigte schicken? Größere Eile hat es nicht.\n\nGrüße\nJürgen Großkopf",
        2,
    ),
    _Draft(
        "Aiko Tanaka <aiko@tanaka-design.example>",
        "見積もりのお願い",
        "お世話になっております。\n\n添付の部屋に合う照明の見積もりをお願いいたします。\n\n田中愛子",
        5,
        "file",
    ),
    _Draft(
        "Léa Dubois <lea.dubois@maison-dubois.example>",
        "Retour d’un article abîmé",
        "Bonjour,\n\nl’abat-jour est arrivé cassé. Je joins une photo. Un échange serait parfait."
        "\n\nLéa Dubois",
        9,
        "file",
    ),
    _Draft(
        "Owen Price <owen.price@harbourcafe.example>",
        "Re: Opening hours of the showroom [ticket 9917]",
        "Saturday at ten is fine, thank you.\n\n> We are open from ten to four.\n> Shall we keep "
        "an hour free for you?\n",
        20,
        "reply",
    ),
    _Draft(
        "Chiara Romano <c.romano@studio-romano.example>",
        "Listino aggiornato e sconto per quantità",
        "Buongiorno,\n\nmi servirebbe il listino con lo sconto per più di 40 pezzi.\n\n"
        "Chiara Romano",
        27,
        "html",
    ),
    _Draft(
        "Piotr Żak <piotr.zak@biuro-zak.example>",
        "Zapytanie o gwarancję",
        "Dzień dobry,\n\nczy gwarancja obejmuje także zasilacz? Numer seryjny: MD-7741-0093.\n\n"
        "Piotr Żak",
        49,
    ),
    _Draft(
        "Facilities <no-reply@tower-offices.example>",
        "Automatic reply: delivery of your order 47790 on Thursday between 8 and 12 at the goods "
        "entrance in the north wing, please bring the delivery note and a trolley",
        "This mailbox is not read until Monday. For deliveries call the gate.\n",
        51,
        "",
        (("Auto-Submitted", "auto-replied"), ("Precedence", "bulk")),
    ),
    _Draft(
        '"Iglesias, Noelia" <noelia@lumbre.example>',
        "¿Se puede cambiar el color?",
        "Hola,\n\nel pedido 48001 llegó en gris y lo queríamos verde. ¿Se puede cambiar?\n\nNoelia",
        76,
        "html",
    ),
    _Draft(
        "accounts@northmill.example",
        "Statement of account, September",
        "Dear Sir or Madam,\n\nplease find the statement attached.\n\nNorth Mill Accounts",
        98,
        "file",
    ),
    _Draft(
        "Sam O’Neill <sam@oneill-events.example>",
        "(no subject)",
        "call me pls, the stage lamps flicker AGAIN\n\nsent from a phone",
        140,
    ),
    _Draft(
        "Hedda Nyström <hedda.nystrom@skog.example>",
        "Tack!",
        "Hej,\n\nlamporna kom fram och är jättefina. Tack för hjälpen.\n\nHedda",
        260,
    ),
)

_FEED = (
    _Draft(
        "Prize Office <win@lucky-draw.example>",
        "YOU have been CHOSEN!!!",
        "Claim your prize today. Send your account number.\n",
        1,
        "html",
        (("X-Spam-Flag", "YES"), ("X-Spam-Score", "14.2"), ("X-Rspamd-Action", "reject")),
    ),
    _Draft(
        "Cheap Pills <shop@pills.example>",
        "90 % off, only today",
        "No questions asked.\n",
        3,
        "",
        (("X-Spam-Flag", "YES"), ("X-Spam-Score", "8.1"), ("X-Rspamd-Action", "add header")),
    ),
    _Draft(
        "Scanner <scanner@copy-room.example>",
        "Scanned document 0031",
        "The scan is attached.\n",
        4,
        "file",
        (("X-Virus-Status", "Infected"), ("X-Virus-Name", "Lab-Test-Signature")),
    ),
    _Draft(
        "Parcel Desk <desk@parcel-notice.example>",
        "Your parcel could not be delivered",
        "Open the attached label.\n",
        6,
        "file",
        (("X-Virus-Status", "Infected"), ("X-Spam-Score", "6.4")),
    ),
    _Draft(
        "Lamp Weekly <news@lamp-weekly.example>",
        "This week: brass is back",
        "Five new lamps and a look into a foundry.\n",
        8,
        "html",
        (
            ("List-Id", "Lamp Weekly <news.lamp-weekly.example>"),
            ("List-Unsubscribe", "<mailto:leave@lamp-weekly.example>"),
            ("Precedence", "bulk"),
        ),
    ),
    _Draft(
        "Trade Fair <fair@trade-fair.example>",
        "Programme and tickets",
        "The programme is out.\n",
        30,
        "html",
        (("List-Unsubscribe", "<mailto:off@trade-fair.example>"), ("Precedence", "list")),
    ),
    *(_CUSTOMERS[index]._replace(headers=(("X-Spam-Score", "0.3"),)) for index in (0, 1, 6)),
)


def customers(address: str, now: datetime) -> Iterator[Written]:
    """Twelve messages to an address, oldest first; the newer half is unread."""
    return _written(_CUSTOMERS, address, now)


def feed(address: str, now: datetime) -> Iterator[Written]:
    """Spam, infected mail, newsletters and normal messages, oldest first."""
    return _written(_FEED, address, now)


def _written(drafts: Iterable[_Draft], address: str, now: datetime) -> Iterator[Written]:
    in_order = sorted(drafts, key=lambda draft: -draft.hours_ago)
    for number, draft in enumerate(in_order):
        received = now - timedelta(hours=draft.hours_ago)
        content = _message(draft, address, received, number).as_bytes(policy=_LINES)
        yield Written(content, received, is_read=number < len(in_order) // 2)


def _message(draft: _Draft, address: str, received: datetime, number: int) -> Message:
    """Built with the older, plainer classes: the newer ones take five times as long."""
    shown, sender = parseaddr(draft.sender)
    host = sender.rpartition("@")[2]
    message = _body(draft)
    message["Received"] = (
        f"from mx.{host} (mx.{host} [192.0.2.{number + 1}]) by mail.lab.example with ESMTPS; "
        f"{format_datetime(received)}"
    )
    message["From"] = formataddr((shown, sender), "utf-8")
    # A login name without a domain is no address, but it is still whom the message is for.
    message["To"] = _encoded("To", address if "@" in address else f"{address}@lab.example")
    message["Subject"] = _encoded("Subject", draft.subject)
    message["Date"] = format_datetime(received - timedelta(seconds=7))
    message["Message-ID"] = f"<{received:%Y%m%d%H%M%S}.{number}@{host}>"
    for name, value in draft.headers:
        message[name] = value
    if draft.extra == "reply":
        message["In-Reply-To"] = f"<{number}.question@lab.example>"
        message["References"] = f"<{number}.question@lab.example>"
    return message


def _encoded(name: str, text: str) -> str:
    return Header(text, header_name=name).encode()


def _body(draft: _Draft) -> Message:
    text = MIMEText(draft.text, "plain", "utf-8")
    if draft.extra == "html":
        paragraphs = "".join(f"<p>{part}</p>" for part in draft.text.split("\n\n"))
        html = MIMEText(f"<html><body>{paragraphs}</body></html>", "html", "utf-8")
        return MIMEMultipart("alternative", _subparts=[text, html])
    if draft.extra == "file":
        file = MIMEApplication(_FILE, "pdf")
        file.add_header("Content-Disposition", "attachment", filename=("utf-8", "", "Anlage–1.pdf"))
        return MIMEMultipart("mixed", _subparts=[text, file])
    return text
