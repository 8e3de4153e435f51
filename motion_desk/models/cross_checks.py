"""Checks across fields: combinations that are wrong, risky, or unlikely to be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.fields import fields_of
from motion_desk.models.filter_checks import filters_decide
from motion_desk.models.kinds import Row
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.rows import depths
from motion_desk.models.sections.answers import DEEPEST
from motion_desk.models.sections.fetching import ANY_CERTIFICATE_WARNING

HOUR = 3600
_ANY_CERTIFICATE = ("imap.any_certificate", "authentication.any_certificate")


@dataclass(frozen=True, slots=True)
class Case:
    """What a cross-field check looks at; ``values`` are those that count."""

    document: Document
    values: Mapping[str, Any]
    visible: Mapping[str, bool]
    surroundings: Surroundings


Check = Callable[[Case], Iterator[Problem]]


def _warn(at: str, code: str, text: str, source: str = "", /, **values: object) -> Problem:
    return Problem(at, code, text, values, Severity.WARNING, source)


def key_is_unique(case: Case) -> Iterator[Problem]:
    """Two accounts with one key; a warning, for uniqueness is not documented for email."""
    key = case.values["settings.key"]
    twins = [peer.name for peer in case.surroundings.peers if peer.key == key and key]
    if twins:
        text = "“{key}” is also the key of {other}. Agents could not tell their tabs apart."
        yield _warn("settings.key", "key_used", text, key=key, other=" and ".join(twins))


def address_is_unique(case: Case) -> Iterator[Problem]:
    """Two active accounts that fetch one mailbox take each other's messages."""
    address = str(case.values["settings.address"]).casefold()
    for peer in case.surroundings.peers:
        if (
            peer.active
            and case.values["settings.active"]
            and address == peer.address.casefold() != ""
        ):
            text = "{other} is active with this address too: both would fetch the same messages."
            yield _warn("settings.address", "address_used", text, other=peer.name)


def waits_are_sensible(case: Case) -> Iterator[Problem]:
    """Waits of more than a day."""
    for key in ("settings.wait_agent", "settings.wait_queue"):
        value = case.values[key]
        if isinstance(value, int) and 24 * HOUR < value <= 2_147_483:
            text = "This is {hours} hours: a customer would wait that long. The page suggests 10 s."
            yield _warn(key, "long_wait", text, hours=round(value / HOUR))


def port_fits_encryption(case: Case) -> Iterator[Problem]:
    """Ports that servers serve with the other kind of encryption (RFC 8314)."""
    pairs = (
        ("imap.port", "imap.ssl", {143: False, 993: True}, "SSL"),
        ("smtp.port", "smtp.secure", {25: False, 587: False, 465: True}, "Secure"),
    )
    for key, switch, usual, name in pairs:
        wanted = usual.get(case.values[key])
        if case.visible[key] and wanted is not None and case.values[switch] is not wanted:
            text = "On port {port} servers expect {name} to be {wanted}. Turn it {wanted}, or use port {other}."
            other = next(port for port, on in reversed(usual.items()) if on is not wanted)
            values = {"name": name, "wanted": "on" if wanted else "off", "other": other}
            yield _warn(key, "port_pair", text, "S2", port=case.values[key], **values)


def passwords_are_encrypted(case: Case) -> Iterator[Problem]:
    """A password on a connection without encryption."""
    if (
        case.visible["imap.ssl"]
        and not case.values["imap.ssl"]
        and case.values["imap.authentication"]
    ):
        text = "Without SSL the password crosses the network as clear text. Turn SSL on."
        yield _warn("imap.ssl", "clear_text", text)
    if case.visible["authentication.ssl"] and not case.values["authentication.ssl"]:
        text = "Built-in services answer with SSL only. Turn it on."
        yield _warn("authentication.ssl", "clear_text", text)


def any_certificate_is_a_risk(case: Case) -> Iterator[Problem]:
    """Certificates that are not looked at."""
    for key in _ANY_CERTIFICATE:
        if case.values[key] is True:
            yield _warn(key, "any_certificate", ANY_CERTIFICATE_WARNING)


def any_certificate_has_a_reason_and_an_end(case: Case) -> Iterator[Problem]:
    """Any certificate accepted without a word on why, or for ever."""
    for key in _ANY_CERTIFICATE:
        if case.values[key] is not True:
            continue
        if not case.values[f"{key}_reason"]:
            text = "Any certificate is accepted here, and nothing says why. Write down the reason."
            yield _warn(f"{key}_reason", "no_reason", text)
        if case.values[f"{key}_review"] is None:
            text = "Any certificate is accepted here for ever. Choose a day to look at it again."
            yield _warn(f"{key}_review", "no_review", text)


