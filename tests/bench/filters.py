"""Filters: a matrix of rules and messages against the bare loop of searches that is in it."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator
from time import thread_time

import regex

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.engines.filter_review import review
from motion_desk.models.engines.header_filters import matrix
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.services.messages.patterns import Patterns
from tests.bench.figures import Figure

RULES, MESSAGES, RUNS = 100, 10_000, 5
_PATTERNS = (
    r"score=([6-9]|1[0-9])\.{n}",
    r"(?:spam|virus{n})\s+[0-9]+",
    r"tests=.*BAYES_9{n}",
    r"^Yes, score=.*required={n}",
    r"\b(?:URIBL|RBL)_{n}\b",
)
_HEADERS = ("Received", "DKIM-Signature", "Message-ID", "Date", "From", "To", "MIME-Version")


def figures() -> Iterator[Figure]:
    """100 regular expressions on 10,000 messages; the same mixed with plain rules; its memory."""
    patterns = [_PATTERNS[number % 5].replace("{n}", str(number)) for number in range(RULES)]
    texts = [
        f"No, score={number % 90 / 10} required=5.0 tests=BAYES_{number % 100},DKIM_SIGNED,"
        f"URIBL_{number} autolearn=ham version=4.0.{number % 10}"
        for number in range(MESSAGES)
    ]
    messages = [_message(text) for text in texts]
    compiled = [regex.compile(each, regex.V0) for each in patterns]
    rules = tuple(_rule(number, Operator.MATCHES, each) for number, each in enumerate(patterns))

    def bare() -> None:
        for each in compiled:
            search = each.search
            for text in texts:
                search(text)

    ours, floor = _timed(lambda: _judged(rules, messages), bare)
    what = f"{RULES} regular expressions on {MESSAGES:,} messages, against the bare loop"
    yield Figure(what, ours, floor, 2)
    operators = tuple(Operator)
    mixed = tuple(
        _rule(number, operators[number % len(operators)], patterns[number])
        for number in range(RULES)
    )
    ours, _ = _timed(lambda: _judged(mixed, messages), lambda: None)
    yield Figure(
        f"the same with all operators in turn, against {RULES} expressions", ours, floor, 2
    )
    began = thread_time()
    review(tuple(mixed))
    yield Figure(f"a review of {RULES} rules", (thread_time() - began) * 1000, 0, 20)


def _judged(rules: tuple[HeaderFilter, ...], messages: list[Incoming]) -> None:
    for _ in matrix(rules, messages, Patterns()):
        pass


def _timed(ours: Callable[[], None], floor: Callable[[], None]) -> tuple[float, float]:
    """The medians of both in milliseconds of this thread, measured in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for _ in range(RUNS):
        for call, measured in zip((ours, floor), times, strict=True):
            began = thread_time()
            call()
            measured.append(thread_time() - began)
    return statistics.median(times[0]) * 1000, statistics.median(times[1]) * 1000


def _rule(number: int, operator: Operator, value: str) -> HeaderFilter:
    return HeaderFilter(
        id=f"r{number}",
        header="X-Spam-Status",
        operator=operator,
        value=value,
        verdict=Verdict.REJECT if number % 2 else Verdict.ACCEPT,
    )


def _message(status: str) -> Incoming:
    headers = [Header(name, "something", "something") for name in _HEADERS]
    return Incoming("made", (*headers, Header("X-Spam-Status", status, status)), "", "")
