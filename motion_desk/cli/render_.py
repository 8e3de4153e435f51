"""render: prints a template as it will arrive, with sample data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import exists
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import documents, targets, workspace
from motion_desk.cli.output import say, say_document

if TYPE_CHECKING:
    from motion_desk.models.account import Account
    from motion_desk.models.surfaces import Surface
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.templates.data import DataSet
    from motion_desk.services.templates.sources import Source

NOT_RENDERED = 1
SURFACES = (
    "body",
    "notification",
    "invitation",
    "canned-answer",
    "auto-reply",
    "account-transfer",
)
"""The surfaces by the words of this command, so that its help imports none; a test compares."""

HTML, TEXT, EML = "html", "text", "eml"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template, what it is called in messages, and whose account and workspace it belongs to."""

    source: Source
    called: str
    workspace: Workspace
    account: Account | None = None


@click.command("render", short_help="Print a template as it will arrive, with sample data.")
@click.argument("target", metavar="ACCOUNT|FILE")
@click.option(
    "--surface", type=click.Choice(SURFACES), required=True, help="What the template is for."
)
@click.option("--name", help="The key or name of the template, where there are several.")
@click.option(
    "--data",
    default="ordinary",
    metavar="NAME|FILE",
    help="The sample data: ordinary, long, missing, emoji, right-to-left or injection; or a JSON, "
    "YAML or .eml file.",
)
@click.option("--html", "form", flag_value=HTML, default=HTML, help="The page (the default).")
@click.option("--text", "form", flag_value=TEXT, help="The plain-text part.")
@click.option("--eml", "form", flag_value=EML, help="The whole message.")
@workspace.option
@click.pass_context
def command(
    context: click.Context,
    target: str,
    surface: str,
    name: str | None,
    data: str,
    form: str,
    workspace: Path | None,
) -> None:
    """Print a template as it will arrive, with sample data.

    The template is an account's or the workspace's, in the workspace file or in YAML documents;
    any other FILE is the template itself. Its CSS is inlined. What should be looked at, in its names
    and by what mail programs show of it, is told on standard error; names without a value stay as
    they are.

    Ends with 1 if the template cannot be rendered, with 2 if there is none.
    """
    from motion_desk.models.surfaces import Surface
    from motion_desk.services.templates.rendering import RenderError

    kind = Surface(surface.replace("-", "_"))
    if form == EML and kind is Surface.NOTIFICATION:
        raise click.UsageError("A notification is no mail. Leave --eml out.")
    found = _chosen(target, kind, name, workspace)
    values = _data(data, kind, found.workspace)
    _tell(found, kind)
    try:
        content = _rendered(found, kind, values, form)
    except RenderError as error:
        say(f"{found.called}: error: {error.sentence}", err=True)
        context.exit(NOT_RENDERED)
    except ValueError as error:  # the finished mail refuses it, with a sentence
        say(f"{found.called}: error: {error}", err=True)
        context.exit(NOT_RENDERED)
    if kind is not Surface.NOTIFICATION:
        _tell_review(found)
    if isinstance(content, bytes):
        click.echo(content, nl=False)
    else:
        say_document(content if content.endswith("\n") else f"{content}\n")


def _chosen(target: str, surface: Surface, name: str | None, workspace_file: Path | None) -> Chosen:
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.templates.sources import sources

    path = Path(target)
    if targets.is_file(target) and not path.name.lower().endswith((".yaml", ".yml")):
        return _of_file(path, _directory(workspace_file) or Workspace())
    if targets.is_file(target):
        account, directory = _of_document(path, workspace_file)
    else:
        with workspace.opened(workspace_file) as store:
            account = store.load(targets.chosen(target, store.accounts()).id)
            directory = store.workspace()
    found = sources(surface, directory, account)
    source = _named(found, name, surface)
    return Chosen(source, f"{target}: {source.name or source.key}", directory, account)


def _of_file(path: Path, directory: Workspace) -> Chosen:
    from motion_desk.services.exchange.faults import DocumentError
    from motion_desk.services.exchange.files import load
    from motion_desk.services.templates.sources import Source

    try:
        return Chosen(Source("", "", load(path)), str(path), directory)
    except DocumentError as error:
        raise targets.NotFoundError(f"{path}: {error.faults[0].sentence}") from None


