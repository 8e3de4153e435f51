"""What holds for every test: no screen, a home of its own, nothing left behind, fixed examples."""

import os

from hypothesis import HealthCheck, settings

from tests.isolation import home, session_home
from tests.leaks import nothing_left_behind

__all__ = ["home", "nothing_left_behind", "session_home"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses it to root

# Shared machines are too noisy to judge an example by its time.
NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "suite", NO_CLOCK, max_examples=25, derandomize=bool(os.environ.get("CI"))
)
settings.register_profile("soak", NO_CLOCK, max_examples=2000)
# pytest --hypothesis-profile=soak chooses the other one.
settings.load_profile("suite")
