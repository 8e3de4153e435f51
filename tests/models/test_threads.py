"""Messages come together into conversations whatever order, circles and gaps they come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.engines.threads import FALLBACK_SECONDS, Mail, bare_subject, threads

IDS = st.sampled_from([f"<{letter}@x>" for letter in "abcdefgh"])
MAILS = st.lists(
    st.builds(
        Mail,
        IDS,
        st.lists(IDS, max_size=4).map(tuple),
        st.sampled_from(["", "Hello", "Re: Hello", "AW: RE: hello", "Fwd: Hello", "Other"]),
        st.integers(0, 5) | st.integers(0, 10**7),
    ),
    max_size=12,
)


def ids(mails: list[Mail]) -> list[list[str]]:
    return [[mail.id for mail in thread] for thread in threads(mails)]


@given(MAILS, st.randoms())
def test_the_order_of_coming_makes_no_difference(mails: list[Mail], chosen: object) -> None:
    shuffled = [*mails]
    chosen.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's Random
    assert threads(shuffled) == threads(mails)


@given(MAILS)
def test_every_message_is_in_one_conversation_once(mails: list[Mail]) -> None:
    found = [mail.id for thread in threads(mails) for mail in thread]
    assert sorted(found) == sorted({mail.id for mail in mails})


@given(MAILS)
def test_a_message_is_with_those_it_names(mails: list[Mail]) -> None:
    thread_of = {mail.id: thread for thread in threads(mails) for mail in thread}
    for thread in threads(mails):
        for mail in thread:
            for other in mail.earlier:
                assert thread_of.get(other, thread) == thread


def test_a_missing_message_keeps_its_answers_together() -> None:
    mails = [
        Mail("<b>", ("<gone>",), "x", 2),
        Mail("<c>", ("<gone>",), "y", 3),
        Mail("<d>", (), "", 1),
    ]
    assert ids(mails) == [["<d>"], ["<b>", "<c>"]]


def test_a_circle_does_no_harm() -> None:
    mails = [
        Mail("<a>", ("<b>",), "", 1),
        Mail("<b>", ("<c>",), "", 2),
        Mail("<c>", ("<a>", "<c>"), "", 3),
    ]
    assert ids(mails) == [["<a>", "<b>", "<c>"]]


def test_a_thread_of_a_hundred_thousand_answers_is_one() -> None:
    mails = [Mail(f"<{n}>", (f"<{n - 1}>",), "", n) for n in range(100_000)]
    assert [len(thread) for thread in threads(mails)] == [100_000]


def test_subjects_count_for_replies_that_name_nothing() -> None:
    first = Mail("<a>", (), "Order 7", 100)
    reply = Mail("<b>", (), "AW: order  7", 200)
    new = Mail("<c>", (), "Order 7", 300)
    assert ids([first, reply, new]) == [["<a>", "<b>"], ["<c>"]]
    assert ids([first, Mail("<b>", (), "Fwd: Order 7", 200)]) == [["<a>"], ["<b>"]]
    assert ids([first, Mail("<b>", ("<z>",), "Re: Order 7", 200)]) == [["<a>"], ["<b>"]]
    assert ids([Mail("<a>", (), "Re: ", 1), Mail("<b>", (), "Re: ", 2)]) == [["<a>"], ["<b>"]]


def test_a_late_reply_without_a_name_is_a_conversation_of_its_own() -> None:
    late = 100 + FALLBACK_SECONDS + 1
    assert len(ids([Mail("<a>", (), "Hi", 100), Mail("<b>", (), "Re: Hi", late)])) == 2
    assert len(ids([Mail("<a>", (), "Hi", 100), Mail("<b>", (), "Re: Hi", late - 1)])) == 1


def test_a_subject_loses_all_that_says_reply() -> None:
    assert bare_subject("Re: AW[2]:  R: Hello   you") == ("hello you", True)
    assert bare_subject("Regarding: x") == ("regarding: x", False)
