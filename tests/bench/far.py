"""Far: the counting servers in a process of their own, as if they were on other computers.

Run ``python -m tests.bench.far SERVERS LATENCY``. It prints the ports as JSON, serves until a
line comes, and then prints how many were logged in at once, and how often.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from tests.services.tester.counting import Counting


class Far:
    """Starts the process and talks to it; a context manager."""

    def __init__(self, servers: int, latency: float) -> None:
        self._command = [sys.executable, "-m", "tests.bench.far", str(servers), str(latency)]
        self.names: list[str] = []
        self.most: Mapping[str, int] = {}
        self.logins: Mapping[str, int] = {}
        self._ports: dict[tuple[str, int], int] = {}

    def route(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Where a host and port are; raises ``LookupError`` for other hosts."""
        return (("127.0.0.1", self._ports[host, port]),)

    def __enter__(self) -> Self:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout is not None
        found: list[tuple[str, int, int]] = json.loads(self._process.stdout.readline())
        self._ports = {(name, port): real for name, port, real in found}
        self.names = list(dict.fromkeys(name for name, _, _ in found))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        said, _ = self._process.communicate("end\n")
        self.most, self.logins = json.loads(said)


def main() -> None:
    """Serve."""
    with Counting(int(sys.argv[1]), float(sys.argv[2])) as servers:
        print(json.dumps([(*where, port) for where, port in servers.ports.items()]), flush=True)
        sys.stdin.readline()
    print(json.dumps([servers.most, servers.logins]))


if __name__ == "__main__":
    main()
