"""The real servers as fixtures, one of each for a worker; journeys may import them too."""

from collections.abc import Iterator

import pytest

from tests.needs import unavailable
from tests.servers import dovecot as dovecot_server
from tests.servers import postfix as postfix_server
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A running Dovecot; no test may change what is in its mailboxes."""
    if reason := dovecot_server.obstacle():
        unavailable(reason)
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """A running Postfix, whose people are Dovecot's."""
    if reason := postfix_server.obstacle():
        unavailable(reason)
    with Postfix(dovecot) as server:
        yield server
