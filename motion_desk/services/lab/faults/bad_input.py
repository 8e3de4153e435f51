"""Faults that no real server has on purpose: input that a client must survive."""

from __future__ import annotations

from motion_desk.services.lab.faults.behaviour import After, Fault, Noise

BAD_INPUT = (
    Fault(
        "garbage-lines",
        "Replies without meaning",
        "After the greeting every reply is a line of meaningless bytes.",
        noise=Noise.GARBAGE,
    ),
    Fault(
        "endless-line",
        "A line without end",
        "The first reply after the greeting is a line that never ends.",
        noise=Noise.ENDLESS,
    ),
    Fault(
        "huge-literal",
        "A literal of 4 GB",
        "IMAP announces 4 GB of headers and sends data without end. SMTP is healthy.",
        huge_literal=True,
    ),
    Fault(
        "half-greeting",
        "Half a greeting",
        "The greeting breaks off in the middle of its line; the connection stays open.",
        half_greeting=True,
        after_greeting=After.SILENCE,
    ),
    Fault(
        "one-byte",
        "One byte a second",
        "Every reply, the greeting too, comes one byte a second.",
        noise=Noise.SLOW,
    ),
    Fault(
        "strange-tags",
        "Answers to commands never sent",
        "IMAP answers every command under a tag that was never used. SMTP is healthy.",
        noise=Noise.STRANGE_TAGS,
    ),
    Fault(
        "echo",
        "Password repeated in the error text",
        "The log-in is refused with the client’s own line, password and all.",
        echo=True,
    ),
)
