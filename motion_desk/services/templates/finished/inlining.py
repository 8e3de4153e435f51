"""Inlining: CSS of <style> moved into style attributes, where every mail client reads it."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter

from motion_desk.services.templates.finished.document import DEEPEST, Document, Flaw, read
from motion_desk.services.templates.finished.markup import MOST_TAGS

LONGEST = 1_000_000
"""Characters without embedded pictures: ten times what Gmail shows. css-inline holds Python’s lock
while it works, about 0.1 s for these."""
LONGEST_DONE = 20_000_000
"""Characters of a result: a rule is written into each element that it is for."""
QUICK = 30_000_000
"""Steps that take css-inline 0.1 s at most; whatever may take more has a process of its own."""
SECONDS = 1.8
"""With the start of the process, a person is told within 2 s."""
MEMORY = 256 * 1024 * 1024
MOST_NODES = 300_000
"""Nodes of the tree that a browser would make, which may be far more than there are tags."""
MOST_ACTIVE = 100
"""Unclosed elements such as <b> that are in force at once."""
_REVEALED = re.compile(r"<!\s*(\[(?:if|endif)\b[^\]>]*\])\s*>", re.IGNORECASE)
_REVEALED_AFTER = re.compile(r"<!--motion-desk-(\d+)-->")
_EMPTY_STYLE = re.compile(r"<style[^<>]*>\s*</style>", re.IGNORECASE)
_PICTURE = re.compile(r"""(?<==["'])data:image/[^"'<>]{2000,}(?=["'])""", re.IGNORECASE)
"""An embedded picture in an attribute: long, and nothing of CSS."""
_PICTURE_AFTER = re.compile(r"data:motion-desk-(\d+)")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
_CELLS = ("td", "th", "caption", "object", "marquee", "template")


class InliningError(ValueError):
    """CSS cannot be inlined; ``sentence``, which is its text, says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def inlined(
    html: str, document: Document | None = None, stop: threading.Event | None = None
) -> str:
    """The HTML with its CSS in style attributes, as a whole page (<html>, <head>, <body>).

    What has no place in an attribute stays in <style>: at-rules such as @media, and rules with
    pseudo-classes and pseudo-elements. Conditional comments stay, <link> too, and embedded
    pictures. Nothing is ever loaded: neither from the network nor from a file. Markup is otherwise
    as a browser reads it: what is not closed is closed, and text where a table takes none moves
    before the table.

    ``document`` is what ``read`` made of the same elements, where that is at hand.

    Raises ``InliningError`` for what is too long, too deep, or no text (lone surrogates), and for
    what takes more than 2 s or 256 MB; and ``jobs.Stopped`` within 100 ms after ``stop`` is set.
    """
    pictures: list[str] = []

    def away(found: re.Match[str]) -> str:
        pictures.append(found[0])
        return f"data:motion-desk-{len(pictures) - 1}"

    bare = _PICTURE.sub(away, html)
    # css-inline calls itself for each level of nesting: at a thousand the stack of a thread of
    # 512 kB ends, and the program with it. So all that makes it grow is counted before.
    document = _look_before(bare, document, stop)
    done = moved(bare) if _steps(bare, document) <= QUICK else _moved_elsewhere(bare, stop)
    left = dict(enumerate(pictures))
    # Each once: CSS that looks like one of these would bring a picture into many elements.
    done = _PICTURE_AFTER.sub(lambda found: left.pop(int(found[1]), found[0]), done)
    if len(done) > LONGEST_DONE:
        raise InliningError(_TOO_MUCH)
    return done


_TOO_MUCH = (
    "The CSS in <style> cannot be moved into the elements within 2 s and 256 MB. Look for very many "
    "rules, for very long ones, and for pictures in CSS; or write the styles into the elements."
)


