"""The three ways in, each identity fault by its name, and an end within 100 ms when asked for."""

from __future__ import annotations

import threading
from dataclasses import replace
from time import monotonic

import pytest

from motion_desk.services.jobs import Job
from motion_desk.services.lab import Lab
from motion_desk.services.oauth.cache import Kind, kind_of, people
from motion_desk.services.oauth.provider import Way
from motion_desk.services.oauth.running import sign_in
from motion_desk.services.oauth.sign_in import Event, Flow, OpenPage, Order, ShowCode, SignedIn
from motion_desk.services.oauth.trouble import SignInError, Trouble
from tests.patience import PROMPT
from tests.services.mail.scripted import server, silence
from tests.services.oauth.signing import (
    PROVIDER,
    TENANT,
    USER,
    answer_of,
    browse,
    get,
    happened,
    order,
    parameters,
    post,
    signed_in,
    way,
)

FLOWS = pytest.mark.parametrize("flow", Flow, ids=lambda flow: flow.value)
PERSONS = pytest.mark.parametrize("flow", [Flow.DEVICE, Flow.BROWSER], ids=lambda flow: flow.value)


def test_a_device_code_is_shown_with_the_page_to_type_it_on(lab: Lab) -> None:
    first, last = happened(lab, order(lab, Flow.DEVICE))
    assert isinstance(first, ShowCode)
    assert first.address == "https://login.microsoftonline.com/device"
    assert 0 < first.seconds <= 1800
    assert isinstance(last, SignedIn)


@PERSONS
def test_a_person_gets_a_token_for_outlook_and_something_to_keep(lab: Lab, flow: Flow) -> None:
    found = signed_in(lab, flow)
    assert found.login == USER
    assert found.token.audience == "https://outlook.office.com"
    assert set(found.token.scopes) == {"IMAP.AccessAsUser.All", "SMTP.Send"}
    assert (kind_of(found.cache), people(found.cache)) == (Kind.PERSON, (USER,))


def test_an_application_gets_a_token_of_its_own(lab: Lab) -> None:
    found = signed_in(lab, Flow.APPLICATION)
    assert found.login == ""
    assert found.token.roles == ("IMAP.AccessAsApp", "SMTP.SendAsApp")
    assert kind_of(found.cache) is Kind.APPLICATION


