"""reference: prints the reference of every field."""

import click


@click.command("reference", short_help="Print the reference of every field.")
def command() -> None:
    """Print the reference of every field, in Markdown."""
    from motion_desk.services.exchange.reference import reference

    click.echo(reference(), nl=False)
