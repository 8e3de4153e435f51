"""Output: what a verb prints, so that nothing that others wrote moves a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click


def visible(text: str) -> str:
    """The text with a middle dot for each character that cannot be seen, line ends and tabs apart.

    Control characters and marks of direction could recolour a terminal, set its title, or make a
    line look like something else.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in "\n\t" else "·" for each in text)


def say(text: str, *, err: bool = False) -> None:
    """Print lines for people, made ``visible``."""
    click.echo(visible(text), err=err)


def say_document(text: str) -> None:
    """Print a text for programs as it is, in UTF-8 whatever the locale; to a terminal ``visible``."""
    if sys.stdout is not None and sys.stdout.isatty():
        click.echo(visible(text), nl=False)
    else:
        click.echo(text.encode("utf-8", "replace"), nl=False)


def abandon() -> None:
    """Let what waits to be printed go nowhere: at the program's end it would fail once more."""
    with suppress(OSError, ValueError):  # no output at all, or none with a number
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
