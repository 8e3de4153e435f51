"""Filling: a value for every field of an account, entered by hand, and what the screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from motion_desk.models.document import put
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.sections.directory import (
    AgentEntry,
    CloudProviderEntry,
    InvitationEntry,
    ListEntry,
    MailTemplateEntry,
    PauseEntry,
    QueueEntry,
    TagEntry,
    UserEntry,
)
from motion_desk.models.sections.variables import VariableEntry
from motion_desk.models.workspace import Workspace
from motion_desk.ui.editors.choices import ReferenceEditor
from motion_desk.ui.editors.references import ReferencesEditor
from motion_desk.ui.editors.rich_text import RichTextEditor
from motion_desk.ui.editors.secret import SecretEditor
from motion_desk.ui.form.rows import RowsEditor
from tests.journeys.driver import Driver
from tests.strategies import PEM

HTML = '<p style="color: #0b5d57">Grüße, <b>{{ name }}</b></p>'


def directory() -> Workspace:
    """A workspace with an entry of each type."""
    workspace = Workspace()
    for key, row in {
        "lists.entries": ListEntry(id="list", name="Customers"),
        "queues.entries": QueueEntry(id="queu", name="Second level"),
        "agents.entries": AgentEntry(id="agen", name="Élodie Marchand"),
        "users.entries": UserEntry(id="user", name="Paolo Zorzi"),
        "pauses.entries": PauseEntry(id="paus", name="Wrap-up"),
        "tags.entries": TagEntry(id="tagg", name="Complaint"),
        "cloud_providers.entries": CloudProviderEntry(
            id="clou", name="Entra", secret_expires=date(2027, 3, 31)
        ),
        "mail_templates.entries": MailTemplateEntry(id="mail", name="Moved", value="<p>Moved</p>"),
        "variables.entries": VariableEntry(id="vari", name="contact.size", sample="XL"),
        "authorities.entries": AuthorityEntry(id="auth", name="Holzhof CA", certificate=PEM),
        "invitations.entries": InvitationEntry(
            id="invi", key="welcome", subject="Welcome", value="<p>{{ user.name }}</p>"
        ),
    }.items():
        workspace = put(workspace, key, (row,))
    return workspace


SETTINGS = {
    "settings.name": "Claims",
    "settings.key": "CLM",
    "settings.address": "claims@example.com",
    "settings.wait_agent": "15",
    "settings.wait_queue": "2147483",
    "settings.description": "Two lines,\nthe second with ünïcode 🔑.",
}
BUILT_IN = {
    "authentication.username": "claims@example.org",
    "authentication.mailbox": "INBOX/Claims",
    "authentication.connection_timeout": "21",
    "authentication.authentication_timeout": "22",
}
SERVERS = {
    "imap.host": "imap.example.com",
    "imap.port": "1993",
    "imap.username": "claims",
    "imap.password": "imap ßecret",
    "imap.mailbox": "Posteingang",
    "imap.connection_timeout": "31",
    "imap.authentication_timeout": "32",
    "smtp.host": "smtp.example.com",
    "smtp.port": "1465",
    "smtp.username": "claims-out",
    "smtp.password": "smtp 🔑",
}
TEXTS = {
    "template.font_family": "Verdana",
    "template.font_size": "13",
    "template.body": HTML,
    "notification.template": "<p>From {{ from }}</p>",
    "advanced.hostname": "motion-2.example.com",
}
PASSWORDS = {
    "imap.password": "imap ßecret",
    "smtp.password": "smtp 🔑",
    "authentication.password": "authentication secret",
}


def fill(driver: Driver) -> None:
    """Enter something into every field of the open account, which was just created."""
    _settings(driver)
    _built_in(driver)
    _servers(driver)
    _messages(driver)
    _routing(driver)
    _answers(driver)
    _actions(driver)
    _trust(driver)
    _expectations(driver)


def _write(driver: Driver, values: dict[str, str]) -> None:
    for key, text in values.items():
        if key.partition(".")[0] != driver.console.window.section:
            driver.section(key.partition(".")[0])
        driver.write(key, text)


def _settings(driver: Driver) -> None:
    _write(driver, SETTINGS)
    driver.pick("settings.list", "Customers")
    driver.turn("settings.mark_unread")
    driver.tick("settings.agents", "Élodie Marchand")
    driver.pick("settings.used_for", "Motion's own mail")


def _built_in(driver: Driver) -> None:
    driver.pick("settings.service", "Gmail")
    driver.section("authentication")
    driver.write("authentication.password", PASSWORDS["authentication.password"])
    driver.turn("authentication.modern")
    driver.write("authentication.modern_address", "robot@example.com")
    driver.pick("authentication.cloud_provider", "Entra")
    driver.turn("authentication.any_certificate")
    driver.write("authentication.any_certificate_reason", "A proxy of ours")
    driver.write("authentication.any_certificate_review", "2027-03-31")
    driver.turn("authentication.ssl")
    _write(driver, BUILT_IN)


def _servers(driver: Driver) -> None:
    driver.section("settings")
    driver.pick("settings.service", "Custom")
    driver.section("imap")
    driver.turn("imap.any_certificate")
    driver.write("imap.any_certificate_reason", "Our own server")
    driver.write("imap.any_certificate_review", "2027-04-30")
    driver.turn("imap.ssl")
    driver.section("smtp")
    driver.turn("smtp.secure")
    _write(driver, SERVERS)


def _messages(driver: Driver) -> None:
    driver.section("notification")
    driver.turn("notification.sound")
    driver.turn("notification.shake")
    _write(driver, TEXTS)


def _routing(driver: Driver) -> None:
    driver.section("transfer")
    for name in ("to_queue", "to_agent", "to_account", "send_mail"):
        driver.turn(f"transfer.{name}")
    driver.write("transfer.queue_timeout", "41")
    driver.write("transfer.agent_timeout", "42")
    driver.pick("transfer.mail_template", "Moved")
    driver.section("disposition")
    driver.turn("disposition.mandatory")
    driver.pick("disposition.pause", "Wrap-up")
    driver.section("advanced")
    row = f"advanced.header_filters/{driver.add('advanced.header_filters')}"
    driver.write(f"{row}/header", "X-Spam-Flag")
    driver.turn(f"{row}/negated")
    driver.pick(f"{row}/operator", "matches regular expression")
    driver.write(f"{row}/value", "^NO$")
    driver.pick(f"{row}/verdict", "Accept")


def _answers(driver: Driver) -> None:
    driver.section("dispositions")
    for level, name in enumerate(("Order", "Return", "Damaged")):
        row = f"dispositions.entries/{driver.add('dispositions.entries')}"
        driver.write(f"{row}/name", name)
        driver.write(f"{row}/description", f"Level {level + 1}")
        if level:
            driver.press("dispositions.entries:nest")
    driver.section("canned_answers")
    row = f"canned_answers.entries/{driver.add('canned_answers.entries')}"
    driver.write(f"{row}/key", "hours")
    driver.write(f"{row}/value", "<p>From 8 to 20</p>")
    driver.write(f"{row}/description", "Opening hours")


def _actions(driver: Driver) -> None:
    driver.section("actions")

    def add(word: str) -> str:
        return f"actions.plan/{driver.add('actions.plan', word)}"

    row = add("agent")
    driver.pick(f"{row}/agent", "Élodie Marchand")
    driver.write(f"{row}/timeout", "51")
    row = add("queue")
    driver.pick(f"{row}/queue", "Second level")
    driver.write(f"{row}/timeout", "52")
    row = add("auto_reply")
    driver.pick(f"{row}/times", "Always")
    driver.pick(f"{row}/reply", "Reply to all")
    driver.write(f"{row}/text", "<p>Thank you</p>")
    driver.write(f"{row}/headers", "Auto-Submitted: auto-replied\nX-Desk: claims")
    row = add("gotoif")
    driver.write(f"{row}/condition", "{{ urgent }}")
    driver.pick(f"{row}/when_true", "1. Agent: Élodie Marchand, 51 s")
    driver.pick(f"{row}/when_false", "2. Queue: Second level, 52 s")
    driver.pick(f"{add('gotop')}/target", "2. Queue: Second level, 52 s")
    driver.write(f"{add('noop')}/value", "seen")
    row = add("system")
    driver.write(f"{row}/command", "/usr/local/bin/note")
    driver.write(f"{row}/variable", "noted")
    driver.pick(f"{add('tag')}/tag", "Complaint")
    driver.pick(f"{add('close')}/disposition", "Damaged")


def _trust(driver: Driver) -> None:
    driver.section("trust")
    row = f"trust.pins/{driver.add('trust.pins')}"
    driver.write(f"{row}/host", "imap.example.com")
    driver.write(f"{row}/port", "1993")
    # As openssl prints it; the field holds the digits alone.
    driver.write(f"{row}/fingerprint", ":".join(["AB"] * 32))
    driver.write(f"{row}/reason", "Compared by telephone")
    driver.write(f"{row}/review", "2027-05-31")
    row = f"trust.authorities/{driver.add('trust.authorities')}"
    driver.write(f"{row}/name", "Holzhof CA")
    driver.write(f"{row}/certificate", PEM)


def _expectations(driver: Driver) -> None:
    driver.section("expectations")
    row = f"expectations.messages/{driver.add('expectations.messages')}"
    driver.write(f"{row}/name", "Newsletter")
    driver.pick(f"{row}/expected", "Must be rejected")
    driver.write(f"{row}/headers", "From: a@example.com\nX-Spam-Flag: NO")
    row = f"expectations.scenarios/{driver.add('expectations.scenarios')}"
    driver.write(f"{row}/name", "Night")
    driver.pick(f"{row}/message", "Newsletter")
    driver.turn(f"{row}/known")
    driver.pick(f"{row}/conversation", "An open conversation")
    driver.pick(f"{row}/agent", "Élodie Marchand")
    driver.pick(f"{row}/queue", "Second level")
    driver.write(f"{row}/people", "Élodie Marchand: on pause\nSecond level: answers after 9 s")
    driver.tick(f"{row}/conditions", "4. GotoIf: {{ urgent }}, true → 1, false → 2")
    driver.write(f"{row}/handling", "61")
    driver.write(f"{row}/disposing", "62")
    driver.pick(f"{row}/passed_on", "To an agent")
    driver.pick(f"{row}/passed_to_agent", "Élodie Marchand")
    driver.pick(f"{row}/passed_on", "To a queue")
    driver.write(f"{row}/passed_after", "63")
    driver.pick(f"{row}/passed_to_queue", "Second level")
    driver.pick(f"{row}/expected", "It waits as unread")
    driver.write(f"{row}/within", "64")


def screen(driver: Driver) -> dict[str, str]:
    """What the open document's fields and cells show, in every section and for every row."""
    found: dict[str, str] = {}
    for section in driver.sections():
        driver.section(section)
        for row in driver.rows():
            if "/" not in row.key:
                found[row.key] = _text(row.editor)
            if isinstance(row.editor, RowsEditor):
                found |= dict(_cells(driver, row.key))
    return found


def _cells(driver: Driver, key: str) -> Iterator[tuple[str, str]]:
    for entry in driver.value(key):
        driver.choose(key, entry.id)
        for row in driver.rows():
            if row.key.startswith(f"{key}/{entry.id}/"):
                yield row.key, _text(row.editor)


def _text(editor: object) -> str:
    """What an editor shows, as text."""
    match editor:
        case RichTextEditor():
            editor.show_source()
            return editor.source.source
        case SecretEditor():
            return editor.line.text() or editor.line.placeholderText()
        case ReferenceEditor():
            return editor.combo.currentText()
        case ReferencesEditor():
            items = (editor.list.item(n) for n in range(editor.list.count()))
            return "|".join(f"{item.text()}={item.checkState().value}" for item in items)
        case RowsEditor():
            return str(editor.tree.topLevelItemCount())
        case QCheckBox():
            return str(editor.isChecked())
        case QComboBox():
            return editor.currentText()
        case QLineEdit():
            return editor.text()
        case QPlainTextEdit():
            return editor.toPlainText()
    raise TypeError(type(editor).__name__)
