"""Plans for tests: written by hand in short words, and drawn at random."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from motion_desk.models.choices import ReplyTo, Times
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import (
    AutoReply,
    Close,
    GotoIf,
    GotoP,
    Noop,
    System,
    TagIt,
    ToAgent,
    ToQueue,
)

AUTOMATIC = "Auto-Submitted: auto-replied"


def plan(*words: str, **changes: Any) -> tuple[Row, ...]:
    """A plan from words such as "queue 30", "goto 1", "if 2 3": positions count from 1.

    The ids are "a1", "a2" …; ``changes`` replace an action by its id.
    """
    rows = [_row(f"a{place}", *word.split()) for place, word in enumerate(words, 1)]
    return tuple(changes.get(row.id, row) for row in rows)


def _row(row_id: str, what: str, *given: str) -> Row:
    first, second = [f"a{word}" for word in (*given, "", "")][:2]
    timeout = int(given[0]) if given and what in ("agent", "queue") else 10
    rows: dict[str, Row] = {
        "agent": ToAgent(agent="2abc", timeout=timeout),
        "queue": ToQueue(queue="2abc", timeout=timeout),
        "reply": AutoReply(text="Thanks"),
        "close": Close(),
        "if": GotoIf(condition="x", when_true=first, when_false=second),
        "goto": GotoP(target=first),
        "log": Noop(),
        "run": System(command="true"),
        "tag": TagIt(tag="2abc"),
    }
    return replace(rows[what], id=row_id)


@st.composite
def plans(draw: st.DrawFn, most: int = 12) -> tuple[Row, ...]:
    """Plans full of jumps, some to themselves, to nowhere, or to what is gone."""
    ids = [f"a{place}" for place in range(1, draw(st.integers(0, most)) + 1)]
    targets = st.sampled_from(["", "gone", *ids])
    waits = st.none() | st.integers(1, 900)
    rows: st.SearchStrategy[Row] = st.one_of(
        st.builds(GotoP, target=targets),
        st.builds(GotoIf, condition=st.just("x"), when_true=targets, when_false=targets),
        st.builds(ToQueue, queue=st.sampled_from(["", "2abc"]), timeout=waits),
        st.builds(ToAgent, agent=st.sampled_from(["", "2abc"]), timeout=waits),
        st.builds(Close),
        st.builds(Noop),
        st.builds(
            AutoReply,
            times=st.sampled_from(Times),
            reply=st.sampled_from(ReplyTo),
            headers=st.sampled_from(["", AUTOMATIC, "no header"]),
        ),
    )
    return tuple(replace(draw(rows), id=row_id) for row_id in ids)
