"""Remedies for encryption and certificates: the ladder of trust, its last rung the flag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from motion_desk.models.document import new_id
from motion_desk.models.endpoints import Protocol
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.sections.trust import PinEntry
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.remedies.case import (
    Case,
    advised,
    asked,
    can_set,
    changed,
    differences_of,
    setting,
)
from motion_desk.services.tester.steps import Change, Finding, Remedy, Who

if TYPE_CHECKING:
    from motion_desk.services.tester.encrypting import Shown


def _shown(case: Case) -> Shown | None:
    shown: Shown | None = case.clues.get("shown")
    return shown


def _facts(case: Case) -> str:
    """The certificates in a letter."""
    shown = _shown(case)
    if shown is None:
        return ""
    lines = [
        f"- {each.subject}, issued by {each.issuer}, valid {each.not_before:%Y-%m-%d} to "
        f"{each.not_after:%Y-%m-%d}, SHA-256 {each.fingerprint}"
        for each in shown.chain
    ]
    return "The server sends:\n" + "\n".join(lines) + "\n"


def _letter(case: Case, wanted: str) -> str:
    return (
        "Hello,\n\n"
        f"our Motion server cannot verify the certificate of {case.where} "
        f"({case.protocol.label}). {wanted}\n\n{_facts(case)}"
        "To see it:\n"
        f"  {_command(case)}\n"
    )


def _command(case: Case) -> str:
    start = " -starttls smtp" if case.endpoint.starttls else ""
    host = case.endpoint.host
    return f"openssl s_client -connect {case.where} -servername {host} -showcerts{start}"


def wrong_name(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The first rung: the server's right name."""
    if can_set(case, "host"):
        for host in case.clues.get("same place", ()):
            text = "Use “{host}”: the certificate names it, and it leads to the same server."
            yield setting(case, "use-host", text, {"host": host}, host=host)
    wanted = f"It does not name {case.endpoint.host}. Please add this name to it."
    text = "Ask for a certificate that names “{host}”."
    yield asked("name-host", text, Who.MAIL_TEAM, _letter(case, wanted), host=case.endpoint.host)
    yield from _last_rungs(case)


