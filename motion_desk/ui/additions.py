"""Which additions stand on which section's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motion_desk.ui.form.additions import Addition, Additions
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.ui.form.page import SectionPage
    from motion_desk.ui.form.tools import FormTools


def additions(tools: PanelTools) -> Additions:
    """The makers of what stands beside a section's rows, each importing what it makes."""

    def plan_flow(form: FormTools, page: SectionPage) -> Addition:
        from motion_desk.ui.plan.flow import PlanFlow

        return PlanFlow(form, page)

    def filter_presets(form: FormTools, page: SectionPage) -> Addition:
        from motion_desk.ui.trial.presets import FilterPresets

        return FilterPresets(form, page, tools)

    def disposition_tools(form: FormTools, page: SectionPage) -> Addition:
        from motion_desk.ui.answers.dispositions import DispositionTools

        return DispositionTools(form, page, tools)

    def canned_answer_tools(form: FormTools, page: SectionPage) -> Addition:
        from motion_desk.ui.answers.canned_answers import CannedAnswerTools

        return CannedAnswerTools(form, page, tools)

    def expectation_results(form: FormTools, page: SectionPage) -> Addition:
        from motion_desk.ui.trial.expectations import ExpectationResults

        return ExpectationResults(form, page, tools)

    return {
        "actions": (plan_flow,),
        "advanced": (filter_presets,),
        "dispositions": (disposition_tools,),
        "canned_answers": (canned_answer_tools,),
        "expectations": (expectation_results,),
    }
