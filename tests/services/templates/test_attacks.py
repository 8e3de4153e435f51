"""Attacks: no template reaches a Python object, a file or the network, or outlasts its limits."""

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from motion_desk.services.templates.memory_use import resident
from motion_desk.services.templates.rendering import MEMORY, Rendered, Renderer, RenderError
from tests.patience import PROMPT
from tests.services.templates.attacks import EXHAUSTING, REACHING

# What Python writes for its objects, and what would be in the files that were asked for.
REACHED = re.compile(r"<(class|function|module|method|bound|built-in|generator|code)\b|root:|uid=")
LONGEST = 2 + PROMPT
"""Seconds: the bound of a rendering, and what a busy machine takes to tell of it."""


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    """A renderer of each test's own: an attack may end its process."""
    with Renderer() as made:
        made.start()
        yield made


def outcome(renderer: Renderer, source: str) -> Rendered | RenderError:
    """What a template ends in, which must be within the limits."""
    start = time.monotonic()
    try:
        return renderer.render(source, {"user.name": "Anna"})
    except RenderError as error:
        return error
    finally:
        assert time.monotonic() - start < LONGEST


@pytest.mark.parametrize("name", sorted(REACHING))
def test_nothing_outside_is_reached(renderer: Renderer, name: str) -> None:
    found = outcome(renderer, REACHING[name])
    if isinstance(found, Rendered):
        assert not REACHED.search(unescape(found.html)), found.html
    else:
        assert found.code in {"unsafe", "include", "undefined", "failed", "syntax"}, found.sentence
        assert not REACHED.search(found.sentence), found.sentence


@pytest.mark.parametrize("name", sorted(EXHAUSTING))
def test_nothing_outlasts_the_limits(renderer: Renderer, name: str) -> None:
    found = outcome(renderer, EXHAUSTING[name])
    if isinstance(found, Rendered):
        assert len(found.html) < 20 * 1024 * 1024
    else:
        assert found.sentence
    process = renderer._process
    assert process is None or resident(process.pid) < MEMORY


def test_memory_is_bounded_by_the_system_itself() -> None:
    with Renderer(memory=64 * 1024 * 1024) as small:
        with pytest.raises(RenderError) as raised:
            small.render("{{ ('x' * 50000000)|length }}", {})
        assert raised.value.code == "memory"
        assert "64 MB" in raised.value.sentence
    with Renderer() as usual:
        assert usual.render("{{ ('x' * 50000000)|length }}", {}).html == "50000000"


def test_an_attack_in_the_data_is_text(renderer: Renderer, tmp_path: Path) -> None:
    value = "{{ 7*7 }}{% for a in range(9) %}x{% endfor %}<script>\"'"
    found = renderer.render("{{ a }}|{{ a|upper }}", {"a": value})
    plain, _, upper = found.html.partition("|")
    assert "{{ 7*7 }}{% for a in range(9) %}x{% endfor %}&lt;script&gt;" in plain
    assert "&lt;SCRIPT&gt;" in upper