def test_the_browser_is_sent_with_pkce_and_comes_back_to_this_computer(lab: Lab) -> None:
    run = sign_in(order(lab, Flow.BROWSER))
    opened = next(run.events())
    assert isinstance(opened, OpenPage)
    asked = parameters(opened.address)
    assert opened.address.startswith(f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/")
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"].startswith("http://localhost:")
    assert len(asked["state"]) >= 16
    assert asked["login_hint"] == USER
    assert opened.address not in repr(opened)
    browse(lab, opened.address)
    assert isinstance(list(run.events())[-1], SignedIn)


def test_an_answer_from_another_program_is_refused_and_waiting_goes_on(lab: Lab) -> None:
    run = sign_in(order(lab, Flow.BROWSER))
    opened = next(run.events())
    assert isinstance(opened, OpenPage)
    back, values = answer_of(lab, opened.address)
    foreign = {"code": "stolen", "state": "not ours"}
    for answer in (post(back, foreign), get(back, foreign), get(back, {}), post(back, {})):
        assert answer.startswith("HTTP/1.1 400 ")
    assert run.running
    # A redirection by GET counts as well as a form.
    assert get(back, values).startswith("HTTP/1.1 200 ")
    assert isinstance(list(run.events())[-1], SignedIn)


def test_a_browser_that_is_closed_ends_with_a_sentence(lab: Lab) -> None:
    ordered = replace(order(lab, Flow.BROWSER), browser_seconds=0.1)
    with pytest.raises(SignInError) as caught:
        happened_without_browser(ordered)
    assert caught.value.trouble is Trouble.NOT_FINISHED
    assert "closed" in caught.value.sentence


def happened_without_browser(ordered: Order) -> None:
    for _ in sign_in(ordered).events():
        pass


def test_a_second_sign_in_keeps_the_first_ones_people(lab: Lab) -> None:
    first = signed_in(lab)
    lab.identity.user = "bert@lab.example"
    second = signed_in(lab, Flow.DEVICE, first.cache)
    assert people(second.cache) == (USER, "bert@lab.example")


REFUSALS = {
    "consent-needed": "AADSTS65001",
    "app-unknown": "AADSTS700016",
    "mfa-required": "AADSTS50076",
    "conditional-access": "AADSTS53003",
}
TROUBLES = {
    "identity-html": Trouble.PAGE,
    "identity-proxy": Trouble.PROXY,
    "identity-down": Trouble.DOWN,
    "clock-wrong": Trouble.CLOCK,
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_what_the_tenant_refuses_has_its_code(lab: Lab, fault: str) -> None:
    lab.show(fault)
    with pytest.raises(SignInError) as caught:
        signed_in(lab, Flow.DEVICE)
    assert (caught.value.trouble, caught.value.code) == (Trouble.REFUSED, REFUSALS[fault])
    assert "Trace" not in caught.value.words


@FLOWS
@pytest.mark.parametrize("fault", TROUBLES)
def test_what_stands_in_the_way_is_named(lab: Lab, fault: str, flow: Flow) -> None:
    lab.show(fault)
    with pytest.raises(SignInError) as caught:
        signed_in(lab, flow)
    assert caught.value.trouble is TROUBLES[fault]
    assert "{" not in caught.value.sentence


@pytest.mark.parametrize(
    ("fault", "code"), [("secret-expired", "AADSTS7000222"), ("secret-wrong", "AADSTS7000215")]
)
def test_a_bad_secret_stops_only_an_application(lab: Lab, fault: str, code: str) -> None:
    lab.show(fault)
    with pytest.raises(SignInError) as caught:
        signed_in(lab, Flow.APPLICATION)
    assert caught.value.code == code
    assert signed_in(lab, Flow.DEVICE).login == USER


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [("device-declined", Trouble.DECLINED), ("device-expired", Trouble.CODE_EXPIRED)],
)
def test_a_code_that_is_declined_or_late_is_told_apart(
    lab: Lab, fault: str, trouble: Trouble
) -> None:
    lab.show(fault)
    with pytest.raises(SignInError) as caught:
        happened_without_browser(order(lab, Flow.DEVICE))
    assert caught.value.trouble is trouble


UNUSABLE = [("tenant", value) for value in ("", "common", "a/b", "x\ny", "-")]
UNUSABLE += [("client_id", value) for value in ("", "x\ny", "ä")]


@pytest.mark.parametrize(("part", "value"), UNUSABLE, ids=repr)
def test_a_provider_that_can_be_none_is_refused_before_anything_is_asked(
    lab: Lab, part: str, value: str
) -> None:
    parts = {"tenant": TENANT, "client_id": "app-1"} | {part: value}
    provider = replace(PROVIDER, **parts)
    before = lab.seen.connections
    with pytest.raises(SignInError) as caught:
        happened_without_browser(order(lab, Flow.DEVICE, provider))
    assert caught.value.trouble is Trouble.INCOMPLETE
    assert lab.seen.connections == before


def test_an_application_without_its_secret_is_refused_before_anything_is_asked(lab: Lab) -> None:
    with pytest.raises(SignInError, match="Client secret"):
        happened_without_browser(order(lab, Flow.APPLICATION, replace(PROVIDER, secret="")))


def test_a_stop_ends_a_sign_in_that_waits_for_a_person_at_once(lab: Lab) -> None:
    for flow in (Flow.DEVICE, Flow.BROWSER):
        run = sign_in(order(lab, flow))
        next(run.events())
        assert seconds_to_end(run) < PROMPT


def test_a_stop_ends_a_sign_in_that_waits_for_a_server_at_once() -> None:
    reached = threading.Event()

    def play(connection: object) -> None:
        reached.set()
        silence(connection)  # type: ignore[arg-type]

    with server(play) as place:
        ordered = Order(PROVIDER, Flow.DEVICE, way=Way(lambda *_: (place,)))
        run = sign_in(ordered)
        assert reached.wait(5)
        assert seconds_to_end(run) < PROMPT


def seconds_to_end(run: Job[Event]) -> float:
    """How long a run goes on after it was stopped."""
    begun = monotonic()
    run.stop()
    assert not any(isinstance(event, SignedIn) for event in run.events())
    return monotonic() - begun


def test_another_tenant_and_another_host_are_never_spoken_to(lab: Lab) -> None:
    asked: list[str] = []

    def route(host: str, port: int) -> tuple[tuple[str, int], ...]:
        asked.append(host)
        return lab.route(host, port)

    ordered = replace(order(lab, Flow.DEVICE), way=replace(way(lab), route=route))
    happened(lab, ordered)
    assert set(asked) == {"login.microsoftonline.com"}
