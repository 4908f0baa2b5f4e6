"""What a result was made from: the files of an evaluation, the workbench itself, what is installed.

Hashes of contents, never times: a file that was restored, copied or unzipped keeps its hash.
"""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from avis import __version__
from avis.editions.printed import content_of, kept_printed
from avis.editions.register import read_register
from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.schema import resource

COUNTED = {
    "activites": ("activities", "persons", "published"),
    "questionnaire": ("surveys", "persons"),
    "ateliers": ("notes", "codebook", "consent", "persons", "sessions"),
}
"""The files of findings, and which of `sources:` in evaluation.yaml each is counted from."""
SPOKEN = (
    "notes",
    "stories",
    "consent",
    "review",
    "persons",
    "sessions",
    "published",
    "references",
    "follow_up",
    "budget",
    "method",
)
"""What protection reads beside the findings: words, decisions, figures of others."""


def source_files(opened: Evaluation, fields: Iterable[str]) -> list[Path]:
    """List the files behind some of `sources:`, and those that belong to them without being named."""
    found = {opened.folders.root / "evaluation.yaml"}
    for field in fields:
        for path in opened.files(_patterns(opened, field)):
            found |= {path, *_beside(field, path)}
    return sorted(path for path in found if path.is_file())


def _patterns(opened: Evaluation, field: str) -> tuple[str, ...]:
    value = getattr(opened.settings.sources, field)
    if field == "surveys":
        return tuple(pattern for wave in value for pattern in (wave.file, wave.form))
    return (value,) if isinstance(value, str) else tuple(value)


def _beside(field: str, path: Path) -> list[Path]:
    """The words of a session stand beside its log; what a note cannot say of itself, and the protocol too."""
    if field == "notes":
        return [path.with_suffix(suffix) for suffix in (".yaml", ".yml")]
    if field == "sessions":
        return [path.with_suffix(".mots.json")]
    return sorted(path.parent.glob("*.md")) if field == "method" else []


def digest(root: Path, files: Iterable[Path], *others: str) -> str:
    """Hash files by name and content, with what else decides the result.

    >>> digest(Path(), [], "a") == digest(Path(), [], "b")
    False
    """
    lines = [f"{path.relative_to(root).as_posix()} {hash_file(path)}" for path in files]
    return hashlib.sha256("\n".join([*others, *lines]).encode()).hexdigest()


def hash_file(path: Path) -> str:
    """Hash one file, in chunks: sources may be large."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def counted_digest(opened: Evaluation, name: str) -> str:
    """Hash all that decides a file of findings, so that stale counts are never protected in silence."""
    return digest(opened.folders.root, source_files(opened, COUNTED[name]), workbench())


def spoken_digest(opened: Evaluation) -> str:
    """Hash all that decides what is handed over beside the counts: words, consents, decisions, editions."""
    return digest(opened.folders.root, source_files(opened, SPOKEN), published_digest(opened), workbench())


def published_digest(opened: Evaluation) -> str:
    """Hash what former editions printed, so that a protection that did not know them is never handed over.

    An edition that printed what the last hand-over prints changes nothing: it was made from it. Where it went
    and that it was taken back change nothing either: whoever read it knows it.
    """
    problems, now = Problems(), kept_printed(opened.folders.private)
    editions = read_register(opened.folders.root, problems).values()
    told = {content_of(one.issued.tables) for one in editions} - {now.content if now else b""}
    parts = [*sorted(told), *(item.code.encode() for item in problems)]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


@cache
def workbench() -> str:
    """Hash the workbench: its version, code, words, templates, schemas, and what is installed beside it."""
    package = Path(__file__).parent
    files = sorted(
        path
        for folder in (package, resource("schema"))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
    )
    hashes = [hash_file(path) for path in files]
    return hashlib.sha256("\n".join([__version__, *installed(), *hashes]).encode()).hexdigest()


def installed() -> list[str]:
    """Name every installed distribution with its version, as the folder of packages does."""
    site = Path(sysconfig.get_path("purelib"))
    found = sorted(path.name for path in site.glob("*.dist-info"))
    return [sys.version.split()[0], *found]
