"""reference: prints the reference of every field."""

import click

from motion_desk.cli.output import say_document


@click.command("reference", short_help="Print the reference of every field.")
def command() -> None:
    """Print the reference of every field, in Markdown."""
    from motion_desk.services.exchange.reference import reference

    say_document(reference())
