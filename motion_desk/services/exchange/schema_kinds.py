"""Schema of kinds: what values a field of each kind may have in a document, as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from motion_desk.models import internet
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.directory import is_named
from motion_desk.models.kinds import (
    Choice,
    Date,
    Integer,
    Kind,
    Lines,
    Reference,
    References,
    RichText,
    Rows,
    SecretText,
    Text,
    Toggle,
)

Schema = dict[str, Any]

# `$` would also match before a line break at the end, in Python's dialect of patterns.
_END = r"(?![\s\S])"
_LINE = rf"^(\S([^\n\r\u0000]*\S)?)?{_END}"
_UNTRIMMED_LINE = rf"^[^\n\r\u0000]*{_END}"
_TEXT = rf"^[^\u0000]*{_END}"

_IN_LABEL = r"\s/:@?#\[\]\\\"'<>,;()%."
_LABEL = rf"(?!-)[^{_IN_LABEL}]{{0,62}}[^-{_IN_LABEL}]"
_IPV4 = r"(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}"
_NAME = rf"(?![0-9.]+{_END}){_LABEL}(\.{_LABEL})*\.?"
_DOMAIN = rf"({_NAME}|\[[0-9A-Fa-f:.]+\])"
_QUOTED = r'"[\s\S]+"'
_ATOM = r"[^\s@<>()\[\],;:\\\".]+"
_LOCAL = rf"(?=[\s\S]{{1,64}}@[^@]*{_END})({_QUOTED}|{_ATOM}(\.{_ATOM})*)"
_PEM = (
    r"(?![\s\S]*-----(BEGIN|END) (?!CERTIFICATE-----))(?![\s\S]*\u0000)[\s\S]*"
    r"-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----[\s\S]*"
)
_PORT = r":(0*[1-9][0-9]{0,4})?"


def _text(kind: Kind) -> Schema:
    if not isinstance(kind, Text):
        raise TypeError(f"{kind!r} is no text")
    pattern = _LINE if kind.trimmed else _UNTRIMMED_LINE
    return {"type": ["string", "null"], "maxLength": kind.most, "pattern": pattern}


def _lines(kind: Kind) -> Schema:
    if not isinstance(kind, Lines):
        raise TypeError(f"{kind!r} is no text of several lines")
    return {"type": ["string", "null"], "maxLength": kind.most, "pattern": _TEXT}


def _host(kind: Kind) -> Schema:
    forms: list[Schema] = [
        {"maxLength": 0},
        {"pattern": rf"^{_IPV4}{_END}"},
        {"format": "ipv6", "pattern": r"^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*" + _END},
        {"pattern": r"^\[[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\]" + _END},
        {"pattern": rf"^(?=[\s\S]{{1,253}}\.?{_END}){_NAME}{_END}"},
    ]
    return {**_text(kind), "anyOf": forms}


def _url(kind: Kind) -> Schema:
    scheme = r"[hH][tT][tT][pP][sS]?://"
    host = rf"({_IPV4}|\[[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\]|(?![0-9.]+([:/?#]|{_END})){_LABEL}(\.{_LABEL})*\.?)"
    pattern = rf"^({scheme}([^\s/?#]*@)?{host}({_PORT})?([/?#]\S*)?)?{_END}"
    return {**_text(kind), "pattern": pattern}


def _address(kind: Kind) -> Schema:
    return {**_text(kind), "pattern": rf"^({_LOCAL}@{_DOMAIN})?{_END}"}


def _fingerprint(kind: Kind) -> Schema:
    return {**_text(kind), "pattern": rf"^([0-9a-f]{{64}})?{_END}"}


def _certificates(kind: Kind) -> Schema:
    return {**_lines(kind), "pattern": rf"^({_PEM})?{_END}"}


def _integer(kind: Kind) -> Schema:
    if not isinstance(kind, Integer):
        raise TypeError(f"{kind!r} is no whole number")
    return {"type": ["integer", "null"], "minimum": kind.low, "maximum": kind.high}


def _toggle(kind: Kind) -> Schema:
    return {"type": "boolean"}


def _choice(kind: Kind) -> Schema:
    if not isinstance(kind, Choice):
        raise TypeError(f"{kind!r} is no choice")
    return {"type": "string", "enum": [option.value for option in kind.options]}


def _date(kind: Kind) -> Schema:
    return {
        "type": ["string", "null"],
        "format": "date",
        "pattern": rf"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})?{_END}",
    }


def _reference(kind: Kind) -> Schema:
    if not isinstance(kind, Reference | References):
        raise TypeError(f"{kind!r} refers to nothing")
    target = (ACCOUNT.fields.get(kind.to) or WORKSPACE.fields[kind.to]).kind
    if isinstance(target, Rows) and not any(map(is_named, target.types)):
        return {"type": ["string", "null"], "pattern": rf"^({target.one} [1-9][0-9]*)?{_END}"}
    return {"type": ["string", "null"]}


def _references(kind: Kind) -> Schema:
    item = {**_reference(kind), "type": "string"}
    return {"type": ["array", "null"], "items": item, "uniqueItems": True}


def _rows(kind: Kind) -> Schema:
    return {"type": ["array", "null"]}


def _secret(kind: Kind) -> Schema:
    return {"not": {}, "description": "Secrets are never kept in documents."}


BY_KIND: Mapping[type[Kind], Callable[[Kind], Schema]] = {
    Text: _text,
    Lines: _lines,
    RichText: _lines,
    internet.Host: _host,
    internet.Url: _url,
    internet.Address: _address,
    Fingerprint: _fingerprint,
    Certificates: _certificates,
    Integer: _integer,
    Toggle: _toggle,
    Choice: _choice,
    Date: _date,
    Reference: _reference,
    References: _references,
    Rows: _rows,
    SecretText: _secret,
}
"""One entry for each kind. What is in rows is said where their types are known."""


def kind_schema(kind: Kind) -> Schema:
    """The schema of a kind's values. Raises ``KeyError`` for a kind without an entry."""
    return BY_KIND[type(kind)](kind)


def filled(kind: Kind) -> Schema:
    """The schema that a value meets if it is filled in; its type is checked elsewhere."""
    match kind:
        case References() | Rows():
            return {"type": "array", "minItems": 1}
        case Integer():
            return {"type": "integer"}
        case _ if kind.empty == "" or isinstance(kind, Date):
            return {"type": "string", "minLength": 1}
    return {}
