"""Sending: the template that is previewed, sent as a sample to the lab or to one's own address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sent import Outcome, Purpose
from motion_desk.services.invitations.staff import is_address
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.post import Errand, Post
from motion_desk.ui.invite.questions import is_meant_for
from motion_desk.ui.invite.senders import Senders
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.models.document import Document
    from motion_desk.services.invitations.sending import Attempt
    from motion_desk.services.templates.preview import Asked


@dataclass(frozen=True, slots=True)
class Sample:
    """What is sent: the preview as it was asked for, its document, and what it is called."""

    asked: Asked
    document: Document
    title: str


class SampleSending(QObject):
    """Offers where a sample can go, and sends it; how far it is stands at the window's foot.

    A template of an account goes through that account, one of the workspace through the account
    for Motion's own mail.
    """

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self._menu = QMenu(parent)
        self._menu.setObjectName("sample:menu")
        self._menu.setToolTipsVisible(True)
        self._waiting: tuple[Sample, QPoint] | None = None
        self._senders = Senders(tools.desk, tools.session, self)
        self._senders.found.connect(self._offer_waiting)
        self.post = Post("sample", tools, self)
        self.post.changed.connect(self._tell_progress)
        self.post.done.connect(self._note)
        self.post.ended.connect(self._tell_end)
        self._refused = ""

    def offer(self, sample: Sample, at: QPoint) -> None:
        """Show at a place of the screen where the sample can go; what runs is stopped instead."""
        if self.post.under_way:
            self.post.stop()
        elif isinstance(sample.document, Account):
            self._show(sample, sample.document, at)
        else:
            self._waiting = sample, at
            self._senders.read()

    def finish(self) -> None:
        """End it, for the window closes."""
        self._waiting = None
        self.post.finish()

    def _offer_waiting(self) -> None:
        """Go on where the accounts had to be read first."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        account = self._senders.readiness().account
        if account is None:
            self._tools.warn(
                tr(
                    "No account is marked as used for Motion's own mail, so nothing can be sent. "
                    "Mark one under Settings, “Used for”."
                )
            )
        else:
            self._show(waiting[0], account, waiting[1])

    def _show(self, sample: Sample, account: Account, at: QPoint) -> None:
        in_lab = self._tools.lab.shown is not None
        own = endpoint(account, Protocol.SMTP).address
        self._menu.clear()
        lab = tr("To the lab") if in_lab else tr("To the lab, which is turned on for it")
        for name, text, is_possible, act in (
            ("lab", lab, True, partial(self._send, sample, account, Purpose.LAB, "")),
            (
                "own",
                tr("To {}").format(own.replace("&", "&&")),
                not in_lab and is_address(own),
                partial(self._send, sample, account, Purpose.OWN, ""),
            ),
            (
                "other",
                tr("To another address of mine…"),
                not in_lab,
                partial(self._ask, sample, account),
            ),
        ):
            action = self._menu.addAction(text, act)
            action.setObjectName(f"sample:{name}")
            action.setEnabled(is_possible)
            if in_lab and name != "lab":
                action.setToolTip(tr("Not while the lab is on: leave it first."))
        self._menu.popup(at)

    def _ask(self, sample: Sample, account: Account) -> None:
        """Ask for another address, and whether it is one's own."""
        typed = self._tools.questions.own_address().strip()
        if not typed:
            return
        if not is_address(typed):
            self._tools.warn(tr("“{}” is no email address.").format(typed))
        elif is_meant_for(self._tools.questions, typed, 1, account):
            self._send(sample, account, Purpose.OWN, typed)

    def _send(self, sample: Sample, account: Account, purpose: Purpose, to: str) -> None:
        from motion_desk.services.invitations.merging import Template
        from motion_desk.services.templates.data import variables
        from motion_desk.services.templates.preview import framed

        if purpose is Purpose.LAB and self._tools.lab.shown is None:
            from motion_desk.services.lab.faults import HEALTHY

            self._tools.lab.turn_on(HEALTHY)
        asked, workspace = sample.asked, self._tools.desk.workspace
        subject = asked.subject or tr("Sample: {}").format(sample.title)
        html = framed(asked.font, asked.source)
        self._refused = ""
        self.post.send(
            Errand(
                purpose,
                Template(asked.surface, sample.title, subject, html),
                account,
                workspace,
                variables(asked.surface, workspace),
                data=asked.data,
                own=to,
            )
        )

    def _note(self, _: int, attempt: Attempt) -> None:
        if attempt.outcome is Outcome.SENT:
            said = tr("Sample sent to {}. The server said: “{}”.")
            self._tools.tell(said.format(attempt.address, attempt.words))
        else:
            said = tr("Sample to {}: {}. {}").format(
                attempt.address, tr(attempt.outcome.label), attempt.meaning
            )
            words = tr(" The server said: “{}”.").format(attempt.words) if attempt.words else ""
            self._refused = said + words

    def _tell_progress(self) -> None:
        if self.post.under_way and self.post.saying:
            self._tools.tell(tr("Sample: {}").format(self.post.saying))

    def _tell_end(self, sentence: str) -> None:
        """Warn of a sample that was not sent; that one was, is told already."""
        if self._refused or self.post.trouble or self.post.over is None:
            self._tools.tell("")
            self._tools.warn(self.post.trouble or self._refused or sentence)
