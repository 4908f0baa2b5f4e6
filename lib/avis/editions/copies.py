"""Whether a folder holds an edition as it was published: told from its manifest alone, anywhere."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from avis.editions import manifest as manifests
from avis.editions.manifest import ID, Manifest, read_manifest, sha256_of
from avis.errors import Place, Problems


def verify_copy(folder: Path, problems: Problems) -> Manifest | None:
    """Compare a folder with its `MANIFEST.json`; gives the manifest, none where it cannot be read.

    Errors: REL-006, REL-007, REL-021 a file that is missing, REL-022 one that was changed, REL-023 one that
    the manifest does not name. Links are not followed: what lies elsewhere is no part of an edition.
    """
    manifest = read_manifest(folder, problems)
    if manifest is None:
        return None
    names = [one.name for one in manifest.files]
    if not ID.fullmatch(manifest.edition) or not all(map(_inside, names)) or len(set(names)) < len(names):
        problems.add("REL-007", Place(manifests.NAME))
        return None
    if (folder / manifests.NAME).is_symlink():
        problems.add("REL-021", Place(manifests.NAME))
    for one in manifest.files:
        path, place = folder / one.name, Place(one.name)
        if not _is_own(folder, path):
            problems.add("REL-021", place)
        elif _hash(path) != one.sha256:
            problems.add("REL-022", place)
    for extra in sorted(files_of(folder) - {*names, manifests.NAME}):
        problems.add("REL-023", Place(extra))
    return manifest


def manifest_hash(folder: Path) -> str:
    """Hash the manifest: who has this from the association knows that the manifest itself is the true one."""
    return sha256_of(folder / manifests.NAME)


def _inside(name: str) -> bool:
    windows, parts = PureWindowsPath(name), PurePosixPath(name).parts
    outside = windows.drive or windows.root or ".." in windows.parts
    return bool(parts) and not outside and "\0" not in name and len(name) < 256


def _is_own(folder: Path, path: Path) -> bool:
    steps = [path, *(part for part in path.parents if folder in part.parents)]
    return path.is_file() and not any(step.is_symlink() for step in steps)


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:
        return ""


def files_of(folder: Path) -> set[str]:
    """Name every file below a folder; a link counts as one, and is not followed."""
    found = set()
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        found |= {(Path(here) / name).relative_to(folder).as_posix() for name in (*files, *links)}
    return found
