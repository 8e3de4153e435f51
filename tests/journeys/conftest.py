"""A window for each test: on a workspace file of its own, driven by a driver, with answers."""

from tests.journeys.stage import answers, driver, path, stage
from tests.journeys.two import two

__all__ = ["answers", "driver", "path", "stage", "two"]
