"""schema: prints the JSON Schema of documents."""

import click

from motion_desk.cli.output import say_document


@click.command("schema", short_help="Print the JSON Schema of documents.")
def command() -> None:
    """Print the JSON Schema (2020-12) of documents, for editors and pipelines."""
    from motion_desk.services.exchange.schema import schema_text

    say_document(schema_text())
