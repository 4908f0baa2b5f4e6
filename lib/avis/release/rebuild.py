"""Whether an edition can be made again, byte for byte, where its evaluation is at hand.

What differs is no forgery by itself: exhibits or texts may have changed since, and another version of the
software may write other bytes for the same words. Where none of that is so, it should have been the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from avis.editions import manifest as manifests
from avis.editions.copies import manifest_hash
from avis.editions.manifest import Manifest, encode_manifest, sha256_of
from avis.editions.register import Edition, read_register
from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Audience, Exhibits
from avis.i18n import LANGUAGES
from avis.inputs import workbench
from avis.release.content import compose_content
from avis.release.package import edition_id, manifest_of, software
from avis.release.papers import Paper, compose_papers, exhibits_for
from avis.sealing import load

Cause: TypeAlias = Literal["unbuilt", "exhibits", "words", "software", "workbench"]
"""Why other bytes may come out: no exhibits, others than then, other texts, other versions, other code."""


@dataclass(frozen=True)
class Rebuilt:
    """Which files came out the same, which did not, and why that may be."""

    same: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    versions: tuple[tuple[str, str, str], ...] = ()
    """Software whose version is another: its name, its version then, its version now."""


def evaluation_of(folder: Path) -> Path | None:
    """Give the evaluation in whose `publications/` a folder lies; none where it lies elsewhere."""
    home = folder.resolve().parent
    found = home.name == manifests.FOLDER and (home.parent / "evaluation.yaml").is_file()
    return home.parent if found else None


def known_edition(opened: Evaluation, folder: Path, manifest: Manifest, problems: Problems) -> Edition | None:
    """Find an edition in its evaluation's register, which keeps the hash of the true manifest.

    Errors: REL-061 the register does not know it, REL-062 it noted another manifest; those of the register.
    """
    known = read_register(opened.folders.root, problems).get(manifest.edition)
    if known is None:
        problems.add("REL-061", Place(manifests.NAME))
        return None
    noted = {one.name: one.sha256 for one in known.issued.files}
    if not known.taken_back_on and noted.get(manifests.NAME) != manifest_hash(folder):
        problems.add("REL-062", Place(manifests.NAME))
    return known


def rebuild(opened: Evaluation, manifest: Manifest, folder: Path, problems: Problems) -> Rebuilt:
    """Compose an edition again from the sealed exhibits and the texts, and compare each file.

    Errors: REL-060 a file that differs though nothing says why.
    """
    try:
        exhibits = load(opened.folders.exhibits)
        sealed = sha256_of(opened.folders.exhibits)
    except (AvisError, OSError):
        return Rebuilt(causes=("unbuilt",))
    try:
        exhibits = exhibits_for(exhibits, _call(manifest))
        papers = _papers(opened, exhibits, manifest)
        made = compose_content(exhibits, papers, manifest.edition, manifest.on)
    except (AvisError, OSError):  # the texts of today do not go with the exhibits of today
        return Rebuilt(causes=("words" if manifest.exhibits in ("", sealed) else "exhibits",))
    causes, versions = _causes(manifest, papers, sealed)
    audience = papers[0].document.audience if papers else "public"
    again = manifest_of(exhibits, made, audience, manifest.edition, manifest.on, sealed)
    written = {one.name: one.sha256 for one in manifest.files}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
    if not causes:  # the manifest itself names versions: it can only be the same where they are
        written[manifests.NAME] = manifest_hash(folder)
        found[manifests.NAME] = _hash(again, manifest)
    names = sorted({*written, *found})
    differ = tuple(name for name in names if written.get(name) != found.get(name))
    if not causes:
        for name in differ:
            problems.add("REL-060", Place(name))
    return Rebuilt(tuple(name for name in names if name not in differ), differ, causes, versions)


def _hash(again: Manifest, manifest: Manifest) -> str:
    """Hash a manifest made again; what was searched for then is taken as it was told."""
    return hashlib.sha256(encode_manifest(msgspec.structs.replace(again, scan=manifest.scan))).hexdigest()


def _papers(opened: Evaluation, exhibits: Exhibits, manifest: Manifest) -> list[Paper]:
    """Compose the documents that the edition has, in its own order of languages."""
    stems = dict.fromkeys(one.name.rpartition(".")[0] for one in manifest.files if one.document)
    languages = [lang for name in manifest.languages for lang in LANGUAGES if lang == name]
    told = Problems()
    audience: Audience = manifest.audience  # type: ignore[assignment]
    papers = compose_papers(opened, exhibits, languages, audience, told, _call(manifest))
    told.raise_errors()
    return [paper for paper in papers if paper.stem in stems]


def _call(manifest: Manifest) -> str:
    """Read in the name of its document which call an edition answers; nothing where it answers none."""
    if manifest.audience != "recipient":
        return ""
    names = (one.name.partition(".")[0] for one in manifest.files if one.document)
    return next((name.removeprefix("contribution-") for name in names), "")


def _causes(
    manifest: Manifest, papers: list[Paper], sealed: str
) -> tuple[tuple[Cause, ...], tuple[tuple[str, str, str], ...]]:
    """Say what is other than it was when the edition was made."""
    now, then = software(), manifest.software
    versions = tuple(
        (name, then.get(name, ""), now.get(name, ""))
        for name in sorted({*now, *then})
        if now.get(name, "") != then.get(name, "")
    )
    causes: list[Cause] = []
    if manifest.exhibits not in ("", sealed):
        causes.append("exhibits")
    if edition_id(papers, manifest.on) != manifest.edition:
        causes.append("words")
    if versions:
        causes.append("software")
    if manifest.rules.get("workbench") != workbench() and not versions:
        causes.append("workbench")
    return tuple(causes), versions
