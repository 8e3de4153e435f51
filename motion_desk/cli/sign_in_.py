"""sign-in: signs in to a cloud provider, and keeps the sign-in in the keyring for tests."""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import in_lab
from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.models.sections.directory import CloudProviderEntry
    from motion_desk.services.lab import Lab
    from motion_desk.services.oauth.provider import Provider
    from motion_desk.services.oauth.sign_in import Event, Order, SignedIn
    from motion_desk.services.oauth.trouble import SignInError
    from motion_desk.services.store import Store

INTERRUPTED = 130
"""The usual code of a program that Ctrl+C ended."""
FAILED = 1
TICK = 0.05
SECRET = "MOTION_DESK_CLIENT_SECRET"
"""The environment's variable with a client secret; it beats the stored one."""


@click.command("sign-in", short_help="Sign in to a cloud provider.")
@click.argument("name", metavar="PROVIDER")
@click.option("--device", "flow", flag_value="device", help="By a code (default).")
@click.option("--browser", "flow", flag_value="browser", help="In this computer's browser.")
@click.option("--application", "flow", flag_value="application", help="By the client secret.")
@click.option("--login", default="", help="The address that is to sign in.")
@click.option("--forget", is_flag=True, help="Sign out: delete what the keyring holds.")
@click.option("--lab", "fault", metavar="FAULT", help="Sign in at the lab; nothing is kept.")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    name: str,
    flow: str | None,
    login: str,
    fault: str | None,
    workspace: Path | None,
    *,
    forget: bool,
) -> None:
    """Sign in to a cloud provider of the workspace, for tests of modern authentication.

    PROVIDER is its id or name. By --device a code is shown that is typed in on Microsoft's page,
    on any computer. By --browser the page is opened here; the app registration must then know the
    address http://localhost. By --application no person signs in; the client secret comes from
    MOTION_DESK_CLIENT_SECRET or the keyring.

    The sign-in is kept in the keyring, is renewed by tests, and goes nowhere else. It has nothing
    to do with Motion's own.

    Ends with 0 if somebody is signed in; with 1 if not; with 2 for a wrong call; with 130 after
    Ctrl+C.
    """
    from motion_desk.services.oauth.kept import noted
    from motion_desk.services.oauth.trouble import SignInError

    if forget:
        _forget(name, workspace)
        return
    order = _order(name, flow or "device", login, workspace, keeps=not fault)
    try:
        with in_lab.started(fault) if fault else nullcontext() as lab:
            done = _run(_led_to(order, lab) if lab else order, lab)
        if not fault:
            _keep(order.provider.id, noted(done.cache, order.flow.value), workspace)
        _say(done, order.provider)
    except SignInError as error:
        _explain(error, order.provider, login)
        context.exit(FAILED)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was kept.", err=True)
        context.exit(INTERRUPTED)


def _order(name: str, flow: str, login: str, workspace: Path | None, *, keeps: bool) -> Order:
    """What to sign in to; the keyring is asked for as little as can be."""
    from motion_desk.services.oauth import cache
    from motion_desk.services.oauth.provider import provider_of
    from motion_desk.services.oauth.sign_in import Flow, Order
    from motion_desk.services.secrets import service_of
    from motion_desk.services.tester.tokens import secret_text

    with workspaces.opened(workspace) as store:
        entry = _entry(name, store)
        if keeps and not store.secrets.status.lasting:
            raise click.ClickException(
                f"{store.secrets.status.sentence} A sign-in would be lost at once, so none was made."
            )
        secret = ""
        if flow == "application":
            secret = os.environ.get(SECRET) or (
                "made up" if not keeps else secret_text(entry, store)
            )
        kept = cache.kept(store.secrets, service_of(store.identity), entry.id) if keeps else ""
        return Order(provider_of(entry, secret), Flow(flow), kept, login)


def _entry(name: str, store: Store) -> CloudProviderEntry:
    """The provider with an id, or else a name; capitals matter last."""
    from difflib import get_close_matches

    entries = store.workspace().cloud_providers.entries
    for attribute in ("id", "name"):
        for fold in (str, str.casefold):
            same = [each for each in entries if fold(getattr(each, attribute)) == fold(name)]
            if len(same) == 1:
                return same[0]
    names = [each.name or each.id for each in entries]
    near = get_close_matches(name, names, 1)
    there = f"There are: {', '.join(names)}." if names else "The workspace has none."
    hint = f"Did you mean “{near[0]}”?" if near else there
    raise click.BadParameter(f"There is no cloud provider “{name}”. {hint}", param_hint="PROVIDER")


