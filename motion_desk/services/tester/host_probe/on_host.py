"""Motion Desk's probe: looks from this computer at the mail servers of one account.

Run it on the Motion server, with Python 3.6 or newer, and send back what it prints:

    python3 probe.py > result.json

For each server below it looks up the name, connects, begins encryption, and reads what the server
says of itself. It does not log in: it holds no user name and no password. It changes nothing, on
this computer or on the servers, writes no file, and connects to no other host. It needs no rights
and nothing beyond Python's own library, and ends within about a minute.

What it prints: the name of this computer, the version of Python and OpenSSL, addresses, times,
greetings, abilities, and the servers' certificates, which are public.
"""

import hashlib
import json
import platform
import socket
import ssl
import sys
import threading
import time
from typing import Any

from motion_desk.services.tester.host_probe.on_host_connection import (
    Line,
    StepError,
    abilities,
    ask_for_tls,
    attempt,
    clean,
    extensions,
    lost,
    reply,
)

# What to look at, written by Motion Desk.
ORDER: "dict[str, Any]" = {}

FORMAT = 1
MOST_ADDRESSES = 4
MOST_CERTIFICATES = 10
WHOLE_SECONDS = 30  # for one server, whatever happens


def look_up(host: str, port: int, seconds: float) -> "list[str]":
    """The addresses of a host, by this computer's name service."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask)
    asking.daemon = True  # it cannot be ended, and must not keep us
    asking.start()
    asking.join(seconds)
    if not found:
        raise StepError("unanswered")
    answer = found[0]
    if isinstance(answer, UnicodeError):
        raise StepError("unknown", "not a name that can be asked for")
    if isinstance(answer, OSError):
        kinds = [getattr(socket, "EAI_" + kind, None) for kind in ("NONAME", "NODATA")]
        raise StepError("unknown" if answer.errno in kinds else "unanswered", str(answer))
    addresses = [str(entry[4][0]) for entry in answer]
    return sorted(set(addresses), key=addresses.index)[:MOST_ADDRESSES]


def connect(
    addresses: "list[str]", server: "dict[str, Any]", until: float, steps: "list[dict[str, Any]]"
) -> "Line":
    """Connect to each address; go on with the first one that takes it."""
    attempts: list[dict[str, Any]] = []
    chosen = None
    for left in range(len(addresses), 0, -1):
        # Each gets a fair part of the time, so that a silent one does not take all.
        now = time.monotonic()
        said, sock = attempt(addresses[-left], server["port"], now + (until - now) / (left + 1))
        attempts.append(said)
        if chosen is None:
            chosen = sock
        elif sock is not None:
            sock.close()
    if chosen is None:
        raise StepError("not-connected", attempts=attempts)
    steps[-1]["attempts"] = attempts
    return Line(chosen, until)


def open_context() -> "ssl.SSLContext":
    """Takes any certificate: nothing secret is sent, and it is to be seen whatever it is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return modern(context)


def modern(context: "ssl.SSLContext") -> "ssl.SSLContext":
    """Refuse what is older than TLS 1.2, as Motion's Node does."""
    if hasattr(ssl, "TLSVersion"):  # Python 3.7
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    else:
        context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    return context


def chain_of(sock: Any) -> "list[bytes]":
    """The certificates that the server sent, its own first; before Python 3.10 that only."""
    found: list[bytes] = []
    inner: Any = getattr(sock, "_sslobj", None)
    if hasattr(sock, "get_unverified_chain"):  # Python 3.13
        found = list(sock.get_unverified_chain())
    elif hasattr(inner, "get_unverified_chain"):  # Python 3.10, where it has no public name
        found = [each.public_bytes(2) for each in inner.get_unverified_chain() or ()]
    if not found:
        own = sock.getpeercert(binary_form=True)
        found = [own] if own else []
    return found[:MOST_CERTIFICATES]


def encrypt(
    line: "Line", server: "dict[str, Any]", until: float, steps: "list[dict[str, Any]]"
) -> None:
    """Begin TLS, and ask on a second connection what this computer's own trust says."""
    address = line.sock.getpeername()[0]
    try:
        line.begin_tls(open_context(), server["host"])
    except OSError as error:
        raise lost(error) from None
    name, _, bits = line.sock.cipher() or ("", "", 0)
    steps[-1].update(
        version=line.sock.version() or "",
        cipher=name,
        bits=bits,
        whole=sys.version_info >= (3, 10),
        chain=[
            {"sha256": hashlib.sha256(der).hexdigest(), "pem": ssl.DER_cert_to_PEM_cert(der)}
            for der in chain_of(line.sock)
        ],
        roots=own_verdict(address, server, until),
    )


