"""Documents: the files that a verb is given, read as far as they are documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motion_desk.services.exchange.document import DocumentError, Parsed

argument = click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)


def parsed(files: Iterable[Path]) -> tuple[list[Parsed], list[DocumentError]]:
    """The documents, each file once, and the errors of files that are none."""
    from motion_desk.services.exchange.document import DocumentError, load, parse

    documents: list[Parsed] = []
    errors: list[DocumentError] = []
    for path in dict.fromkeys(files):
        try:
            documents.append(parse(load(path), str(path)))
        except DocumentError as error:
            errors.append(error)
    return documents, errors
