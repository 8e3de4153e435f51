"""Steps in Exchange: what the administrator of Exchange Online does with the mailboxes."""

from __future__ import annotations

from collections.abc import Iterator

from motion_desk.services.oauth import step_texts
from motion_desk.services.oauth.standing import Mailbox
from motion_desk.services.oauth.step_texts import Text
from motion_desk.services.oauth.tenant_step import EXCHANGE, Origin, Step, Subject, Way


def shared(subject: Subject) -> Iterator[Step]:
    """The step for mailboxes that somebody else signs in for; left out where there are none."""
    shared = tuple(each for each in subject.mailboxes if each.is_shared)
    if subject.mailboxes and not shared:
        return
    sentence = "Whoever signs in needs Full Access to fetch mail, and Send As to answer."
    cloud = "Motion supports shared mailboxes in the cloud only."
    done, why = _proved(shared)
    yield Step(
        "access",
        "Give access to the shared mailbox",
        EXCHANGE,
        "Exchange admin centre → Mailboxes → Delegation, or PowerShell",
        (sentence, cloud),
        (Origin.MICROSOFT, Origin.MOTION),
        (Text("PowerShell", step_texts.access_for_person(shared)),),
        done,
        why,
    )


def service_principal(subject: Subject) -> Step:
    """The application's service principal in Exchange Online."""
    return Step(
        "service-principal",
        "Make the application known to Exchange Online",
        EXCHANGE,
        "PowerShell",
        (
            (
                "The Object ID is that of Enterprise applications → the application → Overview. App "
                "registrations shows another one, with which access is refused."
            ),
        ),
        (Origin.MICROSOFT,),
        (Text("PowerShell", step_texts.service_principal(subject.tenant, subject.client_id)),),
    )


def access(subject: Subject, way: Way) -> Step:
    """The application's access to each mailbox."""
    done, why = _proved(subject.mailboxes) if subject.token(way) else (None, "")
    return Step(
        "access",
        "Give the application access to the mailbox",
        EXCHANGE,
        "PowerShell",
        ("For each mailbox that Motion serves with this application.",),
        (Origin.MICROSOFT,),
        (Text("PowerShell", step_texts.access_for_application(subject.mailboxes)),),
        done,
        why,
    )


def protocols(subject: Subject, way: Way) -> Step:
    """IMAP and authenticated SMTP, which are off in many tenants."""
    done, why = _proved(subject.mailboxes) if subject.token(way) else (None, "")
    text = step_texts.protocols(subject.mailboxes, by_login=way is Way.PERSON)
    return Step(
        "protocols",
        "Turn on IMAP and authenticated SMTP",
        EXCHANGE,
        "Microsoft 365 admin centre → Active users → Mail → Manage email apps, or PowerShell",
        (
            (
                "Authenticated SMTP is off in most tenants, and while security defaults are on. It must "
                "be on for whoever logs in to send."
            ),
        ),
        (Origin.MICROSOFT,),
        (Text("PowerShell", text),),
        done,
        why,
    )


def _proved(mailboxes: tuple[Mailbox, ...]) -> tuple[bool | None, str]:
    """Whether the last tests of all these mailboxes have passed, which nothing could without it."""
    if not mailboxes or not all(each.passed for each in mailboxes):
        return None, ""
    names = " and ".join(f"“{each.account}”" for each in mailboxes)
    return True, f"The last test of {names} passed."
