"""Run a reader in a process of its own, which may die without taking the workbench along."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from avis.errors import Place, Problems
from avis.sources.files.limits import NOT_READABLE, PASSWORD

MEMORY = 2**30
"""Bytes of address space of the reading process: 25 000 × 32 cells took 117 MB; eight times that."""
SECONDS = 30
"""Time of the reading process; 20 000 × 32 cells take under one second."""
_CODES = {NOT_READABLE: "SRC-003", PASSWORD: "SRC-005"}


def run_apart(module: str, data: bytes, place: Place, problems: Problems) -> Any | None:
    """Run `python -m module MEMORY SECONDS` with the bytes on standard input; give its JSON.

    The module calls `limits.limit` first, imports little, and writes JSON to standard output. Errors:
    SRC-003 not readable (exit 3), SRC-005 password (exit 4), SRC-009 too much time or memory (any other).
    """
    command = [sys.executable, "-P", "-m", module, str(MEMORY), str(SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        problems.add("SRC-009", place)
        return None
    if done.returncode:
        problems.add(_CODES.get(done.returncode, "SRC-009"), place)
        return None
    return json.loads(done.stdout)
