"""The voice of a server: its greeting and replies, or what the fault makes of them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from motion_desk.services.lab.faults.behaviour import Fault, Noise

Write = Callable[[bytes], Awaitable[None]]

CHUNK = b"a" * 2**14
CHUNK_SECONDS = 0.002
"""Between two chunks of what never ends: about 8 MB a second, which leaves others their turn."""
SLOW_SECONDS = 1.0
"""Between two bytes, before scaling."""


class Voice:
    """Speaks to one client. ``scale`` multiplies the delays of the fault."""

    def __init__(self, write: Write, fault: Fault, scale: float) -> None:
        self._write = write
        self._fault = fault
        self._scale = scale
        # The same noise at every run, so that a failure can be shown again.
        self._random = random.Random(fault.name)  # noqa: S311  it is no secret

    async def greet(self, greeting: bytes) -> None:
        """Say the greeting, late or in part where the fault has it so."""
        await asyncio.sleep(self._fault.greeting_delay * self._scale)
        if self._fault.half_greeting:
            await self._write(greeting[: len(greeting) // 2])
        elif self._fault.noise is Noise.SLOW:
            await self._slowly(greeting)
        else:
            await self._write(greeting)

    async def say(self, reply: bytes) -> None:
        """Say a reply, whose line ends are part of it."""
        match self._fault.noise:
            case Noise.SLOW:
                await self._slowly(reply)
            case Noise.GARBAGE:
                garbage = self._random.randbytes(len(reply))
                await self._write(garbage.translate(None, b"\r\n") + b"\r\n")
            case Noise.ENDLESS:
                await self.endlessly(reply[:4])
            case _:
                await self._write(reply)

    async def endlessly(self, beginning: bytes) -> None:
        """Say a beginning and go on until the client leaves, which raises ``ConnectionError``."""
        await self._write(beginning)
        while True:
            await self._write(CHUNK)
            await asyncio.sleep(CHUNK_SECONDS)

    async def _slowly(self, reply: bytes) -> None:
        for byte in reply:
            await self._write(bytes([byte]))
            await asyncio.sleep(SLOW_SECONDS * self._scale)
