"""Rendering: pages from templates, what stays visible, and a process that serves many."""

import os
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.jobs import Stopped
from motion_desk.services.templates.rendering import (
    MISSING_CLASS,
    MOST_PARTS,
    Construct,
    Renderer,
    RenderError,
)
from tests.patience import PROMPT

DATA = {"user.name": "Anna <b>& Co", "subject": "Grüße 🔑", "empty": "", "gone": None}
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def warm(renderer: Renderer) -> None:
    """The process and its thread are there before any test looks for what is left behind."""
    renderer.start()


def span(name: str) -> str:
    return f'<span class="{MISSING_CLASS}" title="{name}">{{{{ {name} }}}}</span>'


def test_values_take_the_place_of_names_and_are_escaped(renderer: Renderer) -> None:
    made = renderer.render("<p>{{ user.name }}: {{subject}}{{ empty }}</p>\r\n", DATA)
    assert made.html == "<p>Anna &lt;b&gt;&amp; Co: Grüße 🔑</p>\n"
    assert (made.missing, made.used) == ((), ("user.name", "subject", "empty"))


def test_names_without_a_value_stay_visible_in_a_span(renderer: Renderer) -> None:
    made = renderer.render("{{nobody}} {{ gone }} {{ user }}", DATA)
    assert made.html == f"{span('nobody')} {span('gone')} {span('user')}"
    assert made.missing == ("nobody", "gone", "user")


@pytest.mark.parametrize(
    "source",
    [
        "<a href=\"{{ x }}\" title='a > {{ x }}'>y</a>",
        "<style>a{color:{{ x }}}</style>",
        "<title>{{ x }}</title>",
        "<!-- {{ x }} > {{ x }} -->",
        "<textarea>{{ x }}</textarea>",
        "<script>{{ x }}</script>",
    ],
)
def test_where_no_text_stands_there_is_no_span(renderer: Renderer, source: str) -> None:
    assert renderer.render(source, {}).html == source
    assert renderer.render(f"{source}{{{{ x }}}}", {}).html == source + span("x")


def test_without_spans_names_stay_as_text(renderer: Renderer) -> None:
    assert renderer.render("<p>{{x}}</p>", {}, spans=False).html == "<p>{{ x }}</p>"


def test_a_subject_is_no_html(renderer: Renderer) -> None:
    made = renderer.render("{{ user.name }} & {{ x }}", DATA, plain=True)
    assert made.html == "Anna <b>& Co & {{ x }}"


@pytest.mark.parametrize(
    "source",
    [
        "Dear {{ user.name",
        "{{ }} {{}}",
        "{{ us<b>er</b>.name }}",
        "{{&nbsp;user.name }}",
        "a }} b {% c {# d",
        "<style>@media print{#top{left:0%}}</style>",
        "{{ user. }} {{ a b }} {{ 1 + }}",
        "{{ not }} {{ none }} {{ True }} {{ self }} {{ in }} {{ range }}",
    ],
)
def test_broken_braces_stay_as_they_are(renderer: Renderer, source: str) -> None:
    assert renderer.render(f"{source} {{{{ subject }}}}", DATA).html == f"{source} Grüße 🔑"


def test_constructs_are_rendered_and_told_with_their_place(renderer: Renderer) -> None:
    made = renderer.render(
        "{# note #}\n {% if subject %}{{ subject|upper }}{% endif %}{{ oh. }}", DATA
    )
    assert made.html == "\n GRÜSSE 🔑{{ oh. }}"
    assert made.constructs[0] == Construct("{# note #}", 1, 1)
    assert made.constructs[1] == Construct("{% if subject %}", 2, 2)
    assert made.constructs[-1] == Construct("{{ oh. }}", 2, 48, read=False)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("{{ user.name.upper() }}", "ANNA &lt;B&gt;&amp; CO"),
        ("{{ x or 'nobody' }}", "nobody"),
        ("{{ x|default('none') }}", "none"),
        ("{% for i in range(3) %}{{ loop.index }}{{ i }}{% endfor %}", "102132"),
        ("{% set user = 'x' %}{{ user }}", "x"),
        ("{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m('<') }}", "[&lt;]"),
        ("{% raw %}{{ subject }}{% endraw %}", "{{ subject }}"),
        ("{{ '<b>'|safe }}", "<b>"),
        ("{{ 'a b c d'|wordwrap(3)|replace('\\n', '/') }}", "a b/c d"),
        ("{{ [3, 1, 2]|sort|join(', ') }}", "1, 2, 3"),
        ("{{ '%.2f'|format(1.5) }}{{ '{}'.format(1) }}", "1.501"),
    ],
)
def test_what_jinja_can_do_is_done(renderer: Renderer, source: str, page: str) -> None:
    assert renderer.render(source, DATA).html == page


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a\n{% if %}", "syntax", 2),
        ("{% nonsense %}", "syntax", 1),
        ("a\n\n{{ ''.__class__ }}", "unsafe", 3),
        ("\n{{ x() }}", "undefined", 2),
        ("\n\n{{ 1/0 }}", "failed", 3),
        ("{{ 'a'.upper }}", "unsafe", 1),
        ("a\n{% include 'footer.html' %}", "include", 2),
        ("{% extends base %}", "undefined", 1),
        ("{% include ['a', 'b'] %}", "include", 1),
        ("\n{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "recursion", 2),
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "output", 0),
    ],
)
def test_what_goes_wrong_is_a_sentence_with_its_line(
    renderer: Renderer, source: str, code: str, line: int
) -> None:
    with pytest.raises(RenderError) as raised:
        renderer.render(source, DATA)
    error = raised.value
    assert (error.code, error.line) == (code, line)
    assert error.sentence[0].isupper()
    assert error.sentence.endswith(".")
    assert not line or error.sentence.startswith(f"Line {line}: ")
    assert renderer.render("{{ subject }}", DATA).html == "Grüße 🔑"


