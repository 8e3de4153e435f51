"""DKIM: whether the signatures of a message that was received are good, and of whom (RFC 6376)."""

from __future__ import annotations

import binascii
import logging
import re
from collections.abc import Iterator
from email.headerregistry import AddressHeader
from email.parser import BytesHeaderParser
from email.policy import default
from typing import Any

from motion_desk.services.domain.dmarc import tags
from motion_desk.services.domain.resolver import Answer, Asking, Kind, Resolver, Said
from motion_desk.services.domain.results import Check, CheckName, Remark, Tone, check, unsaid
from motion_desk.services.tester.steps import Fact

LARGEST = 30_000_000
"""Bytes of a message that is looked at."""
MOST_SIGNATURES = 5
_LONGEST_SENDER = 10_000
"""Bytes of From that are read."""
_SHORTEST_KEY = 1024
"""Bits of an RSA key below which receivers take a signature for none (RFC 8301 §3.2)."""

_FORGED = "Such a signature counts for nothing: receivers treat the message as unsigned."


def dkim(message: bytes, resolver: Resolver, asking: Asking) -> Check:
    """The check of the signatures of a message, as it was received, byte for byte.

    Keys are asked of the resolver only. Raises nothing but ``Stopped``.
    """
    if len(message) > LARGEST:
        sentence = f"The message is larger than {LARGEST // 1_000_000} MB; it was not looked at."
        return check(CheckName.DKIM, iter([Remark("dkim.too-large", Tone.UNKNOWN, sentence)]))
    signatures = _signatures(message)
    sender = _sender(message)
    facts = [Fact("dkim.from", "From", sender or "no domain")]
    for given in signatures:
        said = f"selector {given.get('s', '?')}, {given.get('a', '?')}"
        facts.append(Fact("dkim.signature", given.get("d", "?")[:253], said[:200]))
    return check(CheckName.DKIM, _remarks(message, signatures, sender, resolver, asking), *facts)


def _signatures(message: bytes) -> list[dict[str, str]]:
    """The tags of each signature, in order."""
    found = _values(message, b"dkim-signature")
    return [tags(re.sub(r"\s+", "", each.decode("latin-1"))) for each in found[:MOST_SIGNATURES]]


def _values(message: bytes, name: bytes) -> list[bytes]:
    """The values of a header, each on one line, in order."""
    head = re.split(rb"\r?\n\r?\n", message, maxsplit=1)[0]
    unfolded = re.sub(rb"\r?\n(?=[ \t])", b"", head)
    return re.findall(rb"(?im)^" + name + rb"[ \t]*:([^\r\n]*)", unfolded)


def _sender(message: bytes) -> str:
    """The domain of the address in From; empty where there is none, or not one."""
    found = _values(message, b"from")
    if len(found) != 1:
        return ""
    head = b"From:" + found[0][:_LONGEST_SENDER] + b"\r\n\r\n"
    try:
        header = BytesHeaderParser(policy=default).parsebytes(head)["From"]
        addresses = header.addresses if isinstance(header, AddressHeader) else ()
    except (ValueError, LookupError, AttributeError, TypeError):  # how email fails on bad headers
        return ""
    return addresses[0].domain.lower() if len(addresses) == 1 else ""


def _remarks(
    message: bytes,
    signatures: list[dict[str, str]],
    sender: str,
    resolver: Resolver,
    asking: Asking,
) -> Iterator[Remark]:
    if not signatures:
        yield Remark(
            "dkim.unsigned",
            Tone.BAD,
            "The message bears no DKIM signature.",
            "DMARC then passes by SPF alone, which forwarding breaks. Have the sending server sign.",
        )
        return
    remarks = [
        _judged(message, position, given, sender, resolver, asking)
        for position, given in enumerate(signatures)
    ]
    if any(each.code == "dkim.aligned" for each in remarks):
        # RFC 6376 §6.1: one good signature is enough, whatever the others are.
        remarks = [each for each in remarks if each.code == "dkim.aligned"] + [
            Remark(each.code, Tone.NOTE, each.sentence, "Another signature is good, and counts.")
            for each in remarks
            if each.code != "dkim.aligned"
        ]
    yield from remarks


