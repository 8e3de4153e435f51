"""Patterns: JavaScript's expressions are read as it reads them, and hostile ones end in time."""

from __future__ import annotations

import threading
from time import monotonic, perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.engines.header_filters import Span, Unsearchable
from motion_desk.services.messages import patterns
from motion_desk.services.messages.javascript import translated
from motion_desk.services.messages.patterns import BUDGET, Patterns, fault
from tests.patience import PROMPT


def searched(search: Patterns, pattern: str, text: str) -> Span | str | None:
    """What comes of a search: where it was found, or the sentence that refuses it."""
    try:
        return search(pattern, text)
    except Unsearchable as error:
        return error.sentence


HOSTILE = [
    (r"(a|aa)+$", "a" * 60 + "!"),
    (r"(a+)+$", "a" * 60 + "!"),
    (r"(.*)*x", "y" * 5_000),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 200),
    (r"(?=(a+))a*b\1(?=(?=(a|a?)+)c)", "a" * 5_000),
    (r"(?=(?=(?:a|aa)+$)b)", "a" * 60 + "!"),
    (r"(?:a?){60}a{60}", "a" * 59),
    (r"(x+x+)+y", "x" * 80),
    (r".*.*.*.*.*.*=", "a" * 3_000),
    (r"(?:(?:a|b)|(?:b|a))*c", "ab" * 40),
    (r"(a|a|a|a)*b", "a" * 90_000),
]


@pytest.mark.parametrize(
    ("pattern", "text", "span"),
    [
        ("(?<n>a+)b\\k<n>", "xaabaa", (1, 6)),
        ("\\d", "٣ 3", (2, 3)),
        ("\\w+", "é_a", (1, 3)),
        ("\\bb", "éb", (1, 2)),
        ("\\s", "a\u00a0b", (1, 2)),
        ("[\\s]", "a\ufeffb", (1, 2)),
        ("\\S+", "\u2003ab", (1, 3)),
        ("a$", "a\n", None),
        ("a.b", "a\rb", None),
        ("[]", "a", None),
        ("[^]", "\n", (0, 1)),
        ("a{,3}", "aa a{,3}", (3, 8)),
        ("x{e<=2}", "y x{e<=2}", (2, 9)),
        ("[[:alpha:]]", "d]", None),
        ("[[:alpha:]]", "a]", (0, 2)),
        ("[[:alpha:]]", ":]", (0, 2)),
        ("[a&&b]", "&", (0, 1)),
        ("\\cA\\x41\\u0042\\0", "\x01AB\0", (0, 4)),
        ("(?<=\\$)\\d+(?!\\d)", "a $450", (3, 6)),
        ("(?<!a)b", "ab b", (3, 4)),
        ("^\\*{5,}", "******", (0, 6)),
        ("[\\w.-]+@", "to a.b-c@d", (3, 9)),
        ("]}", "a]}", (1, 3)),
        ("a b#c", "a b#c", (0, 5)),
        ("^([8-9]|[1-9][0-9])\\.", "12.5", (0, 3)),
    ],
)
def test_an_expression_means_what_it_means_in_javascript(
    pattern: str, text: str, span: Span | None
) -> None:
    assert Patterns()(pattern, text) == span


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "never closed (character 1)"),
        ("a)", "closes nothing (character 2)"),
        ("x[a", "never closed (character 2)"),
        ("*a", "nothing stands before the “*”"),
        ("a**", "repeats what is repeated already (character 3)"),
        ("a*+", "repeats what is repeated already"),
        ("a{3,2}", "wrong way round"),
        ("[z-a]", "wrong way round"),
        ("[a--]", "wrong way round"),
        ("\\2(a)", "names a group that is not there"),
        ("a\\", "nothing stands behind"),
        ("(?i)a", "JavaScript has no “(?i"),
        ("(?P<x>a)", "JavaScript has no “(?P"),
        ("(?>a)", "JavaScript has no"),
        ("\\A", "is only “A”"),
        ("\\p{L}", "needs the flag “u”"),
        ("/spam/i", "Slashes around"),
        ("/spam/", "Slashes around"),
        ("a{99999}", "repeats too much"),
        ("((a{1000}){1000}){1000}", "repeats too much"),
        ("(?:(?:x{0,60000}){60000}){60000}", "repeats too much"),
        ("(" * 450 + ")" * 450, "nested too deeply"),
        ("a" * 1_001, "more than 1,000 characters"),
    ],
)
def test_what_is_no_expression_is_said_at_once(pattern: str, said: str) -> None:
    began = perf_counter()
    assert said in fault(pattern)
    with pytest.raises(Unsearchable, match=r"character|repeat|nested|Slashes|JavaScript"):
        Patterns()(pattern, "x")
    assert perf_counter() - began < PROMPT


