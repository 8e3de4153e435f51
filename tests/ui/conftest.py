"""What the journeys have: a window on a workspace of its own, and answers to its questions."""

from tests.journeys.stage import answers, driver, path, stage

__all__ = ["answers", "driver", "path", "stage"]
