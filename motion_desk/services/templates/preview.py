"""Preview: a template and its data become what is sent, and what is shown of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape
from typing import TYPE_CHECKING, Self

from motion_desk.models.account import Account
from motion_desk.models.document import Document
from motion_desk.models.surfaces import Surface
from motion_desk.services.templates.finished.colours import Way
from motion_desk.services.templates.popup import popup
from motion_desk.services.templates.rendering import MISSING_CLASS, Rendered, Renderer

if TYPE_CHECKING:
    from motion_desk.services.templates.finished.review import Review


class Look(Enum):
    """How the reader's mail program shows colours, with what that is called on screen."""

    LIGHT = "light", "Light", None
    DARK = "dark", "Dark, by the mail's own styles", None
    INVERTED = "inverted", Way.FULL.label, Way.FULL
    PARTLY = "partly", Way.PARTIAL.label, Way.PARTIAL

    def __new__(cls, word: str, label: str, way: Way | None) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        return member

    def __init__(self, word: str, label: str, way: Way | None) -> None:
        self.label = label
        self.way = way


@dataclass(frozen=True, slots=True)
class Asked:
    """What to preview. ``font`` is the CSS of the default body's font, ``subject`` a template too."""

    source: str
    surface: Surface
    data: Mapping[str, str | None]
    look: Look = Look.LIGHT
    subject: str = ""
    font: str = ""
    account: str = ""
    shake: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What came of it: ``page`` is what the view shows, ``html`` what is sent, styles inlined."""

    page: str
    html: str
    subject: str
    rendered: Rendered

    @property
    def weight(self) -> int:
        """Bytes of the HTML part as it is sent, before it is encoded for the way."""
        return len(self.html.encode("utf-8", "replace"))

    @property
    def has_dark_styles(self) -> bool:
        """Whether the mail says itself how it looks in the dark."""
        return bool(_DARK_STYLES.search(self.html))


_PLAIN = (
    f"<style>.{MISSING_CLASS} {{ background: #fff1c2; color: #7a4b00; border-radius: 3px; "
    "outline: 1px dashed #c98a00; }</style>"
)
_DARK_STYLES = re.compile(r"color-scheme", re.IGNORECASE)
_PREFERENCE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
_HEAD = re.compile(r"\s*(<!doctype[^>]*>\s*)?(<html[^>]*>\s*)?(<head[^>]*>)?", re.IGNORECASE)
"""What a mail may begin with, up to its own styles."""
_ALWAYS, _NEVER = "(min-width: 0)", "(max-width: 0)"


def preview(asked: Asked, renderer: Renderer, stop: threading.Event | None = None) -> Preview:
    """Render, inline and colour a template. Blocks for milliseconds: never on the window's thread.

    Raises ``RenderError``, ``InliningError`` and ``jobs.Stopped``. Names without a value stand out
    in the page, and stay as they are written in what is sent.
    """
    from motion_desk.services.templates.finished.inlining import inlined

    marked = renderer.render(asked.source, asked.data, stop)
    plain = (
        renderer.render(asked.source, asked.data, stop, spans=False) if marked.missing else marked
    )
    subject = renderer.render(asked.subject, asked.data, stop, plain=True).html
    html = inlined(framed(asked.font, plain.html), stop=stop)
    shown = html if plain is marked else inlined(framed(asked.font, marked.html), stop=stop)
    return Preview(_page(shown, asked), html, subject, marked)


@dataclass(frozen=True, slots=True)
class Considered:
    """What is to be said of a preview: the review of the template's source, and the plain text."""

    review: Review
    text: str


def considered(asked: Asked, made: Preview, stop: threading.Event | None = None) -> Considered:
    """What is to be said of a preview. Takes longer than making it: seconds for 5 MB.

    Raises ``jobs.Stopped`` soon after ``stop`` is set.
    """
    from motion_desk.services.templates.finished.review import review
    from motion_desk.services.templates.finished.text import plain_text

    return Considered(review(asked.source, stop), plain_text(made.html, stop))


def font_of(document: Document) -> str:
    """The font of an account's default body as CSS; empty where none is set."""
    if not isinstance(document, Account):
        return ""
    template = document.template
    family = template.font_family.replace('"', "").replace(";", "").strip()
    parts = [f"font-family: {family}"] if family else []
    if isinstance(template.font_size, int):
        parts.append(f"font-size: {template.font_size}px")
    return "; ".join(parts)


def framed(font: str, html: str) -> str:
    """The text within the font of the default body, by the CSS of ``font_of``."""
    return f'<div style="{escape(font)}">{html}</div>' if font else html


def _page(html: str, asked: Asked) -> str:
    dark = asked.look is Look.DARK
    if asked.surface is Surface.NOTIFICATION:
        return _PLAIN + popup(html, account=asked.account, shake=asked.shake, dark=dark)
    if asked.look.way is not None:
        from motion_desk.services.templates.finished.dark import inverted

        html = inverted(html, asked.look.way)
    has_dark_styles = bool(_DARK_STYLES.search(html))
    # Chromium would follow the window's own colours; a mail is to be seen in both.
    html = _PREFERENCE.sub(
        lambda found: _ALWAYS if (found[1].lower() == "dark") is dark else _NEVER, html
    )
    # Programs that invert nothing show a mail without dark styles of its own as it is: light.
    scheme = "dark" if dark and has_dark_styles else "light"
    # Before the mail's own styles, so that whatever it says of colours counts, but never before
    # its document type, or Chromium would show it as pages of the 1990s.
    at = found.end() if (found := _HEAD.match(html)) else 0
    return f"{html[:at]}<style>:root {{ color-scheme: {scheme}; }}</style>{_PLAIN}{html[at:]}"
