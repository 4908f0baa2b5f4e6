"""A file → its bytes and its kind, under a limit of size: the door through which every reader goes."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path

from avis.errors import Place, Problems
from avis.files.archives import MAX_MEMBERS, count_members
from avis.files.kinds import ZIP, Kind, sniff
from avis.folders import read_regular

MAX_BYTES = 256 * 2**20
"""Bytes of a file: the largest survey that we measure (200 000 × 32 as CSV) has 166 MB."""
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"


@dataclass(frozen=True)
class Opened:
    """A file that was opened: `name` is what messages call it, `kind` what its content says it is."""

    name: str
    path: Path
    data: bytes = field(repr=False)
    kind: Kind

    @property
    def place(self) -> Place:
        """Say where it stands."""
        return Place(self.name)


def open_file(path: Path, name: str, problems: Problems, most: int = 0) -> Opened | None:
    """Open a file whatever it is; `most` bytes, MAX_BYTES where nothing is said.

    Errors: SRC-001 empty, SRC-006 larger than `most` bytes, SRC-041 not to be opened, SRC-411 an archive of
    too many files, SRC-412 a folder, or what has no end (a pipe, a device).
    """
    place, most = Place(name), most or MAX_BYTES
    try:
        found = path.stat()
        regular = stat.S_ISREG(found.st_mode)  # a pipe would be waited for, a device has no end
        data = read_regular(path, most) if regular and found.st_size <= most else b""
    except (OSError, ValueError):  # ValueError: a null in a path
        problems.add("SRC-041", place)
        return None
    if not regular:
        problems.add("SRC-412", place)
    elif max(found.st_size, len(data)) > most:
        problems.add("SRC-006", place, size=max(found.st_size, len(data)) // 2**20, most=most // 2**20)
    elif data.startswith(ZIP) and (members := count_members(data)) > MAX_MEMBERS:
        problems.add("SRC-411", place, members=members, most=MAX_MEMBERS)
    elif not data.strip(_BLANK):
        problems.add("SRC-001", place)
    else:
        return Opened(name, path, data, sniff(data))
    return None
