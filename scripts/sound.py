"""Makes resources/sounds/notification.wav: two soft tones, as a desktop's notifications have.

Run ``python scripts/sound.py``. The sound is this project's own, and under its licence.
"""

import math
import struct
import wave
from pathlib import Path

TARGET = Path(__file__).parents[1] / "resources" / "sounds" / "notification.wav"
RATE = 22_050
"""Samples a second."""
TONES = ((880.0, 0.0), (1318.5, 0.13))
"""Frequencies in hertz, and when each begins, in seconds."""
LENGTH = 0.6
DECAY = 7.0
LOUDNESS = 0.35


def sample(second: float) -> float:
    """The sound at an instant, from -1 to 1."""
    return LOUDNESS * sum(
        math.sin(2 * math.pi * tone * (second - begin)) * math.exp(-DECAY * (second - begin))
        for tone, begin in TONES
        if second >= begin
    )


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(exist_ok=True)
    values = (round(32_767 * sample(n / RATE)) for n in range(int(LENGTH * RATE)))
    with wave.open(str(TARGET), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(b"".join(struct.pack("<h", value) for value in values))


main()
