"""Drawing: shows an account's draft and what is chosen for it on the cards, a few in each turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from motion_desk.models.account import Account
from motion_desk.models.directory import Names, Surroundings
from motion_desk.models.engines.timeline.events import Event
from motion_desk.models.engines.timeline.expected import ends_as_expected, without_message
from motion_desk.models.engines.timeline.worst_case import worst_case
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.timeline import scene as scenes
from motion_desk.ui.timeline.cards import Cards
from motion_desk.ui.timeline.chosen import Chosen
from motion_desk.ui.timeline.events.telling import told_by
from motion_desk.ui.timeline.events.texts import Texts
from motion_desk.ui.timeline.scenarios.card import Standing
from motion_desk.ui.timeline.scene import Preparing, Ready, Scene
from motion_desk.ui.timeline.situation.arranged import ARRANGED, people_that_matter
from motion_desk.ui.timeline.situation.card import Setting
from motion_desk.ui.timeline.waits.row import waits_of


class Drawing:
    """Draws the cards; each of its parts takes the account that is to be shown.

    ``ready`` is the situation on screen once its message is read and judged.
    """

    def __init__(
        self, tools: PanelTools, chosen: Chosen, preparing: Preparing, texts: Texts
    ) -> None:
        self._tools, self._chosen = tools, chosen
        self._preparing, self._texts = preparing, texts
        self._named: tuple[Account, Surroundings, Names] | None = None
        self.ready: Ready | None = None

    def coming(self, cards: Cards, account: Account) -> Iterator[None]:
        """Draw all cards, each in a turn of its own."""
        scene = self._chosen.scene(account)
        self.draw_waits(cards, account)
        yield
        cards.situation.show_setting(self._setting(account, scene))
        yield
        self._draw_scenarios(cards, account, scene)
        yield
        self.draw_timeline(cards, account)
        yield

    def draw_waits(self, cards: Cards, account: Account) -> None:
        """Show the waits of an account's draft and the worst case that they make."""
        found = worst_case(account, self._chosen.workspace)
        cards.waits.show_worst_case([tr(each) for each in found.sentences])
        waits, names = waits_of(account), self._names(account)
        labels = {wait.key: scenes.label_of(wait.key, account, names, short=True) for wait in waits}
        cards.waits.show_waits(waits, labels, {part.key for part in found.asked.parts})

    def draw_timeline(self, cards: Cards, account: Account) -> None:
        """Show the timeline of an account's draft; the last one stays while a message is judged."""
        scene = self._chosen.scene(account)
        ready = self._preparing.ready(scene, account, self._chosen.opened(account))
        # What stays on screen meanwhile is dimmed, and can neither be kept nor updated.
        for card in (cards.events, cards.scenarios):
            card.setEnabled(ready is not None)
        if ready is None:
            return
        self.ready = ready
        found = scenes.played(ready, account, self._chosen.workspace)
        cards.events.show_timeline(found)
        taken = {row.name for row in account.expectations.scenarios}
        cards.scenarios.form.propose(cards.situation.arrangement, found, taken)

    def standings(self, cards: Cards, account: Account) -> Iterator[None]:
        """Find out of each kept scenario whether it is met, one in a turn."""
        workspace = self._chosen.workspace
        for row in account.expectations.scenarios:
            scene = scenes.of_scenario(row, account, workspace)
            ready = self._preparing.ready(scene, account, self._chosen.opened(account))
            unmet = None
            if ready is not None:
                unmet = without_message(row, account)
                unmet = unmet or ends_as_expected(row, scenes.played(ready, account, workspace))
            cards.scenarios.show_standings({row.id: Standing(unmet)})
            yield

    def _draw_scenarios(self, cards: Cards, account: Account, scene: Scene) -> None:
        rows = account.expectations.scenarios
        row = next((each for each in rows if each.id == scene.scenario), None)
        loaded = scenes.of_scenario(row, account, self._chosen.workspace) if row else None
        cards.scenarios.show_scenarios(rows, scene.scenario, differs=loaded != scene)

    def _setting(self, account: Account, scene: Scene) -> Setting:
        workspace, chosen = self._chosen.workspace, scene.chosen
        people = people_that_matter(account, workspace, chosen)
        return Setting(
            chosen,
            people,
            scenes.messages_of(account, self._chosen.opened(account)),
            scene.message,
            _sorted_names(each.name for each in workspace.agents.entries if not each.retired),
            _sorted_names(each.name for each in workspace.queues.entries if not each.retired),
            scenes.conditions_of(account, self._names(account)),
            [each.name for each in ARRANGED if each.is_shown(account, workspace, chosen, people)],
        )

    # What the rows of the events ask for

    def _names(self, account: Account) -> Names:
        """The names of what an account refers to, made once for each state of its document."""
        surroundings = self._tools.desk.surroundings(account)
        before = self._named
        if before is None or before[0] is not account or before[1] is not surroundings:
            self._named = before = (account, surroundings, surroundings.names(account))
        return before[2]

    def label(self, key: str) -> str:
        """What a setting of the open account is called."""
        account = self._chosen.account
        return scenes.label_of(key, account, self._names(account)) if account else ""

    def text(self, event: Event) -> str | None:
        """What an event's message or notification says; ``None`` until it is rendered."""
        account = self._chosen.account
        incoming = self.ready.situation.incoming if self.ready else None
        if account is None:
            return None
        told = told_by(event, account, self._chosen.workspace, incoming)
        return self._texts.text(told) if told else tr("There is no text.")


def _sorted_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, names), key=str.casefold))
