"""The page of the panel “Timeline”: a situation, what happens in it, and the waits that decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.directory import Names
from motion_desk.models.engines.timeline.events import Event
from motion_desk.models.engines.timeline.expected import ends_as_expected, without_message
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.models.engines.timeline.worst_case import worst_case
from motion_desk.models.incoming import Incoming
from motion_desk.models.rows import removed
from motion_desk.models.sections.expectations import SCENARIOS
from motion_desk.models.workspace import Workspace
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage
from motion_desk.ui.panels.tab_order import TabOrder
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.panels.turns import Turns
from motion_desk.ui.timeline import scene as scenes
from motion_desk.ui.timeline.event_list import EventList
from motion_desk.ui.timeline.judging import Judging
from motion_desk.ui.timeline.keeping import Wanted
from motion_desk.ui.timeline.messages import MessageReading
from motion_desk.ui.timeline.scenarios import ScenariosCard, Standing
from motion_desk.ui.timeline.scene import OPENED, ORDINARY, Preparing, Ready, Scene
from motion_desk.ui.timeline.situation_card import Setting, SituationCard
from motion_desk.ui.timeline.situations import ARRANGED, followed, people_that_matter, written_out
from motion_desk.ui.timeline.telling import told_by
from motion_desk.ui.timeline.texts import Texts
from motion_desk.ui.timeline.waits import WaitsCard, waits_of

ABOUT = (
    "What happens to a message, second by second, by the settings on screen. Choose who is there, "
    "drag the waits, and see how long a customer waits. Nothing is sent. It is a model of the "
    "documentation: where Motion's pages are silent, a mark says so."
)
BESIDE = 800
"""Pixels from which on the cards stand beside each other."""
WIDEST = 1180


class TimelinePage(PanelPage):
    """Shows the timeline of the open account; what it is to show is kept while the window is."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("timeline", tr("Timeline"), tr(ABOUT), parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        inner.setMaximumWidth(WIDEST)
        self._tools = tools
        self._scenes: dict[str, Scene] = {}
        self._last_choice: dict[str, tuple[str, int]] = {}
        self._directories: dict[str, Workspace] = {}
        self._ready: Ready | None = None
        self._reading = MessageReading(self)
        self._judging = Judging(self)
        self._preparing = Preparing(self._reading, self._judging)
        self._texts = Texts(self)
        self._turns = Turns("timeline-scenarios", self)
        self._tab_order = TabOrder()
        self.situation = SituationCard(inner)
        self.waits = WaitsCard(inner)
        self.events = EventList(tools.theme, self._label, self._text, inner)
        self.scenarios = ScenariosCard(tools.theme, inner)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        body = QWidget(self)
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 0, 0)
        for column, share in ((self._left, 9), (self._right, 10)):
            column.setSpacing(10)
            column.addStretch(1)
            columns.addLayout(column, share)
        self._columns = columns
        self._place(beside=False)
        self.column.addWidget(body)
        self.column.addStretch(1)

    def _place(self, *, beside: bool) -> None:
        """Put the cards beside each other, or all of them into one column."""
        self._beside = beside
        cards: tuple[QWidget, ...] = (self.situation, self.events, self.waits, self.scenarios)
        # Not by takeAt: a taken item would live on, and keep the card's new item from being told
        # of its new heights.
        for column in (self._left, self._right):
            for card in cards:
                column.removeWidget(card)
        left = (self.situation, self.scenarios) if beside else cards
        right: tuple[QWidget, ...] = (self.events, self.waits) if beside else ()
        for column, chosen in ((self._left, left), (self._right, right)):
            for place, card in enumerate(chosen):
                column.insertWidget(place, card)
        self._in_order = left + right
        self._order_tabs()
        self._columns.setStretch(1, 10 if beside else 0)
        self._columns.setSpacing(10 if beside else 0)

    def _order_tabs(self) -> None:
        self._tab_order.follow(*self._in_order)

    def _connect(self) -> None:
        tools = self._tools
        for part in (self.events, self.situation.people):
            part.made.connect(self._order_tabs)
        self.situation.changed.connect(self._choose)
        self.situation.message.connect(self._choose_message)
        self.situation.opening.connect(self._open)
        self.situation.arranged.connect(self._arrange)
        self.waits.moved.connect(self._drag)
        self.waits.dropped.connect(self._drop)
        self.waits.edited.connect(self._set)
        self.waits.left.connect(tools.desk.settle)
        self.scenarios.chosen.connect(self._load)
        self.scenarios.updated.connect(self._update)
        self.scenarios.removed.connect(self._remove)
        self.scenarios.kept.connect(self._keep)
        for wanted in (self.waits.wanted, self.events.wanted, self.scenarios.wanted):
            wanted.connect(tools.go_to)
        self.events.reached.connect(lambda row: self.ensureWidgetVisible(row, 0, 60))
        self._texts.rendered.connect(self.events.show_texts)
        self._judging.judged.connect(self._look)
        self._judging.failed.connect(tools.session.failed)
        self._reading.read.connect(self._look)
        self._reading.opened.connect(self._take)
        self._reading.refused.connect(tools.warn)
        self._reading.failed.connect(tools.session.failed)
        tools.desk.shown.connect(self._look)
        tools.messages.changed.connect(self._look_at)
        let_escape_stop(self, self.events.player.stop)

    @property
    def is_drawn(self) -> bool:
        """Whether nothing is still to be read, judged, rendered or drawn."""
        jobs = (self._reading, self._judging, self._texts)
        return (
            self.events.is_drawn
            and self.situation.people.is_drawn
            and self._turns.are_over
            and not any(job.is_busy for job in jobs)
        )

    # What the program shows

    def came(self) -> None:
        if account := self._account():
            self._turns.take(self._coming(account), self._order_tabs)

    def went(self) -> None:
        self.events.player.stop()

    def finish(self) -> None:
        self.events.finish()
        self.situation.people.finish()
        self._turns.close()
        for job in (self._reading, self._judging, self._texts):
            job.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.viewport().width() >= BESIDE
        if beside is not self._beside:
            self._place(beside=beside)

    def _look(self, _: object = None) -> None:
        if self.isVisible():
            self._draw()

    def _look_at(self, account_id: str) -> None:
        account = self._account()
        if account is not None and account.id == account_id:
            self._look()

    def _account(self) -> Account | None:
        current = self._tools.desk.current
        return current.draft if current and isinstance(current.draft, Account) else None

    def _names(self, account: Account) -> Names:
        return self._tools.desk.surroundings(account).names(account)

    def _scene(self, account: Account) -> Scene:
        """What is chosen for an account; the message last chosen for it elsewhere comes first."""
        scene = self._scenes.get(account.id, Scene())
        workspace = self._tools.desk.workspace
        before = self._directories.get(account.id, workspace)
        if before is not workspace:
            scene = replace(scene, chosen=followed(scene.chosen, before, workspace))
        self._directories[account.id] = workspace
        chosen = self._tools.messages.chosen(account.id)
        digest = chosen.digest if chosen else ""
        choice = (digest, self._tools.messages.choice(account.id)[0])
        if choice != self._last_choice.get(account.id, ("", 0)):
            self._last_choice[account.id] = choice
            scene = replace(scene, message=OPENED + digest if digest else ORDINARY)
        key = scenes.key_now(scene.message, account, self._opened(account))
        scene = replace(scene, message=key)
        self._scenes[account.id] = scene
        return scene

    def _opened(self, account: Account) -> dict[str, Incoming]:
        return {each.digest: each for each in self._tools.messages.of(account.id)}

    def _draw(self) -> None:
        if account := self._account():
            for _ in self._drawing(account):
                pass
            self._turns.take(self._standings(account), self._order_tabs)

    def _coming(self, account: Account) -> Iterator[None]:
        """Draw all of the page, each card in a turn of its own."""
        yield from self._drawing(account)
        yield from self._standings(account)

    def _drawing(self, account: Account) -> Iterator[None]:
        scene, names = self._scene(account), self._names(account)
        self.situation.show_setting(self._setting(account, scene, names))
        yield
        row = next((e for e in account.expectations.scenarios if e.id == scene.scenario), None)
        workspace = self._tools.desk.workspace
        loaded = scenes.of_scenario(row, account, workspace) if row else None
        self.scenarios.show_scenarios(
            account.expectations.scenarios, scene.scenario, differs=loaded != scene
        )
        self._draw_waits(account, names)
        yield
        self._draw_timeline(account)
        yield

    def _setting(self, account: Account, scene: Scene, names: Names) -> Setting:
        workspace = self._tools.desk.workspace
        chosen = scene.chosen
        whole = written_out(account, workspace, chosen)
        return Setting(
            chosen,
            people_that_matter(account, workspace, chosen),
            scenes.messages_of(account, self._opened(account)),
            scene.message,
            _sorted_names(each.name for each in workspace.agents.entries if not each.retired),
            _sorted_names(each.name for each in workspace.queues.entries if not each.retired),
            scenes.conditions_of(account, names),
            [name for name, _, make in ARRANGED if make(account, workspace, chosen) == whole],
        )

    def _draw_waits(self, account: Account, names: Names) -> None:
        found = worst_case(account, self._tools.desk.workspace)
        self.waits.show_worst_case([tr(each) for each in found.sentences])
        waits = waits_of(account)
        labels = {wait.key: scenes.label_of(wait.key, account, names, short=True) for wait in waits}
        self.waits.show_waits(waits, labels, {part.key for part in found.asked.parts})

    def _draw_timeline(self, account: Account) -> None:
        """Show the timeline of an account's draft; the last one stays while a message is judged."""
        scene = self._scenes[account.id]
        ready = self._preparing.ready(scene, account, self._opened(account))
        # What stays on screen meanwhile is dimmed, and can neither be kept nor updated.
        for card in (self.events, self.scenarios):
            card.setEnabled(ready is not None)
        if ready is None:
            return
        self._ready = ready
        found = scenes.played(ready, account, self._tools.desk.workspace)
        self.events.show_timeline(found)
        taken = {row.name for row in account.expectations.scenarios}
        self.scenarios.form.propose(self.situation.arrangement, found, taken)

    def _standings(self, account: Account) -> Iterator[None]:
        """Find out of each kept scenario whether it is met, a few milliseconds at a time."""
        workspace = self._tools.desk.workspace
        for row in account.expectations.scenarios:
            ready = self._preparing.ready(
                scenes.of_scenario(row, account, workspace), account, self._opened(account)
            )
            unmet = None
            if ready is not None:
                unmet = without_message(row, account)
                unmet = unmet or ends_as_expected(row, scenes.played(ready, account, workspace))
            self.scenarios.show_standings({row.id: Standing(unmet)})
            yield

    def _label(self, key: str) -> str:
        account = self._account()
        return scenes.label_of(key, account, self._names(account)) if account else ""

    def _text(self, event: Event) -> str | None:
        """What an event's message or notification says; ``None`` until it is rendered."""
        account = self._account()
        incoming = self._ready.situation.incoming if self._ready else None
        if account is None:
            return None
        told = told_by(event, account, self._tools.desk.workspace, incoming)
        return self._texts.text(told) if told else tr("There is no text.")

    # What a person does

    def _put(self, scene: Scene) -> None:
        account = self._account()
        if account is not None:
            self._scenes[account.id] = scene
            self._draw()

    def _choose(self, chosen: Situation) -> None:
        if account := self._account():
            self._put(self._scene(account).with_situation(chosen))

    def _choose_message(self, key: str) -> None:
        if account := self._account():
            self._put(replace(self._scene(account), message=key))

    def _arrange(self, name: str) -> None:
        if account := self._account():
            make = next(each for key, _, each in ARRANGED if key == name)
            scene = self._scene(account)
            self._put(scene.with_situation(make(account, self._tools.desk.workspace, scene.chosen)))

    def _open(self) -> None:
        if paths := self._tools.questions.open_messages():
            self._reading.open(paths)

    def _take(self, messages: tuple[Incoming, ...]) -> None:
        if (account := self._account()) and messages:
            self._tools.messages.add(account.id, messages)
            self._tools.messages.choose(account.id, messages[0].digest)

    def _drag(self, key: str, seconds: int) -> None:
        """Show what a wait would do, without an edit."""
        if account := self._account():
            changed = change(account, key, seconds)
            self._draw_waits(changed, self._names(changed))
            self._draw_timeline(changed)

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

    def _load(self, row_id: str) -> None:
        if account := self._account():
            row = next(each for each in account.expectations.scenarios if each.id == row_id)
            self._put(scenes.of_scenario(row, account, self._tools.desk.workspace))

    def _keep(self, wanted: Wanted, row_id: str = "") -> None:
        account, ready = self._account(), self._ready
        if account is None or ready is None:
            return
        desk, scene = self._tools.desk, self._scenes[account.id]
        known = {row.id for row in account.expectations.scenarios}
        values = scenes.keeping(scene, ready, wanted, account, desk.workspace, row_id)
        text = tr("Update scenario") if row_id else tr("Keep scenario")
        desk.edit_all({account.id: values}, text)
        account = self._account() or account
        new = [row for row in account.expectations.scenarios if row.id not in known]
        for row in new or [e for e in account.expectations.scenarios if e.id == row_id]:
            self._put(scenes.of_scenario(row, account, desk.workspace))
        said = tr("“{}” is kept and is checked again at each edit.")
        self._tools.tell(said.format(wanted.name))

    def _update(self, row_id: str) -> None:
        account, found = self._account(), self.events.timeline
        if account is None or found is None:
            return
        row = next(each for each in account.expectations.scenarios if each.id == row_id)
        within = row.within if row.within is None else max(1, found.ended)
        self._keep(Wanted(row.name, found.ending, within), row_id)

    def _remove(self, row_id: str) -> None:
        if account := self._account():
            rows = removed(account.expectations.scenarios, row_id)
            self._tools.desk.edit_all({account.id: {SCENARIOS: rows}}, tr("Delete scenario"))
            self._tools.tell(tr("The scenario is deleted; undo brings it back."))


def _sorted_names(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, names), key=str.casefold))
