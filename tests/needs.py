"""What a test needs of the machine: it is skipped without, or fails where nothing may be missing.

`MOTION_DESK_REQUIRE_SERVERS=1`, which `.ci/run` sets, says that nothing may be missing.
"""

import os
import shutil
from typing import NoReturn

import pytest

REQUIRED = os.environ.get("MOTION_DESK_REQUIRE_SERVERS") == "1"


def program(name: str) -> str | None:
    """The path of a program; also of a server, for which users of Debian have no search path."""
    folders = [os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin"]
    return shutil.which(name, path=os.pathsep.join(folders))


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skips the marked test where one of the programs is missing, unless it is required."""
    missing = [name for name in programs if not program(name)]
    return pytest.mark.skipif(
        bool(missing) and not REQUIRED, reason=f"needs {' and '.join(missing)}"
    )


def unavailable(reason: str) -> NoReturn:
    """Skip the running test, and all others of a fixture that calls this; fail if required."""
    if REQUIRED:
        pytest.fail(f"MOTION_DESK_REQUIRE_SERVERS is set, but {reason}", pytrace=False)
    pytest.skip(reason)
