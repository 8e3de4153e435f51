"""Filter checks: header filters that never decide, or decide everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motion_desk.models.problems import Problem
from motion_desk.models.sections.routing import HEADER_FILTERS

if TYPE_CHECKING:
    from motion_desk.models.cross_checks import Case


def filters_decide(case: Case) -> Iterator[Problem]:
    """Rules that can never match, that another one shadows, or that leave nothing over."""
    if rules := case.values[HEADER_FILTERS]:
        # Late: the window is painted before anybody asks for them.
        from motion_desk.models.engines.filter_review import review

        yield from review(rules)
