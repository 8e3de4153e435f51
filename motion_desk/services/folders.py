"""Folders: where workspaces and the program's own settings lie on this computer."""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "MOTION_DESK_HOME"
"""Names a folder that takes the place of both folders; empty counts as not set."""

WORKSPACE_NAME = "Motion Desk.motiondesk"
DEMO_NAME = "Demo.motiondesk"

_APPLICATION = "motion-desk"


def data_folder() -> Path:
    """Where workspaces are kept when nobody says otherwise; it may not exist yet."""
    import platformdirs

    return _home() or platformdirs.user_data_path(_APPLICATION, appauthor=False)


def settings_folder() -> Path:
    """Where the window's size, recent files and the like are kept; it may not exist yet."""
    import platformdirs

    return _home() or platformdirs.user_config_path(_APPLICATION, appauthor=False)


def default_workspace() -> Path:
    """The workspace that is opened when none is named; neither it nor its folder may exist yet."""
    return data_folder() / WORKSPACE_NAME


def demo_workspace() -> Path:
    """The workspace with sample accounts; neither it nor its folder may exist yet."""
    return data_folder() / DEMO_NAME


def _home() -> Path | None:
    named = os.environ.get(HOME_VARIABLE)
    return Path(named).absolute() if named else None
