"""Templates: rendering in the sandbox's process against Jinja's own sandbox in this one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter

from jinja2.sandbox import SandboxedEnvironment

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.directory import Surroundings
from motion_desk.models.memory import Memory
from motion_desk.models.views import view
from motion_desk.services import bundled
from motion_desk.services.templates.rendering import Renderer, RenderError
from tests.bench.figures import Figure, timed
from tests.bench.tester import medians
from tests.services.templates.test_rendering import ENDLESS

SIZE = 50_000
FLAT = {
    "user.name": "Chiara <Bonetti>",
    "contact.firstName": "Sofia",
    "subject": "Lamp & shade",
    "queue.name": "Customer care",
    "agent.alias": "Chiara",
}
NESTED = {
    "user": {"name": FLAT["user.name"]},
    "contact": {"firstName": FLAT["contact.firstName"]},
    "subject": FLAT["subject"],
    "queue": {"name": FLAT["queue.name"]},
    "agent": {"alias": FLAT["agent.alias"]},
}


def figures() -> Iterator[Figure]:
    """Warm rendering of 50 kB with many names and with few, a new text, and a start."""
    for names, every in (("800", 1), ("60", 14)):
        source = _source(every)
        bare = SandboxedEnvironment(autoescape=True, keep_trailing_newline=True)
        compiled = bare.from_string(source)
        with Renderer() as renderer:
            assert renderer.render(source, FLAT).html == compiled.render(NESTED)
            ours, own = _timed(renderer, source, compiled)
        what = f"rendering 50 kB with {names} names, against a compiled template"
        if every == 1:
            yield Figure(what, ours, own, 1.2)
        else:  # what is added is the way to another process and back: so much in any case
            yield Figure(f"{what}: what is added", ours - own, 0, 0.5)
    with Renderer() as renderer:
        renderer.start()
        first = timed(lambda turn: renderer.render(f"{source}{turn}", FLAT), 20)
    yield Figure("the same with 60 names after a key press: compiled and rendered", first, 0, 50)
    yield Figure("the process started", timed(_started, 9), 0, 150)
    yield from _stopped()
    yield from _edits()


def _source(every: int) -> str:
    """About 50 kB of paragraphs, with a name in each so many."""
    names = list(FLAT)
    lines: list[str] = []
    size = 0
    while size < SIZE:
        number = len(lines)
        name = f"{{{{ {names[number // every % len(names)]} }}}}" if number % every == 0 else "…"
        lines.append(f"<p style='color: #123456'>A line of the mail, {name}</p>\n")
        size += len(lines[-1])
    return "".join(lines)


def _timed(renderer: Renderer, source: str, compiled: object) -> tuple[float, float]:
    """Our median and Jinja's, in turn, in milliseconds; twenty pages a turn."""

    def ours() -> None:
        for _ in range(20):
            renderer.render(source, FLAT)

    def own() -> None:
        for _ in range(20):
            compiled.render(NESTED)  # type: ignore[attr-defined]  # a Template of Jinja

    found = medians(ours, own)
    return found[0] / 20, found[1] / 20


def _stopped() -> Iterator[Figure]:
    """A template without an end, until its sentence is there; the process is started anew, too."""
    with Renderer() as renderer:
        renderer.start()
        times = []
        for _ in range(5):
            begun = perf_counter()
            with suppress(RenderError):
                renderer.render(ENDLESS, {})
            times.append(perf_counter() - begun)
    yield Figure("a template without an end → its sentence, worst of 5", max(times), 0, 2, "s")


def _started(_turn: int) -> None:
    with Renderer() as renderer:
        renderer.start()


def _edits() -> Iterator[Figure]:
    """One edit of a template of 50 kB, and one beside it."""
    surroundings = Surroundings(variables=bundled.variables())
    text = _source(14)
    saved = change(change(Account(id="a"), "template.body", text), "notification.template", text)
    memory = Memory()
    draft = [saved]

    def act(key: str, value: object) -> None:
        draft[0] = change(draft[0], key, value)
        view(saved, draft[0], surroundings, memory)

    beside = timed(lambda turn: act("template.font_size", 10 + turn % 9), 200)
    yield Figure("one edit beside a template of 50 kB → all views computed", beside, 0, 2)
    within = timed(lambda turn: act("template.body", f"{text}{turn}"), 200)
    yield Figure("one edit of that template → all views computed", within, 0, 2)


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
