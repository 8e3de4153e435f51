"""SPF: who may send for a domain, followed through its includes and counted (RFC 7208)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from motion_desk.services.domain.resolver import Answer, Asking, Kind, Resolver, Said
from motion_desk.services.domain.results import Check, CheckName, Remark, Tone, check, unsaid
from motion_desk.services.domain.spf_record import COUNTED, Record, is_spf, read
from motion_desk.services.tester.steps import Fact

MOST_LOOKUPS = 10
MOST_VOID = 2
"""What RFC 7208 §4.6.4 allows: look-ups, and those of them that find nothing."""
_ENOUGH = 30
"""Look-ups after which no more are counted: the record is far beyond the limit."""

_BROKEN = (
    "Receiving servers treat the whole record as broken, so it protects nothing: replies that "
    "Motion sends may be taken for forged."
)


@dataclass(slots=True)
class _Tree:
    """What was found while following a record."""

    lookups: int = 0
    void: int = 0
    facts: list[Fact] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def spf(domain: str, resolver: Resolver, asking: Asking) -> Check:
    """The check of a domain's SPF record, its includes and redirect with it.

    Which address a mail server sends from is not known here, so it is not said whether that very
    address passes; the record's own soundness and its last word are.
    """
    tree = _Tree()
    answer = resolver.ask(domain, Kind.TXT, asking)
    if not answer.said.is_certain:
        return check(CheckName.SPF, iter([unsaid(CheckName.SPF, domain, answer)]))
    texts = _texts(answer)
    if len(texts) != 1:
        remarks = iter([_none(domain) if not texts else _several(domain)])
        return check(CheckName.SPF, remarks, *_facts(domain, texts))
    tree.facts += _facts(domain, texts)
    record = read(texts[0])
    _follow(tree, domain, record, (domain,), resolver, asking)
    last = _last_word(record, domain, resolver, asking)
    tree.facts.append(Fact("spf.lookups", "Look-ups", f"{tree.lookups} of {MOST_LOOKUPS}"))
    return check(CheckName.SPF, _remarks(tree, domain, last), *tree.facts)


def _texts(answer: Answer) -> list[str]:
    return [each.text for each in answer.records if is_spf(each.text)]


def _facts(domain: str, texts: list[str]) -> list[Fact]:
    return [Fact("spf.record", domain, text[:1000]) for text in texts[:5]]


def _none(domain: str) -> Remark:
    return Remark(
        "spf.missing",
        Tone.BAD,
        f"{domain} has no SPF record.",
        "Receiving servers cannot tell Motion's replies from forged mail by it. Have a record made "
        "that names the servers through which Motion sends.",
    )


def _several(domain: str) -> Remark:
    return Remark(
        "spf.several",
        Tone.BAD,
        f"{domain} has more than one SPF record.",
        f"{_BROKEN} Have them made into one.",
    )


def _follow(
    tree: _Tree,
    domain: str,
    record: Record,
    path: tuple[str, ...],
    resolver: Resolver,
    asking: Asking,
) -> None:
    """Count what a record costs, and follow what it leads to; ``path`` is how we came here."""
    if record.faults:
        said = ", ".join(f"“{each[:60]}”" for each in record.faults[:3])
        sentence = f"The SPF record of {domain} breaks the rules at {said}."
        tree.remarks.append(Remark("spf.syntax", Tone.BAD, sentence, f"{_BROKEN} Have it mended."))
    has_all = record.term("all") is not None
    for term in record.terms:
        if term.name not in COUNTED or (term.name == "redirect" and has_all):
            continue  # §6.1: beside “all”, redirect counts for nothing
        tree.lookups += 1
        if tree.lookups > _ENOUGH:
            return
        if term.name == "ptr":
            sentence = f"The SPF record of {domain} uses “ptr”, which is no longer to be used."
            meaning = "It is slow, and some servers pass it over. Have it replaced by addresses."
            tree.remarks.append(Remark("spf.ptr", Tone.NOTE, sentence, meaning))
        elif term.has_macro:
            continue
        elif term.name in ("include", "redirect"):
            _enter(tree, term.value.lower().rstrip("."), path, resolver, asking)
        else:
            _look_up(tree, term.name, term.value.partition("/")[0] or domain, resolver, asking)


def _enter(
    tree: _Tree, target: str, path: tuple[str, ...], resolver: Resolver, asking: Asking
) -> None:
    if target in path:
        circle = " → ".join((*path[path.index(target) :], target))
        sentence = f"The SPF record leads in a circle: {circle}."
        meaning = f"{_BROKEN} Have the include taken out."
        tree.remarks.append(Remark("spf.loop", Tone.BAD, sentence, meaning))
        return
    answer = resolver.ask(target, Kind.TXT, asking)
    if not answer.said.is_certain:
        tree.remarks.append(unsaid(CheckName.SPF, target, answer))
        return
    tree.void += answer.said is not Said.FOUND
    texts = _texts(answer)
    tree.facts += _facts(target, texts)
    if len(texts) != 1:
        what = "several SPF records" if texts else "no SPF record"
        sentence = f"The SPF record leads to {target}, which has {what}."
        meaning = f"{_BROKEN} Have the include mended or taken out."
        tree.remarks.append(Remark("spf.include-broken", Tone.BAD, sentence, meaning))
        return
    _follow(tree, target, read(texts[0]), (*path, target), resolver, asking)


def _look_up(tree: _Tree, name: str, host: str, resolver: Resolver, asking: Asking) -> None:
    """Note where a look-up finds nothing (§4.6.4); addresses themselves are not compared."""
    kinds = (Kind.MX,) if name == "mx" else (Kind.A, Kind.AAAA)
    found = [resolver.ask(host, kind, asking).said for kind in kinds]
    tree.void += all(said in (Said.NO_DATA, Said.NO_NAME) for said in found)


def _last_word(
    record: Record, domain: str, resolver: Resolver, asking: Asking, depth: int = 0
) -> str:
    """The qualifier of “all”, that of a redirect's record included; empty where there is none."""
    if found := record.term("all"):
        return found.qualifier
    redirect = record.term("redirect")
    if not redirect or redirect.has_macro or depth == MOST_LOOKUPS:
        return ""
    texts = _texts(resolver.ask(redirect.value, Kind.TXT, asking))
    if len(texts) != 1:
        return ""
    return _last_word(read(texts[0]), redirect.value, resolver, asking, depth + 1)


