"""Comparing: where what the Motion server found first differs from what this workstation found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.tester.keeping import of_plain
from motion_desk.services.tester.steps import Probe, Report, State, Step, StepName

if TYPE_CHECKING:
    from motion_desk.services.store import Store

_DONE = (State.PASSED, State.WARNING, State.FAILED)


@dataclass(frozen=True, slots=True)
class HostDifference:
    """A step that went otherwise there than here. ``sentence`` says how, and why it matters.

    ``decides``: it went well on one side only, or failed for another reason; else both went well
    and merely showed something else.
    """

    protocol: Protocol
    name: StepName
    here: Step
    there: Step
    code: str
    sentence: str
    decides: bool


def last_from_here(store: Store, account: Account) -> Report | None:
    """The newest kept test of the account's servers from this workstation, and not in the lab.

    That of another password will do: what a probe sees does not depend on it. Raises
    ``WorkspaceError`` as the store does.
    """
    for summary in store.runs(account.id):
        if summary.vantage or summary.lab:
            continue
        try:
            found = of_plain(store.run(summary.id))
        except ValueError:  # of a newer version
            continue
        if is_of_servers(found, account):
            return found
    return None


def is_of_servers(report: Report, account: Account) -> bool:
    """Whether a report is of the servers that the account has now."""
    ends = {each: endpoint(account, each) for each in Protocol}
    places = {each: f"{end.host}:{end.port}" for each, end in ends.items()}
    return all(probe.target == places[probe.protocol] for probe in report.probes)


def first_difference(here: Report, there: Report) -> HostDifference | None:
    """The difference to look at first: one that decides before one that does not, IMAP first."""
    found = differences(here, there)
    return min(found, key=lambda each: not each.decides, default=None)


def differences(here: Report, there: Report) -> tuple[HostDifference, ...]:
    """The first step of each protocol that differs; where one decides, that one.

    Only steps that were made on both sides are compared. Both reports must be of one account.
    """
    found = []
    for protocol in Protocol:
        ours, theirs = here.probe(protocol), there.probe(protocol)
        if ours and theirs:
            each = list(_of_probe(ours, theirs))
            found += sorted(each, key=lambda one: not one.decides)[:1]
    return tuple(found)


def _of_probe(ours: Probe, theirs: Probe) -> Iterator[HostDifference]:
    for here in ours.steps:
        there = theirs.step(here.name)
        if there is None or here.state not in _DONE or there.state not in _DONE:
            continue
        if found := _of_step(here, there):
            yield found


def _of_step(here: Step, there: Step) -> HostDifference | None:
    failed_here, failed_there = here.state is State.FAILED, there.state is State.FAILED
    if failed_here != failed_there:
        code = "only-there" if failed_there else "only-here"
        return _difference(here, there, code, _matters(here, there, code), decides=True)
    if failed_here:
        ours, theirs = here.findings[0], there.findings[0]
        if ours.failure is theirs.failure:
            return None
        text = (
            f"From this workstation: {ours.title}. From the Motion server: {theirs.title}. The two "
            "do not reach the same server, or something between lets them through differently."
        )
        return _difference(here, there, "otherwise", text, decides=True)
    return _shown_otherwise(here, there)


def _difference(
    here: Step, there: Step, code: str, sentence: str, *, decides: bool
) -> HostDifference:
    return HostDifference(here.protocol, here.name, here, there, code, sentence, decides)


_ONLY_THERE = {
    StepName.DNS: "The Motion server's name service does not know the host, or knows another "
    "network. Have the name made known there.",
    StepName.TCP: "The network lets this workstation out, but not the Motion server: ask for the "
    "port to be opened from there.",
    StepName.TLS: "Something between the Motion server and the mail server changes the encryption, "
    "or the two reach different servers.",
    StepName.GREETING: "The mail server turns the Motion server's address away, or another server "
    "answers there.",
}
_ONLY_HERE = {
    StepName.DNS: "The name is known in the Motion server's network only. For Motion this is well.",
    StepName.TCP: "The network lets the Motion server out, but not this workstation. For Motion "
    "this is well; test from there.",
    StepName.TLS: "Something between this workstation and the mail server changes the encryption, "
    "such as a proxy or a virus scanner. For Motion this is well.",
    StepName.GREETING: "The mail server turns this workstation away. For Motion this is well.",
}


def _matters(here: Step, there: Step, code: str) -> str:
    """Why it matters that a step failed on one side only."""
    if code == "only-there":
        said = f"“{here.name.title}” works from this workstation, but not from the Motion server"
        why = _ONLY_THERE.get(here.name, "What Motion would meet is what counts.")
        failed = there
    else:
        said = f"“{here.name.title}” works from the Motion server, but not from this workstation"
        why = _ONLY_HERE.get(here.name, "What Motion would meet is what counts.")
        failed = here
    title = failed.findings[0].title if failed.findings else failed.summary
    return f"{said}: {title}. {why}"


def _shown_otherwise(here: Step, there: Step) -> HostDifference | None:
    """What both sides were shown without fault, and yet not alike."""
    if here.name is StepName.DNS:
        ours, theirs = _values(here, "address"), _values(there, "address")
        if ours and theirs and not ours & theirs:
            text = (
                f"The name leads to {_listed(ours)} here, and to {_listed(theirs)} there: each "
                "network has its own answer, so the two tests may be of different servers."
            )
            return _difference(here, there, "other-addresses", text, decides=False)
    if here.name is StepName.TLS:
        leaves = _leaf(here), _leaf(there)
        if all(leaves) and leaves[0] != leaves[1]:
            text = (
                "The two were shown different certificates: there are several servers behind the "
                "name, or something on one of the ways opens the encryption."
            )
            return _difference(here, there, "other-certificate", text, decides=False)
    if here.name in (StepName.CAPABILITIES, StepName.HELLO):
        ours, theirs = _abilities(here), _abilities(there)
        if "STARTTLS" in ours ^ theirs:
            where = "this workstation" if "STARTTLS" in ours else "the Motion server"
            text = (
                f"Encryption (STARTTLS) is offered to {where} only: something on the other way "
                "takes it out, and passwords would cross the network as clear text."
            )
            return _difference(here, there, "starttls-one-side", text, decides=True)
    return None


def _values(step: Step, code: str) -> set[str]:
    return {fact.value for fact in step.facts if fact.code == code}


def _leaf(step: Step) -> str:
    """The digest of the server's own certificate, which comes first."""
    return next((fact.value for fact in step.facts if fact.code == "certificate.sha256"), "")


def _abilities(step: Step) -> set[str]:
    found = _values(step, "ability")
    for text in _values(step, "abilities"):
        found |= set(text.split())
    return {each.upper() for each in found}


def _listed(values: set[str]) -> str:
    return ", ".join(sorted(values))
