"""The voice of somebody who consented to having it kept: into a file of its own, with what proves it whole.

Nothing comes here before she said yes: the page erases what it recorded, and uploads nothing.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from avis.folders import make_folder
from avis.room.refusals import Refused

FOLDER = "voix"
MOST_SOUND = 20_000_000
"""Bytes; some forty minutes as a browser records speech."""
KINDS = {
    "audio/webm": (".webm", 0, b"\x1a\x45\xdf\xa3"),
    "audio/ogg": (".ogg", 0, b"OggS"),
    "audio/mp4": (".m4a", 4, b"ftyp"),
    "audio/mpeg": (".mp3", 0, b""),
    "audio/wav": (".wav", 0, b"RIFF"),
}
"""What browsers record: the end of the file's name, and which bytes stand where in such a file."""
_UNFINISHED = ".part"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Sound:
    """A recording on its way to the disk; it has a name there once it is whole, and none if it is given up.

    Errors: SAL-106 too long, SAL-111 not a recording of the kind that it is said to be, SAL-112 the disk
    refuses, SAL-113 it is full.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        if kind not in KINDS:
            raise Refused("SAL-111")
        self._kind = KINDS[kind]
        self._hash, self.size = hashlib.sha256(), 0
        self.path = folder / f"{secrets.token_hex(8)}{self._kind[0]}"
        self._scratch = self.path.with_suffix(_UNFINISHED)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            make_folder(folder)
            folder.chmod(0o700)
            self._file: BinaryIO = os.fdopen(os.open(self._scratch, flags, 0o600), "wb")
        except OSError as error:
            raise _refused(error) from None

    def write(self, piece: bytes) -> None:
        """Take a piece."""
        _, at, mark = self._kind
        if not self.size and piece[at : at + len(mark)] != mark:
            raise Refused("SAL-111")
        self.size += len(piece)
        if self.size > MOST_SOUND:
            raise Refused("SAL-106")
        self._hash.update(piece)
        try:
            self._file.write(piece)
        except OSError as error:
            raise _refused(error) from None

    def keep(self) -> str:
        """Put the recording on the disk under its name, and give its sha256."""
        if not self.size:
            raise Refused("SAL-111")
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._scratch.replace(self.path)
        except OSError as error:
            raise _refused(error) from None
        return self._hash.hexdigest()

    def drop(self) -> None:
        """Erase it, whole or not; dropping twice is harmless."""
        with contextlib.suppress(OSError):  # a full disk refuses what was still to be written: it goes anyway
            self._file.close()
        for path in (self._scratch, self.path):
            path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Erase what a server that ended too soon left half written."""
    for path in folder.glob(f"*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def _refused(error: OSError) -> Refused:
    return Refused("SAL-113" if error.errno in _FULL else "SAL-112")
