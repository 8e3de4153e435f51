"""An attempt: one sign-in as the page shows it, and why it did not succeed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.models.engines.tokens import Token
    from motion_desk.models.sections.directory import CloudProviderEntry
    from motion_desk.services.oauth.trouble import SignInError


class Phase(Enum):
    """How far a sign-in is."""

    PREPARING = "preparing"
    ASKING = "asking"
    CODE = "code"
    PAGE = "page"
    KEEPING = "keeping"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


UNDER_WAY = (Phase.PREPARING, Phase.ASKING, Phase.CODE, Phase.PAGE, Phase.KEEPING)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a sign-in did not succeed: a sentence, the service's code and words, what to do.

    ``letter`` is a text for the administrator of the tenant, or empty.
    """

    sentence: str
    code: str = ""
    words: str = ""
    to_do: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in, as the page shows it. ``address`` and ``until`` are of the page or the code.

    ``until`` is on the clock of ``time.monotonic``. ``opened`` says whether a browser could be
    opened. ``token`` is what was got; for a sign-in at the lab it is told of nowhere else.
    """

    entry: CloudProviderEntry
    flow: str
    lab: bool
    phase: Phase = Phase.PREPARING
    code: str = ""
    address: str = field(default="", repr=False)
    until: float = 0.0
    opened: bool = True
    login: str = ""
    token: Token | None = None
    said: str = ""
    refusal: Refusal | None = None

    @property
    def under_way(self) -> bool:
        """Whether it may still come to something."""
        return self.phase in UNDER_WAY


def refusal_of(error: SignInError, attempt: Attempt) -> Refusal:
    """Why a sign-in did not succeed, with what can be done about it."""
    from motion_desk.services.oauth.codes import letter, meaning
    from motion_desk.services.oauth.provider import provider_of
    from motion_desk.services.oauth.trouble import Trouble

    if error.trouble is not Trouble.REFUSED:
        to_do = tr(ADVICE.get(error.trouble.value, ""))
        return Refusal(error.sentence, error.code, error.words, to_do)
    provider = provider_of(attempt.entry)
    text = letter(error.code, provider, attempt.login, error.words)
    return Refusal(error.sentence, error.code, error.words, meaning(error.code).to_do, text)


ADVICE = {
    "incomplete": "Complete the cloud provider from the overview of the app registration.",
    "unreachable": "Let this workstation reach login.microsoftonline.com on port 443, then sign in "
    "again.",
    "untrusted": "Ask for login.microsoftonline.com to be let through unopened, or for the proxy's "
    "authority to be put into this workstation's trust.",
    "slow": "Sign in again in a minute.",
    "down": "Sign in again in a minute. Disturbances are told at https://status.cloud.microsoft.",
    "page": "Open any page in a browser: a network that wants a sign-in shows it there. Then sign in "
    "again.",
    "proxy": "Open any page in a browser and sign in to the network there. Then sign in again.",
    "clock": "Set this workstation's clock and time zone, best by the network. Then sign in again.",
    "too-much": "Sign in again in a minute.",
    "nonsense": "Sign in again in a minute.",
    "declined": "Sign in again, and agree.",
    "code-expired": "Sign in again for a new code.",
    "not-finished": "Sign in again.",
    "cache": "Sign in again.",
}
"""What to do about trouble that is no refusal, by its word."""
