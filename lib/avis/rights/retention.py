"""What has been kept long enough: shown first, then deleted, and noted without its content.

What an evaluation made of it goes too: executed notebooks, counts, drafts. What lies elsewhere (a vault, the
history of git, a backup, a server of surveys, a mail) is named, since nothing here can reach it.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.folders import cannot_write
from avis.keeping import KINDS, Erased, ends, files_of, note_erased, read_erased

SOON = dt.timedelta(days=60)
"""How long before its end a kind of data is told of."""
CHECKPOINTS = ".ipynb_checkpoints"


@dataclass(frozen=True, repr=False)
class Kept:
    """A kind of data: its files, the last day on which it is kept (none where nobody decided it)."""

    what: str
    files: tuple[Path, ...]
    end: dt.date | None
    erased_on: str = ""
    elsewhere: bool = False
    """In the vault, outside the evaluation's folder."""

    def due(self, on: dt.date) -> bool:
        """Tell whether its time is over and something of it is left."""
        return self.end is not None and self.end < on and (bool(self.files) or self.elsewhere)

    def soon(self, on: dt.date) -> bool:
        """Tell whether its time is over within 60 days."""
        return self.end is not None and on <= self.end < on + SOON and (bool(self.files) or self.elsewhere)


def read_kept(opened: Evaluation, problems: Problems) -> list[Kept]:
    """Give each kind of data that the evaluation holds, or has held, in a fixed order.

    Errors: RIG-043 a line of the log that cannot be read.
    """
    last, erased = ends(opened.settings), read_erased(opened.folders.root, problems)
    found = []
    for what in KINDS:
        files = tuple(files_of(opened, what))
        vault = what == "vault" and opened.settings.vault is not None
        if files or vault or what in erased:
            day = erased[what].on if what in erased else ""
            found.append(Kept(what, files, last.get(what), day, vault))
    return found


def made_from(opened: Evaluation) -> list[Path]:
    """Give what was made of the sources and would keep them: builds, checkpoints of notebooks."""
    root, build = opened.folders.root, opened.folders.build
    found = sorted(path for path in root.rglob(CHECKPOINTS) if path.is_dir() and not path.is_symlink())
    builds = [build]
    if build.is_symlink():  # only what a build makes: what else lies behind a link is not ours to delete
        builds = [opened.folders.private, opened.folders.drafts]
    return [*(one for one in builds if one.is_dir() and not one.is_symlink()), *found]


def delete(opened: Evaluation, due: list[Kept], on: dt.date) -> int:
    """Delete the files of some kinds of data, what was made of them, and note each kind; give how many files.

    What was made goes first: a deletion that breaks off then leaves no trace of what is gone. Deleting does
    not overwrite a disk. Errors: RUN-010 to RUN-012 what cannot be deleted or noted.
    """
    for folder in made_from(opened) if any(kept.files for kept in due) else ():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise cannot_write(folder, error) from None
    gone = 0
    for kept in due:
        if kept.files:
            _delete_files(kept.files)
            note_erased(opened.folders.root, Erased(what=kept.what, on=on.isoformat(), files=len(kept.files)))
            gone += len(kept.files)
    return gone


def _delete_files(files: tuple[Path, ...]) -> None:
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from None
