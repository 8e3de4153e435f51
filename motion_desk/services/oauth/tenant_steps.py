"""Tenant steps: what administrators must do for a cloud provider, and what of it is seen to be done.

What is Microsoft's follows Microsoft Learn, “Authenticate an IMAP, POP or SMTP connection using
OAuth”, and the pages that it names. What is Motion's follows its page “Modern Authentication
(Microsoft Office365)” (S3), whose end is not public: what it leaves open is said, not guessed.
"""

from __future__ import annotations

from motion_desk.services.oauth import steps_in_entra as entra
from motion_desk.services.oauth import steps_in_exchange as exchange
from motion_desk.services.oauth import steps_in_motion as motion
from motion_desk.services.oauth.tenant_step import Origin, Step, Subject, Way

__all__ = ["Origin", "Step", "Subject", "Way", "as_text", "seen_done", "steps"]


def steps(subject: Subject, way: Way) -> tuple[Step, ...]:
    """All steps, in the order in which they are done."""
    if way is Way.APPLICATION:
        return (
            entra.registration(subject, way),
            entra.account_types(),
            entra.ids(subject),
            entra.permissions(subject, way),
            entra.consent(subject, way),
            entra.secret(subject),
            exchange.service_principal(subject),
            exchange.access(subject, way),
            exchange.protocols(subject, way),
            motion.in_motion(subject),
            motion.application_in_motion(),
        )
    return (
        entra.registration(subject, way),
        entra.account_types(),
        entra.ids(subject),
        entra.permissions(subject, way),
        entra.consent(subject, way),
        entra.secret(subject),
        entra.motions_address(),
        entra.localhost(subject),
        entra.public_flows(subject),
        *exchange.shared(subject),
        exchange.protocols(subject, way),
        motion.in_motion(subject),
        motion.authenticated(subject),
        motion.associated(subject),
    )


def seen_done(steps: tuple[Step, ...]) -> str:
    """How many of the steps are seen to be done, as a sentence."""
    done = sum(step.done is True for step in steps)
    wrong = sum(step.done is False for step in steps)
    said = f"{done} of {len(steps)} steps are seen to be done"
    if wrong:
        said += f", {wrong} {'is' if wrong == 1 else 'are'} to be put right"
    return f"{said}. The others cannot be seen from here."


def as_text(subject: Subject, way: Way) -> str:
    """All steps as one text, to be sent to whoever does them. It holds no secret."""
    head = f"Modern authentication of the cloud provider “{subject.entry.name}” for XCALLY Motion"
    parts = [head, "=" * len(head)]
    for number, step in enumerate(steps(subject, way), 1):
        mark = {True: " (done)", False: " (to be put right)", None: ""}[step.done]
        origins = ", ".join(origin.label for origin in step.origins)
        parts += ["", f"{number}. {step.title}{mark}", f"   {step.by}: {step.where}"]
        parts += [f"   {sentence}" for sentence in step.sentences]
        parts += [f"   {step.why}"] if step.why else []
        for text in step.texts:
            parts += [f"   {text.label}:", *(f"     {line}" for line in text.text.splitlines())]
        parts.append(f"   Source: {origins}.")
    return "\n".join(parts) + "\n"
