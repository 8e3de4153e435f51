"""Script: the one file that is run on the Motion host, written for an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from pprint import pformat

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Endpoint, Protocol, endpoint, fingerprint
from motion_desk.services.mail.errors import NameUnknown
from motion_desk.services.mail.names import ascii_host
from motion_desk.services.tester.host_probe.refusals import HostProbeError, Refusal
from motion_desk.services.tester.plan import plan
from motion_desk.services.tester.steps import StepName

FRAME = Path(__file__).with_name("on_host.py")
"""What the file is to begin with; it imports the other part, and so cannot be run as it is."""
CONNECTION = Path(__file__).with_name("on_host_connection.py")
"""The other part, which stands in the file between the frame's constants and its functions."""
FIRST_STEPS = (StepName.DNS, StepName.TCP)
LOOKED_AT = frozenset({StepName.TLS, StepName.GREETING, StepName.CAPABILITIES, StepName.HELLO})
"""Steps behind the connection that need no login."""
_ORDER = 'ORDER: "dict[str, Any]" = {}\n'
_OURS = re.compile(r"\nfrom motion_desk\.[^)]+\)\n")
_LAST_IMPORT = "\nfrom typing import Any\n"
_GAP = "\n\n\n"


def script(account: Account) -> str:
    """The file for an account, in Python 3.6, to be read before it is run.

    It holds hosts, ports and times, the account's id and a fingerprint of its values: no name, no
    address, no password. All of it is ASCII. Raises ``HostProbeError`` where there is nothing to
    look at.
    """
    servers = list(_servers(account))
    if not servers:
        raise HostProbeError(Refusal.NOTHING_TO_PROBE)
    order = {"account": account.id, "fingerprint": fingerprint(account), "servers": servers}
    before, _, after = _template().partition(_ORDER)
    # repr would leave letters beyond ASCII as they are.
    said = pformat(order, width=90, sort_dicts=False)
    return f"{before}ORDER = {said.encode('ascii', 'backslashreplace').decode('ascii')}\n{after}"


def _template() -> str:
    """Both parts as one file, which imports nothing but Python's own library."""
    frame, count = _OURS.subn("", FRAME.read_text(encoding="ascii"))
    head, _, functions = frame.partition(_GAP)
    _, _, connection = CONNECTION.read_text(encoding="ascii").partition(_LAST_IMPORT)
    if count != 1 or not functions or not connection or _ORDER not in head:
        raise RuntimeError("the parts of the probe do not fit together")
    return head + _GAP + connection.strip("\n") + _GAP + functions


def _servers(account: Account) -> Iterator[dict[str, object]]:
    for protocol in Protocol:
        tested = endpoint(account, protocol)
        host = host_of(tested)
        if host and tested.port:
            yield {
                "protocol": protocol.value,
                "host": host,
                "port": tested.port,
                "tls": tested.tls,
                "starttls": tested.starttls,
                "seconds": tested.connection_timeout,
                "steps": [name.value for name in plan(tested) if name in LOOKED_AT],
            }


def host_of(tested: Endpoint) -> str:
    """An endpoint's host as it is asked for; empty where it can be none."""
    try:
        return ascii_host(tested.host)
    except NameUnknown:
        return ""
