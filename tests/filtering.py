"""What the tests of header filters share: rules, messages, and strategies for both."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.engines.header_filters import Span, Unsearchable
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.sections.routing import HeaderFilter


def rule(
    said: str,
    value: str = "",
    verdict: Verdict = Verdict.REJECT,
    id: str = "",  # noqa: A002 - the row's own word
) -> HeaderFilter:
    """A rule as one would say it: ``rule("X-Spam not contains", "yes")``."""
    name, *words = said.split(" ")
    return HeaderFilter(
        id=id or said,
        header=name,
        negated="not" in words,
        operator=Operator(words[-1]),
        value=value,
        verdict=verdict,
    )


def message(*lines: str) -> Incoming:
    """A message with such headers, each “Name: value”."""
    pairs = [line.partition(": ") for line in lines]
    headers = tuple(Header(name, value, value) for name, _, value in pairs)
    return Incoming("made", headers, "\n".join(lines), "")


def plain_search(pattern: str, text: str) -> Span | None:
    """A search by Python's engine, for patterns that a test makes."""
    try:
        found = re.search(pattern, text)
    except re.error as error:
        raise Unsearchable(f"No: {error}.") from None
    return found.span() if found else None


NAMES = st.sampled_from(["X-A", "x-a", "X-B", "From"])
TEXTS = st.text("abAß ", max_size=6)
VALUES = st.text("abAß", min_size=1, max_size=3)
PATTERNS = st.sampled_from(["a", ".*", "^b", "a$", "[ab]+", "(", "ß|A"])


@st.composite
def _rules(draw: st.DrawFn) -> HeaderFilter:
    operator = draw(st.sampled_from(Operator))
    return HeaderFilter(
        header=draw(st.sampled_from(["X-A", "X-B", "From", "X-B:"])),
        negated=draw(st.booleans()),
        operator=operator,
        value=draw(PATTERNS if operator is Operator.MATCHES else VALUES),
        verdict=draw(st.sampled_from(Verdict)),
    )


def _numbered(rules: list[HeaderFilter]) -> tuple[HeaderFilter, ...]:
    from dataclasses import replace

    return tuple(replace(each, id=f"r{number}") for number, each in enumerate(rules))


RULES = st.lists(_rules(), max_size=6).map(_numbered)
HEADERS = st.builds(lambda name, text: Header(name, text, text), NAMES, TEXTS)
MESSAGES = st.builds(
    lambda headers: Incoming(
        "made", tuple(headers), "\n".join(f"{each.name}: {each.raw}" for each in headers), ""
    ),
    st.lists(HEADERS, max_size=5),
)
