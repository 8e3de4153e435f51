"""render: templates of accounts, documents and files, as page, text and message."""

import email
import json
from email import policy
from pathlib import Path

import pytest

from motion_desk.cli.render_ import SURFACES
from motion_desk.models.surfaces import Surface
from tests.cli.conftest import Run, real


def test_its_surfaces_are_those_that_are_declared() -> None:
    assert [each.replace("-", "_") for each in SURFACES] == [each.value for each in Surface]


def test_an_account_of_the_workspace_is_rendered(run: Run, workspace: Path) -> None:
    made = run("render", "Customer care", "--surface", "body", "--workspace", workspace)
    assert "Dear Sofia Marchetti," in made.stdout
    assert made.stderr == ""


def test_a_document_of_an_account_and_one_of_a_workspace_are_rendered(
    run: Run, samples: Path
) -> None:
    made = run("render", samples / "customer-care.yaml", "--surface", "notification")
    assert "for Customer care Italy" in made.stdout
    made = run("render", samples / "workspace.yaml", "--surface", "invitation")
    assert "Hello Chiara Bonetti," in made.stdout
    assert "Choose by --name" in made.stderr
    by_name = ("--name", "welcome_supervisor")
    made = run("render", samples / "workspace.yaml", "--surface", "invitation", *by_name)
    assert "you can now follow the queues" in made.stdout
    assert made.stderr == ""


def test_a_file_is_the_template_itself_and_its_mistakes_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.html"
    path.write_text("<p>Dear {{ User.name }},</p>\n<p>{{ open</p>", encoding="utf-8")
    made = run("render", path, "--surface", "invitation")
    assert "Dear {{ User.name }}," in made.stdout
    assert "motion-desk-missing" not in made.stdout
    case, unclosed = made.stderr.splitlines()
    assert case == (
        f"{path}: warning: Line 1, column 9: “User.name” is written “user.name”. "
        "Motion's names are exact, capitals and all."
    )
    assert unclosed == (
        f"{path}: warning: Line 2, column 4: “{{{{” is not closed. Write “}}}}” behind the name, "
        "or remove it."
    )


def test_what_mail_programs_would_not_show_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.html"
    path.write_text('<p>\n<img alt="x" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA"></p>')
    damaged, blocked, score = run("render", path, "--surface", "body").stderr.splitlines()
    assert damaged == (
        f"{path}: error: Line 2, column 19: This embedded image is damaged: its end is missing. "
        "Insert it again."
    )
    assert blocked.startswith(f"{path}: warning: Line 2, column 19: This image is embedded")
    assert score.endswith(" of 100 for mail programs.")


def test_data_come_by_name_from_a_file_or_from_a_message(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.html"
    path.write_text("<p>{{ subject }} {{ contact.firstName }}</p>")
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"subject": "A & B", "contact": {"firstName": "Zoë"}}))
    letter = tmp_path / "letter.eml"
    letter.write_bytes(b"From: Zoe Berg <z@example.com>\nSubject: Hello\n\n")
    call = ("render", path, "--surface", "body", "--data")
    assert "<p>A &amp; B Zoë</p>" in run(*call, own).stdout
    assert "<p>Hello Zoe</p>" in run(*call, letter).stdout
    assert "ליאת" in run(*call, "right-to-left").stdout
    assert "{{ contact.firstName }}" not in run(*call, "missing").stdout
    refused = run(*call, "nonsense", code=2)
    assert "Sets are: ordinary, long, missing" in refused.stderr


def test_the_text_and_the_message_are_printed(run: Run, samples: Path) -> None:
    call = ("render", samples / "workspace.yaml", "--surface", "invitation")
    text = run(*call, "--text").stdout
    assert "Hello Chiara Bonetti," in text
    assert "<" not in text.replace("<https://", "")
    sent = real(*call, "--eml").stdout
    message = email.message_from_string(sent, policy=policy.default)
    assert message["Subject"] == "Welcome to the Meridia service desk, Chiara Bonetti"
    assert "chiara.bonetti@meridia.example" in message["To"]
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}


def test_a_subject_that_would_add_a_header_is_refused(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    data = tmp_path / "own.json"
    data.write_text(json.dumps({"subject": "Invoice\r\nBcc: everybody@example.com"}))
    call = ("render", samples / "customer-care.yaml", "--surface", "body", "--eml")
    refused = run(*call, "--data", data, code=1)
    assert refused.stdout == ""
    assert "The subject holds the character U+000D" in refused.stderr


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a\n{% if %}", "Line 2: this cannot be read"),
        ("{{ ''.__class__ }}", "Line 1: this reaches for something that templates may not use"),
        ("{% include '/etc/passwd' %}", "Line 1: this asks for another template, “/etc/passwd”"),
    ],
)
def test_what_cannot_be_rendered_ends_with_1(
    run: Run, tmp_path: Path, source: str, said: str
) -> None:
    path = tmp_path / "mail.html"
    path.write_text(source)
    made = run("render", path, "--surface", "body", code=1)
    assert made.stdout == ""
    assert f"{path}: error: {said}" in made.stderr


def test_what_is_not_there_ends_with_2(run: Run, workspace: Path, samples: Path) -> None:
    call = ("--workspace", workspace, "--surface")
    assert "no account “Nobody”" in run("render", "Nobody", *call, "body", code=2).stderr
    named = run("render", "Customer care", *call, "canned-answer", "--name", "x", code=2)
    assert "No canned answer is called “x”. There are: " in named.stderr
    workspace_file = samples / "workspace.yaml"
    empty = run("render", workspace_file, "--surface", "body", code=2)
    assert "There is no text for: default body." in empty.stderr
    notification = ("--surface", "notification", "--eml")
    refused = run("render", samples / "customer-care.yaml", *notification, code=2)
    assert "A notification is no mail" in refused.stderr


def test_bytes_that_are_no_text_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.html"
    path.write_bytes(b"<p>\xff</p>")
    made = run("render", path, "--surface", "body", code=2)
    assert "not UTF-8" in made.stderr


def test_check_tells_about_templates_with_their_line(run: Run, samples: Path) -> None:
    path = samples / "customer-care.yaml"
    text = path.read_text(encoding="utf-8").replace("{{ subject }}", "{{ Subject }}")
    path.write_text(text, encoding="utf-8")
    made = run("check", path, samples / "workspace.yaml")
    assert "warning: Template: Line 1, column " in made.stdout
    assert "“Subject” is written “subject”" in made.stdout


def test_page_and_message_are_what_the_account_sends(run: Run, workspace: Path) -> None:
    """The font of the default body stands around it, as in the window's preview."""
    chosen = ("render", "Customer care", "--surface", "body", "--workspace", workspace)
    page = run(*chosen).stdout
    assert '<body><div style="font-family: Arial; font-size: 14px">' in page
    message = email.message_from_string(run(*chosen, "--eml").stdout, policy=policy.default)
    body = message.get_body(("html",))
    assert body is not None
    assert body.get_content().split() == page.split()


def test_the_css_of_a_message_stands_in_its_elements(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.html"
    path.write_text("<style>p { color: #111111 }</style><p>x</p>", encoding="utf-8")
    made = run("render", path, "--surface", "body", "--eml").stdout
    body = email.message_from_string(made, policy=policy.default).get_body(("html",))
    assert body is not None
    assert '<p style="color: #111111;">x</p>' in body.get_content()
