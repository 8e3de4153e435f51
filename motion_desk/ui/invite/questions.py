"""Questions before letters leave this computer: how many, to whom, and who gets a second one."""

from __future__ import annotations

from collections.abc import Sequence

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sent import Purpose
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.cells import State
from motion_desk.ui.questions import Questions

NAMED = 5
"""Names that a question repeats."""


def is_meant(
    questions: Questions, purpose: Purpose, chosen: Sequence[State], account: Account, typed: str
) -> bool:
    """Whether to send; asked for real invitations, and for samples to an address that was typed."""
    if purpose is Purpose.REAL:
        return _is_meant_for_real(questions, chosen, account)
    count = sum(not state.obstacle for state in chosen)
    return not typed or is_meant_for(questions, typed, count, account)


def is_meant_for(questions: Questions, typed: str, count: int, account: Account) -> bool:
    """Whether to send samples to an address that is not the account's."""
    own = endpoint(account, Protocol.SMTP).address
    text = tr("Send {} samples to {}?") if count != 1 else tr("Send 1 sample to {1}?")
    detail = tr(
        "It is not the account's own address, {}. Samples go to yourself: make sure that you read "
        "what arrives there."
    )
    verb = tr("Send to {}").format(typed)
    return questions.sure(text.format(count, typed), detail.format(own), verb)


def _is_meant_for_real(questions: Questions, chosen: Sequence[State], account: Account) -> bool:
    count = len(chosen)
    sender = endpoint(account, Protocol.SMTP)
    text = tr("Send invitations to {} people?") if count != 1 else tr("Send 1 invitation?")
    detail = tr(
        "They go out for real, from {address} through {host}, each with the person's own link, and "
        "cannot be called back."
    ).format(address=sender.address, host=sender.host)
    before = [state for state in chosen if state.invited is not None]
    if before:
        names = [state.listed.person.name or state.listed.person.address for state in before]
        more = tr(" and {} more").format(len(names) - NAMED) if len(names) > NAMED else ""
        said = tr("{} of them would get a second one: {}{}.")
        detail += "\n\n" + said.format(len(before), ", ".join(names[:NAMED]), more)
    verb = tr("Send {} invitations") if count != 1 else tr("Send 1 invitation")
    return questions.sure(text.format(count), detail, verb.format(count))
