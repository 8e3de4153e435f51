"""Round trip's steps: logging in, which mailboxes there are, and what went wrong."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace

from motion_desk.services.mail.errors import MailError
from motion_desk.services.mail.imap import Folder
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.plan import to_login
from motion_desk.services.tester.probing import limit, made
from motion_desk.services.tester.reading import explained
from motion_desk.services.tester.remedies import Case
from motion_desk.services.tester.remedies import remedied as remedies_of
from motion_desk.services.tester.session import Session
from motion_desk.services.tester.steps import Began, Ended, Finding, State, Step, StepName

_JUNK = frozenset(
    {"junk", "spam", "junk e-mail", "junk email", "junk-e-mail", "bulk", "bulk mail"}
    | {"spamverdacht", "courrier indésirable", "posta indesiderata", "correo no deseado"}
)


def connected(session: Session) -> Generator[Began | Ended, None, Step | None]:
    """Make the steps up to the login; returns the one that failed or was stopped, if any."""
    for name in to_login(session.endpoint):
        yield Began(session.protocol, name, limit(session, name))
        step = made(session, name)
        yield Ended(step)
        if step.state is State.STOPPED or (step.state is State.FAILED and not step.accepted):
            return step
    return None


def folders(session: Session) -> tuple[str, ...]:
    """The account's mailbox, INBOX, and where the server puts junk."""
    if session.imap is None:
        raise RuntimeError("the steps before make the client")
    session.answering()
    listed = session.imap.folders()
    names = [session.endpoint.mailbox, "INBOX", *(each.name for each in listed if is_junk(each))]
    return tuple(dict.fromkeys("INBOX" if name.upper() == "INBOX" else name for name in names))


def is_junk(folder: Folder) -> bool:
    r"""Whether a mailbox is for junk: by its special use \Junk (RFC 6154), or by a usual name."""
    flags = {flag.lower() for flag in folder.flags}
    if flags & {"\\noselect", "\\nonexistent"}:
        return False
    name = folder.name.rpartition(folder.delimiter)[2] if folder.delimiter else folder.name
    return "\\junk" in flags or name.casefold() in _JUNK


def of_error(session: Session, step: StepName, error: MailError) -> Finding:
    """What an error in a step means, with remedies."""
    failed = explained(session, step, error)
    return remedied(session, failed.failure, failed.values, failed.code, failed.words, failed.key)


def remedied(
    session: Session,
    failure: Failure,
    values: Mapping[str, object],
    code: str = "",
    words: str = "",
    key: str = "",
) -> Finding:
    """A finding with its remedies."""
    finding = Finding(failure, values, code, words, key)
    case = Case(session.account, session.workspace, session.endpoint, session.clues)
    return replace(finding, remedies=remedies_of(case, finding))
