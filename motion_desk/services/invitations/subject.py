"""Subject: a template of one line of plain text, rendered without a trace of HTML."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace

from motion_desk.services.templates.rendering import Rendered, Renderer

# The renderer escapes values for HTML, and a subject is none. What would be escaped travels as
# noncharacters (Unicode §23.7), which no text holds; the few that do lose them.
_HTML = "&<>\"'"
_STAND_INS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
_AWAY = str.maketrans(_HTML + _STAND_INS, _STAND_INS + "\ufffd" * len(_STAND_INS))
_BACK = str.maketrans(_STAND_INS, _HTML)


def subject_line(
    renderer: Renderer,
    source: str,
    data: Mapping[str, str | None],
    stop: threading.Event | None = None,
) -> Rendered:
    """The subject that a template becomes, as plain text in ``html``.

    Raises ``RenderError``, and ``Stopped`` as the renderer does. A line break that comes from a
    value stays: whoever makes a header of it must refuse it.
    """
    values = {name: value and value.translate(_AWAY) for name, value in data.items()}
    rendered = renderer.render(source, values, stop, spans=False)
    return replace(rendered, html=rendered.html.translate(_BACK))
