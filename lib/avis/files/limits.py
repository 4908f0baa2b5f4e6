"""Hard limits for a process that reads what somebody else wrote. Imports nothing heavy: it runs apart."""

from __future__ import annotations

import contextlib

NOT_READABLE, PASSWORD, TOO_LARGE, DEFINES = 3, 4, 5, 6
"""Exit statuses of a process that reads for another."""


def limit(memory: int, seconds: int) -> None:
    """Set hard limits of memory (bytes) and processor time, where the system knows them."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains
        return
    # macOS refuses a limit on address space; the parent's clock remains there too.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
