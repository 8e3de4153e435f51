"""The weight of HTML source: all of it, and the pictures in it."""

from __future__ import annotations

from time import perf_counter

import pytest

from motion_desk.models.engines.html_weight import Weight, size_text, weight, weight_of_picture
from tests.patience import PROMPT

DATA = "data:image/png;base64," + "QUJD" * 100


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", Weight(0, 0)),
        ("é😀", Weight(6, 0)),
        (f"<img src='{DATA}'>", Weight(len(DATA) + 12, len(DATA))),
        (f'<img src="{DATA}"><img src="{DATA}">', Weight(2 * len(DATA) + 24, 2 * len(DATA))),
        (f"<img src={DATA}>", Weight(len(DATA) + 10, len(DATA))),
        (f"<p style='background:url({DATA})'>", Weight(len(DATA) + 28, len(DATA))),
        (DATA, Weight(len(DATA), len(DATA))),
        ("data:text/html;base64,QUJD and ;base64,", Weight(39, 0)),
        ("a\ud800", Weight(4, 0)),
    ],
)
def test_a_weight_is_that_of_the_source_and_of_the_pictures_in_it(
    html: str, expected: Weight
) -> None:
    assert weight(html) == expected


def test_a_picture_weighs_what_its_source_takes() -> None:
    assert weight_of_picture(DATA) == weight(f"<img src='{DATA}'>").pictures


def test_a_source_of_100_kb_is_what_mail_programs_clip() -> None:
    assert not weight("a" * 99_999).is_clipped
    assert weight("a" * 100_000).is_clipped


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0.0 kB"),
        (420, "0.4 kB"),
        (9_949, "9.9 kB"),
        (9_950, "10 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
    ],
)
def test_sizes_are_said_in_units_of_1000(count: int, text: str) -> None:
    assert size_text(count) == text


@pytest.mark.parametrize(
    "part", [";base64,", "data:image/;base64,", "data:", "'data:image/;base64,", "(data:image/"]
)
def test_crafted_source_is_weighed_in_a_moment(part: str) -> None:
    start = perf_counter()
    weight(part * (2_000_000 // len(part)))
    assert perf_counter() - start < PROMPT