def moved(html: str) -> str:
    """The HTML with its CSS in style attributes; bounded by nothing. Raises ``InliningError``."""
    import css_inline  # late: it loads a library of 8 MB

    inliner = css_inline.CSSInliner(
        keep_style_tags=True,
        remove_inlined_selectors=True,
        keep_at_rules=True,
        keep_link_tags=True,
        load_remote_stylesheets=False,
    )
    # “<![if !mso]>” would become a comment, and what it reveals be lost to Outlook.
    revealed: list[str] = []

    def away(found: re.Match[str]) -> str:
        revealed.append(found[0])
        return f"<!--motion-desk-{len(revealed) - 1}-->"

    try:
        done = inliner.inline(_REVEALED.sub(away, html))
    except css_inline.InlineError as error:
        raise InliningError(
            f"The CSS cannot be moved into the elements: {str(error)[:200]}. Mend the CSS in "
            "<style>, or write the styles into the elements."
        ) from None

    def back(found: re.Match[str]) -> str:
        number = int(found[1])
        return revealed[number] if number < len(revealed) else found[0]

    return _EMPTY_STYLE.sub("", _REVEALED_AFTER.sub(back, done))


def _moved_elsewhere(html: str, stop: threading.Event | None) -> str:
    """The same, made by a process that is ended where it takes too much."""
    from motion_desk.services.templates import MOVES_CSS
    from motion_desk.services.templates.process import EndedError, Process

    try:
        process = Process(SECONDS, MEMORY, MOVES_CSS)
    except OSError as error:
        raise InliningError(f"The process that moves CSS does not start ({error}).") from None
    try:
        process.ready(stop)
        until = time.monotonic() + SECONDS
        answer, done = process.ask({}, html, stop, until=until)
    except EndedError:
        raise InliningError(_TOO_MUCH) from None
    finally:
        process.close()
    if "message" in answer:
        raise InliningError(answer["message"])
    return done


def _steps(html: str, document: Document) -> int:
    """About how many steps css-inline needs at most, by measurement of the worst of each kind.

    It tries each rule at each element, and looks for each declaration among those that an element
    has already.
    """
    sheets = [
        document.content(text)
        for text, at in document.texts
        if at >= 0 and document.elements[at].name == "style"
    ]
    if not sheets:
        return 0
    elements = len(document.elements)
    declarations = sum(sheet.count(";") + sheet.count("}") for sheet in sheets)
    return max(
        elements * sum(map(len, sheets)),
        elements * declarations * declarations // 10,
        declarations * html.count(";"),
    )


def _look_before(html: str, document: Document | None, stop: threading.Event | None) -> Document:
    """The HTML as it was read. Raises ``InliningError`` for what would end the program."""
    if len(html) > LONGEST:
        raise InliningError(
            f"The HTML has {len(html):,} characters besides embedded images; CSS is moved into "
            f"the elements up to {LONGEST:,}. Shorten it."
        )
    if _SURROGATES.search(html):
        raise InliningError(
            "The HTML holds half a character (a lone surrogate), which cannot be sent. Delete it "
            "and type the character again."
        )
    document = document or read(html, stop)
    flaws = {each.flaw for each in document.damages}
    if Flaw.TOO_DEEP in flaws or Flaw.TOO_MANY in flaws:
        raise InliningError(
            f"The HTML nests elements more than {DEEPEST} levels deep, or has more than "
            f"{MOST_TAGS:,} of them. Close what is open, or make it simpler."
        )
    unclosed = {each.at for each in document.damages if each.flaw is Flaw.UNCLOSED}
    if _grows(document, unclosed):
        raise InliningError(
            "The HTML opens elements such as <b> or <font> again and again without closing them. "
            "Close what is open."
        )
    return document


def _grows(document: Document, unclosed: set[int]) -> bool:
    """Whether a browser’s tree is far larger or deeper than the source.

    An unclosed <b> is opened again in each following block, up to the end of its table cell
    (HTML standard, “reconstruct the active formatting elements”).
    """
    cells: list[int] = []
    active: Counter[int] = Counter()
    nodes = 0
    for element in document.elements:
        around = cells[element.parent] if element.parent >= 0 else -1
        if element.name in _FORMATTING and element.tag.at in unclosed:
            active[around] += 1
        nodes += 1 + active[around]
        if active[around] > MOST_ACTIVE or nodes > MOST_NODES:
            return True
        cells.append(element.index if element.name in _CELLS else around)
    return False
