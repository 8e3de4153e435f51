"""Sending to the lab: what arrives, what is told, and what is refused before anything is sent."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from time import monotonic

import pytest

from motion_desk.models.sent import Outcome, Purpose
from motion_desk.models.workspace import Workspace
from motion_desk.services.invitations.delivered import Waiting
from motion_desk.services.invitations.merging import Recipient, Template, merged
from motion_desk.services.invitations.sample import sample
from motion_desk.services.invitations.sending import MOST_OWN, Order, Progress, send
from motion_desk.services.jobs import Job
from motion_desk.services.lab import Lab
from motion_desk.services.templates.rendering import Renderer
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import StepName
from tests.patience import PROMPT
from tests.services.invitations.people import (
    PASSWORD,
    SENDER,
    WELCOME,
    an_order,
    came,
    known,
    login,
    login_to,
    of,
    person,
)

ROOT = Path(__file__).parents[3]
NOW = re.compile(rb"^(?:Date|Message-ID): .*\r\n", re.MULTILINE)
THREE = [person(1), person(2), person(3)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture
def lab(folder: Path) -> Iterator[Lab]:
    with Lab(folder, scale=0.01) as started:
        yield started
    assert started.seen.errors == ()


def outcomes(order: Order) -> list[Outcome]:
    return [attempt.outcome for attempt in came(order)[0]]


def test_each_gets_theirs_by_one_connection_and_one_login(lab: Lab) -> None:
    attempts, over = came(an_order(THREE, login_to(lab)))
    assert [each.address for each in attempts] == [each.address for each in THREE]
    assert [each.recipients for each in lab.seen.messages] == [(p.address,) for p in THREE]
    assert over.counts == {Outcome.SENT: 3}
    assert over.sentence == "3 of 3 sent."
    assert (lab.seen.connections, lab.seen.logins) == (1, {"PLAIN": 1})
    assert lab.seen.commands["smtp"][-2:] == ["RSET", "QUIT"]


def test_what_arrives_is_what_was_previewed_but_for_its_date_and_id(lab: Lab) -> None:
    order = an_order(THREE[:1], login_to(lab))
    with Renderer() as renderer:
        letter = merged(WELCOME, order.recipients[0], SENDER, order.known, renderer)
    came(order)
    [arrived] = lab.seen.messages
    assert arrived.content != letter.content
    assert NOW.sub(b"", arrived.content) == NOW.sub(b"", letter.content)
    message = message_from_bytes(arrived.content, policy=default)
    assert message["Subject"] == letter.subject == "Welcome, Zoë 1"
    page = message.get_body(("html",))
    assert page is not None
    assert page.get_content().strip() == letter.html.strip()
    assert 'style="color: #123456;"' in letter.html


def test_for_real_each_gets_their_own_link_and_nothing_else_shows_it(lab: Lab) -> None:
    order = an_order(THREE, login_to(lab, as_lab=False), Purpose.REAL)
    events = list(send(order, threading.Event()))
    assert of(events)[1].counts == {Outcome.SENT: 3}
    for number, envelope in enumerate(lab.seen.messages, 1):
        assert f"canary-{number:04}".encode() in envelope.content
        assert envelope.content.count(b"canary-") == envelope.content.count(b"canary-%04d" % number)
    for shown in (repr(events), repr(order), repr(THREE)):
        assert "canary" not in shown
        assert PASSWORD not in shown


def test_samples_never_hold_a_real_link(lab: Lab) -> None:
    came(an_order(THREE, login_to(lab), Purpose.LAB))
    came(an_order(THREE, login_to(lab), Purpose.OWN, own=SENDER))
    assert len(lab.seen.messages) == 6
    assert all(b"canary" not in envelope.content for envelope in lab.seen.messages)
    assert all(b"invitation=3Dsample" in envelope.content for envelope in lab.seen.messages)


def test_samples_to_oneself_go_to_that_address_only(lab: Lab) -> None:
    attempts, _ = came(an_order(THREE, login_to(lab), Purpose.OWN, own="me@meridia.example"))
    assert [each.who for each in attempts] == ["Zoë 1", "Zoë 2", "Zoë 3"]
    assert {each.recipients for each in lab.seen.messages} == {("me@meridia.example",)}


NO_WAY = login(None, Workspace(id="w"))


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (an_order(THREE, NO_WAY), "no way to it"),
        (an_order(THREE, replace(NO_WAY, lab=True)), "no way to it"),
        (an_order(THREE, NO_WAY, Purpose.REAL, confirmed=None), "confirmed were None"),
        (an_order(THREE, NO_WAY, Purpose.REAL, confirmed=2), "3 recipients"),
        (an_order(THREE, replace(NO_WAY, lab=True), Purpose.REAL), "not sent for real"),
        (an_order([*THREE, person(4, link="")], NO_WAY, Purpose.REAL), "no invitation link"),
        (an_order([*THREE, person(1)], NO_WAY, Purpose.REAL), "more than once"),
        (an_order([person(1, address="")], NO_WAY, Purpose.REAL), "no email address"),
        (an_order([person(1, address="a@@b")], NO_WAY, Purpose.REAL), "is no email address"),
        (
            an_order([person(1, link="https://evil.example/i/1")], NO_WAY, Purpose.REAL),
            "leads to https://evil.example",
        ),
        (
            an_order([person(1, link="http://motion.meridia.example/i")], NO_WAY, Purpose.REAL),
            "leads to http://",
        ),
        (an_order(THREE, NO_WAY, Purpose.OWN, own=""), "no email address"),
        (an_order(THREE, NO_WAY, Purpose.OWN, own="a@b.example, c@d.example"), "no email address"),
        (
            an_order([person(n) for n in range(MOST_OWN + 1)], NO_WAY, Purpose.OWN, own=SENDER),
            "At most 25",
        ),
        (an_order([], NO_WAY, Purpose.OWN, own=SENDER), "nobody"),
        (
            an_order(THREE, login(None, Workspace(id="w"), settings__address=""), Purpose.REAL),
            "to send from",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_must_not_be_sent_is_refused_before_anything_is_connected_to(
    order: Order, said: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        send(order, threading.Event())


def test_recipients_that_disagree_about_where_samples_go_are_refused() -> None:
    order = an_order(THREE, NO_WAY, Purpose.OWN, own=SENDER)
    stranger = Recipient("A stranger", "stranger@example.test", {})
    with pytest.raises(ValueError, match="one address"):
        send(replace(order, recipients=(*order.recipients, stranger)), threading.Event())


def test_who_has_no_address_is_told_and_the_others_get_theirs(lab: Lab) -> None:
    people = [person(1, address=""), person(2), person(3, address="zoe@@x"), person(2)]
    attempts, over = came(an_order(people, login_to(lab)))
    assert [each.outcome for each in attempts] == [
        Outcome.NOT_SENT,
        Outcome.SENT,
        Outcome.NOT_SENT,
        Outcome.NOT_SENT,
    ]
    assert attempts[0].meaning == "There is no email address. Fill it in."
    assert attempts[2].meaning == "“zoe@@x” is no email address. Correct it."
    assert "more than once" in attempts[3].meaning
    assert over.sentence == "1 of 4 sent, 3 not sent."


def test_a_refused_recipient_is_told_in_the_servers_words_and_ours(lab: Lab) -> None:
    lab.show("recipient-refused")
    attempts, over = came(an_order(THREE, login_to(lab)))
    assert {each.outcome for each in attempts} == {Outcome.REFUSED}
    assert attempts[0].words == "550 5.1.1 Recipient address rejected: User unknown"
    assert attempts[0].meaning == "The server does not know this address, or takes no mail for it."
    assert lab.seen.commands["smtp"].count("RSET") == 4  # one of them with the goodbye
    assert (lab.seen.connections, over.sentence) == (1, "0 of 3 sent, 3 refused.")


def test_greylisting_is_a_refusal_that_says_to_try_again(lab: Lab) -> None:
    lab.show("greylisting")
    attempts, _ = came(an_order(THREE[:1], login_to(lab)))
    assert attempts[0].outcome is Outcome.REFUSED
    assert "second try" in attempts[0].meaning


def test_a_refused_sender_ends_it_for_all(lab: Lab) -> None:
    lab.show("sender-refused")
    reached = login_to(lab)
    account = reached.account
    other = replace(account, settings=replace(account.settings, address="boss@meridia.example"))
    attempts, over = came(an_order(THREE, replace(reached, account=other)))
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert "The sender's address is refused" in over.reason
    assert over.reason == attempts[0].meaning == attempts[2].meaning
    assert [each[:4] for each in lab.seen.commands["smtp"]].count("MAIL") == 1


def test_a_login_that_fails_is_tried_once_and_told_with_its_remedies(lab: Lab) -> None:
    lab.show("wrong-password")
    attempts, over = came(an_order(THREE, login_to(lab)))
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert over.failed is not None
    assert over.failed.name is StepName.LOGIN
    assert over.failed.findings[0].failure is Failure.WRONG_PASSWORD
    assert over.failed.findings[0].remedies
    assert over.reason.startswith("SMTP, Login: ")
    assert sum(lab.seen.logins.values()) == 1


def test_a_server_that_always_closes_is_given_up_after_the_last_try(lab: Lab) -> None:
    lab.show("smtp-closing")
    attempts, over = came(an_order(THREE, login_to(lab), again_after=(0.0, 0.01)))
    assert lab.seen.connections == 3
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert "421" in over.reason
    assert lab.seen.messages == ()


def test_messages_keep_their_distance(lab: Lab) -> None:
    begun = monotonic()
    events = list(send(an_order(THREE, login_to(lab), a_minute=100), threading.Event()))
    assert monotonic() - begun >= 1.2
    waits = [each.seconds for each in events if isinstance(each, Waiting)]
    assert len(waits) == 2
    assert all(0 < each <= 0.6 for each in waits)


def test_a_stop_between_messages_ends_the_waiting(lab: Lab) -> None:
    order = an_order(THREE, login_to(lab), a_minute=1)
    job = Job("invitations", lambda stop: send(order, stop))
    events = []
    stopped = 0.0
    for event in job.events():
        events.append(event)
        if isinstance(event, Waiting):
            stopped = monotonic()
            job.stop()
    assert monotonic() - stopped < PROMPT
    attempts, over = of(events)
    assert [each.outcome for each in attempts] == [Outcome.SENT, *[Outcome.NOT_SENT] * 2]
    assert over.stopped
    assert over.sentence == "Stopped: 1 of 3 sent, 2 not sent."
    assert len(lab.seen.messages) == 1


def test_a_stop_before_the_beginning_connects_to_nothing(lab: Lab) -> None:
    stop = threading.Event()
    stop.set()
    attempts, over = came(an_order(THREE, login_to(lab)), stop)
    assert over.stopped
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert lab.seen.connections == 0


def test_whoever_stops_listening_leaves_nothing_running(lab: Lab) -> None:
    course = send(an_order(THREE, login_to(lab)), threading.Event())
    assert any(isinstance(event, Progress) for event in course)
    course.close()  # type: ignore[attr-defined]  # it is a generator


def test_a_value_that_is_missing_stays_in_braces_in_a_sample_and_keeps_a_real_one_back(
    lab: Lab,
) -> None:
    template = replace(WELCOME, html=WELCOME.html + "{{ user.site }} {{ user.Name }}")
    there = person(1, values={"user.site": "Lyon", "user.Name": "x"})
    came(an_order([person(1)], login_to(lab), template=template))
    assert b"{{ user.site }}" in lab.seen.messages[0].content
    people = [there, person(2)]
    reached = login_to(lab, as_lab=False)
    attempts, _ = came(an_order(people, reached, Purpose.REAL, template=template))
    assert [each.outcome for each in attempts] == [Outcome.NOT_SENT, Outcome.NOT_SENT]
    assert "{{ user.Name }}" in attempts[0].meaning
    assert "{{ user.site }}, {{ user.Name }}" in attempts[1].meaning
    assert len(lab.seen.messages) == 1


def test_a_template_without_the_personal_link_is_never_sent_for_real(lab: Lab) -> None:
    template = replace(WELCOME, html='<a href="https://motion.meridia.example">Log in</a>')
    order = an_order(THREE, login_to(lab, as_lab=False), Purpose.REAL, template=template)
    attempts, _ = came(order)
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert "{{ link }}" in attempts[0].meaning
    assert lab.seen.messages == ()


def test_a_template_that_cannot_be_rendered_ends_it_for_all_before_a_connection(lab: Lab) -> None:
    template = replace(WELCOME, html="{% for each in user %}")
    attempts, over = came(an_order(THREE, login_to(lab), template=template))
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert over.reason
    assert lab.seen.connections == 0


def test_a_line_break_in_a_value_never_becomes_a_header(lab: Lab) -> None:
    template = Template(WELCOME.surface, "x", "Hello {{ user.name }}", "<p>x</p>")
    data = {"user.name": "Zoë\r\nBcc: everybody@example.test"}
    attempts, _ = came(sample(template, data, login_to(lab), known(), to=SENDER))
    assert attempts[0].outcome is Outcome.NOT_SENT
    assert "line end" in attempts[0].meaning
    assert lab.seen.messages == ()


def test_a_sample_of_any_surface_goes_to_the_lab_or_to_ones_own_address(lab: Lab) -> None:
    template = Template(WELCOME.surface, "body", "Re: {{ subject }}", "<p>Dear {{ name }}</p>")
    order = sample(template, {"name": "Ω & <b>"}, login_to(lab), known())
    assert (order.purpose, order.recipients[0].address) == (Purpose.LAB, SENDER)
    came(order)
    own = sample(template, {}, login_to(lab, as_lab=False), known(), to="me@meridia.example")
    assert own.purpose is Purpose.OWN
    came(own)
    first, second = lab.seen.messages
    assert (first.recipients, second.recipients) == ((SENDER,), ("me@meridia.example",))
    message = message_from_bytes(first.content, policy=default)
    assert message["Subject"] == "Re: {{ subject }}"
    page = message.get_body(("html",))
    assert page is not None
    assert "Dear Ω &amp; &lt;b&gt;" in page.get_content()
    with pytest.raises(ValueError, match="no email address"):
        send(sample(template, {}, NO_WAY, known(), to="me"), threading.Event())
    attempts, _ = came(sample(template, {}, login_to(lab), known(), to="me"))
    assert attempts[0].meaning == "“me” is no email address."


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process from /proc")
def test_a_thousand_recipients_take_no_more_memory_than_one(lab: Lab) -> None:
    script = [sys.executable, "-m", "tests.services.invitations.many"]
    arguments = [str(lab.ports[465]), str(lab.certificate_file), "1000", "1", "traced"]
    done = subprocess.run(
        [*script, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    sent, _seconds, resident, left = map(float, done.stdout.split())
    assert sent == len({each.recipients for each in lab.seen.messages}) == 1000
    assert lab.seen.connections == 1
    assert left < 32_000  # bytes that 100 letters left behind: 320 each would be a leak
    assert resident < 24_000_000
