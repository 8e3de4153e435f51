"""Signing in: how much longer a silent renewal takes than MSAL's own."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import msal  # type: ignore[import-untyped]
import requests

from motion_desk.services.lab import Lab
from motion_desk.services.oauth import in_lab
from motion_desk.services.oauth.provider import PERSON, Provider, Way
from motion_desk.services.oauth.silent import token_for
from tests.bench.figures import Figure
from tests.bench.tester import medians

HOST = "localhost"
USER = "anna@lab.example"


def figures() -> Iterator[Figure]:
    """A renewal with a request to the sign-in service, and a token from the cache."""
    with tempfile.TemporaryDirectory() as folder, Lab(Path(folder)) as lab:
        port = lab.ports[443]
        microsoft = Provider("p", "Lab", "lab-tenant", "app-1")
        way = in_lab.way_to(lab)
        old = in_lab.renewable(lab, microsoft, USER)
        fresh = token_for(microsoft, USER, PERSON, old, way, threading.Event()).cache
        certificate = str(lab.certificate_file)
        for what, kept in (("renewal", old), ("token from the cache", fresh)):
            ours, own = _timed(microsoft, kept, way, certificate, port)
            yield Figure(f"silent {what}, against MSAL's own", ours, own, 1.2)


def _timed(
    provider: Provider, kept: str, way: Way, certificate: str, port: int
) -> tuple[float, float]:
    """Our median and MSAL's, in turn, in milliseconds."""
    theirs = kept.replace(provider.host, HOST)

    def own() -> None:
        cache = msal.SerializableTokenCache()
        cache.deserialize(theirs)
        with requests.Session() as session:
            session.verify = certificate
            session.trust_env = False
            app = msal.PublicClientApplication(
                provider.client_id,
                authority=f"https://{HOST}:{port}/{provider.tenant}",
                instance_discovery=False,
                token_cache=cache,
                http_client=session,
            )
            [account] = app.get_accounts(USER)
            result = app.acquire_token_silent_with_error(list(PERSON), account)
            assert "access_token" in result, result
        cache.serialize()

    def ours() -> None:
        assert token_for(provider, USER, PERSON, kept, way, threading.Event()).token

    found = medians(ours, own)
    return found[0], found[1]


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
