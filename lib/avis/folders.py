"""Where the files of an evaluation lie. Paths only: nothing here reads what people hold.

It stands apart from `evaluation` so that the rooms right of the wall can find `exhibits.json` and
`textes/` without being able to reach a source.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from avis.errors import AvisError, Place, fail


@dataclass(frozen=True)
class Folders:
    """The folder of an evaluation and what is made inside it (see DESIGN, "An evaluation")."""

    root: Path

    @property
    def slug(self) -> str:
        """The evaluation's short name: the name of its folder."""
        return self.root.name

    @property
    def build(self) -> Path:
        """What is made again at will; `AVIS_BUILD` moves it elsewhere (tests use a throw-away one)."""
        elsewhere = os.environ.get("AVIS_BUILD")
        return Path(elsewhere) / self.slug if elsewhere else self.root / "build"

    @property
    def private(self) -> Path:
        """Executed notebooks, findings, exhibits: never published, never tracked."""
        return self.build / "private"

    @property
    def findings(self) -> Path:
        """Counted tables, before protection."""
        return self.private / "findings"

    @property
    def exhibits(self) -> Path:
        """The one file that reports may read."""
        return self.private / "exhibits.json"

    @property
    def drafts(self) -> Path:
        """Documents marked as drafts."""
        return self.build / "brouillon"

    @property
    def texts(self) -> Path:
        """Passages that the group wrote."""
        return self.root / "textes"


def find(evaluation: str | Path) -> Folders:
    """Find an evaluation's folder; a relative path, or its name alone, is sought here, then in each parent.

    papermill runs in the working directory and nbconvert in the notebook's: both must find
    `evaluations/x`. Errors: EVA-001 where there is none.
    """
    asked = Path(evaluation)
    if asked.name == "evaluation.yaml":
        asked = asked.parent
    here = Path.cwd()
    starts = [Path()] if asked.is_absolute() else [here, *here.parents]
    for start in starts:
        for folder in (start / asked, start / "evaluations" / asked):
            if (folder / "evaluation.yaml").is_file():
                return Folders(folder.resolve())
    raise fail("EVA-001", Place(str(evaluation))) from None


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: temporary file, fsync, rename.

    Errors: RUN-010 not allowed, RUN-011 the disk is full, RUN-012 it refused for another reason.
    """
    try:
        _write(path, content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError) -> AvisError:
    """Say why a file could not be written; names the file, not the folders above it."""
    refused = {errno.EACCES: "RUN-010", errno.EPERM: "RUN-010", errno.EROFS: "RUN-010"}
    full = {errno.ENOSPC: "RUN-011", errno.EDQUOT: "RUN-011"}
    return fail((refused | full).get(error.errno or 0, "RUN-012"), Place(path.name))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with scratch.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
