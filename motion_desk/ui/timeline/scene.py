"""Scene: what is chosen for one account, and what follows from it with the document on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from motion_desk.models import rows
from motion_desk.models.account import Account
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import value_at
from motion_desk.models.choices import Expected, Verdict
from motion_desk.models.directory import Names
from motion_desk.models.engines.header_filters import Judgement
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.models.engines.timeline.situations import kept, situation
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.actions import PLAN, GotoIf
from motion_desk.models.sections.expectations import MESSAGES, SCENARIOS, KeptScenario
from motion_desk.models.sections.routing import HEADER_FILTERS
from motion_desk.models.workspace import Workspace
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.judging import Judging
from motion_desk.ui.timeline.messages import MessageReading
from motion_desk.ui.timeline.scenarios.form import Wanted
from motion_desk.ui.trial.lines import Line
from motion_desk.ui.trial.pinning import pinned

ORDINARY, PINNED, OPENED = "", "pinned:", "opened:"
"""What the key of a message begins with; nothing for an ordinary one."""
LONGEST_MESSAGE = 70
"""Characters of a message's name in the list."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is chosen for an account.

    ``chosen`` is the situation without its message, ``message`` the message's key, and
    ``scenario`` the id of the kept scenario that was last taken.
    """

    chosen: Situation = field(default_factory=Situation)
    message: str = ORDINARY
    scenario: str = ""

    def with_situation(self, chosen: Situation) -> Scene:
        """The scene with another situation; its message stays."""
        return replace(self, chosen=replace(chosen, incoming=None))


@dataclass(frozen=True, slots=True)
class Ready:
    """A situation with its message read and judged, so that a timeline can be made at once."""

    situation: Situation
    judgement: Judgement | None


def messages_of(account: Account, opened: Mapping[str, Incoming]) -> tuple[tuple[str, str], ...]:
    """The messages that can be chosen, by their keys, with names; what is pinned stands there once."""
    pins = _pins(account)
    named = [
        (ORDINARY, tr("An ordinary message")),
        *(
            (PINNED + row.id, tr("Pinned: {}").format(row.name))
            for row in account.expectations.messages
        ),
        *(
            (OPENED + digest, each.name)
            for digest, each in opened.items()
            if not pins or each.text.strip() not in pins
        ),
    ]
    return tuple((key, " ".join(name.split())[:LONGEST_MESSAGE]) for key, name in named)


def key_now(key: str, account: Account, opened: Mapping[str, Incoming]) -> str:
    """The key by which a chosen message stands in the list now; ``ORDINARY`` where it is gone."""
    pins = _pins(account)
    if key.startswith(OPENED):
        incoming = opened.get(key.removeprefix(OPENED))
        if incoming is None:
            return ORDINARY
        row_id = pins.get(incoming.text.strip())
        return PINNED + row_id if row_id else key
    known = {row.id for row in account.expectations.messages}
    return key if key.removeprefix(PINNED) in known else ORDINARY


def _pins(account: Account) -> dict[str, str]:
    """The ids of the pinned messages by their headers' texts; of equal ones the first's."""
    return {row.headers.strip(): row.id for row in reversed(account.expectations.messages)}


def of_scenario(row: KeptScenario, account: Account, workspace: Workspace) -> Scene:
    """The scene that a kept scenario describes."""
    known = {each.id for each in account.expectations.messages}
    message = PINNED + row.message if row.message in known else ORDINARY
    return Scene(situation(row, account, workspace), message, row.id)


class Preparing:
    """Makes situations ready: reads the message and has it judged, at once where that is quick."""

    def __init__(self, reading: MessageReading, judging: Judging) -> None:
        self._reading, self._judging = reading, judging

    def ready(self, scene: Scene, account: Account, opened: Mapping[str, Incoming]) -> Ready | None:
        """The situation with its message; ``None`` while that is read or judged."""
        incoming: Incoming | None = None
        if scene.message.startswith(PINNED):
            wanted = scene.message.removeprefix(PINNED)
            row = next((e for e in account.expectations.messages if e.id == wanted), None)
            if row is not None:
                incoming = self._reading.pinned(row.headers)
                if incoming is None:
                    return None
        elif scene.message.startswith(OPENED):
            incoming = opened.get(scene.message.removeprefix(OPENED))
        if incoming is None:
            return Ready(scene.chosen, None)
        rules = account.advanced.header_filters
        judgement = self._judging.judgement(rules, incoming)
        if judgement is None:
            return None
        return Ready(replace(scene.chosen, incoming=incoming), judgement)


def played(ready: Ready, account: Account, workspace: Workspace) -> Timeline:
    """The timeline of a situation that is ready. Takes at most a millisecond."""
    judgement = ready.judgement
    judge = None if judgement is None else (lambda _: judgement)
    return timeline(account, workspace, ready.situation, judge)


def conditions_of(account: Account, names: Names) -> dict[str, str]:
    """The plan's conditional jumps in words, by their actions' ids."""
    titles = names.entries(PLAN)
    return {row.id: titles[row.id].name for row in account.actions.plan if isinstance(row, GotoIf)}


def label_of(key: str, account: Account, names: Names, *, short: bool = False) -> str:
    """What a setting is called: its section or action and its field; empty where it is gone.

    ``short`` leaves out what a list of waits says by itself.
    """
    catalogue = catalogue_of(account)
    head, _, cell = key.partition("/")
    if head not in catalogue.fields:
        return ""
    label, section = tr(catalogue.field(key).label), tr(catalogue.section_of[head].title)
    if not cell:
        return label if short or label == section else f"{section}: {label}"
    row_id = cell.partition("/")[0]
    title = names.name(head, row_id)
    if not title:
        return ""
    if short:  # the wait stands beside it
        return title.removesuffix(f", {value_at(account, key)} s")
    for rows_key, numbered, of_rows in (
        (PLAN, tr("Action {}: {}"), account.actions.plan),
        (HEADER_FILTERS, tr("Header filter {}: {}"), account.advanced.header_filters),
    ):
        if head == rows_key:
            return numbered.format([row.id for row in of_rows].index(row_id) + 1, label)
    return tr("{}: {}").format(title, label)


def keeping(
    scene: Scene, ready: Ready, wanted: Wanted, account: Account, workspace: Workspace, row_id: str
) -> dict[str, object]:
    """The values that keep a scene as a scenario: a new one, or in the place of ``row_id``.

    A message that was opened is pinned with it, as what the filters do with it now.
    """
    messages = account.expectations.messages
    incoming = ready.situation.incoming
    message = scene.message.removeprefix(PINNED) if scene.message.startswith(PINNED) else ""
    if incoming is not None and scene.message.startswith(OPENED):
        rejected = ready.judgement is not None and ready.judgement.verdict is Verdict.REJECT
        expected = Expected.REJECTED if rejected else Expected.PASS
        message = _pins(account).get(incoming.text.strip(), "")
        if not message:
            messages = pinned(messages, [Line(incoming)], expected)
            message = messages[-1].id
    before = account.expectations.scenarios
    known = {row.id: row for row in before}
    row = known.get(row_id) or rows.fresh(KeptScenario, before)
    row = replace(row, name=wanted.name, expected=wanted.expected, within=wanted.within)
    row = replace(kept(ready.situation, row, account, workspace), message=message)
    after = (
        tuple(row if each.id == row.id else each for each in before)
        if row.id in known
        else (*before, row)
    )
    values: dict[str, object] = {SCENARIOS: after}
    if messages != account.expectations.messages:
        values[MESSAGES] = messages
    return values
