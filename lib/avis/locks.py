"""One writer at a time: a lock that the system frees when its holder ends, even by a crash."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from avis.folders import cannot_write, make_folder


def take(path: Path) -> IO[bytes] | None:
    """Lock a file until the returned handle is closed; none where somebody else holds it.

    Errors: RUN-010, RUN-011, RUN-012 the lock cannot be written.
    """
    try:
        make_folder(path.parent)
        held = path.open("ab")
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        return None
    return held
