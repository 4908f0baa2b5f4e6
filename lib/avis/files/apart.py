"""Run a reader in a process of its own, which may die without taking the workbench along."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from avis.errors import Place, Problems
from avis.files.limits import DEFINES, NOT_READABLE, PASSWORD

MEMORY, MEMORY_EACH, MOST_MEMORY = 350 * 2**20, 40, 3 * 2**29
"""Bytes of address space of the reading process: to begin with, for each byte of the file, at most.

50 000 × 32 cells (7 MB) took 290 MB and 2 s, 200 000 × 32 (30 MB) 1 100 MB and 9 s.
"""
SECONDS, BYTES_A_SECOND, MOST_SECONDS = 4, 1_500_000, 60
"""Time of the processor: to begin with, bytes of the file for one more, at most."""
_SHARE = 6
"""Which part of that memory the answer may fill: read back, it takes several times its size."""
_BUSY = 3
"""How much longer the clock may run: the machine has other things to do."""
_CODES = {NOT_READABLE: "SRC-003", PASSWORD: "SRC-005", DEFINES: "SRC-212"}


def limits_for(size: int) -> tuple[int, int]:
    """Give the bytes and the seconds that a file of so many bytes may take: a small one has no claim to much.

    >>> limits_for(0), limits_for(10**9)
    ((367001600, 4), (1610612736, 60))
    """
    memory = min(MEMORY + MEMORY_EACH * size, MOST_MEMORY)
    return memory, min(SECONDS + size // BYTES_A_SECOND, MOST_SECONDS)


def run_apart(module: str, data: bytes, place: Place, problems: Problems) -> Any | None:
    """Run `python -m module MEMORY SECONDS` with the bytes on standard input; give its JSON.

    The module calls `limits.limit` first, imports little, and writes JSON to standard output. Errors:
    SRC-003 not readable (exit 3), SRC-005 password (exit 4), SRC-212 a DTD (exit 6),
    SRC-009 too much time or memory (any other).
    """
    memory, seconds = limits_for(len(data))
    command = [sys.executable, "-P", "-m", module, str(memory), str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_BUSY * seconds, check=False)
    except subprocess.TimeoutExpired:
        problems.add("SRC-009", place)
        return None
    if done.returncode:
        problems.add(_CODES.get(done.returncode, "SRC-009"), place)
        return None
    if len(done.stdout) > memory // _SHARE:
        problems.add("SRC-009", place)
        return None
    return json.loads(done.stdout)
