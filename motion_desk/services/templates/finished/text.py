"""Text: the plain-text part of a mail, made from its HTML in reading order.

Own tokens in place of ``html.parser``, which takes quadratic time on damaged source.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from contextlib import suppress
from html import unescape
from typing import NamedTuple

from motion_desk.services.templates.finished import css
from motion_desk.services.templates.finished.addresses import SCRIPTS, address
from motion_desk.services.templates.finished.document import VOID, until
from motion_desk.services.templates.finished.hidden import NEVER_SEEN, is_hidden
from motion_desk.services.templates.finished.inlining import InliningError, inlined
from motion_desk.services.templates.finished.markup import Tag, Text, tokens

_DEEPEST = 12
"""Levels by which text is moved in; deeper ones look like this one."""
_SPACES = re.compile(r"[\s\u00a0]+")
# There to be not seen: they fill a preheader up, or say where a word may break.
_NOTHING = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]|[\u200c\u200d](?=[\\s\u00a0]|\\Z)")
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide", re.IGNORECASE)
_APART = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "hr",
        "figure",
    ]
)
"""Blocks with an empty line before and after them."""
_BLOCKS = _APART | frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "footer",
        "form",
        "header",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "section",
        "summary",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "caption",
    ]
)
_CELLS = ("td", "th")
_LEFT_OUT = NEVER_SEEN | {"select", "textarea", "iframe", "object", "svg", "math", "audio", "video"}


class _Open(NamedTuple):
    name: str
    hides: bool


def plain_text(html: str, stop: threading.Event | None = None) -> str:
    """What a mail says without its looks, one paragraph a line, ending in a line end.

    Links are “text <address>”, images their alternative, list items begin with “- ” or a number,
    cells of a row stand beside each other. What is hidden (a preheader) is left out, also where
    <style> hides it. Linear time. Raises ``jobs.Stopped`` soon after ``stop`` is set; nothing else.
    """
    if _style_hides(html):
        # Where that fails, only what an element's own style attribute hides is left out.
        with suppress(InliningError):
            html = inlined(html, stop=stop)
    writer = _Writer()
    reader = _Reader(writer)
    for token in until(stop, tokens(html)):
        if isinstance(token, Text):
            if not token.raw:
                reader.text(html[token.at : token.end])
        elif isinstance(token, Tag):
            if token.is_end:
                reader.end(token.name)
            else:
                reader.start(token)
    return writer.finished()


def _style_hides(html: str) -> bool:
    style = re.search(r"<style\b", html, re.IGNORECASE)
    return bool(style and _HIDES.search(html, style.start()))


class _Writer:
    """Lines of text, with what stands before each."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._space = False
        self._wants_empty = False
        self._mark = ""
        self.prefixes: list[str] = []
        self.keeps_spaces = False

    def add(self, text: str) -> None:
        """Add text to the line; runs of spaces become one."""
        text = _NOTHING.sub("", text)
        if self.keeps_spaces:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._put(first)
            for line in others:
                self.end_line(even_empty=True)
                self._put(line)
            return
        plain = _SPACES.sub(" ", text)
        if plain.startswith(" "):
            self._space = True
        if bare := plain.strip(" "):
            self._put(bare)
            self._space = plain.endswith(" ")

    def _put(self, text: str) -> None:
        if text:
            if self._space and self._parts and not self.keeps_spaces:
                self._parts.append(" ")
            self._space = False
            self._parts.append(text)

    def add_address(self, text: str) -> None:
        """Add an address after what it belongs to, also where that ended a line."""
        if self._parts or not self._lines or not self._lines[-1]:
            self._space = bool(self._parts)
            self._put(text)
        else:
            self._lines[-1] += f" {text}"

    def gap(self) -> None:
        """Part two cells of a row."""
        if self._parts:
            self._parts.append("  ")
            self._space = False

    def mark(self, text: str) -> None:
        """Let the next line begin with a list item’s mark."""
        self._mark = text

    def end_line(self, even_empty: bool = False) -> None:
        """End the line, if there is one."""
        if not self._parts and not even_empty:
            self._space = False
            return
        if self._wants_empty and self._lines and self._lines[-1]:
            self._lines.append("")
        self._wants_empty = False
        before = "".join(self.prefixes[:_DEEPEST])
        if self._mark:
            before = before[: len(before) - len(self._mark)] + self._mark
            self._mark = ""
        self._lines.append((before + "".join(self._parts)).rstrip())
        self._parts, self._space = [], False

    def end_paragraph(self) -> None:
        """End the line, and have an empty one before what follows."""
        self.end_line()
        self._wants_empty = True

    def finished(self) -> str:
        """All lines, without empty ones around them."""
        self.end_line()
        text = "\n".join(self._lines).strip("\n")
        return f"{text}\n" if text else ""