@pytest.mark.parametrize(("pattern", "text"), HOSTILE, ids=[each[0] for each in HOSTILE])
def test_a_hostile_expression_ends_in_bounded_time(pattern: str, text: str) -> None:
    search = Patterns()
    began = monotonic()
    found = searched(search, pattern, text)
    assert monotonic() - began < PROMPT
    if isinstance(found, str):
        assert "took too long" in found
        assert searched(search, pattern, "a") == found, "and is not tried again"


def test_at_least_one_of_them_does_take_too_long() -> None:
    with pytest.raises(Unsearchable, match="took too long"):
        Patterns()(*HOSTILE[0])


def test_what_is_slow_on_every_message_ends_with_the_run_s_budget() -> None:
    search = Patterns()
    text = "ab" * 600
    began, count = monotonic(), 0
    while not isinstance(found := searched(search, "(?:a|b)*(?:c|d)", text), str):
        count += 1
        assert monotonic() - began < 20 * BUDGET
    assert "took too long" in found
    Patterns()("(?:a|b)*(?:c|d)", "ab")  # another run begins anew


def test_a_slow_search_gives_the_interpreter_s_lock_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 0.5)
    stop, steps = threading.Event(), [0]

    def count() -> None:
        while not stop.is_set():
            steps[0] += 1

    thread = threading.Thread(target=count, name="motion-desk-counting")
    thread.start()
    try:
        first, began = steps[0], monotonic()
        stop.wait(0.1)
        alone = (steps[0] - first) / (monotonic() - began)
        first, began = steps[0], monotonic()
        assert isinstance(searched(Patterns(), *HOSTILE[0]), str)
        beside = (steps[0] - first) / (monotonic() - began)
    finally:
        stop.set()
        thread.join()
    assert beside > alone / 10  # were the lock kept, it would stand still


def test_a_busy_thread_does_not_hold_up_quick_searches() -> None:
    search = Patterns()
    stop = threading.Event()

    def spin() -> None:
        while not stop.is_set():
            pass

    thread = threading.Thread(target=spin, name="motion-desk-spinning")
    thread.start()
    try:
        began = monotonic()
        for number in range(2_000):
            search(r"score=\d+", f"Yes, score={number} required=5")
        elapsed = monotonic() - began
    finally:
        stop.set()
        thread.join()
    assert elapsed < 5  # with the lock given free each time: 10 s


PARTS = st.sampled_from(
    [
        "a",
        "b",
        ".",
        "[ab]",
        "[^a]",
        "\\d",
        "(",
        ")",
        "(?:",
        "|",
        "*",
        "+",
        "?",
        "{2}",
        "{1,3}",
        "^",
        "$",
        "\\b",
        "\\1",
        "(?=",
        "(?!",
        "\\s",
        "{",
        "]",
        "\\",
        "(?<n>",
        "\\k<n>",
        "-",
        "[",
        "é",
    ]
)


@given(st.lists(PARTS, max_size=14).map("".join), st.text("ab1 é-", max_size=40))
def test_any_pattern_is_searched_or_refused_with_a_sentence(pattern: str, text: str) -> None:
    found = searched(Patterns(), pattern, text)
    if isinstance(found, str):
        assert found.endswith(".")
    else:
        assert found is None or 0 <= found[0] <= found[1] <= len(text)
        assert Patterns().prepared(pattern)(text) == found


@given(st.text(max_size=60))
def test_any_text_is_translated_or_refused(pattern: str) -> None:
    assert fault(pattern) == "" or fault(pattern).endswith(".")


def test_only_repetitions_that_lie_behind_one_another_need_no_clock() -> None:
    assert translated("score=\\d+").quick_up_to > 1_000
    assert translated("a*b*c").quick_up_to > 100
    assert translated("(?:a|b)*").quick_up_to == -1
    assert translated("(a+)+").quick_up_to == -1
    assert translated("(?:ab)*").quick_up_to > 1_000
