"""Hypothesis strategies made from the declarations: values, rows, accounts and workspaces.

They give what checks let through field by field; whether the fields suit each other is left to
chance. `values` says for one kind what it takes, so a new kind fails here until it is described.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE, Catalogue
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.document import D, put
from motion_desk.models.fields import fields_of
from motion_desk.models.internet import Address, Host, Url
from motion_desk.models.kinds import (
    Choice,
    Date,
    Integer,
    Kind,
    Lines,
    Reference,
    References,
    Row,
    Rows,
    SecretText,
    Text,
    Toggle,
)
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.workspace import Workspace

HOSTS = ("mail.example.com", "straße.example", "192.0.2.7", "2001:db8::1", "localhost")
ADDRESSES = ("support@example.com", "o'brien+x@straße.example", '"a b"@example.org')
URLS = ("https://motion.example.com", "http://192.0.2.7:8080/login?x=ä")
FINGERPRINTS = ("0" * 64, "12e4" * 16, "9f86d081884c7d659a2feaa0c55ad015" * 2)
PEM = """\
-----BEGIN CERTIFICATE-----
MIIBqjCCAVCgAwIBAgIUDJTnuHOOeTVMZdE0kPwUUrVlkKswCgYIKoZIzj0EAwIw
MzETMBEGA1UEAwwKSG9semhvZiBDQTEcMBoGA1UECgwTSG9semhvZiBIYW5kZWwg
R21iSDAeFw0yMTAxMDEwMDAwMDBaFw00MTAxMDEwMDAwMDBaMDMxEzARBgNVBAMM
CkhvbHpob2YgQ0ExHDAaBgNVBAoME0hvbHpob2YgSGFuZGVsIEdtYkgwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARnmlS9S+71KCW+MpNhInwL0yWSslnbyGZHcPQn
wSc2C+eJhJiptci6HS7rlojmjX8rmhuVYLcsoshDqiFPHU8Bo0IwQDAPBgNVHRMB
Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUauARIMbE60q3sgPU
7F3EcWc5WEUwCgYIKoZIzj0EAwIDSAAwRQIgAhT19dbMem9ttzv5FRSyl5Dmhv4J
Oi2SPv+2Rri2G5cCIQCMjVs8vvJvYVWg0uohqeqGD4Z4dLgPYGLu01rWpZ87TQ==
-----END CERTIFICATE-----
"""
"""A certificate of an authority whose private key nobody has any more."""
CERTIFICATES = (PEM, f"# Holzhof CA, twice\r\n{PEM}\nsubject=CN = Holzhof CA\n{PEM.strip()}")
IDS = ("2abc", "3k9f", "4zzz")

# All that every database takes.
_characters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
_line = st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"])
_secrets = st.text(_characters, min_size=1, max_size=40).map(lambda text: Secret(typed=text))


@cache
def values(kind: Kind, *, secrets: bool = True) -> SearchStrategy[Any]:
    """Values of a kind that its check lets through; typed secrets only where `secrets` are wanted."""
    match kind:
        case Host():
            return st.sampled_from(("", *HOSTS))
        case Address():
            return st.sampled_from(("", *ADDRESSES))
        case Url():
            return st.sampled_from(("", *URLS))
        case Fingerprint():
            return st.sampled_from(("", *FINGERPRINTS))
        case Certificates():
            return st.sampled_from(("", *CERTIFICATES))
        case Text(most):
            return st.text(_line, max_size=min(most, 20)).map(str.strip)
        case Lines():
            return st.text(_characters, max_size=40)
        case Integer(low, high):
            return st.none() | st.integers(low, high)
        case Toggle():
            return st.booleans()
        case Choice(options):
            return st.sampled_from(list(options))
        case Date():
            return st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
        case Reference():
            return st.sampled_from(("", *IDS))
        case References():
            return st.lists(st.sampled_from(IDS), unique=True).map(tuple)
        case SecretText():
            return st.just(NO_SECRET) | _secrets if secrets else st.just(NO_SECRET)
        case Rows(types):
            one = st.one_of(*(rows(row, secrets=secrets) for row in types))
            return st.lists(one, max_size=3).map(lambda given: _numbered(tuple(given), kind.tree))
    raise TypeError(f"no strategy for {type(kind).__name__}")


def rows(row: type[Row], *, secrets: bool = True) -> SearchStrategy[Row]:
    """Rows of a type, still without an id."""
    cells = {field.name: values(field.kind, secrets=secrets) for field in fields_of(row)}
    return st.builds(row, **cells)


def _numbered(given: tuple[Row, ...], tree: bool) -> tuple[Row, ...]:
    """The rows with ids, each below the one before it where they form a tree."""
    changes: list[dict[str, Any]] = [{"id": IDS[position]} for position in range(len(given))]
    if tree:
        for position in range(1, len(given)):
            changes[position]["parent"] = IDS[position - 1]
    return tuple(replace(row, **change) for row, change in zip(given, changes, strict=True))


def accounts(*, secrets: bool = True) -> SearchStrategy[Account]:
    """Accounts that were never stored."""
    return _documents(ACCOUNT, Account(), secrets=secrets)


def workspaces(*, secrets: bool = True) -> SearchStrategy[Workspace]:
    """Workspaces that were never stored."""
    return _documents(WORKSPACE, Workspace(), secrets=secrets)


def _documents(catalogue: Catalogue, empty: D, *, secrets: bool) -> SearchStrategy[D]:
    """The empty document with some of its fields filled: the fewer, the easier to read a failure."""

    def filled(given: dict[str, Any]) -> D:
        document = empty
        for key, value in given.items():
            document = put(document, key, value)
        return document

    optional = {key: values(field.kind, secrets=secrets) for key, field in catalogue.fields.items()}
    return st.fixed_dictionaries({}, optional=optional).map(filled)
