"""The page of the panel “Timeline”: waits to drag, a situation, and what happens in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.models.incoming import Incoming
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.panels.turns import Turns
from motion_desk.ui.timeline.cards import Cards
from motion_desk.ui.timeline.chosen import Chosen
from motion_desk.ui.timeline.drawing import Drawing
from motion_desk.ui.timeline.events.texts import Texts
from motion_desk.ui.timeline.judging import Judging
from motion_desk.ui.timeline.messages import MessageReading
from motion_desk.ui.timeline.scenarios.acts import ScenarioActs
from motion_desk.ui.timeline.scenarios.form import Wanted
from motion_desk.ui.timeline.scene import Preparing, Scene
from motion_desk.ui.timeline.situation.arranged import ARRANGED

ABOUT = (
    "What happens to a message, second by second, by the settings on screen: a model of the "
    "documentation. Nothing is sent."
)
WIDEST = 1180


class TimelinePage(PanelPage):
    """Shows the timeline of the open account; what it is to show is kept while the window is."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("timeline", tr("Timeline"), tr(ABOUT), parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        inner.setMaximumWidth(WIDEST)
        self._tools = tools
        self._reading = MessageReading(self)
        self._judging = Judging(self)
        self._texts = Texts(self)
        self._turns = Turns("timeline-turns", self)
        self._chosen = Chosen(tools)
        self._drawing = Drawing(
            tools, self._chosen, Preparing(self._reading, self._judging), self._texts
        )
        self._acts = ScenarioActs(tools, self._chosen, self._put)
        self.cards = Cards(tools.theme, self._drawing.label, self._drawing.text, inner)
        self.column.addWidget(self.cards)
        self.column.addStretch(1)
        self._connect_cards()
        self._connect_tools()

    def _connect_cards(self) -> None:
        cards, tools = self.cards, self._tools
        cards.waits.moved.connect(self._drag)
        cards.waits.dropped.connect(self._drop)
        cards.waits.edited.connect(self._set)
        cards.waits.left.connect(tools.desk.settle)
        cards.waits.lacking.connect(self._come_again)
        cards.situation.changed.connect(self._choose)
        cards.situation.message.connect(self._choose_message)
        cards.situation.opening.connect(self._open)
        cards.situation.arranged.connect(self._arrange)
        cards.scenarios.chosen.connect(self._acts.take)
        cards.scenarios.updated.connect(self._update)
        cards.scenarios.removed.connect(self._acts.remove)
        cards.scenarios.kept.connect(self._keep)
        for wanted in (cards.waits.wanted, cards.events.wanted, cards.scenarios.wanted):
            wanted.connect(tools.go_to)
        cards.events.reached.connect(lambda row: self.ensureWidgetVisible(row, 0, 60))

    def _connect_tools(self) -> None:
        tools = self._tools
        self._texts.rendered.connect(self.cards.events.show_texts)
        self._judging.judged.connect(self._look)
        self._judging.failed.connect(tools.session.failed)
        self._reading.read.connect(self._look)
        self._reading.opened.connect(self._take)
        self._reading.refused.connect(tools.warn)
        self._reading.failed.connect(tools.session.failed)
        tools.desk.shown.connect(self._look)
        tools.messages.changed.connect(self._look_at)
        let_escape_stop(self, self.cards.events.player.stop)

    @property
    def is_drawn(self) -> bool:
        """Whether nothing is still to be read, judged, rendered or drawn."""
        jobs = (self._reading, self._judging, self._texts)
        return self._turns.are_over and not any(job.is_busy for job in jobs)

    # What the program shows

    def came(self) -> None:
        if account := self._chosen.account:
            self._turns.take(self._coming(account), self.cards.order_tabs)

    def _come_again(self) -> None:
        if self.isVisible():
            self.came()

    def went(self) -> None:
        self.cards.events.player.stop()

    def finish(self) -> None:
        self.cards.events.finish()
        self._turns.close()
        for job in (self._reading, self._judging, self._texts):
            job.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.cards.fit(self.viewport().width())

    def _coming(self, account: Account) -> Iterator[None]:
        yield from self._drawing.coming(self.cards, account)
        yield from self._following(account)

    def _following(self, account: Account) -> Iterator[None]:
        """What is drawn a few milliseconds at a time."""
        yield from self.cards.missing()
        yield from self._drawing.standings(self.cards, account)

    def _look(self, _: object = None) -> None:
        if self.isVisible():
            self._draw()

    def _look_at(self, account_id: str) -> None:
        account = self._chosen.account
        if account is not None and account.id == account_id:
            self._look()

    def _draw(self) -> None:
        if account := self._chosen.account:
            for _ in self._drawing.coming(self.cards, account):
                pass
            self._turns.take(self._following(account), self.cards.order_tabs)

    # What a person does

    def _put(self, scene: Scene) -> None:
        if account := self._chosen.account:
            self._chosen.put(account, scene)
            self._draw()

    def _choose(self, chosen: Situation) -> None:
        if account := self._chosen.account:
            self._put(self._chosen.scene(account).with_situation(chosen))

    def _choose_message(self, key: str) -> None:
        if account := self._chosen.account:
            self._put(replace(self._chosen.scene(account), message=key))

    def _arrange(self, name: str) -> None:
        if account := self._chosen.account:
            wanted = next(each for each in ARRANGED if each.name == name)
            chosen = self._chosen.scene(account).chosen
            self._choose(wanted.made_of(account, self._chosen.workspace, chosen))

    def _open(self) -> None:
        if paths := self._tools.questions.open_messages():
            self._reading.open(paths)

    def _take(self, messages: tuple[Incoming, ...]) -> None:
        if (account := self._chosen.account) and messages:
            self._tools.messages.add(account.id, messages)
            self._tools.messages.choose(account.id, messages[0].digest)

    def _drag(self, key: str, seconds: int) -> None:
        """Show what a wait would do, without an edit."""
        if account := self._chosen.account:
            changed = change(account, key, seconds)
            self._drawing.draw_waits(self.cards, changed)
            self._drawing.draw_timeline(self.cards, changed)
            self._turns.take(self._following(account))

    def _drop(self, key: str, seconds: int) -> None:
        """Set a wait, as one step that can be undone."""
        desk = self._tools.desk
        desk.settle()
        desk.edit(key, seconds)
        desk.settle()
        self._look()

    def _set(self, key: str, seconds: int) -> None:
        """Set a wait by keys; what follows before the focus leaves is undone together."""
        self._tools.desk.edit(key, seconds)

    def _keep(self, wanted: Wanted) -> None:
        self._acts.keep(wanted, self._drawing.ready)

    def _update(self, row_id: str) -> None:
        self._acts.update(row_id, self.cards.events.timeline, self._drawing.ready)
