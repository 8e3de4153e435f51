"""Memory use: how much a process holds, where the system itself cannot bound it."""

from __future__ import annotations

import subprocess
import sys

BOUNDED = sys.platform not in ("darwin", "win32", "cygwin")
"""Whether a process of this system can bound its own memory (macOS takes the bound and ignores it)."""


def resident(pid: int) -> int:
    """The bytes that a process holds in memory; 0 where that cannot be told."""
    if sys.platform == "win32":
        return _on_windows(pid)
    try:
        told = subprocess.run(  # noqa: S603  a fixed program and a number
            ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=1, check=False
        )
        return int(told.stdout) * 1024
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED_INFORMATION = 0x1000

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quota_peak_paged", ctypes.c_size_t),
            ("quota_paged", ctypes.c_size_t),
            ("quota_peak_nonpaged", ctypes.c_size_t),
            ("quota_nonpaged", ctypes.c_size_t),
            ("pagefile", ctypes.c_size_t),
            ("peak_pagefile", ctypes.c_size_t),
        )

    def _on_windows(pid: int) -> int:
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = (
            wintypes.HANDLE,
            ctypes.POINTER(_Counters),
            wintypes.DWORD,
        )
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return 0
        counters = _Counters()
        counters.size = ctypes.sizeof(counters)
        got = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
        kernel.CloseHandle(handle)
        return int(counters.pagefile) if got else 0
