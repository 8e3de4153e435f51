"""The page of sign-ins: the cloud providers, and of the chosen one state, sign-in, token and steps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.navigation import NavigationList
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage, card
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.sign_ins import asking
from motion_desk.ui.sign_ins.asking import Found
from motion_desk.ui.sign_ins.attempt import Attempt, Phase
from motion_desk.ui.sign_ins.progress import Ended, Progress
from motion_desk.ui.sign_ins.shown import Shown, at_the_lab, line, offered, shown
from motion_desk.ui.sign_ins.signing import Signing
from motion_desk.ui.sign_ins.state import StateCard
from motion_desk.ui.sign_ins.steps import StepsView
from motion_desk.ui.sign_ins.token import TokenView
from motion_desk.ui.sign_ins.ways import Ways
from motion_desk.ui.test.strips import Strip

KEY = "cloud_providers.entries"
MOST_LINES = 4
"""Providers that are seen at once; of more, the list scrolls."""
ABOUT = (
    "Modern authentication signs in by a cloud provider: an app registration at Microsoft. Here "
    "you see how it stands with each, sign in for tests, and find what administrators must do."
)
NO_PROVIDER = (
    "This workspace has no cloud provider yet. An account with modern authentication needs one: "
    "add it, with the ids of its app registration at Microsoft."
)
VIEWS = ("State and sign-in", "Token", "What administrators must do")
SIGN_IN, TOKEN, STEPS = range(3)


class SignInsPage(PanelPage):
    """Shows the cloud providers as they are on screen, and what the keyring has of each.

    The keyring is asked each time the page comes to the screen, and never the network. A sign-in
    goes on while other pages are on the screen; Escape ends it.
    """

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("sign-ins", tr("Sign-ins"), tr(ABOUT), parent)
        self._tools = tools
        self._found: Found | None = None
        self._chosen = ""
        self._asked = 0
        self._phase: Phase | None = None
        self.signing = Signing(tools, self)
        self._lab = Strip(
            "lab", "flask-conical", "lab", tr("Leave the lab"), tools.lab.turn_off, self
        )
        self._add_list()
        self._add_views()
        let_escape_stop(self, self.signing.stop)
        self.signing.changed.connect(self._show)
        self.signing.kept.connect(self._look)
        tools.desk.shown.connect(self._show)
        tools.lab.changed.connect(self._show)

    def _add_list(self) -> None:
        self._list_card = QFrame(self)
        self._list_card.setProperty("role", "card")
        inner = QVBoxLayout(self._list_card)
        inner.setContentsMargins(2, 4, 2, 4)
        self.providers = NavigationList(self._tools.theme)
        self.providers.setObjectName("sign-ins:providers")
        self.providers.setAccessibleName(tr("Cloud providers"))
        self.providers.chosen.connect(self.choose)
        inner.addWidget(self.providers)
        self._none, column = card(self)
        column.addWidget(wrapped(tr(NO_PROVIDER)))
        add = QPushButton(tr("Go to the cloud providers"), self)
        add.setObjectName("sign-ins:add")
        add.setAutoDefault(False)
        add.clicked.connect(lambda: self._tools.go_to(KEY))
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._lab, self._list_card, self._none):
            self.column.addWidget(widget)
            widget.hide()

    def _add_views(self) -> None:
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("sign-ins:views")
        self.tabs.setAccessibleName(tr("Views of the cloud provider"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        first = QWidget(self)
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._state = StateCard(self._tools.theme, self)
        self._state.completed.connect(lambda: self._tools.go_to(f"{KEY}/{self._chosen}/tenant"))
        self._state.forgotten.connect(self._forget)
        column.addWidget(self._state)
        self._sign_in_card, inner = card(self)
        title = wrapped(tr("Sign in"), "heading")
        inner.addWidget(title)
        self._ended, self._progress, self._ways = Ended(self), Progress(self), Ways(self)
        self._progress.stopped.connect(self.signing.stop)
        self._progress.opened.connect(self.signing.open)
        self._ways.chosen.connect(self._sign_in)
        for part in (self._ended, self._progress, self._ways):
            inner.addWidget(part)
        column.addWidget(self._sign_in_card)
        column.addStretch(1)
        self._token = TokenView(self._tools.theme, self)
        self.steps = StepsView(self)
        self.column.addWidget(self.tabs)
        self._views: tuple[QWidget, ...] = (first, self._token, self.steps)
        for said, view in zip(VIEWS, self._views, strict=True):
            self.tabs.addTab(tr(said))
            self.column.addWidget(view)
        self.tabs.currentChanged.connect(self._show)
        self.column.addStretch(1)

    def choose(self, provider_id: str) -> None:
        """Show a provider, by its id; where there is none of it, the first."""
        self._chosen = provider_id
        self._show()

    def came(self) -> None:
        self._look()
        self._show()

    def went(self) -> None:
        self._progress.rest()

    def finish(self) -> None:
        self.signing.close()
        self._progress.rest()
        self.steps.finish()

    # What is known

    def _look(self, _: str = "") -> None:
        """Ask the keyring what it has, and the store who signs in, on the store's thread."""
        desk = self._tools.desk
        providers = tuple(each.id for each in desk.workspace.cloud_providers.entries)
        accounts = tuple(each.id for each in desk.accounts if each.cloud_provider)
        self._asked += 1
        number = self._asked

        def found(result: Found) -> None:
            if number == self._asked:
                self._found = result
                self._show()

        self._tools.session.ask(lambda store: asking.look(store, providers, accounts), found)

    def _shown(self) -> tuple[Shown, ...]:
        found, lab = self._found, self._tools.lab.shown is not None
        if found is None:
            return ()
        desk = self._tools.desk
        return tuple(shown(desk, found, each, lab=lab) for each in offered(desk, found))

    def _show(self, _: object = None) -> None:
        if not self.isVisible() or self._found is None:
            return
        lab = self._tools.lab.shown
        said = tr("In the lab: {}. Sign-ins go to a server on this computer, and none is kept.")
        self._lab.say(said.format(tr(lab.title)) if lab else "")
        everyone = self._shown()
        if self._chosen not in [each.entry.id for each in everyone]:
            self._chosen = everyone[0].entry.id if everyone else ""
        attempt = self.signing.attempt
        self.providers.show_entries(tuple(line(each, attempt) for each in everyone), self._chosen)
        high = self.providers.sizeHintForRow(0) * min(len(everyone), MOST_LINES) + 4
        self.providers.setFixedHeight(max(high, 10))
        self._list_card.setVisible(bool(everyone))
        self._none.setVisible(not everyone)
        self.tabs.setVisible(bool(everyone))
        for place, view in enumerate(self._views):
            view.setVisible(bool(everyone) and place == self.tabs.currentIndex())
        for each in everyone:
            if each.entry.id == self._chosen:
                self._show_chosen(each)

    def _show_chosen(self, chosen: Shown) -> None:
        attempt = self.signing.attempt
        ours = attempt if attempt and attempt.entry.id == chosen.entry.id else None
        view = self.tabs.currentIndex()
        if view == TOKEN:
            self._token.show_shown(chosen, at_the_lab(chosen, attempt) if attempt else None)
        elif view == STEPS:
            self.steps.show_shown(chosen)
        else:
            self._state.show_shown(chosen)
            elsewhere = attempt.entry.name if attempt and attempt.under_way and not ours else ""
            self._ways.show_shown(chosen, elsewhere)
            self._show_attempt(ours)

    def _show_attempt(self, attempt: Attempt | None) -> None:
        """Show how far the sign-in to the chosen provider is, or else the ways to begin one."""
        under_way = attempt is not None and attempt.under_way
        focused = QApplication.focusWidget()
        asked, acted = (
            focused is not None and part.isAncestorOf(focused)
            for part in (self._ways, self._progress)
        )
        ended = None if under_way else attempt
        self._ended.show_attempt(ended)
        self._ended.setVisible(ended is not None)
        self._progress.show_attempt(attempt if under_way else None)
        self._progress.setVisible(under_way)
        self._ways.setVisible(not under_way)
        # What had the keyboard is hidden now, and Escape must still be heard here.
        if under_way and asked:
            self._progress.focus()
        elif ended is not None and acted:
            self._ways.focus(ended.flow)
        self._bring_into_view(attempt.phase if attempt else None)

    def _bring_into_view(self, phase: Phase | None) -> None:
        """Bring what a person is to do, or how it has ended, into view once."""
        before, self._phase = self._phase, phase
        if phase in (before, None, Phase.PREPARING, Phase.ASKING, Phase.KEEPING):
            return
        # Or the layout would not know yet how high the new parts are.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        scrolled = self.widget() or self
        place = self._sign_in_card.mapTo(scrolled, QPoint(0, 0)).y()
        high = min(self._sign_in_card.height(), self.viewport().height() - 24)
        self.ensureVisible(0, place + high, 0, 8)
        self.ensureVisible(0, place, 0, 8)

    # What a person does

    def _entry(self) -> Shown | None:
        return next((each for each in self._shown() if each.entry.id == self._chosen), None)

    def _sign_in(self, flow: str) -> None:
        self._tools.desk.settle()
        if chosen := self._entry():
            login = chosen.logins[0] if chosen.logins and flow != "application" else ""
            self.signing.sign_in(chosen.entry, flow, login)

    def _forget(self) -> None:
        chosen = self._entry()
        if chosen is None or self._tools.lab.shown is not None:
            return
        provider, name = chosen.entry.id, chosen.entry.name
        detail = tr(
            "The tokens that are kept here are deleted; tests need a new sign-in. Microsoft goes on "
            "taking a token that somebody copied until it ends: the administrator of the tenant can "
            "revoke the user's sessions. Motion's own sign-in is not touched."
        )
        if not self._tools.questions.sure(
            tr("Forget the sign-in to {}?").format(name), detail, tr("Forget")
        ):
            return

        def forgotten(gone: bool) -> None:
            told = tr("Signed out of {}: nothing of it is kept here.").format(name)
            if not gone:
                told = tr("No keyring can be reached, so nothing could be deleted.")
            self._tools.tell(told)
            self.signing.dismiss()
            self._look()

        self._tools.session.ask(lambda store: asking.forget(store, provider), forgotten)