@pytest.mark.parametrize(
    ("source", "data", "code"),
    [
        ("x" * 5_000_001, {}, "long"),
        ("{{ a }}" * (MOST_PARTS + 1), {}, "parts"),
        ("a", {"x": "y" * 2_000_001}, "data"),
        ("a", {f"x{number}": "" for number in range(2_001)}, "data"),
    ],
    ids=["long", "parts", "characters", "values"],
)
def test_what_is_too_large_is_refused_before_it_is_sent(
    renderer: Renderer, source: str, data: dict[str, str], code: str
) -> None:
    with pytest.raises(RenderError) as raised:
        renderer.render(source, data)
    assert raised.value.code == code


def test_five_megabytes_of_text_are_rendered() -> None:
    source = "<p>A line of a very long mail, {{ subject }}.</p>\n" + "<p>ä</p>\n" * 550_000
    with Renderer(seconds=20) as patient:  # a second, where nothing else runs
        for data, value in ((DATA, "Grüße"), ({}, span("subject"))):
            page = patient.render(source, data).html
            assert page.startswith(f"<p>A line of a very long mail, {value}")


def test_lone_surrogates_and_zero_characters_do_no_harm(renderer: Renderer) -> None:
    made = renderer.render("\ud800{{ x }}\0", {"x": "\udfff"})
    assert made.html == "\ud800\udfff\0"


@given(
    st.lists(st.sampled_from(["{{ a }}", "{{", "}}", "{{ b.c }}", "<b>", "é\n", "'", "{", "{% c"])),
    st.dictionaries(st.sampled_from(["a", "b.c"]), st.text(max_size=5)),
)
def test_a_page_is_the_template_with_its_names_replaced(
    renderer: Renderer, pieces: list[str], data: dict[str, str]
) -> None:
    from html import escape

    from motion_desk.models.engines.placeholders import Part, placeholders

    source = "".join(pieces)
    expected = ""
    at = 0
    for each in placeholders(source):
        if each.part is Part.PLACEHOLDER:
            value = data.get(each.name)
            expected += source[at : each.start]
            if value is None:
                expected += f"{{{{ {each.name} }}}}"
            else:
                expected += escape(value).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
            at = each.end
    made = renderer.render(source, data, spans=False)
    assert made.html == expected + source[at:]


def test_one_process_serves_until_it_is_killed_and_is_then_replaced() -> None:
    with Renderer(seconds=0.5) as own:
        own.start()
        first = pid_of(own)
        assert [own.render("{{ a }}", {"a": each}).html for each in "xy"] == ["x", "y"]
        assert pid_of(own) == first
        start = time.monotonic()
        with pytest.raises(RenderError) as raised:
            own.render(ENDLESS, {})
        assert raised.value.code == "time"
        assert "longer than 0.5 s" in raised.value.sentence
        assert time.monotonic() - start < PROMPT
        assert own.render("{{ a }}", {"a": "again"}).html == "again"
        assert pid_of(own) != first
        last = pid_of(own)
    assert not is_there(last)


def pid_of(renderer: Renderer) -> int:
    process = renderer._process
    assert process is not None
    return process.pid


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_stop_ends_a_rendering() -> None:
    stop = threading.Event()
    with Renderer(seconds=60) as own:
        own.start()
        began = []

        def later() -> None:
            began.append(time.monotonic())
            stop.set()

        timer = threading.Timer(0.2, later)
        timer.start()
        with pytest.raises(Stopped):
            own.render(ENDLESS, {}, stop)
        assert time.monotonic() - began[0] < PROMPT
        timer.join()
        stop.clear()
        assert own.render("{{ a }}", {"a": "x"}, stop).html == "x"


def test_a_process_that_dies_by_itself_is_replaced() -> None:
    with Renderer() as own:
        own.start()
        os.kill(pid_of(own), 9)
        with pytest.raises(RenderError) as raised:
            own.render("a", {})
        assert raised.value.code == "died"
        assert own.render("a", {}).html == "a"


def test_a_closed_renderer_leaves_nothing_and_can_be_used_again() -> None:
    own = Renderer()
    own.close()
    assert own.render("a", {}).html == "a"
    pid = pid_of(own)
    own.close()
    own.close()
    assert not is_there(pid)


def test_many_templates_and_data_do_not_grow_the_process() -> None:
    from motion_desk.services.templates.memory_use import resident

    with Renderer() as own:
        own.render("{{ a }}", {"a": "1"})

        def use(turns: int) -> int:
            for number in range(turns):
                own.render(f"{{{{ a }}}} {number}" + "x" * 50_000, {"a": "y" * 1_000})
            return resident(pid_of(own))

        first = use(60)
        assert use(300) < first + 8 * 1024 * 1024
