"""No mail, however large or broken, takes long, fills the memory or ends the program."""

import base64
import subprocess
import sys
from collections.abc import Callable

import pytest

from motion_desk.services.templates.finished.dark import Way, inverted
from motion_desk.services.templates.finished.review import review
from motion_desk.services.templates.finished.text import plain_text
from tests.services.templates_finished.mails import newsletter
from tests.services.templates_finished.test_markup import seconds

CASES: dict[str, tuple[str | bytes, set[str]]] = {
    "nested": ("<div>" * 100_000, {"damage.too-deep", "size.clipped"}),
    "nested cells": ("<table><tr><td>" * 5_000, {"damage.too-deep"}),
    "style of 1 MB": ('<p style="' + "color:red;" * 100_000 + '">x</p>', {"damage.css"}),
    "nested style": ('<p style="color:' + "(" * 100_000 + '">x</p>', {"contrast.unresolved"}),
    "nested sheet": ("<style>" + "a{" * 50_000 + "</style>", set()),
    "image of 5 MB": (
        '<img src="data:image/png;base64,' + base64.b64encode(b"x" * 3_700_000).decode() + '">',
        {"image.damaged", "image.heavy"},
    ),
    "damaged image": (
        '<img src="data:image/png;base64,' + "*" * 1_000_000 + '">',
        {"image.damaged"},
    ),
    "signs": ("<" * 1_000_000, {"size.clipped"}),
    "nulls": ("\0" * 1_000_000, {"source.null"}),
    "surrogates": ("\ud800" * 300_000, {"source.surrogate"}),
    "braces": ("{{" * 500_000, {"size.clipped"}),
    "unclosed comment": ("<!--" * 200_000, {"damage.cut-comment"}),
    "unclosed quote": ('<a href="' + "x" * 1_000_000, {"damage.cut-tag"}),
    "attributes": ("<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">", {"size.clipped"}),
    "binary": (bytes(range(256)) * 4_000, {"source.not-utf8", "source.null"}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_mail_gets_a_clear_remark(name: str) -> None:
    html, expected = CASES[name]
    found = review(html)
    assert expected <= found.codes
    assert 0 <= found.score <= 100
    assert len(found.remarks) < 2_000
    assert all(len(each.sentence) < 1_000 for each in found.remarks)
    if isinstance(html, str):
        plain_text(html)
        inverted(html, Way.PARTIAL)


@pytest.mark.slow
def test_five_megabytes_are_reviewed_in_bounded_memory() -> None:
    program = (
        "import re\n"
        "from pathlib import Path\n"
        "from motion_desk.services.templates.finished.review import review\n"
        "from tests.services.templates_finished.mails import newsletter\n"
        "codes = review(newsletter(5_000_000)).codes\n"
        "assert 'size.clipped' in codes, codes\n"
        # The most since it began; ru_maxrss would count what the tests before had taken, too.
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) // 1024)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert int(run.stdout) < 400


@pytest.mark.parametrize("work", [review, plain_text], ids=["review", "text"])
def test_four_times_the_mail_takes_about_four_times_as_long(
    work: Callable[[str], object],
) -> None:
    """Quadratic would be 16 times; noise of shared machines is below twice."""
    few, many = newsletter(40_000), newsletter(160_000)
    work(few)
    assert seconds(lambda: work(many)) < seconds(lambda: work(few)) * 9