class _Reader:
    """Follows the tags, and tells the writer."""

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._hidden = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, list[str]]] = []

    def text(self, source: str) -> None:
        """Write a text, unless it is hidden."""
        if self._hidden:
            return
        self._write(unescape(source))

    def _write(self, text: str) -> None:
        if self._links:
            self._links[-1][1].append(text)
        self._writer.add(text)

    def start(self, tag: Tag) -> None:
        """Follow a start tag."""
        name = tag.name
        if name == "img" and not self._hidden:
            if not self._is_hidden(tag) and tag.value("alt"):
                self._write(f" {tag.value('alt')} ")
            return
        if name == "br" and not self._hidden:
            self._writer.end_line(even_empty=True)
            return
        if name in VOID:
            if name == "hr" and not self._hidden:
                self._writer.end_paragraph()
                self._writer.add("-" * 20)
                self._writer.end_paragraph()
            return
        if name in ("li", "dt", "dd", "p", "option") and self._open and self._open[-1].name == name:
            self.end(name)  # it may be left unclosed
        hides = name in _LEFT_OUT or self._is_hidden(tag)
        self._open.append(_Open(name, hides))
        self._count[name] += 1
        self._hidden += hides
        if self._hidden:
            return
        self._begin_block(name)
        if name in ("ul", "ol", "menu"):
            start = tag.value("start")
            first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
            self._lists.append(first if name == "ol" else None)
            self._writer.prefixes.append("   " if name == "ol" else "  ")
        elif name == "li":
            self._writer.mark(self._next_mark())
        elif name == "blockquote":
            self._writer.prefixes.append("> ")
        elif name == "pre":
            self._writer.keeps_spaces = True
        elif name == "a":
            self._links.append((self._address(tag), []))
        elif name in _CELLS:
            self._writer.gap()

    def _begin_block(self, name: str) -> None:
        if name in _APART and not (name in ("ul", "ol") and self._lists):
            self._writer.end_paragraph()
        elif name in _BLOCKS:
            self._writer.end_line()

    def _next_mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    @staticmethod
    def _is_hidden(tag: Tag) -> bool:
        if "hidden" in tag.attributes:
            return True
        style = tag.value("style")
        return bool(style) and is_hidden(css.attribute(style[: css.LONGEST_ATTRIBUTE]).last)

    @staticmethod
    def _address(tag: Tag) -> str:
        found = address(tag.value("href"))
        is_none = found.scheme in SCRIPTS or found.scheme == "data" or found.given.startswith("#")
        return "" if is_none else found.given

    def end(self, name: str) -> None:
        """Follow an end tag: it ends all that stands in its element."""
        if not self._count[name]:
            return
        while True:
            each = self._open.pop()
            self._count[each.name] -= 1
            if not self._hidden:
                self._ended(each.name)
            self._hidden -= each.hides
            if each.name == name:
                return

    def _ended(self, name: str) -> None:
        writer = self._writer
        if name == "a" and self._links:
            self._end_link(*self._links.pop())
        if name == "pre":
            writer.end_line()
            writer.keeps_spaces = False
        if name in _APART and not (name in ("ul", "ol") and len(self._lists) > 1):
            writer.end_paragraph()
        elif name in _BLOCKS:
            writer.end_line()
        if name in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
            writer.prefixes.pop()
        elif name == "blockquote" and writer.prefixes:
            writer.prefixes.pop()
        elif name == "li":
            writer.mark("")

    def _end_link(self, where: str, shown: list[str]) -> None:
        text = " ".join("".join(shown).split())
        bare = where.removeprefix("mailto:").removeprefix("tel:")
        said = {where, bare, where.removeprefix("https://").removeprefix("http://").rstrip("/")}
        if where and text.rstrip("/") not in said:
            self._writer.add_address(f"<{bare if where.startswith('mailto:') else where}>")
