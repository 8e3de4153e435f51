"""Wording: what all written reports say in the same words, and how they show what others said."""

from __future__ import annotations

from datetime import UTC, datetime

from motion_desk.models.catalogue import ACCOUNT, WORKSPACE, Catalogue
from motion_desk.models.endpoints import TESTER_SMTP_TIMEOUT
from motion_desk.services.tester.session import seconds
from motion_desk.services.tester.steps import Finding, Probe, Remedy, State, Step, Who

LONGEST = 4_000
"""Characters of one text that are shown: the rest of a megabyte says nothing more."""

MARKS = {
    State.WAITING: "·",
    State.RUNNING: "…",
    State.PASSED: "✓",
    State.WARNING: "!",
    State.FAILED: "✗",
    State.NOT_RUN: "–",
    State.STOPPED: "■",
}
"""A mark for each state; it never stands without the word."""

IN_THE_LAB = (
    "In the lab: this test talked to the lab's servers on this computer, not to the real ones."
)

ACCEPTED = (
    "Motion would have stopped here. The test went on by a trust decision of this workstation."
)

INFERRED = (
    (
        "What Motion does is inferred from the words and defaults of its page: with SSL off, IMAP "
        "is clear text and STARTTLS is never used; with Secure off, SMTP uses STARTTLS if the "
        "server offers it."
    ),
    (
        "Trust is judged by Mozilla's roots and the CA files that the workspace says Motion was "
        "given. That Motion runs on Node, which does not read the operating system's store, is "
        "inferred."
    ),
    "Only IMAP has “Accept any certificate”: Motion's page has no such field for SMTP.",
    (
        "Motion's page has no timeouts for SMTP. Those in this report are the tester's own, "
        f"{TESTER_SMTP_TIMEOUT:g} s."
    ),
    (
        "Nothing on the servers was changed: the mailbox was opened read-only, and no message was "
        "sent."
    ),
)
"""What a reader must know to judge a report."""

NOTHING_TO_DO = "Nothing: no step found anything to do."


def one_line(text: str, most: int = LONGEST) -> str:
    """The text on one line, of at most ``most`` characters and all of them visible.

    Control characters and marks of direction, by which a server could make a line look like
    something else, become a middle dot.
    """
    shown = " ".join(text[: most + 1].split())
    if len(text) > most:
        shown = f"{shown[:most]} … ({len(text)} characters)"
    return "".join(each if each.isprintable() else "·" for each in shown)


def lines(text: str, most: int = LONGEST) -> tuple[str, ...]:
    """The text's lines, with their spaces, as visible as ``one_line`` makes them."""
    shown = text[:most].replace("\t", "    ").splitlines()
    if len(text) > most:
        shown.append(f"… ({len(text)} characters)")
    return tuple(
        "".join(each if each.isprintable() else "·" for each in line.rstrip()) for line in shown
    )


def utc(at: datetime) -> str:
    """A moment in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def local(at: datetime) -> str:
    """A moment in the time of this workstation, and how that differs from UTC."""
    here = at.astimezone()
    offset = here.strftime("%z")
    return here.strftime(f"%Y-%m-%d %H:%M:%S (UTC{offset[:3]}:{offset[3:5]})")


def fingerprint(text: str) -> str:
    """The beginning of a fingerprint, enough to tell values apart."""
    return text[:8]


def field_name(key: str) -> str:
    """A field as people find it: its section's title and its label; the key itself if unknown."""
    head = key.partition("/")[0]
    catalogue: Catalogue = WORKSPACE if head in WORKSPACE.fields else ACCOUNT
    if head not in catalogue.fields:
        return key
    return f"{catalogue.section_of[head].title}: {catalogue.field(key).label}"


def took(step: Step) -> str:
    """How long a step took; empty for one that was not made."""
    made = step.state in (State.PASSED, State.WARNING, State.FAILED, State.STOPPED)
    return seconds(step.seconds) if made else ""


def effort(probe: Probe) -> str:
    """What a probe cost."""
    trips = "1 round trip" if probe.round_trips == 1 else f"{probe.round_trips} round trips"
    return f"{trips}, {seconds(probe.seconds)}."


def step_title(step: Step) -> str:
    """A step with its protocol."""
    return f"{step.protocol.label}, {step.name.title}"


def server_words(finding: Finding) -> str:
    """What the server said, its code before it; a code of IMAP in brackets, as it is sent."""
    code, words = finding.code, finding.words
    if not code or code in words:
        return words
    return f"{code} {words}".rstrip() if code[0].isdigit() else f"[{code}] {words}".rstrip()


def notes(remedy: Remedy) -> tuple[str, ...]:
    """What has to be known about a remedy before it is chosen, each in a sentence."""
    said = []
    if remedy.here:
        said.append("This concerns tests from this workstation only. Motion's verdict stays.")
    if remedy.risk:
        said.append(
            "At your own risk: note a reason, and a day on which somebody looks at it again."
        )
    if remedy.field:
        said.append(f"The field is {field_name(remedy.field)}.")
    if remedy.who is not Who.YOU:
        said.append(f"This is done by the {remedy.who.value}.")
    if remedy.again_after:
        said.append(f"Test again after {remedy.again_after:g} s.")
    return tuple(said)
