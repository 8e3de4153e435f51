"""Folding: what is not edited stays to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.engines.folding import LONGEST_LINE, FoldedText

DATA = "data:image/png;base64," + "QUJD" * 300
PARTS = st.sampled_from(
    ["a", "<p>", "\n", "\r\n", "\r", "\u2028", "\0", "é😀", DATA, "⟨data 1: 1 kB⟩", "y" * 6000]
)
TEXTS = st.lists(PARTS, max_size=8).map("".join)


@given(TEXTS)
def test_what_is_shown_has_short_lines_and_no_data(text: str) -> None:
    folded = FoldedText(text)
    assert folded.text == text
    assert folded.edit(folded.shown) == text
    assert DATA not in folded.shown
    assert not set("\r\u2028\0") & set(folded.shown)
    assert max(map(len, folded.shown.split("\n"))) <= LONGEST_LINE + 20


@given(TEXTS, st.data())
def test_typing_and_taking_it_back_leaves_every_letter(text: str, data: st.DataObject) -> None:
    folded = FoldedText(text)
    place = data.draw(st.integers(0, len(folded.shown)))
    before = folded.shown
    if any(fold.start < place < fold.end for fold in folded._folds):
        return
    typed = before[:place] + "Z" + before[place:]
    assert sorted(folded.edit(typed)) == sorted(text + "Z")
    assert folded.edit(before) == text


def test_a_new_line_ends_as_the_others_do() -> None:
    folded = FoldedText("a\r\nb")
    assert folded.shown == "a\nb"
    assert folded.edit("a\nx\nb") == "a\r\nx\r\nb"


def test_data_that_is_copied_and_inserted_is_whole() -> None:
    folded = FoldedText(f"<img src='{DATA}'>")
    copy = folded.unfold(folded.shown)
    assert copy == folded.text
    assert folded.edit(folded.shown + folded.fold(copy)) == copy + copy


@pytest.mark.parametrize("kept", ["", "x"])
def test_half_a_mark_takes_its_data_with_it(kept: str) -> None:
    folded = FoldedText(f"<img src='{DATA}'>{kept}")
    cut = folded.shown.index("⟨") + 8
    assert "QUJD" not in folded.edit(folded.shown[:cut] + kept)