def chain_incomplete(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The second rung: the missing intermediate certificate."""
    issuer = finding.values["issuer"]
    wanted = (
        "The server sends its own certificate alone. Please let it send the intermediate "
        f"certificate “{issuer}” too (the “full chain” file)."
    )
    text = "Ask for the intermediate certificate “{issuer}” to be sent along."
    yield asked("full-chain", text, Who.MAIL_TEAM, _letter(case, wanted), issuer=issuer)
    yield _ask_for_authority(case, str(issuer))
    yield from _last_rungs(case)


def authority_unknown(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The third rung: the private authority."""
    issuer = str(finding.values["issuer"])
    root = _root(case)
    if root:
        yield _give(case, issuer, root)
    yield _ask_for_authority(case, issuer)
    yield advised(
        "import-authority",
        "Until then, import the authority's certificate under Trust, to test what comes after.",
    )
    yield from _last_rungs(case)


def self_signed(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The same, where the server's certificate is its own authority."""
    wanted = (
        "It is self-signed. Please give the server one from an authority: a public one, or your "
        "own whose CA file Motion can be given."
    )
    text = "Ask for a certificate that an authority has issued."
    yield asked("issue", text, Who.MAIL_TEAM, _letter(case, wanted))
    if root := _root(case):
        yield _give(case, str(finding.values["subject"]), root)
    yield from _last_rungs(case)


def _root(case: Case) -> str:
    """The self-issued certificate at the end of what the server sends, as PEM."""
    import ssl

    shown, chain = _shown(case), case.clues.get("der", ())
    if shown and shown.chain and len(shown.chain) == len(chain) and shown.chain[-1].is_self_issued:
        return ssl.DER_cert_to_PEM_cert(chain[-1])
    return ""


def _give(case: Case, name: str, pem: str) -> Remedy:
    """Give Motion the certificate as a CA file, and say so in the workspace."""
    entry = AuthorityEntry(id=new_id(), name=name, certificate=pem)
    entries = (*case.workspace.authorities.entries, entry)
    change = Change("authorities.entries", entries)
    letter = (
        "Hello,\n\n"
        "please give the Motion server this certificate as an extra CA file (Node reads the file "
        "that NODE_EXTRA_CA_CERTS names, when it starts), and compare it with the mail team's "
        f"first:\n\n{pem}"
    )
    return Remedy(
        "give-authority",
        "Have Motion given this certificate as a CA file, once the mail team has confirmed it, "
        "and note it in the workspace. That Motion reads such a file is inferred.",
        differences=differences_of(case.workspace, (change,)),
        workspace_changes=(change,),
        who=Who.MOTION_ADMINISTRATOR,
        letter=letter,
    )


def _ask_for_authority(case: Case, issuer: str) -> Remedy:
    wanted = (
        f"It comes from “{issuer}”, which is no authority that programs know by themselves. "
        "Please send us that authority's certificate (CA file), so that the Motion server can be "
        "given it."
    )
    text = (
        "Get the CA file of “{issuer}” from the mail team, have Motion given it, and note it in "
        "the workspace under Certificate authorities."
    )
    return asked("ask-authority", text, Who.MAIL_TEAM, _letter(case, wanted), issuer=issuer)


def _expired(case: Case, finding: Finding) -> Iterator[Remedy]:
    wanted = f"{finding.cause} Please renew it."
    yield asked("renew", "Ask for a new certificate.", Who.MAIL_TEAM, _letter(case, wanted))
    yield from _last_rungs(case)


def _not_yet_valid(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = "Compare this workstation's clock first: it says {now}."
    yield advised("clock", text, now=finding.values["now"])
    wanted = f"{finding.cause} Please replace it."
    yield asked(
        "renew", "Ask for a certificate that is valid now.", Who.MAIL_TEAM, _letter(case, wanted)
    )
    yield from _last_rungs(case)


def _unusable(case: Case, finding: Finding) -> Iterator[Remedy]:
    wanted = f"It was refused: {finding.values['reason']}. Please replace it."
    yield asked("replace", "Ask for another certificate.", Who.MAIL_TEAM, _letter(case, wanted))
    yield from _last_rungs(case)


def _expires_soon(case: Case, finding: Finding) -> Iterator[Remedy]:
    wanted = f"{finding.cause} Please renew it before."
    yield asked("renew", "Ask for a new certificate in time.", Who.MAIL_TEAM, _letter(case, wanted))


def _last_rungs(case: Case) -> Iterator[Remedy]:
    """Pin the certificate for tests; and last, IMAP only, let Motion accept any."""
    shown = _shown(case)
    if shown and shown.leaf and not _is_pinned(case, shown.leaf.fingerprint):
        pin = PinEntry(
            id=new_id(),
            host=case.endpoint.host,
            port=case.endpoint.port,
            fingerprint=shown.leaf.fingerprint,
        )
        text = (
            "Pin this very certificate for tests from this workstation, to see what comes after. "
            "Compare its SHA-256 with the mail team's first: {fingerprint}."
        )
        values = {"fingerprint": shown.leaf.fingerprint}
        change = Change("trust.pins", (*case.account.trust.pins, pin))
        yield changed(case, "pin", text, values, change, here=True, risk=True)
    if can_set(case, "any_certificate") and not case.endpoint.any_certificate:
        text = (
            "At your own risk, and only for a mail server that you trust: turn on “Accept any "
            "certificate”. Motion then cannot tell this server from another that pretends to be it."
        )
        change = Change(case.key("any_certificate"), True)
        yield changed(case, "any-certificate", text, {}, change, risk=True)


def _is_pinned(case: Case, fingerprint: str) -> bool:
    return any(pin.fingerprint == fingerprint for pin in case.account.trust.pins)


def any_certificate(case: Case, finding: Finding) -> Iterator[Remedy]:
    """What would be better than the flag: the remedies beside it say it."""
    text = "Once the certificate is mended, turn “Accept any certificate” off again."
    part: dict[str, Any] = {"any_certificate": False}
    yield setting(case, "flag-off", text, {}, **part)


def _pinned(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised(
        "mend-for-motion",
        "Follow the remedies above for Motion itself: it sees nothing of this trust.",
    )


def _clear_text(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "port", "tls"):
        usual = 993 if case.protocol is Protocol.IMAP else 465
        switch = "SSL" if case.protocol is Protocol.IMAP else "Secure"
        if case.endpoint.port == usual or usual in case.clues.get("open", ()):
            text = "Turn {switch} on and use port {port}."
            values = {"switch": switch, "port": usual}
            yield setting(case, "tls-on", text, values, tls=True, port=usual)
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) offers no encryption, so passwords cross the "
        "network as clear text. Please turn TLS on, and tell us the port.\n"
    )
    yield asked("offer-tls", "Ask for encryption to be offered.", Who.MAIL_TEAM, letter)


def encryption_failed(case: Case, finding: Finding) -> Iterator[Remedy]:
    """For handshakes that fail: it is the server's matter."""
    if case.endpoint.starttls and 465 in case.clues.get("open", ()) and can_set(case, "port"):
        text = "Use port 465 with Secure on: it answers with TLS from the first byte."
        yield setting(case, "use-port", text, {}, tls=True, port=465)
    letter = (
        "Hello,\n\n"
        f"the TLS handshake with {case.where} ({case.protocol.label}) fails: {finding.title}. "
        f"{finding.cause} The Motion server needs TLS 1.2 or newer, without a client "
        f"certificate.\n\nTo see it:\n  {_command(case)}\n"
    )
    yield asked("mend-tls", "Ask for the server's TLS to be mended.", Who.MAIL_TEAM, letter)


def _client_certificate(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) admits only clients that show a certificate of "
        "their own, which Motion has no setting for. Please tell us whether the Motion server's "
        "address can be admitted without one.\n"
    )
    text = "Ask whether Motion can be admitted without a client certificate."
    yield asked("no-client-certificate", text, Who.MAIL_TEAM, letter)


REMEDIES: Mapping[Failure, Callable[[Case, Finding], Iterator[Remedy]]] = {
    Failure.WRONG_NAME: wrong_name,
    Failure.CHAIN_INCOMPLETE: chain_incomplete,
    Failure.AUTHORITY_UNKNOWN: authority_unknown,
    Failure.SELF_SIGNED: self_signed,
    Failure.CERTIFICATE_EXPIRED: _expired,
    Failure.CERTIFICATE_NOT_YET_VALID: _not_yet_valid,
    Failure.CERTIFICATE_UNUSABLE: _unusable,
    Failure.CERTIFICATE_EXPIRES: _expires_soon,
    Failure.ANY_CERTIFICATE: any_certificate,
    Failure.PINNED: _pinned,
    Failure.CLEAR_TEXT: _clear_text,
    Failure.TLS_TOO_OLD: encryption_failed,
    Failure.TLS_BROKEN: encryption_failed,
    Failure.TLS_REFUSED: encryption_failed,
    Failure.CLIENT_CERTIFICATE: _client_certificate,
    Failure.STARTTLS_REFUSED: encryption_failed,
}
