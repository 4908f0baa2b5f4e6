"""Where the room is while it is open: `build/private/salle.json`, for notebooks and for a second command.

It also tells a server that starts after a crash which port, key and session were in use: open pages go on.
"""

from __future__ import annotations

import msgspec

from avis.folders import Folders, read_regular, write_whole

MOST_BYTES = 64_000


class Found(msgspec.Struct, frozen=True):
    """A room that is open, or was when its server ended."""

    pid: int
    port: int
    key: str
    lead: str
    wall: str
    phones: tuple[str, ...] = ()
    session: str = ""


def read_found(folders: Folders) -> Found | None:
    """Read where the room is; none where it was closed as it should, or the file is not of our form."""
    try:
        return msgspec.json.decode(read_regular(folders.room, MOST_BYTES), type=Found)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_found(folders: Folders, found: Found) -> None:
    """Write where the room is, for its owner alone. Errors: RUN-010 to RUN-012."""
    write_whole(folders.room, msgspec.json.encode(found))


def forget(folders: Folders) -> None:
    """Take the file away: the room is closed."""
    folders.room.unlink(missing_ok=True)
