"""Offering: what could be sent to those who are chosen, from the readiness and their needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.cells import State

if TYPE_CHECKING:
    from motion_desk.models.variables import Known
    from motion_desk.services.invitations.readiness import Readiness

FOR_REAL_ONLY = frozenset({"base", "inactive", "key", "link"})
"""Codes of what is missing for real invitations, and for samples is not needed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be sent now.

    ``chosen`` people, of whom ``sendable`` can get a sample and ``ready`` a real invitation;
    ``without`` says what the first lacks who can get no invitation, ``left_out`` what the first
    lacks who cannot even get a sample. ``own`` is the account's address,
    ``missing`` why not even a sample can be sent, ``real_missing`` why nothing can be for real.
    ``standing`` is one sentence on all of it.
    """

    chosen: int = 0
    sendable: int = 0
    ready: int = 0
    without: str = ""
    left_out: str = ""
    own: str = ""
    in_lab: bool = False
    missing: str = ""
    real_missing: str = ""
    standing: str = ""

    @property
    def is_real_open(self) -> bool:
        """Whether real invitations could go to all who are chosen."""
        return not self.in_lab and 0 < self.ready == self.chosen and not self.real_missing


@dataclass(frozen=True, slots=True)
class Progressing:
    """How far it is: ``number`` of ``of`` letters, what is done now, or what came of it all."""

    under_way: bool = False
    number: int = 0
    of: int = 0
    saying: str = ""
    sentence: str = ""
    trouble: str = ""


def offered(
    found: Readiness | None, chosen: Sequence[State], known: Known, *, in_lab: bool
) -> Offer:
    """What could be sent now; ``found`` is ``None`` until the file was read."""
    if found is None:
        return Offer(in_lab=in_lab, missing=tr("Reading which account sends Motion's own mail…"))
    missing = [each for each in found.obstacles if each.code not in FOR_REAL_ONLY]
    real_missing = _without_link(found, known) if found.is_ready else found.sentence
    own = endpoint(found.account, Protocol.SMTP).address if found.account else ""
    return Offer(
        len(chosen),
        sum(not state.obstacle for state in chosen),
        sum(state.is_ready for state in chosen),
        _without(chosen),
        next((f"{_who(each)}: {each.obstacle}" for each in chosen if each.obstacle), ""),
        own,
        in_lab,
        tr("Not even a sample can be sent, for {}.").format(missing[0].clause) if missing else "",
        real_missing,
        _standing(found, chosen, real_missing, in_lab=in_lab),
    )


def _standing(found: Readiness, chosen: Sequence[State], real_missing: str, *, in_lab: bool) -> str:
    """In one sentence what can be sent, and where real invitations are locked, why."""
    if not found.is_ready or found.template is None or found.account is None:
        return found.sentence
    with_what = tr("template “{}”, account “{}”").format(
        found.template.key, found.account.settings.name
    )
    lacking = [state for state in chosen if not state.is_ready]
    why = ""
    if real_missing:
        why = tr("the template does not put the personal link in")
    elif in_lab:
        why = tr("the lab is on")
    elif lacking and all(not state.listed.person.link for state in lacking):
        why = tr("{of} of the {all} chosen lack an invitation link")
        if len(lacking) == 1:
            why = tr("1 of the {all} chosen lacks an invitation link")
        if len(chosen) == 1:
            why = tr("the person who is chosen lacks an invitation link")
    elif lacking:
        why = tr("{of} of the {all} chosen cannot get one yet")
        if len(chosen) == 1:
            why = tr("the person who is chosen cannot get one yet")
    elif not chosen:
        said = tr("Invitations can be sent, once people are chosen: {}.")
        return said.format(with_what)
    if not why:
        return found.sentence
    said = tr("Samples can be sent ({what}), real invitations not yet, for {why}.")
    return said.format(what=with_what, why=why.format(of=len(lacking), all=len(chosen)))


def _without_link(found: Readiness, known: Known) -> str:
    """Why nobody would get their link: the template has another one. Motion may put in its own."""
    from motion_desk.services.invitations.readiness import mentions

    template = found.template
    names = [name for name, variable in known.items() if variable.expected]
    if template is None or any(mentions(template.value, name) for name in names):
        return ""
    said = tr(
        "The template “{}” does not put the personal link in. Write {} where it belongs; how "
        "Motion names it is not documented."
    )
    return said.format(template.key, tr(" or ").join(f"{{{{ {name} }}}}" for name in names))


def _without(chosen: Sequence[State]) -> str:
    """What the first of the chosen lacks who can get no real invitation."""
    for state in chosen:
        if not state.is_ready and state.listed.needs is not None:
            return f"{_who(state)}: {state.obstacle or state.listed.needs.real}"
    return ""


def _who(state: State) -> str:
    person = state.listed.person
    return person.name or person.address or tr("An empty line")
