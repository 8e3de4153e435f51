"""Merging: a person's values in a letter, and what of them Motion's page does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.sent import Purpose
from motion_desk.services.invitations.merging import (
    Letter,
    MergeError,
    Recipient,
    Template,
    data_of,
    merged,
    recipients,
)
from motion_desk.services.invitations.staff import Person
from motion_desk.services.invitations.subject import subject_line
from motion_desk.services.templates.rendering import Renderer, RenderError
from tests.services.invitations.people import BASE, SENDER, WELCOME, known, person


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as made:
        made.start()  # its thread is then no leak of the first test
        yield made


def to(someone: Person, purpose: Purpose = Purpose.LAB) -> Recipient:
    [found] = recipients([someone], purpose, known(), base_address=BASE, own="me@x.example")
    return found


def letter(renderer: Renderer, someone: Person, html: str, subject: str = "Hi") -> Letter:
    template = replace(WELCOME, subject=subject, html=html)
    return merged(template, to(someone), SENDER, known(), renderer)


def test_a_person_fills_the_documented_name_and_the_unconfirmed_ones() -> None:
    someone = person(7, internal="4107", values={"user.site": "Lyon"})
    assert data_of(someone, known(), "https://m.example/i") == {
        "user.name": "Zoë 7",
        "user.fullname": "Zoë 7",
        "user.email": "zoe7@meridia.example",
        "user.internal": "4107",
        "link": "https://m.example/i",
        "user.site": "Lyon",
    }


def test_what_a_person_lacks_is_no_value_and_a_link_has_its_sample() -> None:
    data = data_of(Person("Anna"), known(), "")
    assert set(data) == {"user.name", "user.fullname", "link"}
    assert data["link"] == known()["link"].sample


def test_a_value_of_ones_own_counts_before_the_catalogues() -> None:
    assert data_of(Person("Anna", values={"user.name": "anna"}), known(), "")["user.name"] == "anna"


def test_values_are_text_in_the_page_and_in_the_subject(renderer: Renderer) -> None:
    someone = person(1, name="Tom & <b>Jerry</b> \"x\" 'y'")
    made = letter(renderer, someone, "<p>{{ user.name }}</p>", "R&amp;D: {{ user.name }} < all")
    assert made.subject == "R&amp;D: Tom & <b>Jerry</b> \"x\" 'y' < all"
    assert "<b>" not in made.html
    assert "Tom &amp; &lt;b&gt;" in made.html


def test_unknown_and_missing_names_and_constructs_are_told(renderer: Renderer) -> None:
    html = "{{ user.Name }} {{ user.site }} {% if link %}x{% endif %}"
    made = letter(renderer, person(1), html)
    assert made.missing == ("user.Name", "user.site")
    assert made.unknown == ("user.Name",)
    assert [each.text for each in made.constructs] == ["{% if link %}", "{% endif %}"]
    assert "{{ user.Name }} {{ user.site }} x" in made.html
    assert b"motion-desk-missing" not in made.content


def test_the_same_person_gives_the_same_bytes_but_for_date_and_id(renderer: Renderer) -> None:
    first, second = (letter(renderer, person(1), WELCOME.html) for _ in range(2))
    differing = [
        a.split(b":")[0]
        for a, b in zip(first.content.split(b"\r\n"), second.content.split(b"\r\n"), strict=True)
        if a != b
    ]
    assert set(differing) <= {b"Date", b"Message-ID"}


def test_a_subject_that_speaks_of_boundaries_stays_as_it_is(renderer: Renderer) -> None:
    made = letter(renderer, person(1), "<p>x</p>", 'Content-Type: multipart/x; boundary="Zo"')
    assert b'boundary="Zo"' in made.content
    assert b'boundary="=_motion_desk_0"' in made.content
    assert made.content.count(b"--=_motion_desk_0") == 3


def test_a_domain_beyond_ascii_is_written_for_servers(renderer: Renderer) -> None:
    made = letter(renderer, person(1, address="zoe@büro.example"), "<p>x</p>")
    assert made.to == "zoe@xn--bro-hoa.example"
    assert made.recipient.address == "zoe@büro.example"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "no email address"),
        ("zoë@meridia.example", "beyond ASCII"),
        ("zoe@-.example", "is no email address"),
        ("zoe@ß\u0323\u200d.example", "can be no domain"),
        ('"z e"@meridia.example', "is no e-mail address"),
    ],
)
def test_what_is_no_address_for_a_letter_gives_a_sentence(
    renderer: Renderer, address: str, said: str
) -> None:
    with pytest.raises(MergeError) as met:
        letter(renderer, person(1, address=address), "<p>x</p>")
    assert said in met.value.sentence
    assert met.value.sentence[-1] == "."


def test_html_that_cannot_be_finished_gives_a_sentence(renderer: Renderer) -> None:
    with pytest.raises(MergeError, match="levels deep"):
        letter(renderer, person(1), "<div>" * 5000)
    with pytest.raises(RenderError):
        letter(renderer, person(1), "{% for %}")


def test_samples_to_oneself_are_addressed_to_oneself(renderer: Renderer) -> None:
    template = Template(WELCOME.surface, "x", "Hi", "<p>{{ user.name }}</p>")
    made = merged(template, to(person(1), Purpose.OWN), SENDER, known(), renderer)
    assert b"\r\nTo: me@x.example\r\n" in made.content
    assert b"zoe1@" not in made.content


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_value_comes_out_of_a_subject_as_it_went_in(renderer: Renderer, value: str) -> None:
    kept = "".join("\ufffd" if "\ufdd0" <= each <= "\ufdd4" else each for each in value)
    assert subject_line(renderer, "a {{ x }} b", {"x": value}).html == f"a {kept} b"
