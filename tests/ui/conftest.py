"""What the journeys have: a window on a workspace of its own, and answers to its questions."""

from tests.journeys.stage import answers, driver, path, stage
from tests.ui.detected import open_dialog, shop, shop_names
from tests.ui.kept_runs import kept
from tests.ui.scripted_fleet import many

__all__ = [
    "answers",
    "driver",
    "kept",
    "many",
    "open_dialog",
    "path",
    "shop",
    "shop_names",
    "stage",
]
