"""Summary: what a test found, as lines for a terminal: the verdict, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motion_desk.services.tester import outline, wording
from motion_desk.services.tester.blocks import Card, Items, Listing, Table, Text

if TYPE_CHECKING:
    from motion_desk.services.tester.blocks import Block
    from motion_desk.services.tester.steps import Report

_INDENT = "  "


def summary(report: Report) -> Iterator[str]:
    """The lines, without a line's end. What others said in them is made visible and harmless."""
    banner = outline.banner(report)
    yield wording.one_line(outline.title(report))
    if banner.detail:
        yield wording.one_line(banner.detail)
    if report.lab:
        yield wording.IN_THE_LAB
    for block in outline.to_do(report):
        yield ""
        yield from _lines(block)
    yield ""
    values = f"Values {wording.fingerprint(report.fingerprint)}"
    yield wording.one_line(f"{values} · {wording.local(report.at)} · from {report.vantage}")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Text(text):
            yield wording.one_line(text)
        case Card(title, state, blocks):
            yield f"{state.value.upper()}  {wording.one_line(title)}"
            for inner in blocks:
                yield from _indented(inner)
        case Listing(to_send=True):
            yield "The text to send is in the report: see --report."
        case Listing(title, lines):
            yield f"{wording.one_line(title)}:"
            yield from (f"{_INDENT}{line}".rstrip() for line in lines)
        case Table(rows):
            for label, before, after in rows:
                yield f"{wording.one_line(label)}: {_or_nothing(before)} → {_or_nothing(after)}"
        case Items(items):
            for number, item in enumerate(items, 1):
                first, *rest = (line for inner in item for line in _lines(inner))
                yield f"{number}. {first}"
                yield from (f"   {line}".rstrip() for line in rest)


def _indented(block: Block) -> Iterator[str]:
    return (f"{_INDENT}{line}".rstrip() for line in _lines(block))


def _or_nothing(text: str) -> str:
    return wording.one_line(text) or "(empty)"
