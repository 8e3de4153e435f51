"""Active content: what runs, sends, loads or moves by itself, which mail clients drop or block.

Lists what is found, by what it would do; nothing is taken out of the mail. Also looks inside of
conditional comments, which Outlook for Windows reads as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from motion_desk.services.templates.finished.addresses import SCRIPTS, address
from motion_desk.services.templates.finished.data_uris import data
from motion_desk.services.templates.finished.document import Document
from motion_desk.services.templates.finished.markup import Comment, Tag, Text, tokens
from motion_desk.services.templates.finished.places import Places
from motion_desk.services.templates.finished.remarks import Finding, finding
from motion_desk.services.templates.finished.styles import Styles

_ELEMENTS = {
    "script": "active.script",
    "noscript": "active.script",
    **dict.fromkeys(("iframe", "frame", "frameset", "portal", "fencedframe"), "active.frame"),
    **dict.fromkeys(("object", "embed", "applet", "param", "bgsound"), "active.plugin"),
    **dict.fromkeys(
        ("form", "input", "button", "select", "textarea", "isindex", "keygen"), "active.form"
    ),
    **dict.fromkeys(("audio", "video", "source", "track"), "active.media"),
    "base": "active.base",
    "link": "active.link",
    **dict.fromkeys(("svg", "math"), "active.foreign"),
    **dict.fromkeys(("animate", "animatetransform", "animatemotion", "set"), "active.animation"),
    "foreignobject": "active.foreign",
    "marquee": "active.motion",
    "blink": "active.motion",
    "xml": "active.foreign",
    "template": "active.template",
    "slot": "active.template",
    "plaintext": "active.plaintext",
    "xmp": "active.plaintext",
    "noembed": "active.plaintext",
    "noframes": "active.plaintext",
}
_ADDRESSES = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "data",
        "background",
        "poster",
        "xlink:href",
        "cite",
        "codebase",
        "archive",
        "classid",
        "longdesc",
        "lowsrc",
        "dynsrc",
        "from",
        "to",
        "by",
        "values",
        "manifest",
        "ping",
        "icon",
        "srcdoc",
    ]
)
_SCRIPT_KINDS = frozenset(
    {"text/html", "application/xhtml+xml", "text/xml", "application/xml", "image/svg+xml"}
)
_IN_SVG = re.compile(rb"<\s*(?:script|foreignobject|iframe|animate|set)\b|\son\w+\s*=", re.I)
_CONDITION = re.compile(r"\s*\[if\b[^\]]*\]>", re.IGNORECASE)
_DEEPEST_COMMENT = 3


def active_findings(document: Document, styles: Styles, places: Places) -> Iterator[Finding]:
    """Everything active in a document, not in order."""
    for element in document.elements:
        yield from _of_tag(element.tag)
    for styled in styles.all:
        for found in styled.piece.active:
            yield finding("active.css", styled.offset(found, places), what=found.what)
        for found in styled.piece.imports:
            yield finding("active.import", styled.offset(found, places), address=found.what)
        for found in styled.piece.addresses:
            yield from _css_address(found.what, styled.offset(found, places))
    for comment in document.comments:
        yield from _of_comment(document.source, comment, _DEEPEST_COMMENT)


def _of_comment(source: str, comment: Comment, depth: int) -> Iterator[Finding]:
    """What a conditional comment (“<!--[if mso]>”) shows to Outlook for Windows."""
    condition = (
        _CONDITION.match(source, comment.begin, comment.stop) if comment.is_comment else None
    )
    if condition is None or depth == 0:
        return
    for token in tokens(source, condition.end(), comment.stop):
        if isinstance(token, Tag) and not token.is_end:
            # Outlook’s own drawing language and its settings are no danger.
            if token.name == "xml" or token.name.startswith(("v:", "o:", "w:")):
                yield from _of_attributes(token)
            else:
                yield from _of_tag(token)
        elif isinstance(token, Comment):
            yield from _of_comment(source, token, depth - 1)
        elif isinstance(token, Text) and token.raw:
            yield from _raw_css(source, token)


def _raw_css(source: str, text: Text) -> Iterator[Finding]:
    found = re.search(
        r"@import|expression\s*\(|-moz-binding|behavior\s*:", source[text.at : text.end]
    )
    if found:
        yield finding("active.css", text.at + found.start(), what=found[0])


def _of_tag(tag: Tag) -> Iterator[Finding]:
    if tag.is_end:
        return
    code = _ELEMENTS.get(tag.name)
    if code == "active.link" and tag.value("rel").lower() not in _LOADING:
        code = None
    if code:
        yield finding(code, tag.at, element=tag.name)
    if tag.name == "meta":
        yield from _meta(tag)
    yield from _of_attributes(tag)


_LOADING = frozenset(
    [
        "stylesheet",
        "import",
        "preload",
        "prefetch",
        "prerender",
        "preconnect",
        "dns-prefetch",
        "modulepreload",
        "manifest",
        "icon",
    ]
) | {"shortcut icon", "alternate stylesheet", "apple-touch-icon", ""}


def _meta(tag: Tag) -> Iterator[Finding]:
    said = tag.value("http-equiv").lower()
    if said == "refresh":
        yield finding("active.refresh", tag.at)
    elif said in ("set-cookie", "content-security-policy", "default-style"):
        yield finding("active.meta", tag.at, what=said)


def _of_attributes(tag: Tag) -> Iterator[Finding]:
    for name, attribute in tag.attributes.items():
        if len(name) > 3 and name.startswith("on") and name[2:].isalpha():
            yield finding("active.handler", attribute.at, attribute=name)
        elif name == "srcdoc":
            yield finding("active.frame", attribute.at, element=f"{tag.name} srcdoc")
        elif name in ("formaction", "action") and attribute.raw:
            yield finding("active.form", attribute.at, element=f"{tag.name} {name}")
            yield from _script_address(attribute.value, attribute.value_at)
        elif name == "ping":
            yield finding("active.ping", attribute.at)
        elif name in _ADDRESSES and attribute.raw:
            yield from _script_address(attribute.value, attribute.value_at)
        elif name in ("autofocus", "contenteditable", "accesskey", "popovertarget"):
            yield finding("active.attribute", attribute.at, attribute=name)


def _script_address(value: str, at: int) -> Iterator[Finding]:
    beginning = address(value[:2000])
    if beginning.scheme in SCRIPTS:
        yield finding("active.script-address", at, scheme=beginning.scheme)
    elif beginning.scheme == "data":
        yield from _data(value, at)
    elif beginning.scheme in ("file", "view-source", "ms-settings", "search-ms", "ms-msdt"):
        yield finding("active.local-address", at, scheme=beginning.scheme)
    elif beginning.given.startswith("\\\\"):
        yield finding("active.local-address", at, scheme="\\\\")


def _data(value: str, at: int) -> Iterator[Finding]:
    held = data(value)
    if held.kind not in _SCRIPT_KINDS:
        return
    if held.kind != "image/svg+xml":
        yield finding("active.data-page", at, kind=held.kind)
    elif _IN_SVG.search(held.content) or _IN_SVG.search(unquote_to_bytes(held.content)):
        yield finding("active.svg-script", at)


def _css_address(value: str, at: int) -> Iterator[Finding]:
    found = address(value[:2000])
    if found.is_web:
        yield finding("active.css-remote", at, host=found.host)
    elif found.scheme == "file":
        yield finding("active.local-address", at, scheme="file")
    else:
        yield from _script_address(value, at)
