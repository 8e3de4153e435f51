"""Faults of encryption, as a client sees them."""

import os
import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from motion_desk.services.lab import Lab, LabError
from tests.services.lab.clients import NAME, connected, imap, plain, smtp, trusting

TLS_PORTS = (993, 465)
STARTTLS_PORTS = (143, 587)
MAIL_PORTS = [993, 465, 143, 587]


@contextmanager
def ready_for_tls(lab: Lab, port: int) -> Iterator[socket.socket]:
    """A connection at the point where the handshake comes, by STARTTLS where need be."""
    made = connected(lab, port)
    try:
        if port in STARTTLS_PORTS:
            made.recv(1000)
            made.sendall(b"a STARTTLS\r\n" if port == 143 else b"STARTTLS\r\n")
            assert made.recv(1000).startswith((b"a OK", b"220"))
        yield made
    finally:
        made.close()


def shake(lab: Lab, port: int, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
    """A handshake for ``NAME``. Raises ``OSError`` where it fails; the caller closes the socket."""
    with ready_for_tls(lab, port) as made:
        return (context or trusting(lab)).wrap_socket(made, server_hostname=NAME)


def verify_code(lab: Lab, port: int, context: ssl.SSLContext | None = None) -> int:
    """OpenSSL's code for why a certificate is not trusted."""
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        shake(lab, port, context)
    return caught.value.verify_code


def leaf(lab: Lab, port: int = 993) -> x509.Certificate:
    """The certificate that a server sends, unverified."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with shake(lab, port, context) as made:
        return x509.load_der_x509_certificate(made.getpeercert(binary_form=True) or b"")


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_healthy_handshake_is_tls_1_3_and_trusted(lab: Lab, port: int) -> None:
    with shake(lab, port) as made:
        assert made.version() == "TLSv1.3"
        assert made.recv(4).startswith((b"* OK", b"220 ")) if port in TLS_PORTS else True


@pytest.mark.parametrize("port", STARTTLS_PORTS)
def test_starttls_is_neither_offered_nor_known(lab: Lab, port: int) -> None:
    lab.show("starttls-missing")
    with imap(lab, port) if port == 143 else smtp(lab, port) as client:
        offers = client.ask("CAPABILITY") if port == 143 else client.smtp("EHLO here")
        assert not any("STARTTLS" in line for line in offers)
        # A password may be sent in the clear, which is what makes it worth showing.
        assert any("AUTH" in line for line in offers)
        answer = client.ask("STARTTLS") if port == 143 else client.smtp("STARTTLS")
        assert answer[0].startswith(("BAD ", "502 5.5.1"))


@pytest.mark.parametrize("port", STARTTLS_PORTS)
def test_starttls_is_offered_and_refused(lab: Lab, port: int) -> None:
    lab.show("starttls-stripped")
    with imap(lab, port) if port == 143 else smtp(lab, port) as client:
        offers = client.ask("CAPABILITY") if port == 143 else client.smtp("EHLO here")
        assert any("STARTTLS" in line for line in offers)
        answer = client.ask("STARTTLS") if port == 143 else client.smtp("STARTTLS")
        assert answer[0].startswith(("BAD ", "454 4.7.0"))


@pytest.mark.parametrize("port", STARTTLS_PORTS)
def test_starttls_breaks_off_in_the_handshake(lab: Lab, port: int) -> None:
    lab.show("starttls-broken")
    with pytest.raises((ssl.SSLEOFError, ConnectionResetError)):
        shake(lab, port)


def test_imap_without_tls_refuses_to_log_in(lab: Lab) -> None:
    lab.show("login-disabled")
    with imap(lab, 143) as client:
        offers = client.ask("CAPABILITY")[0].split()
        assert "LOGINDISABLED" in offers
        assert not any(offer.startswith("AUTH=") for offer in offers)
        assert client.ask("LOGIN anna any")[0].startswith("NO [PRIVACYREQUIRED] ")
        answer = client.ask(f"AUTHENTICATE PLAIN {plain('anna', 'any')}")
        assert answer[0].startswith("NO [PRIVACYREQUIRED] ")
        assert client.ask("STARTTLS")[0].startswith("OK ")
        client.encrypt()
        assert "LOGINDISABLED" not in client.ask("CAPABILITY")[0]
        assert client.ask("LOGIN anna any")[0].startswith("OK ")
    assert lab.seen.logins == {"LOGIN": 1}


def test_smtp_without_tls_refuses_to_log_in(lab: Lab) -> None:
    lab.show("login-disabled")
    with smtp(lab, 587) as client:
        assert not any("AUTH" in line for line in client.smtp("EHLO here"))
        refusal = ["530 5.7.0 Must issue a STARTTLS command first"]
        assert client.smtp(f"AUTH PLAIN {plain('anna', 'any')}") == refusal
        assert client.smtp("MAIL FROM:<anna@example.test>") == refusal
        assert client.smtp("STARTTLS")[0].startswith("220 ")
        client.encrypt()
        assert any("AUTH PLAIN" in line for line in client.smtp("EHLO here"))
        assert client.smtp(f"AUTH PLAIN {plain('anna', 'any')}")[0].startswith("235 ")
    assert lab.seen.logins == {"PLAIN": 1}


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_self_signed_certificate_is_told_as_such(lab: Lab, port: int) -> None:
    lab.show("self-signed")
    assert verify_code(lab, port) == 18


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_private_authority_is_unknown_to_who_was_not_given_it(lab: Lab, port: int) -> None:
    lab.show("private-ca")
    assert verify_code(lab, port, ssl.create_default_context()) in (19, 20)
    shake(lab, port).close()


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_missing_intermediate_is_missed_by_who_knows_the_root(lab: Lab, port: int) -> None:
    lab.show("missing-intermediate")
    assert verify_code(lab, port) == 20


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_an_expired_certificate_has_ended(lab: Lab, port: int) -> None:
    lab.show("expired")
    assert verify_code(lab, port) == 10
    assert leaf(lab, port).not_valid_after_utc < datetime.now(UTC)


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_certificate_that_is_not_yet_valid_has_not_begun(lab: Lab, port: int) -> None:
    lab.show("not-yet-valid")
    assert verify_code(lab, port) == 9
    assert leaf(lab, port).not_valid_before_utc > datetime.now(UTC)


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_certificate_for_another_name_is_right_under_that_name(lab: Lab, port: int) -> None:
    lab.show("wrong-name")
    assert verify_code(lab, port) == 62
    names = leaf(lab, port).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["mail.lab.example"]
    assert lab.route("mail.lab.example", port) == lab.route(NAME, port)
    with ready_for_tls(lab, port) as made:
        trusting(lab).wrap_socket(made, server_hostname="mail.lab.example").close()


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_old_tls_is_refused_with_the_alert_of_a_real_server(lab: Lab, port: int) -> None:
    lab.show("old-tls")
    with pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        shake(lab, port)


def test_old_tls_is_served_to_who_accepts_it(lab: Lab) -> None:
    lab.show("old-tls")
    context = trusting(lab)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    with shake(lab, 993, context) as made:
        assert made.version() == "TLSv1.1"
        assert made.recv(4) == b"* OK"


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_the_handshake_breaks_off(lab: Lab, port: int) -> None:
    lab.show("tls-broken")
    with pytest.raises((ssl.SSLEOFError, ConnectionResetError)):
        shake(lab, port)


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_client_without_a_certificate_is_told_that_it_needs_one(lab: Lab, port: int) -> None:
    lab.show("client-certificate")
    # In TLS 1.3 the client has done its part when the server looks at its certificate.
    with shake(lab, port) as made, pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"):
        made.recv(1)


@pytest.mark.parametrize("port", MAIL_PORTS)
def test_a_certificate_is_made_for_whatever_name_is_asked_for(lab: Lab, port: int) -> None:
    for name in ("imap.meridia.example", "a" * 60 + ".example.test", "xn--strae-oqa.example"):
        with ready_for_tls(lab, port) as made:
            trusting(lab).wrap_socket(made, server_hostname=name).close()


def test_a_client_that_names_nobody_gets_a_certificate_for_this_computer(lab: Lab) -> None:
    for host in ("127.0.0.1", "127.0.0.2"):
        with ready_for_tls(lab, 993) as made:
            trusting(lab).wrap_socket(made, server_hostname=host).close()


def test_a_certificate_is_the_same_at_every_connection(lab: Lab) -> None:
    assert leaf(lab, 993) == leaf(lab, 465) == leaf(lab, 143)


def test_the_certificate_has_what_a_public_one_has(lab: Lab) -> None:
    made = leaf(lab)
    assert made.issuer.rfc4514_string().startswith("CN=Motion Desk lab intermediate")
    found = made.extensions.get_extension_for_class
    assert not found(x509.BasicConstraints).value.ca
    assert found(x509.KeyUsage).value.digital_signature
    assert ExtendedKeyUsageOID.SERVER_AUTH in found(x509.ExtendedKeyUsage).value
    alternatives = found(x509.SubjectAlternativeName).value
    assert alternatives.get_values_for_type(x509.DNSName) == [NAME]
    assert (made.not_valid_after_utc - datetime.now(UTC)).days > 30
    root = x509.load_pem_x509_certificate(lab.certificate.encode())
    assert root.subject == root.issuer
    assert root.subject.rfc4514_string().startswith("CN=Motion Desk lab authority")


def test_the_authority_is_made_once_and_its_key_is_the_owners_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "lab"
    first = Lab(folder).certificate
    assert Lab(folder).certificate == first
    assert (folder / "authority.crt").read_text() == first
    assert {path.name for path in folder.iterdir()} == {"authority.crt", "authority.key"}
    if os.name == "posix":
        assert (folder / "authority.key").stat().st_mode & 0o777 == 0o600


def test_no_key_is_left_beside_the_authoritys_own(lab: Lab) -> None:
    shake(lab, 993).close()
    folder = lab.certificate_file.parent
    assert {path.name for path in folder.iterdir()} == {"authority.crt", "authority.key"}


@pytest.mark.parametrize("text", ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n", "\x00\xff"])
def test_a_damaged_key_is_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "authority.key").write_text(text, encoding="latin-1")
    with pytest.raises(LabError, match=r"authority\.key is damaged\. Delete it"):
        Lab(tmp_path).start()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LabError, match="cannot keep its certificates in"):
        Lab(tmp_path / "file" / "lab").start()
