"""Words: what became of a message and what a rule says of it, as sentences."""

from __future__ import annotations

from motion_desk.models.choices import Verdict
from motion_desk.models.engines.header_filters import Judgement
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.ui.form.words import tr
from motion_desk.ui.trial.lines import Line, Mark, Matrix, cell_of, is_as_expected, mark

LONGEST = 160
"""Characters of a rule or a name that a sentence repeats."""


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text with its middle left out where it is long."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}…{text[-half:]}"


def condition(rule: HeaderFilter) -> str:
    """What a rule looks for, in one line."""
    return shortened(rule.said.rpartition(" → ")[0])


def verdict_sentence(matrix: Matrix, row: int) -> str:
    """What became of a message, and which rule decided; empty while it is not known."""
    judgement = matrix.judgement(row)
    if judgement is None:
        return ""
    number = matrix.number(judgement.decided_by)
    if not number and any(cell.wrong for cell in judgement.cells):
        return tr("Passes: no rule that can be applied matches.")
    if not number:
        return tr("Passes: no rule matches.") if matrix.rules else tr("Passes: there is no rule.")
    passes = judgement.verdict is Verdict.ACCEPT
    said = tr("Passes by rule {number}: {condition}")
    if not passes:
        said = tr("Rejected by rule {number}: {condition}")
    return said.format(number=number, condition=condition(matrix.rules[number - 1]))


def rule_sentence(matrix: Matrix, row: int, place: int) -> str:
    """What the rule at a place (from 0) says of a message; empty while it is not known."""
    judgement, cell = matrix.judgement(row), cell_of(matrix, row, place)
    if judgement is None or cell is None:
        return ""
    rule, number = matrix.rules[place], place + 1
    headers = matrix.lines[row].incoming.headers
    found = mark(judgement, rule, place)
    if found is Mark.WRONG:
        return tr("Rule {number} is not applied. {why}").format(number=number, why=cell.wrong)
    if found is Mark.LATER:
        before = matrix.number(judgement.decided_by)
        said = tr("Rule {number} matches too, but rule {before} stands before it and has decided.")
        return said.format(number=number, before=before)
    name = shortened(rule.header, 60)
    count = sum(each.name.casefold() == rule.header.strip().casefold() for each in headers)
    if found is not Mark.NOT:
        said = tr("Rule {number} decides: it is the first that matches.")
        if cell.header is None and not count:
            said = tr("Rule {number} decides: the message has no header “{name}”.")
        return said.format(number=number, name=name)
    if not count:
        said = tr("Rule {number} does not match: the message has no header “{name}”.")
        if cell.matched is False and rule.negated is True:
            said = tr("Rule {number} does not match.")
        return said.format(number=number, name=name)
    if rule.negated is True:
        said = tr("Rule {number} does not match: “{name}” has what the rule excludes.")
    else:
        said = tr("Rule {number} does not match: “{name}” has something else.")
    return said.format(number=number, name=name)


def outcome(line: Line, judgement: Judgement, matrix: Matrix) -> str:
    """A pinned message that is not as expected, in a clause."""
    number = matrix.number(judgement.decided_by)
    rejected = judgement.verdict is Verdict.REJECT
    if number:
        said = tr("is rejected by rule {}") if rejected else tr("is let pass by rule {}")
    else:
        said = tr("passes, for no rule matches")
    return tr("“{name}” {what}").format(name=shortened(line.title, 60), what=said.format(number))


def pin_to_show(matrix: Matrix) -> Line | None:
    """The first pinned message that is not as expected, or else the first."""
    pairs = [*zip(matrix.lines, matrix.judgements, strict=False)]
    pinned = [line for line, _ in pairs if line.pin]
    wrong = [line for line, judgement in pairs if not is_as_expected(line, judgement)]
    return next(iter([*wrong, *pinned]), None)


def pins_sentence(matrix: Matrix) -> tuple[str, bool]:
    """How many pinned messages are as expected, with the first that is not; and whether all are."""
    pinned = [
        (line, judgement)
        for line, judgement in zip(matrix.lines, matrix.judgements, strict=False)
        if line.pin
    ]
    if not pinned:
        return "", True
    wrong = [pair for pair in pinned if not is_as_expected(*pair)]
    good, count = len(pinned) - len(wrong), len(pinned)
    if not wrong:
        one = tr("The pinned message is as expected.")
        all_of = tr("All {} pinned messages are as expected.").format(count)
        return (one if count == 1 else all_of), True
    said = tr("{good} of {count} pinned messages are as expected; {what}.")
    if count == 1:
        said = tr("The pinned message is not as expected: {what}.")
    more = len(wrong) - 1
    text = said.format(good=good, count=count, what=outcome(*wrong[0], matrix))
    if more:
        text += " " + (tr("One more is not.") if more == 1 else tr("{} more are not.").format(more))
    return text, False
