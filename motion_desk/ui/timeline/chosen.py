"""Chosen: what each account's timeline is to show, kept while the window is."""

from __future__ import annotations

from dataclasses import replace

from motion_desk.models.account import Account
from motion_desk.models.incoming import Incoming
from motion_desk.models.workspace import Workspace
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.timeline.scene import OPENED, ORDINARY, Scene, key_now
from motion_desk.ui.timeline.situation.arranged import followed


class Chosen:
    """The scenes of the accounts, by the documents and the messages of now."""

    def __init__(self, tools: PanelTools) -> None:
        self._tools = tools
        self._scenes: dict[str, Scene] = {}
        self._last_choice: dict[str, tuple[str, int]] = {}
        self._directories: dict[str, Workspace] = {}

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is on screen."""
        return self._tools.desk.workspace

    @property
    def account(self) -> Account | None:
        """The open account as it is on screen; ``None`` while the workspace is open."""
        return self._tools.desk.account

    def opened(self, account: Account) -> dict[str, Incoming]:
        """The messages that were opened for an account, by their digests."""
        return {each.digest: each for each in self._tools.messages.of(account.id)}

    def scene(self, account: Account) -> Scene:
        """What is chosen for an account; the message last chosen for it elsewhere comes first."""
        scene = self._scenes.get(account.id, Scene())
        workspace = self.workspace
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
        scene = replace(scene, message=key_now(scene.message, account, self.opened(account)))
        self._scenes[account.id] = scene
        return scene

    def put(self, account: Account, scene: Scene) -> None:
        """Choose a scene for an account."""
        self._scenes[account.id] = scene
