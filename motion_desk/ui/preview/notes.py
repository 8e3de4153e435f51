"""Notes: what a view of the preview is a model of, and what of it Motion does not document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motion_desk.models.surfaces import Surface
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.services.templates.preview import Look, Preview


def note_of_mail(surface: Surface, look: Look, preview: Preview | None, zoom: float) -> str:
    """What is to be known of the mail as it is drawn; ``zoom`` is 1 for its true size."""
    parts = []
    if surface is Surface.NOTIFICATION:
        parts.append(tr("A model: what Motion draws around the text is not documented."))
        if look.way is not None:
            parts.append(tr("No mail program shows it, so nothing is inverted."))
    elif look.way is not None:
        parts.append(tr("An approximation: each mail program inverts colours in its own way."))
    elif look.value == "dark" and preview is not None and not preview.has_dark_styles:
        parts.append(
            tr("This mail has no dark styles of its own: programs that invert nothing show it so.")
        )
    if zoom < 1:
        parts.append(tr("Shown at {} % of its size.").format(round(zoom * 100)))
    return " ".join(parts)


def note_of_text(surface: Surface) -> str:
    """What is to be known of the plain text."""
    if surface is Surface.NOTIFICATION:
        return tr("The notification's text without its looks.")
    return tr("Made from the HTML. Whether Motion sends a plain-text part is not documented.")


def note_of_source() -> str:
    """What is to be known of the HTML."""
    return tr(
        "With the CSS of <style> moved into the elements, for programs that leave <style> out. "
        "Whether Motion moves it is not documented."
    )
