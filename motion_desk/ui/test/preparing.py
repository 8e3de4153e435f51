"""Preparing: from the values on the screen to the order of a test, with passwords and the lab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol
from motion_desk.ui.form.words import tr
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab
    from motion_desk.services.store import Store
    from motion_desk.services.tester.run import Order

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
    from motion_desk.services.tester.run import secrets_needed

    def found(texts: Texts) -> None:
        passwords, missing = texts
        complete = replace(order, passwords=passwords, missing=missing)
        if order.lab and lab.shown:
            lab.when_ready(lambda running: ready(_led_to(running, complete)), failed)
        else:
            ready(complete)

    needed = secrets_needed(order.account)
    wanted = {each: needed[each] for each in order.protocols if each in needed}
    typed = {each: secret.typed for each, secret in wanted.items() if secret.typed is not None}
    stored = {each: secret.reference for each, secret in wanted.items() if each not in typed}
    if stored:
        session.ask(lambda store: _texts(store, typed, stored), found, failed)
    else:
        found((typed, {}))


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


def _led_to(lab: Lab, order: Order) -> Order:
    """The order led to the lab, which takes any password: one that is not at hand is made up."""
    from motion_desk.services.lab_authority import NOT_GIVEN, without

    if lab.fault.name == NOT_GIVEN:
        order = replace(order, workspace=without(order.workspace))
    passwords = {**dict.fromkeys(order.missing, _ANY), **order.passwords}
    return replace(order, route=lab.route, passwords=passwords, missing={})
