"""Whole lines on the disk: added so that they outlive a power cut, cut off where they are torn."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cut(path: Path, length: int) -> None:
    """Cut off what stands after the last whole line, on the disk too: half a line must not come back."""
    if not length:
        return path.unlink(missing_ok=True)
    with path.open("r+b") as log:
        log.truncate(length)
        os.fsync(log.fileno())


def append_bytes(path: Path, data: bytes) -> None:
    """Add bytes to a file, and wait until they are on the disk. Raises OSError; then a part may be there."""
    is_new = not path.exists()
    with path.open("ab", buffering=0) as out:
        left = memoryview(data)
        while left:  # a disk that fills up takes a part, and refuses the rest
            left = left[out.write(left) :]
        os.fsync(out.fileno())
    if is_new:
        settle_name(path)


def settle_name(path: Path) -> None:
    """Wait until the name of a new file is on the disk: it is once its folder is."""
    if sys.platform == "win32":
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
