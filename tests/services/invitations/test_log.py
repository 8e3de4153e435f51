"""The log of what was sent: newest first, bounded, kept over reopening, forgotten on request."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motion_desk.models.choices import UsedFor
from motion_desk.models.document import put
from motion_desk.models.sent import KEPT_SENT, LONGEST_WORDS, Outcome, Purpose, SentMail
from motion_desk.models.surfaces import Surface
from motion_desk.models.workspace import Workspace
from motion_desk.services.invitations.log import invited, kept
from motion_desk.services.invitations.sending import send
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Reason, Store, WorkspaceError
from tests.services.invitations.people import PASSWORD, an_order, login, of, person
from tests.services.invitations.scripted import once, smtp
from tests.services.store.samples import support

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.motiondesk"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.create(path, Secrets(system=False))
    yield store
    store.close()


def mail(number: int = 0, purpose: Purpose = Purpose.REAL, **values: object) -> SentMail:
    """A message, so many minutes after noon."""
    at = NOON + timedelta(minutes=number)
    to = f"zoe{number}@meridia.example"
    made = SentMail(at, purpose, Surface.INVITATION, "welcome", "acc1", to, Outcome.SENT, "250 ok")
    return replace(made, **values)  # type: ignore[arg-type]  # whatever a test wants


def bare(mails: tuple[SentMail, ...]) -> list[SentMail]:
    """The messages without the store's numbers."""
    return [replace(each, id=0) for each in mails]


def test_what_was_sent_is_there_after_reopening_newest_first(store: Store, path: Path) -> None:
    first, second, third = mail(9), mail(1, Purpose.OWN), mail(2, Purpose.LAB)
    store.keep_sent([first, second])
    store.keep_sent([third])
    store.keep_sent([])
    store.close()
    again = Store.open(path, Secrets(system=False))
    assert bare(again.sent()) == [third, second, first]
    assert bare(again.sent(1)) == [third]
    again.close()


def test_the_oldest_of_each_purpose_go_and_samples_never_push_out_invitations(
    store: Store,
) -> None:
    store.keep_sent([mail(1)])
    most = KEPT_SENT[Purpose.LAB]
    store.keep_sent(mail(number, Purpose.LAB) for number in range(most + 5))
    found = store.sent(20_000)
    assert bare(found)[-1] == mail(1)
    samples = [each for each in found if each.purpose is Purpose.LAB]
    assert len(samples) == most
    assert bare(tuple(samples))[-1] == mail(5, Purpose.LAB)


def test_messages_are_forgotten_one_by_one_or_all(store: Store) -> None:
    store.keep_sent(map(mail, range(4)))
    newest, *others = store.sent()
    store.forget_sent([newest.id, 999])
    assert store.sent() == tuple(others)
    store.forget_sent()
    assert store.sent() == ()
    store.keep_sent([mail()])
    assert store.sent()[0].id > newest.id  # a number is never given twice


def test_words_of_any_kind_can_be_kept_and_only_so_many(store: Store) -> None:
    store.keep_sent([mail(words="half \ud800 and \0" + "x" * 1000)])
    [found] = store.sent()
    assert found.words.startswith("half ? and \ufffdxxx")
    assert len(found.words) == LONGEST_WORDS


def test_a_moment_of_no_place_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.keep_sent([mail(), mail(at=datetime(2026, 11, 23))])  # noqa: DTZ001 - what it is for
    assert store.sent() == ()


@pytest.mark.parametrize("change", ["at = 'noon'", "outcome = 'lost'", "purpose = 'x'"])
def test_damage_to_the_log_is_noticed_and_the_log_can_be_forgotten(
    store: Store, path: Path, change: str
) -> None:
    store.keep_sent([mail()])
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"UPDATE sent SET {change}")  # noqa: S608 - the test's own words
    connection.close()
    with pytest.raises(WorkspaceError, match="log of what was sent") as met:
        store.sent()
    assert met.value.reason is Reason.DAMAGED
    store.forget_sent()
    assert store.sent() == ()


def test_the_log_outlasts_the_account(store: Store) -> None:
    saved = store.save(support())
    store.keep_sent([mail(account=saved.id)])
    store.delete(saved.id)
    store.erase(saved.id)
    assert [each.account for each in store.sent()] == [saved.id]


def test_what_is_kept_of_an_order_holds_neither_links_nor_texts(store: Store, path: Path) -> None:
    people = [person(1), person(2), person(3)]
    with smtp(once("RCPT", "550 5.1.1 no such user", at=2)) as (_, route):
        order = an_order(people, login(route, Workspace(id="w")), Purpose.REAL)
        attempts, _ = of(list(send(order, threading.Event())))
    store.keep_sent(kept(order, attempts))
    assert [(each.recipient, each.outcome, each.words) for each in store.sent()] == [
        ("zoe3@meridia.example", Outcome.SENT, "taken"),
        ("zoe2@meridia.example", Outcome.REFUSED, "550 5.1.1 no such user"),
        ("zoe1@meridia.example", Outcome.SENT, "taken"),
    ]
    assert {(each.template, each.account) for each in store.sent()} == {("welcome", "tested")}
    store.close()
    written = path.read_bytes()
    assert b"zoe1@meridia.example" in written
    for secret in ("canary", "Hello", PASSWORD):
        assert secret.encode() not in written


def test_who_was_invited_before_is_known_by_address() -> None:
    mails = [
        mail(1),
        mail(5, recipient="ZOE1@meridia.example", outcome=Outcome.UNKNOWN),
        mail(2, outcome=Outcome.REFUSED),
        mail(3, Purpose.LAB),
        mail(4, Purpose.OWN),
    ]
    assert invited(mails) == {"zoe1@meridia.example": NOON + timedelta(minutes=5)}


def test_accounts_for_motions_own_mail_are_found_without_loading_all(store: Store) -> None:
    store.save(support())
    own = store.save(put(support("System mail"), "settings.used_for", UsedFor.MOTION))
    assert [each.id for each in store.motion_accounts()] == [own.id]
    store.delete(own.id)
    assert store.motion_accounts() == ()