def own_verdict(address: str, server: "dict[str, Any]", until: float) -> "dict[str, Any]":
    """What this computer's default roots say of the certificate, its name aside."""
    said, sock = attempt(address, server["port"], until)
    if sock is None:
        return {"code": -1, "words": "no second connection: " + said["outcome"]}
    line = Line(sock, until)
    context = modern(ssl.create_default_context())
    context.check_hostname = False
    try:
        if not server["tls"]:
            line.hear()
            extensions(line)
            reply(line, "STARTTLS")
        line.begin_tls(context, server["host"])
    except StepError as failed:
        return {"code": -1, "words": "no second handshake: " + str(failed)}
    except OSError as error:
        code = getattr(error, "verify_code", None)  # Python 3.7
        words = getattr(error, "verify_message", None) or str(error)
        return {"code": -1 if code is None else code, "words": clean(words)}
    finally:
        line.close()
    return {"code": 0, "words": "ok"}


def greet(line: "Line", server: "dict[str, Any]", steps: "list[dict[str, Any]]") -> None:
    """Hear the server's first line; where it stays silent, see whether it waits for TLS."""
    address = line.sock.getpeername()[0]
    try:
        steps[-1]["line"] = clean(line.hear())
    except StepError as failed:
        late = failed.found["outcome"] == "late" and not failed.found["begun"]
        if late and not server["tls"] and speaks_tls(address, server):
            raise StepError("speaks-tls") from None
        raise


def speaks_tls(address: str, server: "dict[str, Any]") -> bool:
    """Whether the port answers to TLS, on a connection of its own, within three seconds."""
    until = time.monotonic() + 3
    _, sock = attempt(address, server["port"], until)
    if sock is None:
        return False
    line = Line(sock, until)
    try:
        line.begin_tls(open_context(), server["host"])
    except (OSError, StepError):
        return False
    finally:
        line.close()
    return True


def look(server: "dict[str, Any]") -> "dict[str, Any]":
    """All steps for one server, in order; the first that fails is the last."""
    begun = time.monotonic()
    until = begun + WHOLE_SECONDS
    soon = begun + min(server["seconds"], WHOLE_SECONDS)
    steps: list[dict[str, Any]] = []
    line = None

    def begin(name: str) -> None:
        end()
        steps.append({"name": name, "outcome": "passed", "started": time.monotonic() - begun})

    def end() -> None:
        if steps:
            steps[-1]["seconds"] = time.monotonic() - begun - steps[-1]["started"]

    try:
        begin("dns")
        steps[0]["addresses"] = look_up(server["host"], server["port"], soon - time.monotonic())
        begin("tcp")
        line = connect(steps[0]["addresses"], server, soon, steps)
        for name in server["steps"]:
            line.until = soon if name in ("tls", "greeting") else until
            begin(name)
            if name == "tls":
                if server["starttls"]:
                    ask_for_tls(line, steps[-2]["abilities"])
                encrypt(line, server, until, steps)
            elif name == "greeting":
                greet(line, server, steps)
            elif server["protocol"] == "imap":
                steps[-1]["abilities"] = abilities(line)
            else:
                steps[-1]["abilities"] = extensions(line)
    except StepError as failed:
        steps[-1].update(failed.found)
    finally:
        end()
        if line is not None:
            line.close()
    said = {name: server[name] for name in ("protocol", "host", "port", "tls", "starttls")}
    return dict(said, steps=steps, seconds=time.monotonic() - begun)


def main() -> None:
    """Look at all servers and print what was found."""
    result = {
        "motion_desk_probe": FORMAT,
        "account": ORDER["account"],
        "fingerprint": ORDER["fingerprint"],
        "host": clean(socket.gethostname()),
        "python": platform.python_version(),
        "openssl": ssl.OPENSSL_VERSION,
        "at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
        "probes": [look(server) for server in ORDER["servers"]],
    }
    json.dump(result, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
