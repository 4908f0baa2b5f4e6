"""`MANIFEST.json`: what an edition is made of, so that anybody can check a copy without the evaluation.

It names files, hashes, rules and versions: no person, no path, no words of the documents.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import Literal

import msgspec

from avis.errors import Place, Problems, fail
from avis.folders import read_regular, write_whole

NAME = "MANIFEST.json"
FOLDER = "publications"
MOST_BYTES = 5_000_000
MOST_FILE_BYTES = 200_000_000
ID = re.compile(r"(?:projet-)?\d{4}-\d{2}-\d{2}-[0-9a-f]{8}", re.ASCII)
"""The day and eight signs of what it says; « projet » for drafts that went out."""
UNFINISHED = re.compile(rf"\.{ID.pattern}\.\d+\.tmp", re.ASCII)


class _Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    pass


class Listed(_Part, frozen=True, kw_only=True):
    """One file of an edition."""

    name: str
    sha256: str
    language: str = ""
    document: str = ""


class Audited(_Part, frozen=True, kw_only=True):
    """What the audit decided, without the intervals that it worked out."""

    passed: bool
    threshold: int
    cells: int
    hidden: int
    checks: dict[str, str] = {}


class Scanned(_Part, frozen=True, kw_only=True):
    """What was searched for in every byte of the edition: which lists, which were absent, its own plants."""

    lists: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    plants: int = 0
    """Words that the scan hid for itself and found again: it does see."""
    pictures: int = 0
    """Pictures whose metadata was read and whose points were not: people look at these."""


class Manifest(_Part, frozen=True, kw_only=True, omit_defaults=False):
    """An edition: what it is, when, for whom, which files, made by which rules and versions."""

    format: Literal["avis.edition/1"] = "avis.edition/1"
    edition: str
    on: str
    status: Literal["issued", "taken_back"] = "issued"
    audience: str = ""
    languages: tuple[str, ...] = ()
    title: dict[str, str] = {}
    organisation: str = ""
    fictional: bool = False
    files: tuple[Listed, ...]
    exhibits: str = ""
    """sha256 of the sealed exhibits that it was made from; empty where a name is withheld."""
    audit: Audited | None = None
    rules: dict[str, str] = {}
    software: dict[str, str] = {}
    taken_back_on: str = ""
    replaced: tuple[Listed, ...] = ()
    """The files that stood there before: whoever holds a copy can tell that it is one of them."""
    scan: Scanned | None = None


def folder_of(root: Path, edition: str) -> Path:
    """Give the folder of an edition; an id that is none never becomes a path.

    Errors: REL-005.
    """
    if not ID.fullmatch(edition):
        raise fail("REL-005", Place(FOLDER))
    return root / FOLDER / edition


def read_manifest(folder: Path, problems: Problems) -> Manifest | None:
    """Read the manifest of an edition's folder.

    Errors: REL-006 there is none or it may not be opened, REL-007 it is not what a manifest is.
    """
    try:
        data = read_regular(folder / NAME, MOST_BYTES)
    except OSError:
        problems.add("REL-006", Place(NAME))
        return None
    try:
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        problems.add("REL-007", Place(NAME))
        return None


def encode_manifest(manifest: Manifest) -> bytes:
    """Give the bytes of a manifest, the same for the same edition."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1) + b"\n"


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write the manifest into an edition's folder; errors RUN-010 to RUN-012."""
    write_whole(folder / NAME, encode_manifest(manifest), shared=True)
    return folder / NAME


def sha256_of(path: Path) -> str:
    """Hash a file; raises OSError over what is no regular file."""
    return hashlib.sha256(read_regular(path, MOST_FILE_BYTES)).hexdigest()


def sweep_unfinished(root: Path) -> None:
    """Remove what a release that was killed left beside the editions: it holds words, and is no edition."""
    for path in sorted((root / FOLDER).glob(".*.tmp")):
        if not UNFINISHED.fullmatch(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
