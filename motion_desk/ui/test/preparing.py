"""Preparing: from the values on the screen to the order of a test, with passwords and the lab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.ui.form.words import tr
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab
    from motion_desk.services.store import Store
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed
    from motion_desk.services.tester.tokens import TokenSource

Texts = tuple[dict[Protocol, str], dict[Protocol, str]]
"""The texts of passwords, and for those that are not at hand the reasons, by protocol."""

_ANY = "made up"


def prepare(
    order: Order,
    session: Session,
    lab: LabSwitch,
    ready: Callable[[Order], None],
    failed: Callable[[Exception], None],
) -> None:
    """Call ``ready`` with the order completed by passwords, and led to the lab where it says so.

    The keyring is asked on the store's thread, and the lab started on its own. Where the lab was
    left meanwhile the order comes back without a way there.
    """

    def found(complete: Order) -> None:
        if order.lab and lab.shown:
            lab.ask(lambda running: led_to(running, complete), ready, failed)
        else:
            ready(complete)

    typed, stored = _secrets(order)
    if stored or _is_modern(order):
        session.ask(lambda store: completed(store, order), found, failed)
    else:
        found(replace(order, passwords=typed))


def keep_sign_in(renewed: Renewed, session: Session, *, in_lab: bool) -> None:
    """Keep a sign-in that was renewed on the way; one in the lab belongs to the lab."""
    if in_lab:
        return

    def keep(store: Store) -> None:
        from motion_desk.services.tester import tokens

        tokens.keep(renewed, store)

    session.ask(keep, lambda _: None)


def completed(store: Store, order: Order) -> Order:
    """The order with the passwords and the sign-in that it needs; on the store's thread.

    What the keyring does not give is missing, with the reason.
    """
    passwords, missing = _texts(store, *_secrets(order))
    return replace(order, passwords=passwords, missing=missing, tokens=_tokens(store, order))


def _secrets(order: Order) -> tuple[dict[Protocol, str], dict[Protocol, str]]:
    """The texts of the passwords that were typed, and the references of those that are stored."""
    from motion_desk.services.tester.run import secrets_needed

    needed = secrets_needed(order.account)
    wanted = {each: needed[each] for each in order.protocols if each in needed}
    typed = {each: secret.typed for each, secret in wanted.items() if secret.typed is not None}
    stored = {each: secret.reference for each, secret in wanted.items() if each not in typed}
    return typed, stored


def _is_modern(order: Order) -> bool:
    login = endpoint(order.account, Protocol.IMAP).login
    return login is not None and login.modern


def _tokens(store: Store, order: Order) -> TokenSource | None:
    """Where the tokens of modern authentication come from; on the store's thread."""
    if not _is_modern(order):
        return None
    from motion_desk.services.tester.tokens import token_source

    return token_source(order.account, order.workspace, store)


def _texts(store: Store, typed: dict[Protocol, str], stored: dict[Protocol, str]) -> Texts:
    """The texts of secrets by what the keyring says; on the store's thread."""
    from motion_desk.services.secrets import SecretsError

    texts, missing = dict(typed), {}
    for protocol, reference in stored.items():
        try:
            text = store.text_of(reference)
        except SecretsError as error:
            missing[protocol] = error.sentence
            continue
        if text is None:
            missing[protocol] = tr("it has no entry for it. Type the password again.")
        else:
            texts[protocol] = text
    return texts, missing


def led_to(lab: Lab, order: Order) -> Order:
    """The order led to the lab, which takes any password: one that is not at hand is made up.

    Where the account signs in, somebody signs in at the lab: a person's own sign-in stays here.
    Runs on a thread that may wait.
    """
    from motion_desk.services.lab_authority import NOT_GIVEN, without

    if lab.fault.name == NOT_GIVEN:
        order = replace(order, workspace=without(order.workspace))
    passwords = {**dict.fromkeys(order.missing, _ANY), **order.passwords}
    tokens = _signed_in(lab, order)
    return replace(order, route=lab.route, passwords=passwords, missing={}, tokens=tokens)


def _signed_in(lab: Lab, order: Order) -> TokenSource | None:
    if order.tokens is None:
        return None
    from motion_desk.services.oauth import in_lab
    from motion_desk.services.oauth.trouble import SignInError

    provider = order.tokens.provider
    login = endpoint(order.account, Protocol.IMAP).login
    try:
        kept = in_lab.renewable(lab, provider, login.identity if login else "")
    except SignInError as error:
        return replace(order.tokens, kept="", missing=error.sentence)
    return replace(order.tokens, kept=kept, missing="", way=in_lab.way_to(lab))
