"""Where the files of an evaluation lie. Paths only: nothing here reads what people hold.

It stands apart from `evaluation` so that the rooms right of the wall can find `exhibits.json` and
`textes/` without being able to reach a source.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from avis.errors import AvisError, Place, Problems, fail

PRIVATE = "private"
"""Name of the folder, under `build/`, that only its owner may look into."""


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
        return self.build / PRIVATE

    @property
    def findings(self) -> Path:
        """Counted tables, before protection."""
        return self.private / "findings"

    @property
    def exhibits(self) -> Path:
        """The one file that reports may read."""
        return self.private / "exhibits.json"

    @property
    def room(self) -> Path:
        """Where the room of the group is, while its server runs (see `avis session`)."""
        return self.private / "salle.json"

    @property
    def drafts(self) -> Path:
        """Documents marked as drafts."""
        return self.build / "brouillon"

    @property
    def texts(self) -> Path:
        """Passages that the group wrote."""
        return self.root / "textes"


def stem(document: str, variant: str, audience: str, language: str) -> str:
    """Name the files of a document without their ending.

    >>> stem("compte-rendu", "ville", "funder", "fr"), stem("avis", "", "public", "en")
    ('compte-rendu-ville.funder.fr', 'avis.public.en')
    """
    kind = f"{document}-{variant}" if variant else document
    return f"{kind}.{audience}.{language}"


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


def read_regular(path: Path, most: int) -> bytes:
    """Read at most `most` bytes, and one more if there are more: too much is then seen.

    Raises OSError over what is no regular file: a pipe would make us wait for ever, a device never ends.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(most + 1)
    finally:
        os.close(descriptor)


def lies_within(path: Path, root: Path) -> bool:
    """Tell whether a path lies in a folder, links followed; a link that turns in a ring lies nowhere."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def in_repository(path: Path) -> bool:
    """Tell whether a file or folder lies in a git repository, whose history keeps what it ever held."""
    return any((folder / ".git").exists() for folder in (path, *path.parents))


def passages(texts: Path, pattern: str, problems: Problems) -> list[Path]:
    """Give the files of `textes/` that may be read, by name: what a link brings in would be published.

    Errors: EVA-022 a link that leaves the evaluation's folder, SRC-041 a pipe, a folder, a link to nothing.
    """
    kept = []
    for path in sorted(texts.glob(pattern)):
        within = lies_within(path, texts.parent)
        if within and path.is_file():
            kept.append(path)
        else:
            problems.add("SRC-041" if within else "EVA-022", Place(f"{texts.name}/{path.name}"))
    return kept


def write_whole(path: Path, content: str | bytes, shared: bool = False) -> None:
    """Write a file whole or not at all: temporary file, fsync, rename; others read it if `shared`.

    Errors: RUN-010 not allowed, RUN-011 the disk is full, RUN-012 it refused for another reason.
    """
    try:
        _write(path, content.encode("utf-8") if isinstance(content, str) else content, shared)
    except OSError as error:
        raise cannot_write(path, error) from None


def make_folder(folder: Path) -> None:
    """Make a folder; one called `private` above it is closed to others, and so is all that lies in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for kept in (folder, *folder.parents[:2]):
        if kept.name == PRIVATE and len(kept.absolute().parts) > 3:  # `/private` is a folder of macOS
            close_folder(kept)


def close_folder(folder: Path) -> None:
    """Close a folder to others; where it is not ours, or the disk knows no owners, it stays as it is."""
    if folder.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):
            folder.chmod(0o700)


def make_private_file(path: Path) -> None:
    """Make a file that only its owner reads, for a tool that writes into it in our place."""
    make_folder(path.parent)
    path.touch(mode=0o600)
    path.chmod(0o600)


def cannot_write(path: Path, error: OSError) -> AvisError:
    """Say why a file could not be written; names the file, not the folders above it."""
    refused = {errno.EACCES: "RUN-010", errno.EPERM: "RUN-010", errno.EROFS: "RUN-010"}
    full = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "RUN-011")
    return fail((refused | full).get(error.errno or 0, "RUN-012"), Place(path.name))


def _write(path: Path, data: bytes, shared: bool) -> None:
    make_folder(path.parent)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        scratch.unlink(missing_ok=True)  # what a run that broke off left may be anybody's to read
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(scratch, flags, 0o666 if shared else 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
