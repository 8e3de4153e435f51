"""Words: what was found, as people read it, in the words of the account's own fields."""

from __future__ import annotations

from motion_desk.models.endpoints import Protocol
from motion_desk.services.discovery.candidates import Candidate, Ending, UsernameForm
from motion_desk.services.discovery.proposals import Proposal, Trust
from motion_desk.services.tester.wording import one_line
from motion_desk.ui.form.words import tr

LONGEST = 300
"""Characters of one line that others have written."""

RUNNING, WAITING = ("loader-circle", ""), ("circle", "muted")
ENDINGS: dict[Ending, tuple[str, str]] = {
    Ending.FOUND: ("circle-check", "success"),
    Ending.NOTHING: ("circle-minus", "muted"),
    Ending.LEFT_OUT: ("circle-minus", "muted"),
    Ending.NOT_OFFERED: ("circle-minus", "muted"),
    Ending.OTHER_DOMAIN: ("triangle-alert", "warning"),
    Ending.UNANSWERED: ("circle-question-mark", "muted"),
    Ending.UNREACHABLE: ("circle-question-mark", "muted"),
    Ending.UNTRUSTED: ("triangle-alert", "warning"),
    Ending.REFUSED: ("triangle-alert", "warning"),
    Ending.TOO_LARGE: ("triangle-alert", "warning"),
    Ending.MALICIOUS: ("shield-alert", "error"),
    Ending.NONSENSE: ("triangle-alert", "warning"),
    Ending.LOOP: ("triangle-alert", "warning"),
    Ending.STOPPED: ("circle-stop", "muted"),
}
"""The icon beside how a source ended, and its role."""

TRUST: dict[Trust, tuple[str, str]] = {
    Trust.KNOWN: ("shield-check", "success"),
    Trust.NAMED: ("shield-check", "success"),
    Trust.RECEIVER: ("info", "muted"),
    Trust.UNSIGNED: ("info", "muted"),
    Trust.LISTED: ("info", "muted"),
    Trust.GUESSED: ("circle-question-mark", "muted"),
    Trust.STRANGE: ("shield-alert", "warning"),
}
"""The icon beside who vouches for settings, and its role."""


def title(found: Proposal) -> str:
    """What a proposal is called."""
    if found.service is None:
        return tr(found.trust.title)
    return tr("Built-in service “{}”").format(tr(found.service.label))


def place(found: Candidate | None) -> str:
    """Where a half leads, and what the account's switch for encryption would be."""
    if found is None:
        return tr("nothing found; the account keeps what it has")
    if found.protocol is Protocol.IMAP:
        said = tr("SSL on") if found.tls else tr("SSL off: clear text")
    elif found.tls:
        said = tr("Secure on")
    else:
        said = tr("Secure off: STARTTLS") if found.starttls else tr("Secure off: clear text")
    return one_line(f"{found.host}:{found.port}, {said}", LONGEST)


def logins(found: Proposal) -> str:
    """With what name to log in, as far as anybody says."""
    said = [_login(each) for each in found.candidates]
    if len(set(said)) == 1:
        return said[0]
    return "; ".join(
        f"{each.protocol.label}: {text}" for each, text in zip(found.candidates, said, strict=True)
    )


def _login(found: Candidate) -> str:
    forms = {
        UsernameForm.ADDRESS: tr("the whole address"),
        UsernameForm.LOCAL_PART: tr("the part before the @"),
        UsernameForm.OTHER: tr("“{}”, as the source says").format(found.username),
        UsernameForm.UNKNOWN: tr("not said, usually the whole address"),
    }
    return one_line(forms[found.username_form], LONGEST)


def sources(found: Proposal) -> str:
    """Who names the settings."""
    return "; ".join(tr(each.title) for each in found.sources)


def spoken(found: Proposal) -> str:
    """All that tells a proposal from the others, for who cannot see it."""
    parts = [title(found), f"IMAP: {place(found.imap)}", f"SMTP: {place(found.smtp)}"]
    return ". ".join([*parts, *(one_line(each, LONGEST) for each in found.warnings)])
