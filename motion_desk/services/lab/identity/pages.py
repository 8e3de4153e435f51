"""Pages: what the identity server shows to people."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

_FRAME = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
    "<body><h1>{title}</h1>\n{text}\n</body></html>\n"
)


def message(title: str, sentence: str) -> str:
    """A page that says something; both texts are plain."""
    return _FRAME.format(title=escape(title), text=f"<p>{escape(sentence)}</p>")


def device(user: str) -> str:
    """The form on which a person enters a device code, and a name that is there already."""
    form = (
        '<form method="post" action="/device">\n'
        '<p><label>Code <input name="user_code" autofocus></label></p>\n'
        f'<p><label>Sign in as <input name="user" value="{escape(user)}"></label></p>\n'
        '<p><button name="answer" value="approve">Sign in</button>\n'
        '<button name="answer" value="decline">Decline</button></p>\n</form>'
    )
    return _FRAME.format(title="Enter the code of your program", text=form)


def posted(address: str, values: Mapping[str, str]) -> str:
    """A form that the browser posts to an address at once (OAuth 2.0 Form Post Response Mode)."""
    inputs = "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in values.items()
    )
    form = (
        f'<form method="post" action="{escape(address)}">\n{inputs}\n'
        "<button>Go on</button>\n</form>\n<script>document.forms[0].submit()</script>"
    )
    return _FRAME.format(title="Signed in", text=form)
