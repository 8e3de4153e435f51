"""Marking: names that have no value stay in the page as ``{{ name }}``, where text stands in a span.

Runs in the sandbox's process: it imports the standard library only.
"""

from __future__ import annotations

import re
from html import escape

MISSING_CLASS = "motion-desk-missing"
"""The class of the span around a name that has no value, for the preview's style."""

_RAW = frozenset({"script", "style", "title", "textarea", "template", "noscript", "iframe"})
_COMMENT, _TAG, _TEXT = "<!--", "<", ""


def marked(page: str, opening: str, closing: str, *, spans: bool) -> str:
    """The page with each ``opening + name + closing`` written out as ``{{ name }}``.

    With ``spans``, those that stand in running text get a span; those in a tag, in a comment or
    in an element whose content is no markup never do, for there it would show. Reads the page
    once, whatever is in it.
    """
    if opening not in page:
        return page
    mark = f"{re.escape(opening)}(?P<name>.*?){re.escape(closing)}"
    if not spans:
        return re.sub(mark, lambda found: _written(found["name"]), page, flags=re.DOTALL)
    token = re.compile(
        rf"{mark}|<!--|-->|</?(?P<element>[a-zA-Z][a-zA-Z0-9]*)|<[!?/]|>|[\"']", re.DOTALL
    )
    pieces: list[str] = []
    at = 0
    within, raw, quote = _TEXT, "", ""
    # Behind the last mark it does not matter any more where the page is.
    for found in token.finditer(page, 0, page.rfind(closing) + len(closing)):
        name = found["name"]
        if name is not None:
            pieces.append(page[at : found.start()])
            running = within == _TEXT and not raw
            pieces.append(_span(name) if running else _written(name))
            at = found.end()
        else:
            within, raw, quote = _next(found[0], found["element"] or "", within, raw, quote)
    pieces.append(page[at:])
    return "".join(pieces)


def _next(text: str, element: str, within: str, raw: str, quote: str) -> tuple[str, str, str]:
    """Where the page is behind a token: in text, a tag or a comment; in which raw element, quote."""
    if within == _COMMENT:
        return (_TEXT if text == "-->" else within), raw, ""
    if within == _TAG:
        if quote:
            return within, raw, "" if text == quote else quote
        if text in ('"', "'"):
            return within, raw, text
        # "-->" ends a tag as ">" does.
        return (_TEXT if text.endswith(">") else within), raw, ""
    if raw and not (text.startswith("</") and element.lower() == raw):
        return within, raw, ""
    if text == "<!--":
        return _COMMENT, raw, ""
    if not text.startswith("<"):
        return within, raw, ""
    if text.startswith("</"):
        return _TAG, "", ""
    return _TAG, element.lower() if element.lower() in _RAW else raw, ""


def _written(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _span(name: str) -> str:
    return f'<span class="{MISSING_CLASS}" title="{escape(name)}">{_written(name)}</span>'
