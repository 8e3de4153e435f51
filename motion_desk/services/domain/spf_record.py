"""SPF records: read by the grammar of RFC 7208."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_network

COUNTED = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
"""Terms that cost a look-up (RFC 7208 §4.6.4)."""
LONGEST = 4_096
"""Characters of a record that are read; no sound one comes near it."""

_TERM = re.compile(r"([+\-?~]?)([A-Za-z][A-Za-z0-9_.\-]*)(?:([:=/])(.*))?", re.DOTALL)
_CIDR = re.compile(r"(?:/(\d{1,3}))?(?://(\d{1,3}))?")
_MACRO = re.compile(r"%(?:\{[slodiphcrtv]\d*r?[.\-+,/_=]*\}|%|_|-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism or modifier: its name in lower case, its qualifier, and what it names."""

    name: str
    qualifier: str = "+"
    value: str = ""

    @property
    def has_macro(self) -> bool:
        """Whether what it names depends on the message, so that it cannot be followed here."""
        return "%" in self.value


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read; ``faults`` are the terms that break the grammar, as written."""

    terms: tuple[Term, ...]
    faults: tuple[str, ...] = ()

    def term(self, name: str) -> Term | None:
        """The first term with a name, where there is one."""
        return next((each for each in self.terms if each.name == name), None)


def is_spf(text: str) -> bool:
    """Whether a TXT record is meant as SPF (RFC 7208 §4.5)."""
    return re.match(r"v=spf1(?: |\Z)", text, re.IGNORECASE) is not None


def read(text: str) -> Record:
    """The terms of a record, which ``is_spf``. Raises nothing."""
    if len(text) > LONGEST:
        return Record((), (f"{len(text)} characters",))
    terms: list[Term] = []
    faults: list[str] = []
    for word in text[len("v=spf1") :].split(" "):
        if not word:
            continue
        term = _term(word)
        if term is None:
            faults.append(word)
        else:
            terms.append(term)
    # §6: at most once each
    names = [each.name for each in terms]
    faults += [f"{name}= twice" for name in ("redirect", "exp") if names.count(name) > 1]
    return Record(tuple(terms), tuple(faults))


def _term(word: str) -> Term | None:
    found = _TERM.fullmatch(word)
    if not found or not word.isascii() or not word.isprintable():
        return None
    sign, name, separator, value = found[1], found[2].lower(), found[3] or "", found[4] or ""
    if separator == "=":
        good = not sign and (name not in ("redirect", "exp") or _is_name(value))
        return Term(name, "", value) if good else None
    qualifier = sign or "+"
    if separator == "/":
        value = f"/{value}"
    good = _is_mechanism(name, separator, value)
    return Term(name, qualifier, value) if good else None


def _is_mechanism(name: str, separator: str, value: str) -> bool:
    match name:
        case "all":
            return not separator
        case "include" | "exists":
            return separator == ":" and _is_name(value)
        case "ip4" | "ip6":
            return separator == ":" and _is_network(value, 4 if name == "ip4" else 6)
        case "a" | "mx":
            host, slash, rest = value.partition("/")
            if separator == ":" and not _is_name(host):
                return False
            sizes = _CIDR.fullmatch(slash + rest)
            return sizes is not None and int(sizes[1] or 0) <= 32 and int(sizes[2] or 0) <= 128
        case "ptr":
            return not separator or (separator == ":" and _is_name(value))
    return False


def _is_name(value: str) -> bool:
    """Whether it can name a domain, macros included."""
    bare = _MACRO.sub("m", value)
    return 0 < len(bare) <= 253 and "%" not in bare and not re.search(r"[\s/:@]|\.\.", bare)


def _is_network(value: str, version: int) -> bool:
    try:
        return ip_network(value, strict=False).version == version
    except ValueError:
        return False
