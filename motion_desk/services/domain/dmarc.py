"""DMARC: what a domain asks receivers to do with mail that proves nothing (RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motion_desk.services.domain.resolver import Answer, Asking, Kind, Resolver
from motion_desk.services.domain.results import Check, CheckName, Remark, Tone, check, unsaid
from motion_desk.services.tester.steps import Fact

MOST_LABELS = 8
"""Labels of a domain that are walked up; RFC 7489 §3.2 needs a list of public suffixes, which is
not carried here: the walk up the tree in its place ends at two labels."""
_POLICIES = ("none", "quarantine", "reject")


@dataclass(frozen=True, slots=True)
class Policy:
    """A record that was read. ``at`` is the domain that has it; ``asked`` what holds for ours."""

    at: str
    asked: str
    strict_dkim: bool
    strict_spf: bool
    percent: int
    reports: bool


def dmarc(domain: str, resolver: Resolver, asking: Asking) -> Check:
    """The check of the DMARC record that holds for a domain."""
    for at in _places(domain):
        answer = resolver.ask(f"_dmarc.{at}", Kind.TXT, asking)
        if not answer.said.is_certain:
            return check(CheckName.DMARC, iter([unsaid(CheckName.DMARC, at, answer)]))
        texts = _texts(answer)
        if texts:
            facts = [Fact("dmarc.record", f"_dmarc.{at}", text[:1000]) for text in texts[:5]]
            return check(CheckName.DMARC, _remarks(domain, at, texts), *facts)
    return check(CheckName.DMARC, iter([_missing(domain)]))


def _places(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    yield domain
    for start in range(max(1, len(labels) - MOST_LABELS), len(labels) - 1):
        yield ".".join(labels[start:])


def _texts(answer: Answer) -> list[str]:
    return [each.text for each in answer.records if re.match(r"v\s*=\s*DMARC1\s*(;|\Z)", each.text)]


def tags(text: str) -> dict[str, str]:
    """The tags of a record (RFC 6376 §3.2), the first of each name; names in lower case."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def read(text: str, domain: str, at: str) -> Policy | None:
    """What a record asks for mail of a domain; ``None`` where it has no usable policy."""
    given = tags(text)
    asked = given.get("p", "").lower()
    if asked not in _POLICIES:
        if not given.get("rua"):  # RFC 7489 §6.6.3: with it, such a record counts as p=none
            return None
        asked = "none"
    for_others = given.get("sp", "").lower()
    if at != domain and for_others in _POLICIES:
        asked = for_others
    return Policy(
        at,
        asked,
        _is_strict(given, "adkim"),
        _is_strict(given, "aspf"),
        _percent(given.get("pct", "100")),
        bool(given.get("rua")),
    )


def _is_strict(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "r").lower() == "s"


def _percent(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,3}", text, re.ASCII) and int(text) <= 100 else 100


def _missing(domain: str) -> Remark:
    return Remark(
        "dmarc.missing",
        Tone.NOTE,
        f"{domain} has no DMARC record.",
        "Large providers want one of everybody who sends much mail, and put the rest into Junk. "
        "Begin with “v=DMARC1; p=none; rua=mailto:…”, and read the reports.",
    )


def _remarks(domain: str, at: str, texts: list[str]) -> Iterator[Remark]:
    if len(texts) > 1:
        yield Remark(
            "dmarc.several",
            Tone.BAD,
            f"{at} has more than one DMARC record, so that none of them holds.",
            "It is as if there were none. Have all but one taken out.",
        )
        return
    policy = read(texts[0], domain, at)
    if policy is None:
        yield Remark(
            "dmarc.broken",
            Tone.BAD,
            f"The DMARC record of {at} has no policy that can be read (p=).",
            "It is as if there were none. Have it mended.",
        )
        return
    yield _of_policy(domain, policy)
    yield _alignment(domain, policy)
    if policy.percent < 100:
        sentence = f"The policy holds for {policy.percent} % of the mail only (pct)."
        meaning = "Whether a reply is concerned is left to chance, so that faults come and go."
        yield Remark("dmarc.partial", Tone.NOTE, sentence, meaning)
    if not policy.reports:
        sentence = "Nobody gets DMARC's reports (rua)."
        meaning = "If receivers refuse Motion's replies, nobody in the organisation learns of it."
        yield Remark("dmarc.no-reports", Tone.NOTE, sentence, meaning)


def _of_policy(domain: str, policy: Policy) -> Remark:
    where = "" if policy.at == domain else f", by the record of {policy.at}"
    asked = policy.asked
    sentence = f"{domain} asks receivers for p={asked}{where}."
    meanings = {
        "none": "Replies that pass neither SPF nor DKIM are still delivered; receivers only report "
        "them.",
        "quarantine": "Replies that Motion sends land in Junk unless SPF or DKIM passes for this "
        "very domain.",
        "reject": "Replies that Motion sends are refused unless SPF or DKIM passes for this very "
        "domain. The server through which Motion sends must sign them, or be named by SPF.",
    }
    return Remark(f"dmarc.{asked}", Tone.GOOD, sentence, meanings[asked])


def _alignment(domain: str, policy: Policy) -> Remark:
    strict = [
        name for name, flag in (("DKIM", policy.strict_dkim), ("SPF", policy.strict_spf)) if flag
    ]
    if not strict:
        return Remark(
            "dmarc.relaxed",
            Tone.GOOD,
            "Alignment is relaxed: a sub-domain counts as its organisation's domain.",
            "A signature or an envelope sender of the same organisation is enough.",
        )
    return Remark(
        "dmarc.strict",
        Tone.NOTE,
        f"Alignment is strict for {' and '.join(strict)}.",
        f"Only what is signed or sent as exactly {domain} counts; a sub-domain does not.",
    )