def _remarks(tree: _Tree, domain: str, last: str) -> Iterator[Remark]:
    yield from dict.fromkeys(tree.remarks)
    if tree.lookups > MOST_LOOKUPS:
        count = f"more than {_ENOUGH}" if tree.lookups > _ENOUGH else str(tree.lookups)
        sentence = f"The SPF record needs {count} look-ups; {MOST_LOOKUPS} are allowed."
        meaning = f"{_BROKEN} Have includes that are no longer needed taken out."
        yield Remark("spf.too-many-lookups", Tone.BAD, sentence, meaning)
    if tree.void > MOST_VOID:
        sentence = f"{tree.void} look-ups of the SPF record find nothing; {MOST_VOID} are allowed."
        meaning = "Some servers treat the record as broken. Have the dead names taken out."
        yield Remark("spf.void-lookups", Tone.BAD, sentence, meaning)
    if not any(each.tone is Tone.BAD for each in tree.remarks):
        yield _of_last_word(domain, last)


def _of_last_word(domain: str, last: str) -> Remark:
    code, tone, what, meaning = _LAST_WORDS[last]
    return Remark(f"spf.{code}", tone, f"{domain} {what}", meaning)


_NAMED = "The servers through which Motion sends must be among those named"
_LAST_WORDS = {
    "-": (
        "fail",
        Tone.GOOD,
        "names its senders and disowns all others (-all).",
        f"{_NAMED}; otherwise replies are refused.",
    ),
    "~": (
        "softfail",
        Tone.GOOD,
        "names its senders and doubts all others (~all).",
        f"{_NAMED}; otherwise replies may land in Junk.",
    ),
    "?": (
        "neutral",
        Tone.NOTE,
        "names its senders, and says nothing of others (?all).",
        "The record helps Motion's replies little. End it with ~all or -all.",
    ),
    "+": (
        "anyone",
        Tone.BAD,
        "lets anyone send in its name (+all).",
        "The record protects nobody, and is held against the sender. End it with ~all or -all.",
    ),
    "": (
        "no-end",
        Tone.NOTE,
        "names its senders, and does not say what of others: “all” is missing.",
        "It counts as ?all, and helps Motion's replies little. End the record with ~all or -all.",
    ),
}