def _of_document(path: Path, workspace_file: Path | None) -> tuple[Account | None, Workspace]:
    from motion_desk.models.account import Account
    from motion_desk.models.directory import Surroundings
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError

    found, unreadable = documents.parsed([path])
    if unreadable:
        raise targets.NotFoundError(str(unreadable[0]))
    directory = _directory(workspace_file) or Workspace()
    try:
        read = found[0].read(Surroundings(directory), create_missing=True)
    except DocumentError as error:
        raise targets.NotFoundError(str(error)) from None
    if isinstance(read.document, Account):
        return read.document, read.workspace
    return None, read.document if isinstance(read.document, Workspace) else directory


def _directory(workspace_file: Path | None) -> Workspace | None:
    if workspace.named(workspace_file) is None:
        return None
    with workspace.opened(workspace_file) as store:
        return store.workspace()


def _named(found: Sequence[Source], name: str | None, surface: Surface) -> Source:
    what = surface.label.lower()
    if not found:
        raise targets.NotFoundError(f"There is no text for: {what}.")
    names = ", ".join(f"“{each.name}”" for each in found if each.name)
    if name is None:
        if len(found) > 1:
            say(f"The first of {names} is taken. Choose by --name.", err=True)
        return found[0]
    for each in found:
        if name in (each.name, each.key):
            return each
    raise targets.NotFoundError(f"No {what} is called “{name}”. There are: {names or 'none'}.")


def _data(data: str, surface: Surface, directory: Workspace) -> Mapping[str, str | None]:
    from motion_desk.services.templates.data import DataError, of_file, sets

    made_up: dict[str, DataSet] = {each.name: each for each in sets(surface, directory)}
    if data in made_up:
        return made_up[data].values
    try:
        own = of_file(Path(data))
    except DataError as error:
        there = exists(data)  # noqa: PTH110 - Path's raises an error for a name that is too long
        hint = "" if there else f" Sets are: {', '.join(made_up)}."
        raise targets.NotFoundError(f"{error.sentence}{hint}") from None
    return own.values


def _tell(found: Chosen, surface: Surface) -> None:
    """Tell what should be looked at in the template's names."""
    from itertools import islice

    from motion_desk.models.engines.names import findings
    from motion_desk.models.template_checks import MOST
    from motion_desk.services.templates.data import variables

    known = variables(surface, found.workspace)
    for text in (found.source.subject, found.source.html):
        for finding in islice(findings(text, known), MOST):
            say(f"{found.called}: warning: {finding.sentence}", err=True)


def _tell_review(found: Chosen) -> None:
    """Tell what mail programs would make of the template: what is wrong or risky, and then a score."""
    from motion_desk.models.problems import Severity
    from motion_desk.services.templates.finished.review import review

    reviewed = review(found.source.html)
    worth = [each for each in reviewed.remarks if each.severity is not Severity.NOTE]
    for each in worth:
        where = f"{found.called}: {each.severity.name.lower()}"
        say(f"{where}: Line {each.line}, column {each.column}: {each.sentence}", err=True)
    if worth:
        say(f"{found.called}: {reviewed.score} of 100 for mail programs.", err=True)


def _rendered(
    found: Chosen, surface: Surface, values: Mapping[str, str | None], form: str
) -> str | bytes:
    from motion_desk.services.templates.rendering import Renderer

    with Renderer() as renderer:
        page = renderer.render(found.source.html, values, spans=False).html
        subject = values.get("subject") or surface.label
        if found.source.subject:
            subject = renderer.render(found.source.subject, values, plain=True).html
    if surface.value == "body" and found.account is not None:
        from motion_desk.services.templates.preview import font_of, framed

        page = framed(font_of(found.account), page)
    if form == TEXT:
        from motion_desk.services.templates.finished.text import plain_text

        return plain_text(page)
    from motion_desk.services.templates.finished.inlining import inlined

    html = inlined(page)
    if form == EML:
        from motion_desk.services.templates.finished.letter import letter

        return letter(
            html, subject=subject, sender=_sender(found), recipient=_recipient(surface, values)
        )
    return html


def _sender(found: Chosen) -> str:
    address = found.account.settings.address if found.account else ""
    return address or "sender@motion-desk.example"


def _recipient(surface: Surface, values: Mapping[str, str | None]) -> str:
    name = "user.email" if surface.value == "invitation" else "contact.email"
    return values.get(name) or "recipient@motion-desk.example"
