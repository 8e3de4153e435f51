"""Acts: what a person does with kept scenarios, each as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.rows import removed
from motion_desk.models.sections.expectations import SCENARIOS
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.timeline import scene as scenes
from motion_desk.ui.timeline.chosen import Chosen
from motion_desk.ui.timeline.scenarios.form import Wanted
from motion_desk.ui.timeline.scene import Ready, Scene


class ScenarioActs:
    """Takes, keeps, updates and deletes the scenarios of the open account.

    ``put`` chooses a scene and draws it.
    """

    def __init__(self, tools: PanelTools, chosen: Chosen, put: Callable[[Scene], object]) -> None:
        self._tools, self._chosen, self._put = tools, chosen, put

    def take(self, row_id: str) -> None:
        """Put a kept scenario on screen."""
        if account := self._chosen.account:
            row = next(each for each in account.expectations.scenarios if each.id == row_id)
            self._put(scenes.of_scenario(row, account, self._chosen.workspace))

    def keep(self, wanted: Wanted, ready: Ready | None, row_id: str = "") -> None:
        """Keep what is on screen as a scenario: a new one, or in the place of ``row_id``."""
        account = self._chosen.account
        if account is None or ready is None:
            return
        workspace, scene = self._chosen.workspace, self._chosen.scene(account)
        known = {row.id for row in account.expectations.scenarios}
        values = scenes.keeping(scene, ready, wanted, account, workspace, row_id)
        text = tr("Update scenario") if row_id else tr("Keep scenario")
        self._tools.desk.edit_all({account.id: values}, text)
        account = self._chosen.account or account
        new = [row for row in account.expectations.scenarios if row.id not in known]
        for row in new or [e for e in account.expectations.scenarios if e.id == row_id]:
            self._put(scenes.of_scenario(row, account, workspace))
        said = tr("“{}” is kept and is checked again at each edit.")
        self._tools.tell(said.format(wanted.name))

    def update(self, row_id: str, found: Timeline | None, ready: Ready | None) -> None:
        """Keep what is on screen, and how it ends now, in the place of a scenario."""
        account = self._chosen.account
        if account is None or found is None:
            return
        row = next(each for each in account.expectations.scenarios if each.id == row_id)
        within = row.within if row.within is None else max(1, found.ended)
        self.keep(Wanted(row.name, found.ending, within), ready, row_id)

    def remove(self, row_id: str) -> None:
        """Delete a scenario."""
        if account := self._chosen.account:
            rows = removed(account.expectations.scenarios, row_id)
            self._tools.desk.edit_all({account.id: {SCENARIOS: rows}}, tr("Delete scenario"))
            self._tools.tell(tr("The scenario is deleted; undo brings it back."))