def _judged(
    message: bytes,
    position: int,
    given: dict[str, str],
    sender: str,
    resolver: Resolver,
    asking: Asking,
) -> Remark:
    """What one signature is worth."""
    domain = given.get("d", "").lower().rstrip(".")
    selector = given.get("s", "")
    if not domain or not selector or not given.get("b") or not given.get("bh"):
        return Remark(
            "dkim.malformed",
            Tone.BAD,
            "A signature lacks what it must have (d, s, b or bh).",
            _FORGED,
        )
    name = f"{selector}._domainkey.{domain}"
    answer = resolver.ask(name, Kind.TXT, asking)
    key = _key(answer)
    if not answer.said.is_certain:
        return unsaid(CheckName.DKIM, name, answer)
    if answer.said is not Said.FOUND:
        return Remark(
            "dkim.no-key",
            Tone.BAD,
            f"The key of {domain}'s signature is not in DNS: there is no {name}.",
            f"{_FORGED} Have the key published under that name.",
        )
    if not tags(key).get("p"):
        return Remark(
            "dkim.revoked",
            Tone.BAD,
            f"{domain} has withdrawn the key {selector}.",
            f"{_FORGED} The sending server must sign by a key that is in DNS.",
        )
    fault = _fault(message, position, key)
    if fault:
        code, sentence = fault
        if code == "unsupported":
            said = f"{domain}'s signature cannot be judged: {sentence}"
            return Remark(f"dkim.{code}", Tone.UNKNOWN, said)
        return Remark(f"dkim.{code}", Tone.BAD, f"{domain}'s signature fails: {sentence}", _FORGED)
    return _good(domain, sender)


def _key(answer: Answer) -> str:
    """The key's record; RFC 6376 §3.6.2.2: several leave open which holds, so the first is taken."""
    return answer.records[0].text if answer.records else ""


def _fault(message: bytes, position: int, key: str) -> tuple[str, str] | None:
    """What is wrong with a signature whose key is known, as a code and a clause."""
    import dkim  # type: ignore[import-untyped]  # it has none; late, for it takes 50 ms

    def published(_name: bytes, timeout: int = 0) -> bytes:
        return key.encode("latin-1")

    quiet = logging.Logger("dkim")
    quiet.disabled = True  # it would be told parts of the message
    try:
        dkim.evaluate_pk(b"", key.encode("latin-1"))  # what verify says of a bad key, it only logs
        verifier: Any = dkim.DKIM(message, logger=quiet, minkey=_SHORTEST_KEY)
        good = verifier.verify(position, dnsfunc=published)
    except dkim.ValidationError as error:
        return _invalid(str(error))
    except dkim.KeyFormatError as error:
        if "too small" in str(error):
            return "short-key", f"its key has fewer than {_SHORTEST_KEY} bits."
        return "key-unreadable", "its key cannot be read."
    except dkim.DKIMException as error:
        if type(error).__name__ == "NaClNotFoundError":
            return "unsupported", "it is made by Ed25519, which is not looked at here."
        return "malformed", "it cannot be read."
    except binascii.Error:
        return "key-unreadable", "its key cannot be read."
    except Exception:  # dkimpy fails on bad keys and headers in many ways
        return "malformed", "it cannot be read."
    if good:
        return None
    return "bad-signature", "the headers were changed on the way, or the key is another one."


def _invalid(said: str) -> tuple[str, str]:
    if "body hash mismatch" in said:
        return "body-changed", "the text was changed on the way."
    if "x= value is past" in said:
        return "expired", "its time is over."
    return "malformed", "it breaks the rules of DKIM."


def _good(domain: str, sender: str) -> Remark:
    if sender and (
        sender == domain or sender.endswith(f".{domain}") or domain.endswith(f".{sender}")
    ):
        return Remark(
            "dkim.aligned",
            Tone.GOOD,
            f"The signature of {domain} is good.",
            "By it DMARC passes, also where mail is forwarded.",
        )
    return Remark(
        "dkim.other-domain",
        Tone.NOTE,
        f"The signature of {domain} is good, but the sender is of {sender or 'no domain'}.",
        "For DMARC it counts for nothing. Have the sending server sign as the sender's domain.",
    )