def built_in_service_takes_this_login(case: Case) -> Iterator[Problem]:
    """What the providers themselves say about passwords (motion.md §2, provider facts)."""
    service, modern = case.values["settings.service"], case.values["authentication.modern"]
    if service is Service.OUTLOOK365 and not modern:
        text = "Microsoft 365 has refused passwords for fetching mail since October 2022. Turn modern authentication on."
        yield _warn("authentication.password", "password_refused", text, "S3")
    if service is Service.HOTMAIL and not modern:
        text = "Outlook.com has refused passwords, app passwords included, since 16 September 2024, and Motion documents modern authentication for Outlook365 only."
        yield _warn("authentication.password", "password_refused", text, "S3")
    if modern and service in (Service.YAHOO, Service.HOTMAIL, Service.GMAIL):
        text = "Motion documents modern authentication for Outlook365 only; for {service} it may not work."
        yield _warn("authentication.modern", "undocumented", text, "S3", service=service.label)


def cloud_provider_is_not_shared(case: Case) -> Iterator[Problem]:
    """One cloud provider, with an app id of its own, for each account (S3)."""
    provider = case.values["authentication.cloud_provider"]
    others = [
        peer.name
        for peer in case.surroundings.peers
        if provider and peer.cloud_provider == provider
    ]
    if others:
        text = "{other} uses this cloud provider too. Motion asks for one of its own, with its own app id, for each account."
        yield _warn(
            "authentication.cloud_provider", "shared", text, "S3", other=" and ".join(others)
        )


def mandatory_disposition_can_be_met(case: Case) -> Iterator[Problem]:
    """Agents forced to choose, with nothing set meanwhile."""
    if case.values["disposition.mandatory"] is True and not case.values["disposition.pause"]:
        text = "Choose the pause that agents are put in while they choose a disposition."
        yield _warn("disposition.pause", "no_pause", text)


def names_are_unique(case: Case) -> Iterator[Problem]:
    """Two rows with one name, in the whole list or among those that are alike in ``WITHIN``."""
    for key, value in case.values.items():
        if not (isinstance(value, tuple) and value and isinstance(value[0], Row)):
            continue
        named = getattr(value[0], "NAMED", "name")
        if not hasattr(value[0], named):
            continue
        within = getattr(value[0], "WITHIN", "parent")
        seen = Counter((getattr(row, within, ""), getattr(row, named)) for row in value)
        for row in value:
            name = getattr(row, named)
            if name and seen[getattr(row, within, ""), name] > 1:
                text = "“{name}” stands here more than once. Give each a {what} of its own."
                label = next(f.label.lower() for f in fields_of(type(row)) if f.name == named)
                yield Problem(
                    f"{key}/{row.id}/{named}", "twice", text, {"name": name, "what": label}
                )


def dispositions_have_three_levels(case: Case) -> Iterator[Problem]:
    """At most three levels, and no label that lies below itself (S8)."""
    key = "dispositions.entries"
    for row_id, level in depths(case.values[key]).items():
        if level > DEEPEST:
            text = "This is level {level}; Motion has {most}. Move it up."
            values = {"level": level, "most": DEEPEST}
            yield Problem(f"{key}/{row_id}/name", "level", text, values, source="S8")
        elif level == 0:
            text = "This disposition lies below itself. Move it to the first level."
            yield Problem(f"{key}/{row_id}/name", "circle", text, source="S8")


def scenarios_name_people(case: Case) -> Iterator[Problem]:
    """Lines of kept scenarios that cannot be read, or name people who are not in the directory."""
    if rows := case.values["expectations.scenarios"]:
        # Few accounts have any, and the classes behind it take a millisecond to make.
        from motion_desk.models.scenarios import problems_of_people

        entries = case.surroundings.entries
        agents, queues = entries["agents.entries"], entries["queues.entries"]
        names = [named.name for of in (agents, queues) for named in of.values()]
        yield from problems_of_people(rows, names)


def invitations_can_be_sent(case: Case) -> Iterator[Problem]:
    """Both General settings are needed, or no invitation is sent (seed page)."""
    chosen, base = case.values["general.invitation"], case.values["general.base_address"]
    if bool(chosen) != bool(base):
        key = "general.base_address" if chosen else "general.invitation"
        text = "Invitations need both the template and the link's base address; one is missing, so none is sent."
        yield _warn(key, "half", text)
    if isinstance(base, str) and base.startswith("http://"):
        text = "Passwords are chosen on this page: use https://."
        yield _warn("general.base_address", "insecure", text)


ACCOUNT_CHECKS: tuple[Check, ...] = (
    key_is_unique,
    address_is_unique,
    waits_are_sensible,
    port_fits_encryption,
    passwords_are_encrypted,
    any_certificate_is_a_risk,
    any_certificate_has_a_reason_and_an_end,
    built_in_service_takes_this_login,
    cloud_provider_is_not_shared,
    mandatory_disposition_can_be_met,
    names_are_unique,
    dispositions_have_three_levels,
    scenarios_name_people,
    filters_decide,
)
WORKSPACE_CHECKS: tuple[Check, ...] = (names_are_unique, invitations_can_be_sent)
