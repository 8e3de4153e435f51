"""Inlining moves CSS into elements, keeps what has no place there, and loads nothing."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from motion_desk.services.jobs import Stopped
from motion_desk.services.templates.finished.inlining import InliningError, inlined

PAGE = "<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def page(css: str, body: str) -> str:
    return inlined(PAGE.format(head=f"<style>{css}</style>", body=body))


def test_rules_become_style_attributes() -> None:
    done = page("p { color: red } .a { margin: 1px }", '<p class="a" style="padding:0">x</p>')
    assert 'style="color: red;margin: 1px;padding: 0"' in done
    assert "<style" not in done


def test_what_an_element_says_itself_wins() -> None:
    assert "color: blue" in page("p { color: red }", '<p style="color: blue">x</p>')
    assert "color: red" not in page("p { color: red }", '<p style="color: blue">x</p>')


@pytest.mark.parametrize(
    "rule",
    [
        "@media (max-width:600px){p{font-size:9px}}",
        "a:hover { color: blue; }",
        'p::before { content: "a"; }',
        "@font-face{font-family:X;src:url(https://a.example/b)}",
    ],
)
def test_what_has_no_place_in_an_attribute_stays_in_the_style(rule: str) -> None:
    done = page(f"p {{ color: red }} {rule}", '<p>x <a href="https://a.example">y</a></p>')
    assert rule in done
    assert "p { color: red }" not in done


@pytest.mark.parametrize(
    "conditional",
    [
        "<!--[if mso]><table><tr><td><![endif]-->",
        "<!--[if !mso]><!-->x<!--<![endif]-->",
        "<![if !mso]>x<![endif]>",
    ],
)
def test_conditional_comments_stay_as_they_are(conditional: str) -> None:
    assert conditional in page("p { color: red }", f"<div>{conditional}</div>")


def test_variables_stay() -> None:
    body = '<p>{{ contact.firstName }} <a href="{{ link }}">x</a></p>'
    assert body in page("", body)


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """A listening socket: whoever loads something knocks there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def test_nothing_is_loaded_from_the_network(door: socket.socket) -> None:
    address = f"http://127.0.0.1:{door.getsockname()[1]}/a.css"
    head = (
        f'<link rel="stylesheet" href="{address}"><style>@import "{address}";'
        f"@import url({address}); p {{ background: url({address}) }}</style>"
        f'<base href="{address}"><link rel="stylesheet" href="b.css">'
    )
    done = inlined(PAGE.format(head=head, body=f'<p>x</p><img src="{address}">'))
    assert f'href="{address}"' in done
    with pytest.raises(BlockingIOError):
        door.accept()


def test_no_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.css").write_text("p { color: rgb(1, 2, 3) }")
    monkeypatch.chdir(tmp_path)
    links = "".join(
        f'<link rel="stylesheet" href="{address}"><style>@import "{address}";</style>'
        for address in ("a.css", "./a.css", str(tmp_path / "a.css"), (tmp_path / "a.css").as_uri())
    )
    done = inlined(PAGE.format(head=links, body="<p>x</p>"))
    assert "rgb(1, 2, 3)" not in done
    assert "<p>x</p>" in done


DEEP = "<div>" * 20_000
GROWING = "".join(f"<p><font size={n}>" for n in range(20_000))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (DEEP, "levels deep"),
        ("<table><tr><td>" * 9_000, "levels deep"),
        (GROWING, "again and again"),
        ("".join(f"<font size={n}>" for n in range(90)) + "<p>x</p>" * 9_000, "again and again"),
        ("x" * 1_000_001, "characters"),
        ("a\ud800b", "half a character"),
    ],
    ids=["deep", "tables", "growing", "wide", "long", "surrogate"],
)
def test_what_would_end_the_program_is_refused_with_a_sentence(html: str, said: str) -> None:
    with pytest.raises(InliningError, match=said) as refused:
        inlined(html)
    assert str(refused.value).endswith(".")


def test_the_deepest_that_is_taken_fits_a_small_stack() -> None:
    """On some systems a thread has a stack of 512 kB; overflowing it ends the whole program."""
    program = (
        "import threading\n"
        "from motion_desk.services.templates.finished.inlining import inlined\n"
        "threading.stack_size(512 * 1024)\n"
        "fonts = ''.join(f'<p><font size={n}>' for n in range(99))\n"
        "thread = threading.Thread(target=inlined, args=(fonts + '<div>' * 150,))\n"
        "thread.start(); thread.join()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_ordinary_unclosed_elements_in_cells_are_inlined() -> None:
    cells = "<td><b>x</td>" * 400
    assert "color: red" in inlined(f"<style>b {{ color: red }}</style><table><tr>{cells}</table>")


MANY = "<p>a" * 10_000


@pytest.mark.parametrize(
    "html",
    [
        f'<style>p{{background:url("data:image/png;base64,{"A" * 300_000}")}}</style>{MANY}',
        "<style>p{" + "".join(f"--a{n}:1;" for n in range(30_000)) + f"}}</style>{MANY}",
        "<style>" + "".join(f"p:not(.a{n}){{top:0}}" for n in range(20_000)) + f"</style>{MANY}",
    ],
    ids=["long", "declarations", "rules"],
)
def test_css_that_would_take_all_time_or_memory_is_given_up(html: str) -> None:
    started = time.monotonic()
    with pytest.raises(InliningError, match="within 2 s and 256 MB"):
        inlined(html)
    assert time.monotonic() - started < 6  # 2 s, and the start of a process on a busy computer


def test_much_css_that_is_no_attack_is_moved_by_a_process_of_its_own() -> None:
    css = "".join(f".a{n} {{ color: red }}" for n in range(3_000))
    done = page(css, '<p class="a7">x</p>' + "<p>y</p>" * 1_000)
    assert '<p class="a7" style="color: red;">x</p>' in done


def test_giving_up_can_be_asked_for() -> None:
    stop = threading.Event()
    stop.set()
    css = "".join(f"p:not(.a{n}){{top:0}}" for n in range(20_000))
    with pytest.raises(Stopped):
        inlined(f"<style>{css}</style>{MANY}", stop=stop)


def test_embedded_pictures_stay_whatever_they_weigh() -> None:
    picture = f"data:image/png;base64,{'A' * 1_300_000}"
    done = page("img { width: 9px }", f'<img alt="" src="{picture}"><b background="{picture}">x')
    assert done.count(picture) == 2
    assert "width: 9px" in done


def test_css_cannot_bring_a_picture_into_many_elements() -> None:
    picture = f"data:image/png;base64,{'A' * 5_000}"
    done = page(f'p {{ --x:="{picture}" }}', "<p>a</p>" * 50)
    assert done.count(picture) <= 1
