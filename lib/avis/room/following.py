"""Words taken back in the room are followed elsewhere by a process apart: copies, drafts, editions, git.

It is given the words by its standard input, while somebody still knows them. The room does not wait for it,
and it outlives the room.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

import msgspec


class Gone(msgspec.Struct, frozen=True):
    """What was taken back: the id of the note that was written first, ids of texts, and their words."""

    note: str
    ids: tuple[str, ...]
    words: tuple[str, ...]


async def follow(root: Path, gone: Gone) -> None:
    """Start what looks for the words everywhere else; where it fails, the note tells `avis check`."""
    with contextlib.suppress(OSError):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "avis.cli.after_room", str(root)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,  # it could hold words of people
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,  # a Ctrl-C in the terminal ends the room, not this
        )
        await process.communicate(msgspec.json.encode(gone))