def _led_to(order: Order, lab: Lab) -> Order:
    """The sign-in at the lab, where a tenant or client id that is missing is made up."""
    from motion_desk.services.oauth.in_lab import way_to

    provider = order.provider
    provider = replace(
        provider,
        tenant=provider.tenant or "lab-tenant",
        client_id=provider.client_id or "lab-application",
    )
    return replace(order, provider=provider, way=way_to(lab))


def _run(order: Order, lab: Lab | None) -> SignedIn:
    """The end of a sign-in. Raises ``SignInError``, and ``KeyboardInterrupt`` for Ctrl+C."""
    from motion_desk.services.oauth.running import sign_in
    from motion_desk.services.oauth.sign_in import SignedIn

    running = sign_in(order)
    try:
        while running.running:
            for event in running.drain():
                if isinstance(event, SignedIn):
                    return event
                _show(event, order, lab)
            time.sleep(TICK)  # which Ctrl+C ends at once; a wait on a queue it may not
    finally:
        running.stop()
    raise KeyboardInterrupt


def _show(event: Event, order: Order, lab: Lab | None) -> None:
    """Tell the person what to do; in the lab it is done for them."""
    import webbrowser

    from motion_desk.services.oauth.sign_in import OpenPage, ShowCode

    if isinstance(event, ShowCode):
        minutes = round(event.seconds / 60)
        click.echo(
            f"Open {event.address} in any browser within {minutes} minutes, and type in the code "
            f"{event.code}",
            err=True,
        )
        if lab is not None and not lab.fault.signing_in.refuses_device:
            click.echo("The lab does that by itself.", err=True)
            lab.identity.approve(event.code)
    elif isinstance(event, OpenPage):
        if lab is not None:
            from motion_desk.services.oauth.in_lab import browse

            click.echo("The lab signs in by itself, in place of a browser.", err=True)
            browse(event.address, order.way)
        elif webbrowser.open(event.address):
            click.echo("Sign in on the page that the browser shows now.", err=True)
        else:
            click.echo(f"Open this page in a browser of this computer:\n{event.address}", err=True)


def _keep(provider_id: str, text: str, workspace: Path | None) -> None:
    from motion_desk.services.oauth import cache
    from motion_desk.services.secrets import service_of

    with workspaces.opened(workspace) as store:
        cache.keep(store.secrets, service_of(store.identity), provider_id, text)


def _forget(name: str, workspace: Path | None) -> None:
    from motion_desk.services.oauth import cache
    from motion_desk.services.secrets import service_of

    with workspaces.opened(workspace) as store:
        entry = _entry(name, store)
        gone = cache.forget(store.secrets, service_of(store.identity), entry.id)
    if not gone:
        raise click.ClickException("No keyring can be reached, so nothing could be deleted.")
    click.echo(
        f"Signed out of {entry.name}: this workstation holds no token of it any more. Microsoft "
        "goes on taking one that somebody copied until it expires; the administrator of the "
        "tenant can revoke the user's sessions."
    )


def _say(done: SignedIn, provider: Provider) -> None:
    """Who has signed in, what the token allows, and what is wrong with it."""
    from motion_desk.models.endpoints import Protocol
    from motion_desk.models.engines.tokens import judged
    from motion_desk.services.tester import wording

    token = done.token
    who = done.login or "the application itself"
    click.echo(wording.one_line(f"Signed in to {provider.name}: {who}."))
    for label, value in (
        ("Audience", token.audience),
        ("Permissions", " ".join(token.permissions)),
        ("Tenant", token.tenant),
        ("Token until", f"{token.expires:%Y-%m-%d %H:%M} UTC" if token.expires else ""),
    ):
        if value:
            click.echo(wording.one_line(f"{label}: {value}"))
    found = {
        each.sentence: None
        for protocol in Protocol
        for each in judged(token, protocol, datetime.now(UTC), tenant=provider.tenant)
    }
    for sentence in found:
        click.echo(wording.one_line(f"Warning: {sentence}"))


def _explain(error: SignInError, provider: Provider, login: str) -> None:
    """What went wrong, what helps, and a text for who can help."""
    from motion_desk.services.oauth.codes import letter, meaning
    from motion_desk.services.oauth.trouble import Trouble
    from motion_desk.services.tester import wording

    click.echo(wording.one_line(f"Not signed in. {error.sentence}"), err=True)
    if error.code or error.words:
        click.echo(wording.one_line(f"{error.code} {error.words}".strip()), err=True)
    if error.trouble is Trouble.REFUSED:
        click.echo(wording.one_line(meaning(error.code).to_do), err=True)
        if text := letter(error.code, provider, login, error.words):
            click.echo(f"\nText for the administrator of the tenant:\n\n{text}")
