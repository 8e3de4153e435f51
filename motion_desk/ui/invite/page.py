"""The page “Invite staff”: readiness, people, the chosen one's letter, sending, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sent import Purpose
from motion_desk.models.surfaces import Surface
from motion_desk.services import bundled
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite import questions
from motion_desk.ui.invite.follows import FollowsCard
from motion_desk.ui.invite.letter_card import LetterCard
from motion_desk.ui.invite.letters import Wanted
from motion_desk.ui.invite.listed import Done
from motion_desk.ui.invite.log_card import LogCard
from motion_desk.ui.invite.model import People
from motion_desk.ui.invite.offering import Offer, Progressing, offered
from motion_desk.ui.invite.people_card import PeopleCard
from motion_desk.ui.invite.post import Errand, Post
from motion_desk.ui.invite.ready import ReadyCard
from motion_desk.ui.invite.send_card import SendCard
from motion_desk.ui.invite.senders import Senders
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage
from motion_desk.ui.panels.panels import TEST
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.models.variables import Known
    from motion_desk.services.invitations.merging import Template
    from motion_desk.services.invitations.readiness import Obstacle, Readiness
    from motion_desk.services.invitations.sending import Attempt

ABOUT = (
    "Sends the invitation template that is chosen under General to agents and users, through the "
    "account for Motion's own mail. Motion can do the same; here you see each letter before it goes."
)


class InvitePage(PanelPage):
    """Connects the parts: what is chosen in one is shown in the others."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("invite", tr("Invite staff"), tr(ABOUT), parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        self._tools = tools
        self._found: Readiness | None = None
        self._numbers: tuple[int, ...] = ()
        self.people = People(self)
        self.senders = Senders(tools.desk, tools.session, self)
        self.post = Post("invitations", tools, self)
        self._lab = Strip(
            "invite-lab", "flask-conical", "lab", tr("Leave the lab"), tools.lab.turn_off, inner
        )
        self._ready = ReadyCard(inner)
        self._list = PeopleCard(self.people, tools, inner)
        self._list.variables = self._own_variables
        self.letter = LetterCard(inner)
        self.send_card = SendCard(tools.theme, inner)
        self.log = LogCard(tools, inner)
        self.column.setSpacing(10)
        for widget in (
            self._lab,
            self._ready,
            self._list,
            self.send_card,
            self.letter,
            self.log,
            FollowsCard(tools.theme, inner),
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._connect()
        let_escape_stop(self, self.post.stop)

    def _connect(self) -> None:
        tools = self._tools
        self._ready.wanted.connect(self._go_to)
        self._list.turned.connect(self._show_offer)
        self.send_card.turned.connect(self._show_letter)
        self.send_card.sent.connect(self._send)
        self.send_card.stopped.connect(self.post.stop)
        self.send_card.tested.connect(self._test)
        self.senders.found.connect(self._look)
        self.log.known.connect(self.people.note_invited)
        self.post.changed.connect(self._show_progress)
        self.post.done.connect(self._note)
        self.post.ended.connect(self._end)
        self.post.kept.connect(self._read_log)
        tools.desk.shown.connect(self._look)
        tools.lab.changed.connect(self._look)

    # What the program shows

    def came(self) -> None:
        self.senders.read()
        self.log.read()
        self._look()

    def finish(self) -> None:
        self.post.finish()
        self.letter.finish()
        self.people.close()

    def _look(self, _: object = None) -> None:
        """Draw what the open documents say, while the page is on the screen."""
        if not self.isVisible() or not self.senders.is_known:
            return
        self._found = self.senders.readiness()
        self.people.judge_by(self._tools.desk.workspace.general.base_address)
        lab = self._tools.lab.shown
        said = tr("In the lab: {}. Letters go to servers on this computer; nothing leaves it.")
        self._lab.say(said.format(tr(lab.title)) if lab else "")
        self._show_offer()

    def _show_offer(self) -> None:
        if self.isVisible():
            offer = self._offer()
            self.send_card.show_offer(offer)
            if self._found is not None:
                self._ready.show_readiness(self._found, self.senders.refused, offer)
            self._show_letter()

    def _offer(self) -> Offer:
        in_lab = self._tools.lab.shown is not None
        return offered(self._found, self._list.chosen, self._known(), in_lab=in_lab)

    def _show_letter(self) -> None:
        current, found, template = self._list.table.current, self._found, self._template()
        if current is None or found is None or found.account is None or template is None:
            self.letter.show_wanted(None)
            return
        sender = endpoint(found.account, Protocol.SMTP).address
        base = self._tools.desk.workspace.general.base_address
        purpose, own = self.send_card.purpose, self.send_card.own or sender
        person = current.listed.person
        self.letter.show_wanted(Wanted(template, person, purpose, self._known(), base, sender, own))

    def _template(self) -> Template | None:
        from motion_desk.services.invitations.merging import Template

        chosen = self._found.template if self._found else None
        if chosen is None:
            return None
        return Template(Surface.INVITATION, chosen.key, chosen.subject, chosen.value)

    def _known(self) -> Known:
        from motion_desk.services.invitations.readiness import known

        return known(self._tools.desk.workspace, bundled.variables())

    def _own_variables(self) -> tuple[str, ...]:
        """The names of the workspace's own variables that an invitation can hold."""
        shipped = bundled.variables()[Surface.INVITATION]
        ours = {each.name for each in shipped}
        return tuple(name for name in self._known() if name not in ours)

    def _show_progress(self) -> None:
        post = self.post
        of = post.errand.count if post.errand else 0
        self.send_card.show_progress(
            Progressing(post.under_way, post.number, of, post.saying, post.sentence, post.trouble)
        )

    # What becomes of letters

    def _note(self, place: int, attempt: Attempt) -> None:
        errand = self.post.errand
        if errand is not None:
            self.people.note(self._numbers[place], Done(errand.purpose, attempt))

    def _end(self, sentence: str) -> None:
        self.people.note_under_way(())
        self._tools.tell(sentence)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _read_log(self) -> None:
        if self.isVisible():
            self.log.read()

    # What a person does

    def _go_to(self, obstacle: Obstacle) -> None:
        """Open the field that is missing; where no account is marked, that of the first one."""
        accounts = tuple(self._tools.desk.summaries())
        if obstacle.account:
            self._tools.open(obstacle.account, obstacle.key)
        elif obstacle.code == "account" and accounts:
            self._tools.open(accounts[0], obstacle.key)
        elif obstacle.code != "account":
            self._tools.go_to(obstacle.key)
        else:
            self._tools.tell(tr("There is no account yet. Create one first."))

    def _test(self) -> None:
        if self.post.errand is not None:
            self._tools.open(self.post.errand.account.id, TEST)

    def _send(self, purpose: Purpose, typed: str) -> None:
        """Send to those who are chosen, as they are on screen; ask where it leaves this computer."""
        self._tools.desk.settle()
        self._list.look()
        self._look()
        found, template, chosen = self._found, self._template(), self._list.chosen
        if found is None or found.account is None or template is None or not chosen:
            return
        sender = endpoint(found.account, Protocol.SMTP).address
        own = typed or sender if purpose is Purpose.OWN else ""
        if not questions.is_meant(self._tools.questions, purpose, chosen, found.account, typed):
            return
        if purpose is Purpose.LAB and self._tools.lab.shown is None:
            from motion_desk.services.lab.faults import HEALTHY

            self._tools.lab.turn_on(HEALTHY)
        self._numbers = tuple(state.listed.number for state in chosen)
        self.people.note_under_way(self._numbers)
        people = tuple(state.listed.person for state in chosen)
        confirmed = len(people) if purpose is Purpose.REAL else None
        workspace, known = self._tools.desk.workspace, self._known()
        self.post.send(
            Errand(
                purpose,
                template,
                found.account,
                workspace,
                known,
                people,
                {},
                own,
                confirmed,
                self.send_card.a_minute,
            )
        )
